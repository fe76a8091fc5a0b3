/**
 * The younger blocks in a plain reading: card, carousel, alert, container, feedback rows, sign-in.
 */

import { freshId, h } from '../dom.js';
import { drawElement } from '../elements/index.js';
import { icon } from '../icons.js';
import { link } from '../links.js';
import { text, words } from '../text.js';
import { picture } from './classic.js';
import { richText } from './rich_text.js';

/** @typedef {import('../surface.js').Surface} Surface */

const LEVELS = new Set(['default', 'info', 'warning', 'error', 'success']);

/** @param {any} block @param {Surface} surface */
export function card(block, surface) {
  return h('article', { class: 'card' },
    block.hero_image ? picture(block.hero_image, 'picture-hero') : null,
    h('div', { class: 'card-body' },
      h('div', { class: 'card-head' }, block.icon ? picture(block.icon, 'picture-icon') : null,
        h('div', { class: 'card-titles' }, block.title ? text(block.title, 'div', { class: 'card-title' }) : null,
          block.subtitle ? text(block.subtitle, 'div', { class: 'card-subtitle' }) : null)),
      block.body ? text(block.body) : null,
      block.actions?.length ? h('div', { class: 'actions' }, block.actions.map((/** @type {any} */ element) => drawElement(element, block, surface))) : null));
}

/** @param {any} block @param {Surface} _surface @param {(block: any) => HTMLElement} drawBlock */
export function carousel(block, _surface, drawBlock) {
  return h('div', { class: 'carousel', role: 'group', 'aria-label': `${block.elements.length} cards`, tabindex: '0' },
    block.elements.map(drawBlock));
}

/** @param {any} block */
export function alert(block) {
  const level = LEVELS.has(block.level) ? block.level : 'default';
  const mark = level === 'success' ? 'check' : level === 'warning' || level === 'error' ? 'warning' : 'info';
  return h('div', { class: ['alert', `alert-${level}`], role: 'note' }, icon(mark), text(block.text));
}

/** @param {any} block @param {Surface} _surface @param {(block: any) => HTMLElement} drawBlock */
export function container(block, _surface, drawBlock) {
  const id = freshId('container');
  const body = h('div', { class: 'container-body blocks', id }, block.child_blocks.map(drawBlock));
  const titles = h('span', { class: 'container-titles' }, block.icon ? picture(block.icon, 'picture-icon') : null,
    block.rich_text_title ? richText(block.rich_text_title) : text(block.title, 'span', { class: 'container-title' }),
    block.subtitle ? text(block.subtitle, 'span', { class: 'card-subtitle' }) : null);
  if (!block.is_collapsible) {
    return h('section', { class: ['container', `container-${width(block)}`] }, h('div', { class: 'container-head' }, titles), body);
  }
  const toggle = h('button', { type: 'button', class: 'container-head', 'aria-controls': id, on: { click: () => show(body.hidden) } }, icon('right'), titles);
  const show = (/** @type {boolean} */ open) => {
    body.hidden = !open;
    toggle.setAttribute('aria-expanded', String(open));
  };
  show(block.default_collapsed !== true);
  return h('section', { class: ['container', `container-${width(block)}`] }, toggle, body);
}

/** @param {any} block */
function width(block) {
  return ['narrow', 'standard', 'wide', 'full'].includes(block.width) ? block.width : 'standard';
}

/** @param {any} block @param {Surface} surface */
export function contextActions(block, surface) {
  return h('div', { class: 'actions actions-small' }, block.elements.map((/** @type {any} */ element) => drawElement(element, block, surface)));
}

/** @param {any} block @param {Surface} surface */
export function authProvider(block, surface) {
  return h('div', { class: 'section' }, h('div', { class: 'section-words' },
    h('strong', { dir: 'auto' }, words(block.name)), block.description ? text(block.description, 'div', { class: 'muted' }) : null),
  h('div', { class: 'accessory' }, block.auth_url ? link(block.auth_url, ['Connect'], { class: 'button' }) : null,
    block.overflow ? drawElement(block.overflow, block, surface) : null));
}
