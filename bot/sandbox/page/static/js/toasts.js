/**
 * Short notes about what did not work; they leave by themselves or when dismissed.
 */

import { byId, h } from './dom.js';
import { icon } from './icons.js';

const STAYS_MS = 8_000;

/** @param {string} words */
export function toast(words) {
  const note = h('div', { class: 'toast' }, icon('warning'), h('span', { class: 'toast-text' }, words),
    h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Dismiss', on: { click: () => note.remove() } },
      icon('close')));
  byId('toasts').append(note);
  setTimeout(() => note.remove(), STAYS_MS);
}
