/**
 * What the page knows, and who is told when a part of it changes. Redraws are gathered into one a frame.
 */

/**
 * @typedef {{ts: string, user: string, text: string, blocks: any[], attachments?: any[], ephemeral: boolean,
 *   thread_ts: string | null, edited: object | null, version: number, warning?: string}} Message
 * @typedef {{id: string, name?: string, real_name?: string, is_bot?: boolean, is_restricted?: boolean,
 *   team_id?: string}} User
 * @typedef {{id: string, name?: string, is_im: boolean, is_private?: boolean, is_archived: boolean,
 *   is_ext_shared?: boolean, members: string[], user?: string}} Channel
 * @typedef {{command: string, description: string, usage_hint: string, should_escape?: boolean}} Command
 * @typedef {'people' | 'place' | 'messages' | 'views' | 'home' | 'marks' | 'thread' | 'link' | 'calls'} Topic
 */

export const state = {
  /** The people of the workspace. @type {Map<string, User>} */
  users: new Map(),
  /** People of other organisations, in shared channels. @type {Map<string, User>} */
  strangers: new Map(),
  /** @type {Map<string, Channel>} */
  channels: new Map(),
  /** @type {Command[]} */
  commands: [],
  /** @type {{callback_id: string, name: string, description: string, type: string}[]} */
  shortcuts: [],
  app: { name: 'App', bot_user: '', home_tab: false },
  /** Who is using the page. */
  user: '',
  /** The open channel, or `home` for the app's Home. */
  place: '',
  /** Messages by channel and ts, oldest first; a channel is missing until it was read. @type {Map<string, Map<string, Message>>} */
  messages: new Map(),
  /** The open modals, root first. @type {any[]} */
  views: [],
  /** @type {any} */
  home: null,
  /** The root of the thread that is shown beside, or ''. */
  thread: '',
  /** Whether the stream of changes is open. */
  linked: false,
};

/** @type {Map<Topic, Set<() => void>>} */
const listeners = new Map();
/** @type {Set<Topic>} */
const dirty = new Set();

/**
 * Call `redraw` after every change of one of the topics, at most once a frame.
 * @param {Topic[]} topics
 * @param {() => void} redraw
 */
export function watch(topics, redraw) {
  for (const topic of topics) {
    if (!listeners.has(topic)) listeners.set(topic, new Set());
    listeners.get(topic)?.add(redraw);
  }
}

/** Say that something changed. @param {...Topic} topics */
export function changed(...topics) {
  if (dirty.size === 0) schedule(flush);
  for (const topic of topics) dirty.add(topic);
}

/** A hidden page gets no frames. @param {() => void} work */
function schedule(work) {
  if (document.hidden) setTimeout(work, 50);
  else requestAnimationFrame(work);
}

function flush() {
  const due = new Set();
  for (const topic of dirty) for (const redraw of listeners.get(topic) ?? []) due.add(redraw);
  dirty.clear();
  performance.mark('redraw-start');
  for (const redraw of due) redraw();
  performance.measure('redraw', 'redraw-start');
}

/** The messages of a channel in order of their ts; an empty list until they were read. @param {string} channel */
export function messagesOf(channel) {
  return [...(state.messages.get(channel)?.values() ?? [])];
}

/** Whether the person is in a conversation. @param {Channel} channel */
export function isMember(channel, user = state.user) {
  return channel.is_im ? channel.user === user : channel.members.includes(user);
}

/** The conversations in the sidebar: the person's channels, then the direct message with the app. */
export function conversations() {
  const mine = [...state.channels.values()].filter((channel) => isMember(channel));
  return { channels: mine.filter((channel) => !channel.is_im), ims: mine.filter((channel) => channel.is_im) };
}
