/**
 * Draws one interactive element by its type.
 */

import { h } from '../dom.js';
import { button, feedbackButtons, iconButton, isShown, overflow } from './button.js';
import { choices, moment, textInput } from './inputs.js';
import { select } from './select.js';

/** @typedef {(element: any, block: any, surface: import('../surface.js').Surface, props: Record<string, any>) => HTMLElement} Draw */

/** @type {Record<string, Draw>} */
const DRAWN = {
  button,
  workflow_button: button,
  icon_button: iconButton,
  feedback_buttons: feedbackButtons,
  overflow,
  static_select: select,
  multi_static_select: select,
  external_select: select,
  multi_external_select: select,
  users_select: select,
  multi_users_select: select,
  conversations_select: select,
  multi_conversations_select: select,
  channels_select: select,
  multi_channels_select: select,
  datepicker: moment,
  timepicker: moment,
  datetimepicker: moment,
  checkboxes: choices,
  radio_buttons: choices,
  plain_text_input: textInput,
  rich_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
};

/**
 * @param {any} element
 * @param {any} block
 * @param {import('../surface.js').Surface} surface
 * @param {Record<string, any>} [props] labels and descriptions
 * @returns {HTMLElement | null} null for what this person is not shown
 */
export function drawElement(element, block, surface, props = {}) {
  if (!isShown(element)) return null;
  const draw = Object.hasOwn(DRAWN, element?.type) ? DRAWN[element.type] : null;
  if (!draw) return h('span', { class: 'undrawn' }, `An element of the type ${element?.type} is not drawn here.`);
  return draw(element, block, surface, props);
}
