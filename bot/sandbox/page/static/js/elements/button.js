/**
 * Buttons of all kinds, and the overflow menu.
 */

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { link, safeUrl } from '../links.js';
import { menuButton } from '../menu.js';
import { state } from '../store.js';
import { words } from '../text.js';

const STYLES = /** @type {Record<string, string>} */ ({ primary: 'button-primary', danger: 'button-danger' });

/** @typedef {import('../surface.js').Surface} Surface */

/** Whether this person is shown the button. @param {any} element */
export function isShown(element) {
  return !Array.isArray(element.visible_to_user_ids) || element.visible_to_user_ids.includes(state.user);
}

/** @param {any} element @param {any} block @param {Surface} surface */
export function button(element, block, surface) {
  return pressable(element, block, surface, element.value === undefined ? {} : { value: element.value }, [words(element.text)]);
}

/**
 * @param {any} element
 * @param {any} block
 * @param {Surface} surface
 * @param {Record<string, any>} fields
 * @param {import('../dom.js').Child[]} content
 */
function pressable(element, block, surface, fields, content) {
  const press = (/** @type {Event} */ event) => {
    void surface.press(block, element, fields, /** @type {HTMLElement} */ (event.currentTarget));
  };
  const props = {
    class: ['button', STYLES[element.style]], 'data-action': element.action_id, dir: 'auto',
    'aria-label': element.accessibility_label, on: { click: press },
  };
  const inner = h('span', { class: 'button-text' }, content);
  // A button with an address opens it and is sent to the app all the same (slack-platform §2.2).
  if (element.url && safeUrl(element.url) && !element.confirm) return link(element.url, [inner], { ...props, class: props.class.join(' ') });
  return h('button', { type: 'button', ...props }, inner);
}

/** @param {any} element @param {any} block @param {Surface} surface */
export function overflow(element, block, surface) {
  const wrapper = menuButton({
    label: element.accessibility_label ?? 'More actions',
    class: 'button button-more',
    content: [icon('more')],
    props: { 'data-action': element.action_id },
    items: () => element.options.map((/** @type {any} */ option) => ({
      label: words(option.text),
      description: option.description ? words(option.description) : '',
      url: option.url,
      pick: () => {
        const node = /** @type {HTMLElement} */ (wrapper.firstElementChild);
        void surface.press(block, element, { selected_option: { value: option.value } }, node);
      },
    })),
  });
  return wrapper;
}

/** @param {any} element @param {any} block @param {Surface} surface */
export function iconButton(element, block, surface) {
  const named = { ...element, accessibility_label: element.accessibility_label ?? words(element.text) };
  return pressable(named, block, surface, element.value === undefined ? {} : { value: element.value }, [words(element.text)]);
}

/** @param {any} element @param {any} block @param {Surface} surface */
export function feedbackButtons(element, block, surface) {
  return h('span', { class: 'button-group' }, ['positive_button', 'negative_button'].map((name) => {
    const one = element[name];
    const named = { ...element, accessibility_label: one.accessibility_label, style: undefined };
    const mark = name === 'positive_button' ? '👍 ' : '👎 ';
    return pressable(named, block, surface, { value: one.value }, [mark, words(one.text)]);
  }));
}
