/**
 * The app's Home tab.
 */

import { drawBlocks } from './blocks/index.js';
import { fill, h } from './dom.js';
import { icon } from './icons.js';
import { forget } from './keyed.js';
import { state } from './store.js';
import { viewSurface } from './surface.js';
import { HOME } from './workspace.js';

const blocks = h('div', { class: 'blocks home-blocks' });
const note = h('div', { class: 'empty' });
const warning = h('div', { class: 'message-warning', role: 'alert', hidden: true });
export const homeNode = h('div', { class: 'scroller home', id: 'home', tabindex: '0', hidden: true }, warning, blocks, note);

/** What was entered on Home, by its id. @type {{id: string, choices: import('./surface.js').Choices}} */
let entered = { id: '', choices: new Map() };

export function drawHome() {
  homeNode.hidden = state.place !== HOME;
  if (homeNode.hidden) return;
  const view = state.home;
  note.hidden = Boolean(view);
  if (!view) {
    forget(blocks);
    warning.hidden = true;
    fill(note, h('p', { class: 'empty-title' }, state.app.home_tab ? 'Nothing here yet' : `${state.app.name} has no Home tab`),
      h('p', { class: 'muted' }, state.app.home_tab ? 'The app has not published its Home.' : 'Its manifest does not enable one (home_tab_enabled).'));
    return;
  }
  if (entered.id !== view.id) entered = { id: view.id, choices: new Map() };
  warning.hidden = !view.warning;
  if (view.warning) fill(warning, icon('warning'), h('span', {}, 'The app did not answer: ', h('code', { class: 'code' }, view.warning)));
  drawBlocks(blocks, view.blocks, viewSurface(view, entered.choices));
}
