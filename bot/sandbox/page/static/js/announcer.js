/**
 * Says to screen readers what arrives: the top-level text, which holds every word of a message.
 */

import { byId } from './dom.js';
import { plain } from './mrkdwn.js';
import { nameOf } from './people.js';

const LONGEST = 400;

/** @param {import('./store.js').Message} message */
export function announce(message) {
  say(`${nameOf(message.user)}: ${plain(message.text).slice(0, LONGEST)}`);
}

/** @param {string} words */
export function say(words) {
  byId('announcer').textContent = words;
}
