/**
 * What happens to the state: reading it from the sandbox, following its changes, going somewhere.
 */

import { announce } from './announcer.js';
import { api } from './api.js';
import * as marks from './marks.js';
import { stream } from './stream.js';
import { changed, conversations, isMember, messagesOf, state } from './store.js';
import { toast } from './toasts.js';

export const HOME = 'home';
// So many other channels are read in the background for their unread marks; the rest gets theirs from live changes.
const READ_AHEAD = 24;

/** Read everything and follow what changes. @param {string} user @param {string} place */
export async function start(user, place) {
  const position = await readState();
  await become(state.users.has(user) ? user : ([...state.users.keys()][0] ?? ''), place, position);
}

/** @returns {Promise<number>} the number of the newest change that is already in what was read */
async function readState() {
  const seen = await api.state();
  state.users = new Map(seen.users.map((/** @type {any} */ one) => [one.id, one]));
  state.strangers = new Map((seen.strangers ?? []).map((/** @type {any} */ one) => [one.id, one]));
  state.channels = new Map(seen.channels.map((/** @type {any} */ one) => [one.id, one]));
  state.commands = seen.commands;
  state.shortcuts = seen.shortcuts ?? [];
  state.app = seen.app ?? state.app;
  changed('people', 'place');
  return seen.last_event_id ?? 0;
}

/**
 * Use the page as somebody else, in the same channel if that person is in it.
 * @param {string} user
 * @param {string} [place]
 * @param {number} [position] where the stream is continued: all before it was read
 */
export async function become(user, place = state.place, position = undefined) {
  const from = position ?? (await readState());
  state.user = user;
  state.messages = new Map();
  state.views = [];
  state.home = null;
  state.thread = '';
  marks.follow(user);
  changed('people', 'views', 'home', 'thread', 'messages');
  stream.follow(user, from, { onEvent: apply, onLink: link });
  await Promise.all([open(place), readViews()]);
  void readAhead();
}

/** Where this person can be: the wished place, else the first conversation. @param {string} place */
function allowed(place) {
  const channel = state.channels.get(place);
  if (place === HOME || (channel && isMember(channel))) return place;
  const { channels, ims } = conversations();
  return (channels[0] ?? ims[0])?.id ?? '';
}

/** Show a conversation or Home, or where this person can be instead. @param {string} wished */
export async function open(wished) {
  const place = allowed(wished);
  leave();
  state.place = place;
  state.thread = '';
  changed('place', 'messages', 'thread');
  if (place === HOME) await openHome();
  else if (place) {
    if (!state.messages.has(place)) await readMessages(place);
    marks.enter(place, messagesOf(place));
    changed('messages', 'marks');
  }
}

function leave() {
  if (state.place && state.place !== HOME) marks.see(state.place, messagesOf(state.place));
}

async function openHome() {
  changed('home');
  if (state.app.home_tab) await api.home(state.user).catch(report);
}

/** The reads under way, each with the changes that came meanwhile. @type {Set<{channel: string, changes: (() => void)[]}>} */
const readings = new Set();

/** @param {string} channel */
async function readMessages(channel) {
  const user = state.user;
  const reading = { channel, changes: [] };
  readings.add(reading);
  const { messages } = await api.messages(channel, user).catch((error) => {
    report(error);
    return { messages: [...(state.messages.get(channel)?.values() ?? [])] };
  }).finally(() => readings.delete(reading));
  if (user !== state.user) return;
  const before = state.messages.get(channel);
  /** @type {Map<string, import('./store.js').Message>} */
  const read = new Map();
  for (const message of messages) {
    const known = before?.get(message.ts);
    read.set(message.ts, known && JSON.stringify(known) === JSON.stringify(message) ? known : message);
  }
  state.messages.set(channel, read);
  // What was answered may be older than what the stream has told since it was asked for.
  for (const change of reading.changes) change();
  changed('messages', 'marks', 'thread');
}

/** Change the messages of a channel now, and again once a read that is under way has come. @param {string} channel @param {() => void} change */
function amend(channel, change) {
  for (const reading of readings) if (reading.channel === channel) reading.changes.push(change);
  change();
}

/** How many changes of modals and of Home have come: what was read before one of them is older than it. */
const arrived = { views: 0, home: 0 };

async function readViews() {
  const user = state.user;
  const before = { ...arrived };
  const seen = await api.views(user).catch(() => null);
  if (!seen || user !== state.user) return;
  if (before.views === arrived.views) state.views = seen.stack;
  if (before.home === arrived.home) state.home = seen.home;
  changed('views', 'home');
}

async function readAhead() {
  const user = state.user;
  const { channels, ims } = conversations();
  for (const channel of [...channels, ...ims].slice(0, READ_AHEAD)) {
    if (user !== state.user) return;
    if (!state.messages.has(channel.id)) await readMessages(channel.id);
  }
}

/** After a gap everything that is shown is read again. */
async function readAgain() {
  const shown = [...state.messages.keys()];
  await readState();
  if (state.place !== allowed(state.place)) await open(state.place);
  await Promise.all([readViews(), ...shown.map(readMessages)]);
}

/** @param {boolean} linked @param {boolean} again */
function link(linked, again) {
  state.linked = linked;
  changed('link');
  if (linked && again) void readAgain().catch(report);
}

/** Take one change of the stream. @param {string} kind @param {any} data */
function apply(kind, data) {
  if (kind === 'message_posted' || kind === 'message_changed') putMessage(data.channel, data.message, kind);
  else if (kind === 'message_deleted') dropMessage(data.channel, data.ts);
  else if (kind === 'views' && data.user === state.user) {
    arrived.views += 1;
    state.views = data.stack;
    changed('views');
  } else if (kind === 'home' && data.user === state.user) {
    arrived.home += 1;
    state.home = data.view;
    changed('home');
  } else if (kind === 'channel') putChannel(data.channel);
  else if (kind === 'reset') void readAgain().catch(report);
}

/** @param {string} channel @param {any} message @param {string} kind */
function putMessage(channel, message, kind) {
  const list = state.messages.get(channel);
  const known = list?.has(message.ts);
  amend(channel, () => {
    const now = state.messages.get(channel);
    if ((now?.get(message.ts)?.version ?? 0) <= message.version) now?.set(message.ts, message);
  });
  if (kind === 'message_posted' && !known) {
    marks.arrive(channel, message, channel === state.place);
    if (channel === state.place) announce(message);
    if (!list && state.channels.has(channel)) void readMessages(channel);
  }
  changed('messages', 'marks', 'thread');
}

/** @param {string} channel @param {string} ts */
function dropMessage(channel, ts) {
  amend(channel, () => state.messages.get(channel)?.delete(ts));
  changed('messages', 'marks', 'thread');
}

/** @param {any} channel */
function putChannel(channel) {
  state.channels.set(channel.id, { ...state.channels.get(channel.id), ...channel });
  changed('people', 'place');
  if (!isMember(channel)) {
    state.messages.delete(channel.id);
    if (state.place === channel.id) void open('');
  }
}

/** Show a thread beside the messages; '' closes it. @param {string} root */
export function openThread(root) {
  state.thread = root;
  changed('thread');
}

/** @param {unknown} error */
export function report(error) {
  toast(error instanceof Error ? error.message : String(error));
}
