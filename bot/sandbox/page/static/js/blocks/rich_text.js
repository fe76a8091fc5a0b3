/**
 * Rich text: its structure is explicit, its leaves are literal.
 */

import { h } from '../dom.js';
import { emoji } from '../emoji.js';
import { link } from '../links.js';
import { mentionChannel, mentionUser } from '../mrkdwn.js';
import { formatDate, fullDate } from '../time.js';

/** @param {any} block */
export function richText(block) {
  return h('div', { class: 'rich-text', dir: 'auto' }, grouped(block.elements ?? []).map(part));
}

/** Lists that follow each other are one list with levels. @param {any[]} elements @returns {any[]} */
function grouped(elements) {
  /** @type {any[]} */
  const parts = [];
  for (const element of elements) {
    const last = parts.at(-1);
    if (element?.type === 'rich_text_list' && last?.type === 'levels') last.lists.push(element);
    else parts.push(element?.type === 'rich_text_list' ? { type: 'levels', lists: [element] } : element);
  }
  return parts;
}

/** @param {any} element */
function part(element) {
  const children = Array.isArray(element?.elements) ? element.elements : [];
  switch (element?.type) {
    case 'levels': return levels(element.lists);
    case 'rich_text_quote': return h('blockquote', { class: 'quote' }, children.map(leaf));
    case 'rich_text_preformatted': return h('pre', { class: 'code-block', tabindex: '0' }, h('code', {}, children.map(leaf)));
    default: return h('div', { class: 'paragraph' }, children.map(leaf));
  }
}

/** @param {any[]} lists */
function levels(lists) {
  return h('div', { class: 'rich-lists' }, lists.map((list) => {
    const indent = Math.min(8, Math.max(0, Number(list.indent) || 0));
    const ordered = list.style === 'ordered';
    return h(ordered ? 'ol' : 'ul', { class: ['rich-list', `indent-${indent}`], start: ordered && list.offset ? Number(list.offset) + 1 : null },
      (list.elements ?? []).map((/** @type {any} */ item) => h('li', {}, (item.elements ?? []).map(leaf))));
  }));
}

/** @param {any} element @returns {import('../dom.js').Child} */
function leaf(element) {
  switch (element?.type) {
    case 'text': return styled(String(element.text ?? ''), element.style);
    case 'link': return styled(link(element.url, [String(element.text || element.url)]), element.style);
    case 'emoji': return emoji(String(element.name), element.unicode);
    case 'user': return styled(mentionUser(String(element.user_id)), element.style);
    case 'channel': return styled(mentionChannel(String(element.channel_id)), element.style);
    case 'usergroup': return h('span', { class: 'mention' }, `@${element.usergroup_id}`);
    case 'team': return h('span', { class: 'mention' }, String(element.team_id));
    case 'broadcast': return h('span', { class: 'mention mention-me' }, `@${element.range}`);
    case 'date': return h('time', { title: fullDate(Number(element.timestamp)) },
      formatDate(Number(element.timestamp), String(element.format ?? '{date}'), String(element.fallback ?? '')));
    case 'color': return h('code', { class: 'code' }, String(element.value));
    default: return h('span', { class: 'undrawn' }, `(${element?.type})`);
  }
}

/** @param {import('../dom.js').Child} content @param {any} style */
function styled(content, style) {
  let node = content;
  if (!style || typeof style !== 'object') return node;
  const tags = /** @type {[string, string][]} */ ([['code', 'code'], ['bold', 'strong'], ['italic', 'em'], ['strike', 's'], ['underline', 'u']]);
  for (const [name, tag] of tags) {
    if (style[name] === true) node = h(tag, name === 'code' ? { class: 'code' } : {}, node);
  }
  return node;
}
