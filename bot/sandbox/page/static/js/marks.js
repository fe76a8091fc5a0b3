/**
 * Read marks: up to where each person has read each conversation, kept by the browser.
 */

import { state } from './store.js';

const KEY = 'sandbox.read';
/** Live arrivals in conversations that were not read yet. @type {Map<string, number>} */
let arrived = new Map();
/** Where the line "New" stands in the open conversation: the ts that had been read when it was opened. */
let line = '';

/** @returns {Record<string, Record<string, string>>} */
function load() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}');
  } catch {
    return {};
  }
}

/** @type {Record<string, Record<string, string>>} */
let read = load();

/** Count for another person from now on. @param {string} user */
export function follow(user) {
  read = load();
  read[user] ??= {};
  arrived = new Map();
  line = '';
}

/** @param {string} channel @param {import('./store.js').Message[]} messages */
export function enter(channel, messages) {
  line = read[state.user]?.[channel] ?? '';
  if (!document.hidden) see(channel, messages);
}

/** Everything in a conversation has been seen. @param {string} channel @param {import('./store.js').Message[]} messages */
export function see(channel, messages) {
  // What is still empty has been read up to its beginning.
  const last = messages.at(-1)?.ts ?? '0';
  arrived.delete(channel);
  const mine = (read[state.user] ??= {});
  if ((mine[channel] ?? '') >= last) return;
  mine[channel] = last;
  try {
    localStorage.setItem(KEY, JSON.stringify(read));
  } catch {
    // A browser that keeps nothing forgets what was read; nothing else depends on it.
    return;
  }
}

/** @param {string} channel @param {import('./store.js').Message} message @param {boolean} isOpen */
export function arrive(channel, message, isOpen) {
  if (isOpen && !document.hidden) {
    see(channel, [message]);
    if (line) line = message.ts > line && !document.hasFocus() ? line : message.ts;
  } else if (!state.messages.has(channel)) arrived.set(channel, (arrived.get(channel) ?? 0) + 1);
}

/** How many messages of a conversation this person has not seen. @param {string} channel */
export function unread(channel) {
  const list = state.messages.get(channel);
  if (!list) return arrived.get(channel) ?? 0;
  const seen = read[state.user]?.[channel] ?? '';
  let count = 0;
  for (const message of list.values()) {
    if (message.ts > seen && message.user !== state.user) count += 1;
  }
  return count;
}

/** The ts after which messages are new in the open conversation; '' where no line is drawn. */
export function newAfter() {
  return line;
}
