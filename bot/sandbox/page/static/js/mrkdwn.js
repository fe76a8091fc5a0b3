/**
 * Draws mrkdwn as elements with text nodes.
 */

import { h } from './dom.js';
import { emojify } from './emoji.js';
import { link } from './links.js';
import { decode, parse } from './mrkdwn_parse.js';
import { nameOf } from './people.js';
import { placeHash } from './route.js';
import { isMember, state } from './store.js';
import { formatDate, fullDate } from './time.js';

/** @typedef {import('./mrkdwn_parse.js').Piece} Piece */

/**
 * @param {string} text
 * @param {{verbatim?: boolean}} [how]
 * @returns {HTMLElement[]}
 */
export function mrkdwn(text, how = {}) {
  return parse(text, how).map(block);
}

/** The words of a text without its formatting. @param {string} text */
export function plain(text) {
  return parse(text, { verbatim: true }).map(words).join('\n');
}

/** @param {Piece} piece */
function block(piece) {
  if (piece.type === 'pre') return h('pre', { class: 'code-block', tabindex: '0' }, h('code', {}, piece.text));
  if (piece.type === 'quote') return h('blockquote', { class: 'quote' }, run(piece.children));
  if (piece.type === 'list') {
    return h('ul', { class: 'plain-list' }, (piece.items ?? []).map((item) => h('li', {}, run(item))));
  }
  return h('p', { class: 'paragraph' }, run(piece.children));
}

/** @param {Piece[] | undefined} pieces @returns {import('./dom.js').Child[]} */
function run(pieces = []) {
  return pieces.map(draw);
}

/** @type {Record<string, (piece: Piece) => import('./dom.js').Child>} */
const DRAWN = {
  text: (piece) => emojify(piece.text ?? ''),
  break: () => h('br'),
  bold: (piece) => h('strong', {}, run(piece.children)),
  italic: (piece) => h('em', {}, run(piece.children)),
  strike: (piece) => h('s', {}, run(piece.children)),
  code: (piece) => h('code', { class: 'code' }, piece.text),
  link: (piece) => link(piece.url, [emojify(piece.label ?? '')]),
  user: (piece) => mentionUser(piece.id ?? '', piece.label),
  channel: (piece) => mentionChannel(piece.id ?? '', piece.label),
  broadcast: (piece) => mention(`@${piece.label?.replace(/^@/u, '') || piece.id}`, true),
  group: (piece) => mention(`@${piece.label?.replace(/^@/u, '') || piece.id}`, false),
  date: (piece) => {
    const shown = formatDate(piece.unix ?? 0, piece.format ?? '', piece.label ?? '');
    const time = h('time', { title: fullDate(piece.unix ?? 0) }, shown);
    return piece.url ? link(piece.url, [time]) : time;
  },
};

/** @param {Piece} piece */
function draw(piece) {
  return DRAWN[piece.type](piece);
}

/** @param {string} words @param {boolean} mine */
function mention(words, mine) {
  return h('span', { class: ['mention', mine && 'mention-me'] }, words);
}

/** @param {string} id @param {string} [label] */
export function mentionUser(id, label = '') {
  const name = nameOf(id);
  return mention(`@${name === id ? label || id : name}`, id === state.user);
}

/** A channel that the person is in is a link to it. @param {string} id @param {string} [label] */
export function mentionChannel(id, label = '') {
  const channel = state.channels.get(id);
  if (channel && !channel.is_im && isMember(channel)) {
    return h('button', { type: 'button', class: 'mention mention-link', on: { click: () => placeHash(id) } }, `#${channel.name}`);
  }
  return mention(channel && !channel.is_private ? `#${channel.name}` : `#${label || 'private-channel'}`, false);
}

/** @param {Piece} piece @returns {string} */
function words(piece) {
  if (piece.items) return piece.items.map((item) => `• ${item.map(words).join('')}`).join('\n');
  if (piece.children) return piece.children.map(words).join('');
  if (piece.type === 'break') return '\n';
  if (piece.type === 'user') return `@${nameOf(piece.id ?? '')}`;
  if (piece.type === 'channel') return `#${state.channels.get(piece.id ?? '')?.name ?? piece.label}`;
  if (piece.type === 'date') return formatDate(piece.unix ?? 0, piece.format ?? '', piece.label ?? '');
  return piece.text ?? (piece.label || (piece.id ? `@${piece.id}` : ''));
}

export { decode };
