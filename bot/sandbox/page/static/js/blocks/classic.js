/**
 * The classic blocks: section, header, context, actions, divider, image, input, video.
 */

import { freshId, h } from '../dom.js';
import { drawElement } from '../elements/index.js';
import { icon } from '../icons.js';
import { inlinePicture, link } from '../links.js';
import { text, words } from '../text.js';

/** @typedef {import('../surface.js').Surface} Surface */

/** @param {any} block @param {Surface} surface */
export function section(block, surface) {
  const accessory = block.accessory?.type === 'image' ? picture(block.accessory, 'picture-accessory')
    : block.accessory ? drawElement(block.accessory, block, surface) : null;
  return h('div', { class: 'section' }, h('div', { class: 'section-words' }, block.text ? text(block.text) : null,
    block.fields ? h('div', { class: 'fields' }, block.fields.map((/** @type {any} */ field) => text(field, 'div', { class: 'section-field' }))) : null),
  accessory ? h('div', { class: 'accessory' }, accessory) : null);
}

/** @param {any} block */
export function header(block) {
  return text(block.text, 'h3', { class: 'block-header' });
}

export function divider() {
  return h('hr', { class: 'divider' });
}

/** @param {any} block */
export function context(block) {
  return h('div', { class: 'context' }, block.elements.map((/** @type {any} */ element) =>
    (element.type === 'image' ? picture(element, 'picture-context') : text(element, 'div', { class: 'context-text' }))));
}

/** @param {any} block @param {Surface} surface */
export function actions(block, surface) {
  return h('div', { class: 'actions' }, block.elements.map((/** @type {any} */ element) => drawElement(element, block, surface)));
}

/** @param {any} block */
export function image(block) {
  const title = block.title ? text(block.title, 'figcaption', { class: 'picture-title' }) : null;
  return h('figure', { class: 'figure' }, title, picture(block, 'picture-block'));
}

/**
 * A picture: shown where the payload itself holds it, else by its alternative text, because nothing outside is loaded.
 * @param {any} element
 * @param {string} name
 */
export function picture(element, name) {
  const inline = inlinePicture(element.image_url);
  const alternative = String(element.alt_text ?? '');
  if (inline) {
    const img = /** @type {HTMLImageElement} */ (h('img', { class: ['picture', name], alt: alternative }));
    img.src = inline;
    return img;
  }
  return h('span', { class: ['picture', 'picture-words', name], role: 'img', 'aria-label': alternative, title: alternative },
    icon('picture'), h('span', { class: 'picture-alt', dir: 'auto' }, alternative));
}

/** @param {any} block @param {Surface} surface */
export function input(block, surface) {
  const error = surface.errors[block.block_id];
  const [label, hint, problem] = ['label', 'hint', 'error'].map(freshId);
  const described = [block.hint && hint, error && problem].filter(Boolean).join(' ');
  const element = drawElement(block.element, block, surface, {
    'aria-labelledby': label, 'aria-describedby': described || null, 'aria-invalid': error ? 'true' : null,
    'aria-required': block.optional === true ? null : 'true',
  });
  return h('div', { class: ['input', error && 'input-invalid'], 'data-block': block.block_id },
    h('div', { class: 'input-label', id: label }, h('span', { dir: 'auto' }, words(block.label)),
      block.optional === true ? h('span', { class: 'optional' }, ' (optional)') : null),
    element,
    error ? h('div', { class: 'input-error', id: problem, dir: 'auto' }, icon('warning'), error) : null,
    block.hint ? h('div', { class: 'input-hint', id: hint, dir: 'auto' }, words(block.hint)) : null);
}

/** @param {any} block */
export function video(block) {
  return h('figure', { class: 'figure' }, h('figcaption', { class: 'picture-title' },
    link(block.title_url ?? block.video_url, [words(block.title)]),
    block.author_name ? h('span', { class: 'muted', dir: 'auto' }, ` ${block.author_name}`) : null),
  block.description ? text(block.description, 'div', { class: 'muted' }) : null,
  picture({ alt_text: block.alt_text }, 'picture-block'));
}
