/**
 * The bar above a conversation: its name, and the switches of the page.
 */

import { byId, fill, h } from './dom.js';
import { help } from './help.js';
import { icon } from './icons.js';
import { toggleInspector } from './inspector.js';
import { nameOf, titleOf } from './people.js';
import { toggleDrawer } from './sidebar.js';
import { state, watch } from './store.js';
import * as theme from './theme.js';
import { HOME } from './workspace.js';

export function start() {
  watch(['place', 'people', 'link'], draw);
}

function draw() {
  const header = byId('header');
  const focused = document.activeElement instanceof HTMLElement && header.contains(document.activeElement) ? document.activeElement.id : '';
  const channel = state.channels.get(state.place);
  const home = state.place === HOME;
  const mark = home ? 'home' : channel?.is_private ? 'lock' : channel?.is_ext_shared ? 'shared' : 'hash';
  fill(header,
    button('show-sidebar', 'Channels', 'menu', () => toggleDrawer(true), 'only-narrow'),
    h('h1', { class: 'title' }, channel?.is_im ? null : icon(mark),
      h('span', { class: 'title-name', dir: 'auto' }, home ? `${state.app.name} Home` : titleOf(channel))),
    channel && !channel.is_im ? members(channel) : null,
    channel?.is_ext_shared ? h('span', { class: 'tag' }, 'Shared') : null,
    channel?.is_archived ? h('span', { class: 'tag' }, 'Archived') : null,
    h('span', { class: 'spacer' }),
    state.linked ? null : h('span', { class: 'link-lost', role: 'status' }, 'Reconnecting…'),
    button('show-inspector', 'Inspector', 'panel', () => toggleInspector()),
    button('switch-theme', `Colours: ${theme.name()}`, theme.mark(), () => { theme.next(); draw(); }),
    button('show-help', 'Keyboard help', 'help', help));
  if (focused) document.getElementById(focused)?.focus();
}

/** @param {import('./store.js').Channel} channel */
function members(channel) {
  const names = channel.members.map(nameOf);
  return h('span', { class: 'members', title: names.join(', ') }, icon('users'), channel.members.length,
    h('span', { class: 'visually-hidden' }, ` members: ${names.join(', ')}`));
}

/** @param {string} id @param {string} label @param {string} mark @param {() => void} act @param {string} [name] */
function button(id, label, mark, act, name = '') {
  return h('button', { type: 'button', id, class: ['icon-button', name], 'aria-label': label, title: label, on: { click: act } }, icon(mark));
}
