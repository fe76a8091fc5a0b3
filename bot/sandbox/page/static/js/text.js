/**
 * Draws Block Kit's text objects; each is isolated, so that no mark in it turns the direction of its surroundings.
 */

import { h } from './dom.js';
import { emojify } from './emoji.js';
import { mrkdwn } from './mrkdwn.js';

/**
 * @param {any} object a plain_text or mrkdwn object, or a bare string
 * @param {string} [tag]
 * @param {Record<string, any>} [props]
 */
export function text(object, tag = 'div', props = {}) {
  return h(tag, { dir: 'auto', ...props, class: ['text', props.class] }, content(object));
}

/** @param {any} object @returns {import('./dom.js').Child[]} */
function content(object) {
  if (object?.type === 'mrkdwn') return mrkdwn(String(object.text ?? ''), { verbatim: object.verbatim === true });
  return [words(object)];
}

/** The words of a plain_text object, as a label or an option shows them. @param {any} object */
export function words(object) {
  const raw = typeof object === 'string' ? object : String(object?.text ?? '');
  return object?.emoji === false ? raw : emojify(raw);
}
