/**
 * Draws a list of blocks, and redraws only those that changed.
 */

import { h } from '../dom.js';
import { keyed } from '../keyed.js';
import { actions, context, divider, header, image, input, section, video } from './classic.js';
import { markdown } from './markdown.js';
import { alert, authProvider, card, carousel, container, contextActions } from './newer.js';
import { richText } from './rich_text.js';
import { dataTable, dataVisualization, plan, table, taskCard } from './tables.js';

/** @typedef {import('../surface.js').Surface} Surface */
/** @typedef {(block: any, surface: Surface, drawBlock: (block: any) => HTMLElement) => HTMLElement} Draw */

/** @type {Record<string, Draw>} */
const DRAWN = {
  section, header, divider, image, context, actions, input, video,
  rich_text: richText,
  markdown,
  table,
  data_table: dataTable,
  data_visualization: dataVisualization,
  plan,
  task_card: taskCard,
  alert,
  card,
  carousel,
  container,
  context_actions: contextActions,
  auth_provider: authProvider,
};

/** Elements that got the focus in place of one that was gone, until it is moved on. @type {WeakSet<Element>} */
const standIns = new WeakSet();

/**
 * Make `parent` show the blocks. What has the focus keeps it: in a block that was redrawn it goes to the element of
 * the same action, else to the first one there. Where that one only stands in (a button went while its press was being
 * worked on), the next redraw chooses again.
 * @param {HTMLElement} parent
 * @param {any[]} blocks
 * @param {Surface} surface
 */
export function drawBlocks(parent, blocks, surface) {
  const focus = focusWithin(parent);
  const rows = blocks.map((block, index) => ({ block, key: String(index), same: JSON.stringify([block, surface.errors[block.block_id]]) }));
  keyed(parent, rows, { key: (row) => row.key, same: (row) => row.same, draw: (row) => drawBlock(row.block, surface) });
  if (focus) restoreFocus(parent, focus);
}

/** @param {any} block @param {Surface} surface @returns {HTMLElement} */
export function drawBlock(block, surface) {
  const draw = Object.hasOwn(DRAWN, block?.type) ? DRAWN[block.type] : unknown;
  const node = draw(block, surface, (/** @type {any} */ child) => drawBlock(child, surface));
  node.classList.add('block');
  return node;
}

/** @param {any} block */
function unknown(block) {
  return h('div', { class: 'undrawn' }, `A block of the type ${block?.type} is not drawn here.`);
}

/** Where the focus was: in which of the blocks that can be acted on, on which action, with the caret where. @typedef {{place: number, action: string | null, start: number | null, end: number | null}} Focus */

/** @param {HTMLElement} parent */
function actionable(parent) {
  return [...parent.children].filter((child) => child.querySelector('[data-action]'));
}

/** @param {HTMLElement} parent @returns {Focus | null} */
function focusWithin(parent) {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || active === parent || !parent.contains(active)) return null;
  const place = actionable(parent).findIndex((child) => child.contains(active));
  const caret = active instanceof HTMLTextAreaElement || (active instanceof HTMLInputElement && active.type === 'text');
  return { place, action: standIns.has(active) ? null : active.getAttribute('data-action'), start: caret ? active.selectionStart : null, end: caret ? active.selectionEnd : null };
}

/** @param {HTMLElement} parent @param {Focus} focus */
function restoreFocus(parent, focus) {
  if (parent.contains(document.activeElement)) return;
  const places = actionable(parent);
  const block = places[Math.min(Math.max(0, focus.place), places.length - 1)];
  if (!block) return;
  const all = /** @type {HTMLElement[]} */ ([...block.querySelectorAll('[data-action]')]);
  const same = all.find((node) => node.dataset.action === focus.action);
  const target = same ?? all[0];
  target.focus({ preventScroll: true });
  if (!same) {
    standIns.add(target);
    target.addEventListener('blur', () => standIns.delete(target), { once: true });
  }
  if (focus.start !== null && (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement)) {
    target.setSelectionRange(focus.start, focus.end);
  }
}
