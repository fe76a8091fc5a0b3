/**
 * What elements stand on, a message or a view: where presses go, and what has been chosen there so far.
 */

import { api } from './api.js';
import { askConfirm } from './confirm.js';
import { state } from './store.js';
import { toast } from './toasts.js';

/** The field that carries a choice, by type of element (DESIGN §6). @type {Record<string, string>} */
export const CHOICE_FIELD = {
  plain_text_input: 'value',
  email_text_input: 'value',
  url_text_input: 'value',
  number_input: 'value',
  rich_text_input: 'rich_text_value',
  static_select: 'selected_option',
  external_select: 'selected_option',
  radio_buttons: 'selected_option',
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  multi_static_select: 'selected_options',
  multi_external_select: 'selected_options',
  checkboxes: 'selected_options',
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
};

/** @typedef {Map<string, {block_id: string, action_id: string, choice: Record<string, any>}>} Choices */

/** What was chosen on messages, kept while the page is open, as Slack's clients do. @type {Map<string, Choices>} */
const onMessages = new Map();

export class Surface {
  /**
   * @param {'message' | 'view'} kind
   * @param {Record<string, string>} where what names it in `/workspace/actions`
   * @param {Choices} choices
   * @param {Record<string, Record<string, any>>} known what the sandbox holds: `state.values`
   */
  constructor(kind, where, choices, known = {}) {
    this.kind = kind;
    this.where = where;
    this.choices = choices;
    this.known = known;
    /** Errors beside inputs, by block_id. @type {Record<string, string>} */
    this.errors = {};
  }

  /** The present choice of an element: what was entered here, else what the sandbox holds, else the initial one. @param {any} block @param {any} element */
  chosen(block, element) {
    const field = CHOICE_FIELD[element.type];
    const entered = this.choices.get(keyOf(block, element));
    if (entered) return entered.choice[field];
    const held = this.known[block.block_id]?.[element.action_id];
    if (held && field in held) return held[field];
    return element[field.endsWith('value') ? 'initial_value' : field.replace('selected_', 'initial_')] ?? null;
  }

  /** Remember a choice without telling the app. @param {any} block @param {any} element @param {any} value */
  remember(block, element, value) {
    const choice = { type: element.type, [CHOICE_FIELD[element.type]]: value };
    this.choices.set(keyOf(block, element), { block_id: block.block_id, action_id: element.action_id, choice });
  }

  /**
   * Choose in a stateful element: kept silently in an input block, else sent to the app.
   * @param {any} block
   * @param {any} element
   * @param {any} value
   * @param {HTMLElement} node
   * @returns {Promise<boolean>} false where the person did not confirm
   */
  async choose(block, element, value, node) {
    if (block.type === 'input' && block.dispatch_action !== true) {
      this.remember(block, element, value);
      return true;
    }
    const field = CHOICE_FIELD[element.type];
    return this.press(block, element, { [field]: value }, node, () => this.remember(block, element, value));
  }

  /**
   * Press something: ask where it wants to be asked, show it busy until the call returns.
   * @param {any} block
   * @param {any} element
   * @param {Record<string, any>} fields
   * @param {HTMLElement} node
   * @param {() => void} [confirmed]
   * @returns {Promise<boolean>} whether it was sent
   */
  async press(block, element, fields, node, confirmed) {
    if (node.getAttribute('aria-busy') === 'true') return false;
    if (element.confirm && !(await askConfirm(element.confirm))) return false;
    confirmed?.();
    node.setAttribute('aria-busy', 'true');
    const named = { user: state.user, ...this.where, block_id: block.block_id, action_id: element.action_id, ...fields };
    try {
      await api.act(this.kind === 'view' ? { ...named, values: this.values() } : named);
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error));
    } finally {
      node.removeAttribute('aria-busy');
    }
    return true;
  }

  /** Ask the app for options. @param {any} block @param {any} element @param {string} typed */
  async options(block, element, typed) {
    const named = { user: state.user, ...this.where, block_id: block.block_id, action_id: element.action_id, value: typed };
    return api.options(named);
  }

  /** Everything that was entered, as `/workspace/views/submit` takes it. */
  values() {
    /** @type {Record<string, Record<string, any>>} */
    const values = {};
    for (const { block_id: block, action_id: action, choice } of this.choices.values()) {
      if (this.known[block]?.[action]) (values[block] ??= {})[action] = choice;
    }
    return values;
  }
}

/** @param {any} block @param {any} element */
function keyOf(block, element) {
  return JSON.stringify([block.block_id, element.action_id]);
}

/** @param {string} channel @param {string} ts */
export function messageSurface(channel, ts) {
  const key = `${state.user} ${channel} ${ts}`;
  if (!onMessages.has(key)) onMessages.set(key, new Map());
  return new Surface('message', { channel, ts }, /** @type {Choices} */ (onMessages.get(key)));
}

/** @param {any} view @param {Choices} choices */
export function viewSurface(view, choices) {
  const surface = new Surface('view', { view_id: view.id }, choices, view.state?.values ?? {});
  surface.errors = view.errors ?? {};
  return surface;
}
