/**
 * The message field: commands with completion and hints, sent as Slack's clients send them.
 */

import { api } from './api.js';
import { asSent } from './client_text.js';
import { Completion } from './completion.js';
import { byId, fill, h } from './dom.js';
import { icon } from './icons.js';
import { menuButton } from './menu.js';
import { showEnd } from './messages.js';
import { titleOf } from './people.js';
import { state, watch } from './store.js';
import { Typed } from './typed.js';
import { HOME, report } from './workspace.js';

const field = /** @type {HTMLTextAreaElement} */ (h('textarea', {
  id: 'composer-text', class: 'composer-field', rows: '1', dir: 'auto', autocomplete: 'off', spellcheck: 'false',
  role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': 'completion', 'aria-describedby': 'composer-hint',
}));
const hint = h('div', { class: 'composer-hint', id: 'composer-hint', role: 'status' });
const send = h('button', { type: 'button', class: 'send', 'aria-label': 'Send', title: 'Send', on: { click: () => void submit() } }, icon('send'));
const completion = new Completion(field, refresh);
const typed = new Typed();
let place = '';
let waiting = 0;

export function start() {
  const slash = h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Commands', title: 'Commands', on: { click: begin } }, icon('slash'));
  fill(byId('composer'), hint, h('div', { class: 'composer-box' }, completion.list, field,
    h('div', { class: 'composer-tools' }, slash, shortcuts(), h('span', { class: 'spacer' }), h('span', { class: 'composer-keys', 'aria-hidden': 'true' }, 'Enter sends'), send)));
  field.addEventListener('input', refresh);
  field.addEventListener('keydown', key);
  field.addEventListener('blur', () => completion.close());
  watch(['place', 'people'], draw);
}

function shortcuts() {
  const button = menuButton({
    label: 'Shortcuts', class: 'icon-button', content: [icon('bolt')],
    items: () => global().map((one) => ({ label: one.name, description: one.description,
      pick: () => void api.shortcut({ user: state.user, callback_id: one.callback_id })
        .then((reply) => reply.error && report(`${one.name} failed: ${reply.error}`), report) })),
  });
  watch(['people'], () => { button.hidden = global().length === 0; });
  return button;
}

function global() {
  return state.shortcuts.filter((one) => one.type !== 'message');
}

function draw() {
  byId('composer').hidden = state.place === HOME;
  const here = `${state.user} ${state.place}`;
  if (here === place) return;
  typed.keep(place, field.value);
  place = here;
  field.value = typed.draft(here);
  const channel = state.channels.get(state.place);
  const name = channel?.is_im ? titleOf(channel) : `#${titleOf(channel)}`;
  field.placeholder = `Message ${name}: type / for a command`;
  field.setAttribute('aria-label', `Message ${name}`);
  completion.close();
  refresh();
}

/** Begin a command: what the keys `/` and the button do. */
export function begin() {
  if (!field.value.startsWith('/')) field.value = `/${field.value}`;
  field.focus();
  field.setSelectionRange(1, 1);
  refresh();
}

function refresh() {
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight, 180)}px`;
  send.classList.toggle('send-ready', field.value.trim() !== '');
  completion.update();
  const name = /^(\/\S+)\s/u.exec(field.value)?.[1];
  const command = state.commands.find((one) => one.command === name);
  if (waiting) say('Sending…');
  else if (command) say(null, h('strong', {}, command.command), ' ', h('span', { class: 'hint-usage' }, command.usage_hint), h('span', { class: 'hint-about' }, command.description));
  else say('');
}

/** @param {string | null} words @param {...import('./dom.js').Child} children */
function say(words, ...children) {
  hint.classList.remove('composer-problem');
  fill(hint, ...(words === null ? children : [words]));
}

/** @param {string} words */
function complain(words) {
  hint.classList.add('composer-problem');
  fill(hint, icon('warning'), words);
}

/** @param {KeyboardEvent} event */
function key(event) {
  if (event.isComposing) return;
  if (completion.key(event)) return;
  if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    void submit();
  } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
    const older = event.key === 'ArrowUp';
    if (event.altKey || !typed.canRecall(place, field.value)) return;
    const recalled = typed.recall(place, older ? 1 : -1);
    if (recalled === null) return;
    event.preventDefault();
    field.value = recalled;
    field.setSelectionRange(recalled.length, recalled.length);
    refresh();
    completion.close();
  }
}

async function submit() {
  const line = field.value.trim();
  if (line === '') return;
  const name = line.split(/\s/u, 1)[0];
  if (!line.startsWith('/')) return complain('This sandbox knows only commands: start with / to see them.');
  if (!state.commands.some((one) => one.command === name)) return complain(`${name} is not a command of this workspace. Type / to see them.`);
  const { user, place: channel } = state;
  typed.sent(place, line);
  field.value = '';
  completion.close();
  showEnd();
  waiting += 1;
  refresh();
  try {
    await api.command({ user, channel, text: asSent(line) });
  } catch (error) {
    if (field.value === '') field.value = line;
    report(error);
  } finally {
    waiting -= 1;
    refresh();
  }
}
