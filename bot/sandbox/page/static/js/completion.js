/**
 * The list of commands, people and channels that fits what is being typed.
 */

import { fill, h } from './dom.js';
import { avatar, nameOf } from './people.js';
import { conversations, state } from './store.js';

const MOST = 8;

/** @typedef {{insert: string, title: string, hint?: string, about?: string, mark?: Node | null}} Offer */

export class Completion {
  /** @param {HTMLTextAreaElement} field @param {() => void} changed */
  constructor(field, changed) {
    this.field = field;
    this.changed = changed;
    /** @type {Offer[]} */
    this.offers = [];
    this.active = 0;
    this.start = 0;
    this.list = h('div', { class: 'completion', id: 'completion', role: 'listbox', 'aria-label': 'Completions', hidden: true });
    this.list.addEventListener('pointerdown', (event) => event.preventDefault());
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** Offer what fits the word at the caret. */
  update() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    this.offers = document.activeElement === this.field ? this.fitting(before) : [];
    this.active = 0;
    this.draw();
  }

  /** @param {string} before what stands before the caret @returns {Offer[]} */
  fitting(before) {
    const command = /^\/\S*$/u.exec(before);
    const word = /(?:^|\s)([@#])([\p{L}\d._-]*)$/u.exec(before);
    if (command) {
      this.start = 0;
      const typed = command[0].toLowerCase();
      const found = state.commands.filter((one) => one.command.toLowerCase().startsWith(typed));
      return found.slice(0, MOST).map((one) => ({ insert: one.command, title: one.command, hint: one.usage_hint, about: one.description }));
    }
    if (!word || !before.startsWith('/')) return [];
    this.start = before.length - word[2].length - 1;
    return (word[1] === '@' ? people(word[2].toLowerCase()) : channels(word[2].toLowerCase())).slice(0, MOST);
  }

  draw() {
    const open = this.offers.length > 0;
    this.list.hidden = !open;
    this.field.setAttribute('aria-expanded', String(open));
    if (!open) {
      this.field.removeAttribute('aria-activedescendant');
      return;
    }
    this.field.setAttribute('aria-activedescendant', `offer-${this.active}`);
    fill(this.list, this.offers.map((offer, index) => h('div', {
      class: ['offer', index === this.active && 'offer-active'], role: 'option', id: `offer-${index}`, 'aria-selected': String(index === this.active),
      on: { click: () => this.take(index) },
    }, offer.mark ?? null, h('span', { class: 'offer-words' }, h('span', { class: 'offer-line' }, h('strong', {}, offer.title), offer.hint ? h('span', { class: 'offer-hint' }, offer.hint) : null),
      offer.about ? h('span', { class: 'offer-about' }, offer.about) : null))));
    this.list.querySelector('.offer-active')?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key was for the list */
  key(event) {
    if (!this.isOpen) return false;
    const step = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 })[event.key];
    if (step && !event.altKey) {
      event.preventDefault();
      this.active = (this.active + step + this.offers.length) % this.offers.length;
      this.draw();
      return true;
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      this.close();
      return true;
    }
    const complete = this.offers[this.active].insert === this.field.value;
    if (event.key === 'Tab' && !event.shiftKey) {
      event.preventDefault();
      this.take(this.active);
      return true;
    }
    // A command that was typed in full is sent by Enter; a part of one is completed.
    if (event.key === 'Enter' && !event.shiftKey && !complete) {
      event.preventDefault();
      this.take(this.active);
      return true;
    }
    return false;
  }

  /** @param {number} index */
  take(index) {
    const after = this.field.value.slice(this.field.selectionStart);
    const head = `${this.field.value.slice(0, this.start)}${this.offers[index].insert} `;
    this.field.value = head + after.replace(/^ /u, '');
    this.field.focus();
    this.field.setSelectionRange(head.length, head.length);
    this.close();
    this.changed();
  }

  close() {
    this.offers = [];
    this.draw();
  }
}

/** @param {string} typed @returns {Offer[]} */
function people(typed) {
  const fits = [...state.users.values()].filter((one) => one.name?.startsWith(typed) || nameOf(one.id).toLowerCase().startsWith(typed));
  return fits.map((one) => ({ insert: `@${one.name}`, title: nameOf(one.id), mark: avatar(one.id, 'small') }));
}

/** @param {string} typed @returns {Offer[]} */
function channels(typed) {
  const fits = conversations().channels.filter((one) => one.name?.startsWith(typed));
  return fits.map((one) => ({ insert: `#${one.name}`, title: `#${one.name}` }));
}
