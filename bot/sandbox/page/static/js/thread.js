/**
 * The thread beside the messages.
 */

import { byId, fill, h } from './dom.js';
import { icon } from './icons.js';
import { forget, keyed } from './keyed.js';
import { drawMessage, updateMessage } from './message.js';
import { follows } from './messages.js';
import { titleOf } from './people.js';
import { messagesOf, state, watch } from './store.js';
import { openThread } from './workspace.js';

const list = h('div', { class: 'thread-list', role: 'log', 'aria-live': 'polite' });
const place = h('span', { class: 'pane-subtitle' });
let root = '';

export function start() {
  const pane = byId('thread');
  fill(pane, h('div', { class: 'pane-head' }, h('h2', { class: 'pane-title' }, 'Thread ', place),
    h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close the thread', id: 'close-thread', on: { click: close } }, icon('close'))),
  list, h('p', { class: 'pane-note' }, 'Commands cannot be used in threads, in Slack too.'));
  pane.addEventListener('keydown', (event) => event.key === 'Escape' && close());
  watch(['thread', 'messages'], draw);
}

function close() {
  const from = state.thread;
  openThread('');
  /** @type {HTMLElement | null} */ (document.querySelector(`[data-ts="${CSS.escape(from)}"] .replies`))?.focus();
}

function draw() {
  const pane = byId('thread');
  const opened = Boolean(state.thread);
  document.body.classList.toggle('thread-open', opened);
  pane.hidden = !opened;
  if (root !== state.thread) {
    root = state.thread;
    forget(list);
    if (opened) byId('close-thread').focus();
  }
  if (!opened) return;
  place.textContent = state.channels.get(state.place)?.is_im ? '' : `#${titleOf(state.channels.get(state.place))}`;
  const messages = messagesOf(state.place).filter((one) => one.ts === root || one.thread_ts === root);
  const rows = messages.map((message, index) => ({
    message, channel: state.place, follows: index > 1 && follows(messages[index - 1], message), replies: 0, lastReply: '', inThread: true,
  }));
  keyed(list, rows, { key: (row) => row.message.ts, same: (row) => [row.message, row.follows], draw: drawMessage, update: updateMessage });
}
