/**
 * The selects: of written options, of the app's own suggestions, of people and of conversations.
 */

import { nameOf, titleOf } from '../people.js';
import { conversations, state } from '../store.js';
import { words } from '../text.js';
import { Combobox } from './combobox.js';

const WAIT_MS = 120;
const MIN_QUERY_LENGTH = 3;

/**
 * @typedef {import('./combobox.js').Option} Option
 * @typedef {import('./combobox.js').Found} Found
 * @typedef {import('../surface.js').Surface} Surface
 */

/**
 * @param {any} element
 * @param {any} block
 * @param {Surface} surface
 * @param {Record<string, any>} props labels and descriptions for the text field
 */
export function select(element, block, surface, props) {
  const multi = element.type.startsWith('multi_');
  const kind = element.type.replace('multi_', '');
  const byId = kind !== 'static_select' && kind !== 'external_select';
  const present = surface.chosen(block, element);
  const chosen = (multi ? (present ?? []) : present ? [present] : []).map((/** @type {any} */ one) => (byId ? named(one, kind) : one));
  const placeholder = element.placeholder ? words(element.placeholder) : PLACEHOLDERS[kind];
  /** @type {Combobox} */
  const box = new Combobox({
    chosen, multi, most: element.max_selected_items, placeholder,
    props: { 'data-action': element.action_id, 'aria-label': props['aria-labelledby'] ? null : placeholder, ...props },
    find: finder(kind, element, block, surface),
    commit: (options) => {
      const values = byId ? options.map((option) => option.value) : options.map(plainOption);
      return surface.choose(block, element, multi ? values : (values[0] ?? null), box.node);
    },
  });
  return box.node;
}

const PLACEHOLDERS = /** @type {Record<string, string>} */ ({
  static_select: 'Choose an option', external_select: 'Search', users_select: 'Choose a person',
  conversations_select: 'Choose a conversation', channels_select: 'Choose a channel',
});

/** An option as it is sent back. @param {Option} option */
function plainOption(option) {
  const { text, value, description } = option;
  return description === undefined ? { text, value } : { text, value, description };
}

/** @param {string} id @param {string} kind @returns {Option} */
function named(id, kind) {
  const name = kind === 'users_select' ? nameOf(id) : channelName(id);
  return { text: { type: 'plain_text', text: name, emoji: false }, value: id };
}

/** @param {string} id */
function channelName(id) {
  const channel = state.channels.get(id);
  return channel?.is_im ? titleOf(channel) : `#${channel?.name ?? id}`;
}

/**
 * @param {string} kind
 * @param {any} element
 * @param {any} block
 * @param {Surface} surface
 * @returns {(typed: string) => Promise<Found>}
 */
function finder(kind, element, block, surface) {
  if (kind === 'external_select') return asking(element, block, surface);
  if (kind === 'static_select') {
    const groups = element.option_groups?.map((/** @type {any} */ group) => ({ label: words(group.label), options: group.options }));
    return async (typed) => matching(groups ?? [{ options: element.options ?? [] }], typed);
  }
  return async (typed) => matching([{ options: candidates(kind, element.filter).map((id) => named(id, kind)) }], typed);
}

/**
 * @param {string} kind
 * @param {{include?: string[], exclude_external_shared_channels?: boolean, exclude_bot_users?: boolean} | undefined} filter of a conversations select
 */
function candidates(kind, filter) {
  if (kind === 'users_select') return [...state.users.keys(), ...state.strangers.keys()];
  const { channels, ims } = conversations();
  if (kind === 'conversations_select') {
    return [...channels, ...ims].filter((channel) => passes(channel, filter ?? {})).map((channel) => channel.id);
  }
  return channels.filter((channel) => !channel.is_private).map((channel) => channel.id);
}

/** @param {any} channel @param {{include?: string[], exclude_external_shared_channels?: boolean, exclude_bot_users?: boolean}} filter */
function passes(channel, filter) {
  const type = channel.is_im ? 'im' : channel.is_mpim ? 'mpim' : channel.is_private ? 'private' : 'public';
  if (filter.include && !filter.include.includes(type)) return false;
  if (filter.exclude_external_shared_channels && channel.is_ext_shared) return false;
  return !(filter.exclude_bot_users && channel.is_im); // here each of these is a direct message with the app
}

/** @param {import('./combobox.js').Group[]} groups @param {string} typed @returns {Found} */
function matching(groups, typed) {
  const wanted = fold(typed);
  if (!wanted) return { groups };
  return {
    groups: groups.map((group) => ({ ...group, options: group.options.filter((option) => fold(words(option.text)).includes(wanted)) })),
  };
}

/** @param {string} words */
function fold(words) {
  return words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** Ask the app, once the typing has paused. @param {any} element @param {any} block @param {Surface} surface */
function asking(element, block, surface) {
  const least = element.min_query_length ?? MIN_QUERY_LENGTH;
  let turn = 0;
  return async (/** @type {string} */ typed) => {
    const mine = (turn += 1);
    if (typed.length < least) return { groups: [], note: `Type at least ${least} character${least === 1 ? '' : 's'}` };
    await new Promise((resolve) => { setTimeout(resolve, WAIT_MS); });
    if (mine !== turn) return { groups: [] };
    const reply = await surface.options(block, element, typed);
    if (reply.error) return { groups: [], note: `The app gave no options: ${reply.error}` };
    const groups = reply.option_groups?.map((/** @type {any} */ group) => ({ label: words(group.label), options: group.options }));
    return { groups: groups ?? [{ options: reply.options }] };
  };
}
