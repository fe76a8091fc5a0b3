/**
 * The sidebar: the workspace, its conversations, the app, and who is using the page.
 */

import { byId, fill, h } from './dom.js';
import { icon } from './icons.js';
import * as marks from './marks.js';
import { avatar, titleOf } from './people.js';
import { placeHash, userHash } from './route.js';
import { conversations, state, watch } from './store.js';
import { HOME } from './workspace.js';

const lists = { channels: h('ul', { class: 'places' }), ims: h('ul', { class: 'places' }), apps: h('ul', { class: 'places' }) };

/** Draw it once, and again where it changes. */
export function start() {
  const switcher = h('div', { class: 'switcher', role: 'radiogroup', 'aria-label': 'Use the page as' });
  fill(byId('sidebar'),
    h('div', { class: 'workspace' }, h('span', { class: 'workspace-name' }, 'Sandbox'),
      h('button', { type: 'button', class: 'icon-button only-narrow', 'aria-label': 'Close the sidebar', on: { click: () => toggleDrawer(false) } }, icon('close'))),
    h('div', { class: 'places-scroll' }, section('Channels', lists.channels), section('Direct messages', lists.ims), section('Apps', lists.apps)),
    h('div', { class: 'switcher-box' }, h('div', { class: 'switcher-title', 'aria-hidden': 'true' }, 'You are'), switcher));
  byId('drawer-shade').addEventListener('click', () => toggleDrawer(false));
  watch(['people', 'place', 'marks', 'messages'], drawPlaces);
  watch(['people'], () => drawSwitcher(switcher));
  watch(['place'], () => toggleDrawer(false));
}

/** @param {string} title @param {HTMLElement} list */
function section(title, list) {
  list.setAttribute('aria-label', title);
  return h('div', { class: 'places-section' }, h('h2', { class: 'places-title' }, title), list);
}

/** @type {string} */
let shown = '';

function drawPlaces() {
  const { channels, ims } = conversations();
  const rows = [...channels, ...ims].map((channel) => [channel.id, titleOf(channel), kind(channel), marks.unread(channel.id), channel.is_archived]);
  const now = JSON.stringify([rows, state.place, state.user, state.app]);
  if (now === shown) return;
  shown = now;
  const had = document.activeElement?.closest('.place')?.getAttribute('data-place');
  fill(lists.channels, channels.map((channel) => place(channel.id, titleOf(channel), icon(kind(channel)), channel.is_archived)));
  fill(lists.ims, ims.map((channel) => place(channel.id, titleOf(channel), avatar(state.app.bot_user, 'small'))));
  fill(lists.apps, place(HOME, `${state.app.name} Home`, icon('home')));
  if (had) /** @type {HTMLElement | null} */ (document.querySelector(`.place[data-place="${CSS.escape(had)}"]`))?.focus();
  drawTitle([...channels, ...ims]);
}

/** @param {import('./store.js').Channel} channel */
function kind(channel) {
  if (channel.is_private) return 'lock';
  return channel.is_ext_shared ? 'shared' : 'hash';
}

/** @param {string} id @param {string} name @param {Node} mark @param {boolean} [archived] */
function place(id, name, mark, archived = false) {
  const count = id === HOME ? 0 : marks.unread(id);
  const current = id === state.place;
  return h('li', {}, h('button', {
    type: 'button', class: ['place', current && 'place-current', count > 0 && !current && 'place-unread'], 'data-place': id,
    'aria-current': current ? 'page' : null, on: { click: () => placeHash(id) },
  }, mark, h('span', { class: 'place-name', dir: 'auto' }, name, archived ? ' (archived)' : ''),
  count > 0 && !current ? h('span', { class: 'badge' }, count > 99 ? '99+' : count, h('span', { class: 'visually-hidden' }, ' unread')) : null));
}

/** @param {import('./store.js').Channel[]} all */
function drawTitle(all) {
  const unread = all.reduce((sum, channel) => sum + (channel.id === state.place ? 0 : marks.unread(channel.id)), 0);
  const channel = state.channels.get(state.place);
  const name = state.place === HOME ? `${state.app.name} Home` : `${channel?.is_im ? '' : '#'}${titleOf(channel)}`;
  document.title = `${unread ? `(${unread}) ` : ''}${name} · ${state.app.name} sandbox`;
}

/** @param {HTMLElement} switcher */
function drawSwitcher(switcher) {
  const had = switcher.contains(document.activeElement);
  fill(switcher, [...state.users.values()].map((user) => h('button', {
    type: 'button', role: 'radio', class: 'person', 'data-user': user.id, 'aria-checked': String(user.id === state.user),
    tabindex: user.id === state.user ? '0' : '-1', title: about(user), 'aria-label': `${user.real_name}, ${about(user)}`,
    on: { click: () => userHash(user.id), keydown: (/** @type {any} */ event) => step(switcher, event) },
  }, avatar(user.id, 'small'), h('span', { class: 'person-name' }, user.real_name ?? user.id))));
  if (had) /** @type {HTMLElement | null} */ (switcher.querySelector('[aria-checked="true"]'))?.focus();
}

/** @param {import('./store.js').User} user */
function about(user) {
  return user.is_restricted ? 'guest' : 'member';
}

/** @param {HTMLElement} switcher @param {KeyboardEvent} event */
function step(switcher, event) {
  const by = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 })[event.key];
  if (!by || event.altKey) return;
  event.preventDefault();
  const all = /** @type {HTMLElement[]} */ ([...switcher.children]);
  const at = all.indexOf(/** @type {HTMLElement} */ (event.currentTarget));
  all[(at + by + all.length) % all.length].click();
}

/** Open or close the sidebar where it is a drawer. @param {boolean} open */
export function toggleDrawer(open) {
  document.body.classList.toggle('drawer-open', open);
  byId('drawer-shade').hidden = !open;
  if (open) /** @type {HTMLElement | null} */ (byId('sidebar').querySelector('.place-current, .place'))?.focus();
}
