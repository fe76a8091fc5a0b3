/**
 * The markdown block: headings, lists, quotes, code, tables, and inline formatting of standard Markdown.
 */

import { h } from '../dom.js';
import { emojify } from '../emoji.js';
import { link } from '../links.js';
import { mrkdwn } from '../mrkdwn.js';

/** @param {any} block */
export function markdown(block) {
  return h('div', { class: 'markdown', dir: 'auto' }, blocksOf(String(block.text ?? '').split('\n')));
}

const RULE = /^ {0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/u;
const HEADING = /^ {0,3}(#{1,6})\s+(.*)$/u;
const ITEM = /^( *)([-*+]|\d{1,9}[.)])\s+(.*)$/u;
const TABLE_LINE = /^\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*$/u;

/** @param {string[]} lines @returns {HTMLElement[]} */
function blocksOf(lines) {
  /** @type {HTMLElement[]} */
  const blocks = [];
  let at = 0;
  while (at < lines.length) {
    const [node, next] = blockAt(lines, at);
    if (node) blocks.push(node);
    at = next;
  }
  return blocks;
}

/** @param {string[]} lines @param {number} at @returns {[HTMLElement | null, number]} */
function blockAt(lines, at) {
  const line = lines[at];
  const heading = HEADING.exec(line);
  if (line.trim() === '') return [null, at + 1];
  if (line.startsWith('```')) return fence(lines, at);
  if (heading) return [h(`h${Math.min(6, heading[1].length + 2)}`, { class: 'markdown-heading' }, inline(heading[2])), at + 1];
  if (RULE.test(line)) return [h('hr', { class: 'divider' }), at + 1];
  if (/^ {0,3}>/u.test(line)) {
    const end = until(lines, at, (each) => /^ {0,3}>/u.test(each));
    const within = lines.slice(at, end).map((each) => each.replace(/^ {0,3}> ?/u, ''));
    return [h('blockquote', { class: 'quote' }, within.map((each, index) => [index ? h('br') : null, ...inline(each)]).flat()), end];
  }
  if (ITEM.test(line)) {
    const end = until(lines, at, (each) => ITEM.test(each));
    return [list(lines.slice(at, end)), end];
  }
  if (line.includes('|') && TABLE_LINE.test(lines[at + 1] ?? '')) {
    const end = until(lines, at, (each) => each.includes('|'));
    return [table(lines.slice(at, end)), end];
  }
  const end = Math.max(at + 1, until(lines, at, (each) => each.trim() !== '' && !HEADING.test(each) && !each.startsWith('```') && !ITEM.test(each) && !/^ {0,3}>/u.test(each)));
  return [h('p', { class: 'paragraph' }, lines.slice(at, end).flatMap((each, index) => [index ? h('br') : null, ...inline(each)])), end];
}

/** @param {string[]} lines @param {number} at @param {(line: string) => boolean} fits */
function until(lines, at, fits) {
  let end = at;
  while (end < lines.length && fits(lines[end])) end += 1;
  return end;
}

/** @param {string[]} lines @param {number} at @returns {[HTMLElement, number]} */
function fence(lines, at) {
  const end = until(lines, at + 1, (each) => !each.startsWith('```'));
  return [h('pre', { class: 'code-block', tabindex: '0' }, h('code', {}, lines.slice(at + 1, end).join('\n'))), end + 1];
}

/** @param {string[]} lines */
function list(lines) {
  const ordered = /^ *\d/u.test(lines[0]);
  return h(ordered ? 'ol' : 'ul', { class: 'rich-list' }, lines.map((line) => {
    const [, indent, mark, words] = /** @type {RegExpExecArray} */ (ITEM.exec(line));
    const done = /^\[( |x)\]\s+/iu.exec(words);
    const shown = done ? [done[1] === ' ' ? '☐ ' : '☑ ', ...inline(words.slice(done[0].length))] : inline(words);
    const value = ordered ? Number.parseInt(mark, 10) : NaN;
    return h('li', { class: `indent-${Math.min(8, Math.floor(indent.length / 2))}`, value: Number.isNaN(value) ? null : value }, shown);
  }));
}

/** @param {string[]} lines */
function table(lines) {
  const cells = (/** @type {string} */ line) => line.trim().replace(/^\||\|$/gu, '').split('|').map((cell) => cell.trim());
  return h('div', { class: 'table-scroll', tabindex: '0', role: 'group', 'aria-label': 'Table' }, h('table', { class: 'table' },
    h('thead', {}, h('tr', {}, cells(lines[0]).map((cell) => h('th', { scope: 'col' }, inline(cell))))),
    h('tbody', {}, lines.slice(2).map((line) => h('tr', {}, cells(line).map((cell) => h('td', {}, inline(cell))))))));
}

// Each alternative stops at its own closing mark within one line, so that no text makes it look back far.
const INLINE = /(`+)([^`\n]{1,2000})\1|\[([^\]\n[]{1,500})\]\(([^()\s]{1,2000})\)|(\*\*|__)(?=\S)([^*_\n]{1,2000})\5|(\*|_)(?=\S)([^*_\n]{1,2000})\7|~~([^~\n]{1,2000})~~|(<[^<>\n]{1,2000}>)/gu;

/** @param {string} line @returns {import('../dom.js').Child[]} */
function inline(line) {
  /** @type {import('../dom.js').Child[]} */
  const children = [];
  let from = 0;
  for (const found of line.matchAll(INLINE)) {
    const [whole, , code, label, address, , bold, , italic, strike, token] = found;
    if (italic !== undefined && /[\p{L}\p{N}]/u.test(line[found.index - 1] ?? ' ')) continue;
    children.push(emojify(line.slice(from, found.index)));
    if (code !== undefined) children.push(h('code', { class: 'code' }, code));
    else if (label !== undefined) children.push(link(address, [label]));
    else if (bold !== undefined) children.push(h('strong', {}, inline(bold)));
    else if (italic !== undefined) children.push(h('em', {}, inline(italic)));
    else if (strike !== undefined) children.push(h('s', {}, strike));
    else children.push(...tokenOf(token));
    from = found.index + whole.length;
  }
  children.push(emojify(line.slice(from)));
  return children;
}

/** Slack's own tokens are read in markdown too. @param {string} token @returns {import('../dom.js').Child[]} */
function tokenOf(token) {
  return mrkdwn(token, { verbatim: true }).flatMap((paragraph) => [...paragraph.childNodes]);
}
