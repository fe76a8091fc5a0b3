/**
 * The dialog that an element asks for before it acts.
 */

import { h } from './dom.js';
import { text, words } from './text.js';

/**
 * @param {any} dialog a confirm object of Block Kit
 * @returns {Promise<boolean>} whether the person agreed
 */
export function askConfirm(dialog) {
  const title = h('h2', { class: 'dialog-title', id: 'confirm-title', dir: 'auto' }, words(dialog.title));
  return new Promise((resolve) => {
    let agreed = false;
    const agree = h('button', {
      type: 'button', class: ['button', dialog.style === 'danger' ? 'button-danger-filled' : 'button-primary'],
      on: { click: () => { agreed = true; box.close(); } },
    }, words(dialog.confirm));
    const deny = h('button', { type: 'button', class: 'button', on: { click: () => box.close() } }, words(dialog.deny));
    const box = /** @type {HTMLDialogElement} */ (h('dialog', { class: 'dialog dialog-small', 'aria-labelledby': 'confirm-title' },
      title, text(dialog.text, 'div', { class: 'dialog-body' }), h('div', { class: 'dialog-buttons' }, deny, agree)));
    const before = document.activeElement;
    box.addEventListener('close', () => {
      box.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      resolve(agreed);
    });
    box.addEventListener('keydown', (event) => event.stopPropagation());
    document.body.append(box);
    box.showModal();
    agree.focus();
  });
}
