/**
 * One message as Slack draws it.
 */

import { drawBlocks } from './blocks/index.js';
import { add, h } from './dom.js';
import { icon } from './icons.js';
import { link } from './links.js';
import { menuButton } from './menu.js';
import { mrkdwn } from './mrkdwn.js';
import { avatar, isApp, nameOf } from './people.js';
import { api } from './api.js';
import { state } from './store.js';
import { messageSurface } from './surface.js';
import { text } from './text.js';
import { ago, fullDate, moment, timeOf } from './time.js';
import { openThread, report } from './workspace.js';

const FOLDED_LENGTH = 3_000;
const WARNINGS = /** @type {Record<string, string>} */ ({
  operation_timeout: 'The app did not answer in time.',
  dispatch_failed: 'The app could not be reached, or refused.',
});

/**
 * @typedef {{message: import('./store.js').Message, channel: string, follows: boolean, replies: number,
 *   lastReply: string, inThread?: boolean}} Row
 */

/** @param {Row} row */
export function drawMessage(row) {
  const { message } = row;
  const node = h('article', { class: 'message', 'data-ts': message.ts, tabindex: '-1' });
  node.append(h('div', { class: 'message-gutter' }), h('div', { class: 'message-main' },
    h('div', { class: 'message-notes' }), h('div', { class: 'message-head' }), h('div', { class: 'message-text' }),
    h('div', { class: 'blocks' }), h('div', { class: 'message-foot' })));
  return updateMessage(node, row);
}

/** Draw what changed of a message into its element. @param {HTMLElement} node @param {Row} row */
export function updateMessage(node, row) {
  const { message, channel, follows } = row;
  const main = /** @type {HTMLElement} */ (node.lastElementChild?.classList.contains('message-tools') ? node.children[1] : node.lastElementChild);
  const [notes, head, words, blocks, foot] = /** @type {HTMLElement[]} */ ([...main.children]);
  const at = moment(message.ts);
  node.className = `message${follows ? ' message-follows' : ''}${message.ephemeral ? ' message-ephemeral' : ''}`;
  node.setAttribute('aria-label', `${nameOf(message.user)}, ${timeOf(at)}${message.ephemeral ? ', only visible to you' : ''}`);
  replace(/** @type {HTMLElement} */ (node.firstElementChild), follows
    ? [h('time', { class: 'gutter-time', title: fullDate(Number(message.ts)) }, timeOf(at))] : [avatar(message.user)]);
  replace(notes, [message.ephemeral ? h('span', { class: 'only-you' }, icon('eye'), 'Only visible to you') : null]);
  replace(head, follows ? [] : [h('span', { class: 'author', dir: 'auto' }, nameOf(message.user)),
    isApp(message.user) ? h('span', { class: 'app-badge' }, 'APP') : null,
    h('time', { class: 'time', title: fullDate(Number(message.ts)), datetime: at.toISOString() }, timeOf(at))]);
  drawWords(words, message);
  drawBlocks(blocks, message.blocks, messageSurface(channel, message.ts));
  replace(foot, [...(message.attachments ?? []).map((one) => attachment(one, channel, message.ts)),
    message.warning ? h('div', { class: 'message-warning', role: 'alert' }, icon('warning'),
      h('span', {}, WARNINGS[message.warning] ?? 'The app did not accept this.', ' ', h('code', { class: 'code' }, message.warning))) : null,
    row.replies && !row.inThread ? replies(row) : null]);
  tools(node, row);
  return node;
}

/** @param {HTMLElement} parent @param {import('./dom.js').Child[]} children */
function replace(parent, children) {
  parent.replaceChildren();
  add(parent, children);
}

/** The text stands where there are no blocks; with blocks it is for notices and screen readers. @param {HTMLElement} parent @param {import('./store.js').Message} message */
function drawWords(parent, message) {
  if (message.blocks.length > 0 || !message.text) {
    replace(parent, []);
    return;
  }
  const folded = message.text.length > FOLDED_LENGTH;
  const body = h('div', { class: ['text', folded && 'folded'], dir: 'auto' }, mrkdwn(message.text));
  if (message.edited) {
    const last = body.lastElementChild?.matches('.paragraph, .quote') ? body.lastElementChild : body;
    last.append(' ', h('span', { class: 'edited' }, '(edited)'));
  }
  const more = h('button', { type: 'button', class: 'link-button', on: { click: () => {
    const now = body.classList.toggle('folded');
    more.textContent = now ? 'Show more' : 'Show less';
  } } }, 'Show more');
  replace(parent, [body, folded ? more : null]);
}

/** @param {any} one @param {string} channel @param {string} ts */
function attachment(one, channel, ts) {
  const blocks = h('div', { class: 'blocks' });
  if (Array.isArray(one.blocks)) drawBlocks(blocks, one.blocks, messageSurface(channel, ts));
  const field = (/** @type {any} */ each) => h('div', { class: 'section-field' }, h('strong', { dir: 'auto' }, String(each?.title ?? '')),
    text({ type: 'mrkdwn', text: String(each?.value ?? '') }));
  return h('div', { class: 'attachment' },
    one.pretext ? text({ type: 'mrkdwn', text: String(one.pretext) }) : null,
    one.author_name ? h('div', { class: 'muted', dir: 'auto' }, String(one.author_name)) : null,
    one.title ? h('div', { class: 'card-title', dir: 'auto' }, one.title_link ? link(one.title_link, [String(one.title)]) : String(one.title)) : null,
    one.text ? text({ type: 'mrkdwn', text: String(one.text) }) : null,
    Array.isArray(one.fields) ? h('div', { class: 'fields' }, one.fields.map(field)) : null, blocks,
    one.footer ? h('div', { class: 'muted', dir: 'auto' }, String(one.footer)) : null,
    !one.blocks && !one.text && !one.title && one.fallback ? h('div', { dir: 'auto' }, String(one.fallback)) : null);
}

/** @param {Row} row */
function replies(row) {
  const count = `${row.replies} ${row.replies === 1 ? 'reply' : 'replies'}`;
  return h('button', { type: 'button', class: 'replies', on: { click: () => openThread(row.message.ts) } },
    h('span', { class: 'replies-count' }, count), h('span', { class: 'muted' }, `Last reply ${ago(moment(row.lastReply))}`), icon('right'));
}

/** What a message offers when it is pointed at: its thread, and the app's message shortcuts. @param {HTMLElement} node @param {Row} row */
function tools(node, row) {
  if (node.querySelector(':scope > .message-tools') || row.message.ephemeral) return;
  const shortcuts = state.shortcuts.filter((one) => one.type === 'message');
  if (row.inThread || shortcuts.length === 0) return;
  node.append(h('div', { class: 'message-tools' },
    h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Show the thread', title: 'Show the thread', on: { click: () => openThread(row.message.ts) } }, icon('thread')),
    menuButton({ label: 'Message shortcuts', class: 'icon-button', content: [icon('more')],
      items: () => shortcuts.map((one) => ({ label: one.name, description: one.description,
        pick: () => void api.shortcut({ user: state.user, callback_id: one.callback_id, channel: row.channel, ts: row.message.ts })
          .then((reply) => reply.error && report(`${one.name} failed: ${reply.error}`), report) })) })));
}
