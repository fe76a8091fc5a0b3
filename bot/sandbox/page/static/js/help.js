/**
 * The dialog that lists the keys.
 */

import { h } from './dom.js';
import { icon } from './icons.js';

const KEYS = /** @type {[string, string][]} */ ([
  ['/', 'begin a command'],
  ['Tab or Enter', 'take the highlighted completion'],
  ['Enter', 'send'],
  ['Shift + Enter', 'a new line'],
  ['↑ in an empty field', 'recall what was sent before'],
  ['F6, Shift + F6', 'go to the next or previous part of the page'],
  ['↑ ↓ in the messages', 'go from message to message'],
  ['Enter on a message', 'go into it; Tab goes on'],
  ['T on a message', 'open its thread'],
  ['Alt + ↑, Alt + ↓', 'previous or next conversation'],
  ['Alt + Shift + ↑ ↓', 'previous or next unread conversation'],
  ['Alt + U', 'be the next person'],
  ['Alt + I', 'show or hide the inspector'],
  ['Escape', 'close a list, a pane or a modal'],
  ['?', 'this list'],
]);

export function help() {
  if (document.getElementById('help')) return;
  const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close', on: { click: () => box.close() } }, icon('close'));
  const box = /** @type {HTMLDialogElement} */ (h('dialog', { class: 'dialog', id: 'help', 'aria-labelledby': 'help-title' },
    h('div', { class: 'dialog-head' }, h('h2', { class: 'dialog-title', id: 'help-title' }, 'Keys'), close),
    h('dl', { class: 'keys dialog-body' }, KEYS.map(([keys, does]) => h('div', { class: 'key-row' }, h('dt', {}, h('kbd', {}, keys)), h('dd', {}, does))))));
  const before = document.activeElement;
  box.addEventListener('close', () => {
    box.remove();
    if (before instanceof HTMLElement) before.focus();
  });
  document.body.append(box);
  box.showModal();
}
