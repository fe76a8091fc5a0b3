/**
 * The keys of the page.
 */

import { begin } from './composer.js';
import { byId, isTyping } from './dom.js';
import { help } from './help.js';
import { toggleInspector } from './inspector.js';
import * as marks from './marks.js';
import { messageArea } from './messages.js';
import { placeHash, userHash } from './route.js';
import { toggleDrawer } from './sidebar.js';
import { conversations, state } from './store.js';
import { HOME, openThread } from './workspace.js';

export function start() {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    if (event.altKey ? withAlt(event) : bare(event)) event.preventDefault();
  });
}

/** @param {KeyboardEvent} event @returns {boolean} whether the key meant something */
function withAlt(event) {
  const step = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 })[event.key];
  if (step) goBy(step, event.shiftKey);
  else if (event.code === 'KeyI') toggleInspector();
  else if (event.code === 'KeyU') nextPerson();
  else return false;
  return true;
}

/** @param {KeyboardEvent} event @returns {boolean} */
function bare(event) {
  if (event.key === 'F6') {
    goRegion(event.shiftKey ? -1 : 1);
    return true;
  }
  if (event.key === 'Escape') return escape();
  if (messageArea().contains(/** @type {Node} */ (event.target)) && !isTyping(event.target) && inMessages(event)) return true;
  if (isTyping(event.target) || event.ctrlKey || event.metaKey) return false;
  if (event.key === '?') help();
  else if (event.key === '/' && state.place !== HOME) begin();
  else return false;
  return true;
}

/** @param {number} step @param {boolean} unreadOnly */
function goBy(step, unreadOnly) {
  const { channels, ims } = conversations();
  const all = [...channels, ...ims].map((channel) => channel.id).concat(HOME);
  const at = all.indexOf(state.place);
  for (let offset = 1; offset <= all.length; offset += 1) {
    const place = all[(at + step * offset + all.length * offset) % all.length];
    if (!unreadOnly || (place !== HOME && marks.unread(place) > 0)) return placeHash(place);
  }
  return undefined;
}

function nextPerson() {
  const all = [...state.users.keys()];
  userHash(all[(all.indexOf(state.user) + 1) % all.length]);
}

/** @param {number} step */
function goRegion(step) {
  const regions = /** @type {(HTMLElement | null)[]} */ ([
    byId('sidebar').querySelector('.place-current') ?? byId('sidebar').querySelector('.place'),
    byId('header').querySelector('.icon-button:not(.only-narrow)'),
    state.place === HOME ? byId('home') : messageArea(),
    state.place === HOME ? null : byId('composer-text'),
    byId('thread').hidden ? null : byId('close-thread'),
    byId('inspector').hidden ? null : byId('inspector').querySelector('input'),
  ]).filter((one) => one !== null);
  const within = regions.findIndex((one) => one?.closest('nav, header, section, footer, aside')?.contains(document.activeElement));
  regions[(within + step + regions.length) % regions.length]?.focus();
}

/** @returns {boolean} */
function escape() {
  if (document.body.classList.contains('drawer-open')) toggleDrawer(false);
  else if (state.thread) openThread('');
  else return false;
  return true;
}

/** Up and down go from message to message; Enter goes into one. @param {KeyboardEvent} event */
function inMessages(event) {
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('#message-list > .message')]);
  const here = document.activeElement?.closest('.message');
  const at = all.indexOf(/** @type {HTMLElement} */ (here));
  const step = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 })[event.key];
  if (step) {
    const to = at < 0 ? all.length - 1 : Math.max(0, Math.min(all.length - 1, at + step));
    all[to]?.focus();
    all[to]?.scrollIntoView({ block: 'nearest' });
    return all.length > 0;
  }
  if (event.key === 'Enter' && document.activeElement === here) {
    /** @type {HTMLElement | null | undefined} */ (here?.querySelector('button, a, input'))?.focus();
    return true;
  }
  if (event.key === 't' && here) {
    /** @type {HTMLElement | null} */ (here.querySelector('.replies'))?.click();
    return true;
  }
  return false;
}
