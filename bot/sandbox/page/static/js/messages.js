/**
 * The messages of the open conversation: days, the line of what is new, and each message once it changed.
 */

import { byId, h } from './dom.js';
import { drawHome, homeNode } from './home.js';
import { forget, keyed } from './keyed.js';
import * as marks from './marks.js';
import { drawMessage, updateMessage } from './message.js';
import { messagesOf, state, watch } from './store.js';
import { dayOf, moment } from './time.js';
import { HOME } from './workspace.js';

const TOGETHER_S = 300;
const FIRST_SHOWN = 60;
const MORE_AT_ONCE = 40;
const NEAR_END_PX = 80;

const list = h('div', { class: 'message-list', role: 'log', 'aria-live': 'off', id: 'message-list' });
const scroller = h('div', { class: 'scroller', tabindex: '0', id: 'scroller' }, list);
/** Whether the end is in view, and is kept in view when something arrives. */
let atEnd = true;
/** So many of the newest messages are drawn; older ones follow in idle time. */
let shown = FIRST_SHOWN;
let place = '';

export function start() {
  const conversation = byId('conversation');
  conversation.append(scroller, homeNode);
  scroller.addEventListener('scroll', () => {
    atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END_PX;
  }, { passive: true });
  new ResizeObserver(() => atEnd && toEnd()).observe(list);
  new ResizeObserver(() => atEnd && toEnd()).observe(scroller);
  watch(['messages', 'place', 'people'], draw);
  watch(['home', 'place', 'people'], drawHome);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && state.place !== HOME) marks.see(state.place, messagesOf(state.place));
  });
}

function toEnd() {
  scroller.scrollTop = scroller.scrollHeight;
}

function draw() {
  scroller.hidden = state.place === HOME;
  const here = `${state.user} ${state.place}`;
  if (here !== place) {
    place = here;
    shown = FIRST_SHOWN;
    atEnd = true;
    forget(list);
  }
  const ready = state.messages.has(state.place);
  list.setAttribute('aria-busy', String(!ready));
  const rows = ready ? rowsOf(messagesOf(state.place)) : [];
  const hidden = Math.max(0, rows.length - shown);
  keyed(list, hidden ? rows.slice(hidden) : rows, ROWS);
  if (ready && rows.length === 0) keyed(list, [{ kind: 'empty', id: 'empty' }], ROWS);
  if (atEnd) toEnd();
  if (hidden) whenIdle();
}

let waiting = false;

/** Draw older messages while nothing else is to be done. */
function whenIdle() {
  if (waiting) return;
  waiting = true;
  const idle = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ work) => setTimeout(work, 16));
  idle(() => {
    waiting = false;
    shown += MORE_AT_ONCE;
    draw();
  });
}

/** @typedef {{kind: string, id: string, label?: string, row?: import('./message.js').Row}} Line */

/** @type {{key: (line: Line) => string, same: (line: Line) => any, draw: (line: Line) => HTMLElement, update: (node: HTMLElement, line: Line) => HTMLElement}} */
const ROWS = {
  key: (line) => line.id,
  same: (line) => (line.row ? [line.row.message, line.row.follows, line.row.replies, line.row.lastReply] : line.label),
  draw: (line) => {
    if (line.row) return drawMessage(line.row);
    if (line.kind === 'day') return h('div', { class: 'day', role: 'separator' }, h('span', { class: 'day-name' }, line.label));
    if (line.kind === 'new') return h('div', { class: 'new-line', role: 'separator' }, h('span', {}, 'New'));
    return empty();
  },
  update: (node, line) => (line.row ? updateMessage(node, line.row) : ROWS.draw(line)),
};

function empty() {
  const channel = state.channels.get(state.place);
  const commands = state.commands.slice(0, 3).map((one) => one.command).join(', ');
  return h('div', { class: 'empty' }, h('p', { class: 'empty-title' }, channel?.is_im ? `This is between you and ${state.app.name}` : `This is the beginning of #${channel?.name ?? ''}`),
    commands ? h('p', { class: 'muted' }, `Type a command below to begin: ${commands}`) : null);
}

/** @param {import('./store.js').Message[]} messages @returns {Line[]} */
function rowsOf(messages) {
  const roots = new Set(messages.map((message) => message.ts));
  /** @type {Map<string, import('./store.js').Message[]>} */
  const threads = new Map();
  for (const message of messages) {
    if (isReply(message, roots)) threads.set(String(message.thread_ts), [...(threads.get(String(message.thread_ts)) ?? []), message]);
  }
  const newAfter = marks.newAfter();
  /** @type {Line[]} */
  const lines = [];
  let day = '';
  let marked = newAfter === '';
  /** @type {import('./store.js').Message | null} */
  let before = null;
  for (const message of messages) {
    if (isReply(message, roots)) continue;
    const label = dayOf(moment(message.ts));
    if (label !== day) lines.push({ kind: 'day', id: `day ${label}`, label });
    const isNew = !marked && message.ts > newAfter;
    if (isNew) lines.push({ kind: 'new', id: 'new' });
    marked ||= isNew;
    const replies = threads.get(message.ts) ?? [];
    const row = { message, channel: state.place, follows: !isNew && label === day && follows(before, message), replies: replies.length, lastReply: replies.at(-1)?.ts ?? '' };
    lines.push({ kind: 'message', id: message.ts, row });
    day = label;
    before = message;
  }
  return lines;
}

/** @param {import('./store.js').Message} message @param {Set<string>} roots */
function isReply(message, roots) {
  return Boolean(message.thread_ts) && message.thread_ts !== message.ts && roots.has(String(message.thread_ts));
}

/** Short messages of one author close together share one head. @param {import('./store.js').Message | null} before @param {import('./store.js').Message} message */
export function follows(before, message) {
  return before !== null && before.user === message.user && !before.ephemeral && !message.ephemeral
    && before.blocks.length === 0 && message.blocks.length === 0 && Number(message.ts) - Number(before.ts) < TOGETHER_S;
}

/** Show the end of the conversation. */
export function showEnd() {
  atEnd = true;
  toEnd();
}

/** The element that scrolls, for the keyboard. */
export function messageArea() {
  return scroller;
}
