/**
 * Tables, charts read as tables, and plans of tasks.
 */

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { words } from '../text.js';
import { richText } from './rich_text.js';

const ALIGNMENTS = new Set(['left', 'center', 'right']);

/** @param {any} cell @returns {import('../dom.js').Child} */
function content(cell) {
  if (cell?.type === 'rich_text') return richText(cell);
  return String(cell?.text ?? cell?.value ?? '');
}

/**
 * @param {any[][]} rows the first one is the header
 * @param {{align?: (column: number, cell: any) => string | null, caption?: string | null, header?: number}} how
 */
function grid(rows, { align = () => null, caption = null, header = -1 }) {
  const cells = (/** @type {any[]} */ row, /** @type {boolean} */ top) => row.map((cell, column) => {
    const aligned = align(column, cell);
    const heading = top || column === header;
    return h(heading ? 'th' : 'td', { class: aligned && `align-${aligned}`, scope: heading ? (top ? 'col' : 'row') : null, dir: 'auto' }, content(cell));
  });
  return h('div', { class: 'table-scroll', tabindex: '0', role: 'group', 'aria-label': caption ?? 'Table' }, h('table', { class: 'table' },
    caption ? h('caption', { dir: 'auto' }, caption) : null,
    h('thead', {}, h('tr', {}, cells(rows[0] ?? [], true))),
    h('tbody', {}, rows.slice(1).map((row) => h('tr', {}, cells(row, false))))));
}

/** @param {any} block */
export function table(block) {
  return grid(block.rows, {
    align: (column, cell) => {
      const wanted = block.column_settings?.[column]?.align;
      return ALIGNMENTS.has(wanted) ? wanted : cell?.type === 'raw_number' ? 'right' : null;
    },
  });
}

/** @param {any} block */
export function dataTable(block) {
  return grid(block.rows, {
    caption: String(block.caption), header: block.row_header_column_index ?? -1,
    align: (_column, cell) => (cell?.type === 'raw_number' ? 'right' : null),
  });
}

/** A chart as the table of its figures. @param {any} block */
export function dataVisualization(block) {
  const chart = block.chart ?? block;
  const title = words(block.title);
  if (Array.isArray(chart.segments)) {
    const rows = chart.segments.map((/** @type {any} */ one) => [{ text: one.label }, { text: one.value }]);
    return grid([[{ text: 'Segment' }, { text: 'Value' }], ...rows], { caption: title, header: 0 });
  }
  if (Array.isArray(chart.series)) {
    const labels = chart.categories ?? (chart.series[0]?.data ?? []).map((/** @type {any} */ point) => point?.label ?? point?.x ?? '');
    const head = [{ text: '' }, ...chart.series.map((/** @type {any} */ one) => ({ text: one.name ?? one.label }))];
    const rows = labels.map((/** @type {any} */ label, /** @type {number} */ index) => [{ text: label?.label ?? label },
      ...chart.series.map((/** @type {any} */ one) => ({ text: figure((one.data ?? one.values)?.[index]) }))]);
    return grid([head, ...rows], { caption: title, header: 0 });
  }
  return h('div', { class: 'undrawn', dir: 'auto' }, `Chart: ${title}`);
}

/** @param {any} point */
function figure(point) {
  return point !== null && typeof point === 'object' ? (point.value ?? point.y ?? '') : (point ?? '');
}

const STATUS = /** @type {Record<string, string>} */ ({ pending: 'Pending', in_progress: 'In progress', complete: 'Complete', error: 'Failed' });

/** @param {any} block */
export function taskCard(block) {
  return task(block);
}

/** @param {any} block */
export function plan(block) {
  return h('div', { class: 'plan' }, h('div', { class: 'card-title', dir: 'auto' }, words(block.title)), (block.tasks ?? []).map(task));
}

/** @param {any} one */
function task(one) {
  const marks = /** @type {Record<string, string>} */ ({ complete: 'check', error: 'warning' });
  return h('div', { class: ['task', Object.hasOwn(STATUS, one.status) && `task-${one.status}`] }, icon(marks[one.status] ?? 'right'),
    h('div', { class: 'task-words' }, h('div', { dir: 'auto' }, String(one.title ?? '')),
      h('div', { class: 'muted' }, STATUS[one.status] ?? ''),
      one.details ? richText(one.details) : null, one.output ? richText(one.output) : null));
}
