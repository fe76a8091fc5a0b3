/**
 * People as they are shown: names, initials, colours.
 */

import { h } from './dom.js';
import { state } from './store.js';

const HUES = 12;

/** @param {string} id */
export function nameOf(id) {
  if (isApp(id)) return state.app.name;
  if (id === 'USLACKBOT') return 'Slackbot';
  const user = state.users.get(id) ?? state.strangers.get(id);
  return user?.real_name || user?.name || id;
}

/** Whether a message is by an app. @param {string} id */
export function isApp(id) {
  return id === state.app.bot_user && id !== '';
}

/** What a conversation is called. @param {import('./store.js').Channel | undefined} channel */
export function titleOf(channel) {
  if (!channel) return '';
  return channel.is_im ? state.app.name : (channel.name ?? channel.id);
}

/** A square with initials, coloured by id. @param {string} id @param {string} [size] `small` for one line */
export function avatar(id, size = '') {
  const name = nameOf(id);
  const words = name.split(/[\s._-]+/u).filter(Boolean);
  const initials = words.slice(0, 2).map((word) => [...word][0]).join('').toUpperCase() || '?';
  return h('span', { class: ['avatar', size && `avatar-${size}`, `hue-${hue(id)}`], 'aria-hidden': 'true' }, initials);
}

/** @param {string} id */
function hue(id) {
  let sum = 7;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9_973;
  return sum % HUES;
}
