/**
 * Fields that are typed in, dates and times, checkboxes and radio buttons.
 */

import { freshId, h } from '../dom.js';
import { text, words } from '../text.js';

const SETTLE_MS = 700;

/** @typedef {import('../surface.js').Surface} Surface */

/** @param {any} element @param {any} block @param {Surface} surface @param {Record<string, any>} props */
export function textInput(element, block, surface, props) {
  const kinds = /** @type {Record<string, string>} */ ({ email_text_input: 'email', url_text_input: 'url' });
  const number = element.type === 'number_input';
  const field = /** @type {HTMLInputElement} */ (h(element.multiline || element.type === 'rich_text_input' ? 'textarea' : 'input', {
    class: 'field', dir: 'auto', rows: element.multiline || element.type === 'rich_text_input' ? '4' : null,
    type: element.multiline || element.type === 'rich_text_input' ? null : (kinds[element.type] ?? 'text'),
    inputmode: number ? (element.is_decimal_allowed ? 'decimal' : 'numeric') : null,
    placeholder: element.placeholder ? words(element.placeholder) : null,
    maxlength: element.max_length, 'data-action': element.action_id, autocomplete: 'off',
    'aria-label': props['aria-labelledby'] ? null : 'Text', ...props,
  }));
  field.value = fromChoice(element, surface.chosen(block, element));
  const on = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const send = () => void surface.choose(block, element, toChoice(element, field.value), field);
  let timer = 0;
  field.addEventListener('input', () => {
    surface.remember(block, element, toChoice(element, field.value));
    if (block.dispatch_action !== true || !on.includes('on_character_entered')) return;
    clearTimeout(timer);
    timer = setTimeout(send, 150);
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || block.dispatch_action !== true || !on.includes('on_enter_pressed')) return;
    event.preventDefault();
    event.stopPropagation();
    send();
  });
  return field;
}

/** @param {any} element @param {any} choice */
function fromChoice(element, choice) {
  if (element.type !== 'rich_text_input') return String(choice ?? '');
  const parts = choice?.elements ?? [];
  return parts.map((/** @type {any} */ part) => (part.elements ?? []).map((/** @type {any} */ leaf) => leaf.text ?? '').join('')).join('\n');
}

/** @param {any} element @param {string} typed */
function toChoice(element, typed) {
  if (typed === '') return null;
  if (element.type !== 'rich_text_input') return typed;
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: typed }] }] };
}

/** Date, time, or both. @param {any} element @param {any} block @param {Surface} surface @param {Record<string, any>} props */
export function moment(element, block, surface, props) {
  const kinds = /** @type {Record<string, string>} */ ({ datepicker: 'date', timepicker: 'time', datetimepicker: 'datetime-local' });
  const label = element.placeholder ? words(element.placeholder) : kinds[element.type] === 'time' ? 'Time' : 'Date';
  const field = /** @type {HTMLInputElement} */ (h('input', {
    type: kinds[element.type], class: 'field field-moment', 'data-action': element.action_id, max: element.type === 'datepicker' ? '9999-12-31' : null,
    'aria-label': props['aria-labelledby'] ? null : label, ...props,
  }));
  const both = element.type === 'datetimepicker';
  const present = surface.chosen(block, element);
  field.value = both && present ? localMoment(present) : (present ?? '');
  let sent = field.value;
  let timer = 0;
  const send = () => {
    clearTimeout(timer);
    if (field.value === sent || field.validity.badInput) return;
    const before = sent;
    sent = field.value;
    const value = field.value === '' ? null : both ? Math.floor(new Date(field.value).getTime() / 1000) : field.value;
    void surface.choose(block, element, value, field).then((stands) => {
      if (!stands) sent = field.value = before;
    });
  };
  // A date that is typed changes with every digit: it counts once the typing rests or the field is left.
  field.addEventListener('change', () => {
    clearTimeout(timer);
    if (block.type === 'input' && block.dispatch_action !== true) send();
    else timer = setTimeout(send, SETTLE_MS);
  });
  field.addEventListener('blur', send);
  field.addEventListener('keydown', (event) => event.key === 'Enter' && send());
  return field;
}

/** @param {number} unix seconds */
function localMoment(unix) {
  const at = new Date(unix * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Checkboxes and radio buttons. @param {any} element @param {any} block @param {Surface} surface @param {Record<string, any>} props */
export function choices(element, block, surface, props) {
  const many = element.type === 'checkboxes';
  const name = freshId('choice');
  const present = surface.chosen(block, element);
  let values = new Set((many ? (present ?? []) : present ? [present] : []).map((/** @type {any} */ one) => one.value));
  const group = h('div', { class: 'choices', role: many ? 'group' : 'radiogroup', 'aria-label': props['aria-labelledby'] ? null : 'Options', ...props },
    element.options.map((/** @type {any} */ option) => {
      const box = /** @type {HTMLInputElement} */ (h('input', {
        type: many ? 'checkbox' : 'radio', name, 'data-action': element.action_id, on: { change: () => void change(option, box) },
      }));
      box.checked = values.has(option.value);
      return h('label', { class: 'choice' }, box, h('span', { class: 'choice-text' }, text(option.text, 'span'),
        option.description ? text(option.description, 'span', { class: 'choice-description' }) : null));
    }));

  /** @param {any} option @param {HTMLInputElement} box */
  async function change(option, box) {
    const before = values;
    values = many ? new Set(values) : new Set([option.value]);
    if (many && !box.checked) values.delete(option.value);
    else values.add(option.value);
    const picked = element.options.filter((/** @type {any} */ one) => values.has(one.value));
    if (await surface.choose(block, element, many ? picked : picked[0], group)) return;
    values = before;
    [...group.querySelectorAll('input')].forEach((input, index) => { input.checked = values.has(element.options[index].value); });
  }
  return group;
}
