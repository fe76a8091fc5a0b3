/**
 * A select with type-ahead, for one or several options: a text field that filters a list.
 */

import { freshId, h } from '../dom.js';
import { hideFloating, isShown, showBeside } from '../floating.js';
import { icon } from '../icons.js';
import { words } from '../text.js';

const MOST_SHOWN = 200;

/**
 * @typedef {{text: any, value: string, description?: any}} Option
 * @typedef {{label?: string, options: Option[]}} Group
 * @typedef {{groups: Group[], note?: string}} Found
 */

export class Combobox {
  /**
   * @param {{chosen: Option[], multi: boolean, most?: number, placeholder: string, props: Record<string, any>,
   *   find: (typed: string) => Promise<Found>, commit: (options: Option[]) => Promise<boolean>}} how
   *   `commit` returns false where the choice does not stand
   */
  constructor(how) {
    this.how = how;
    this.chosen = how.chosen;
    this.active = -1;
    this.asked = 0;
    /** @type {Option[]} */
    this.shown = [];
    this.listId = freshId('options');
    this.input = /** @type {HTMLInputElement} */ (h('input', {
      type: 'text', class: 'combobox-input', role: 'combobox', autocomplete: 'off', spellcheck: 'false', dir: 'auto',
      'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.listId, ...how.props,
      on: {
        input: () => void this.open(this.input.value),
        click: () => void this.open(''),
        keydown: (/** @type {any} */ event) => this.key(event),
        blur: () => this.close(),
      },
    }));
    this.chips = h('span', { class: 'chips' });
    this.list = h('div', { class: 'listbox', role: 'listbox', id: this.listId, popover: 'manual',
      'aria-label': how.props['aria-label'] ?? how.placeholder });
    this.list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.node = h('div', { class: ['combobox', how.multi && 'combobox-multi'] }, this.chips, this.input, icon('down'));
    this.show();
  }

  /** Show what is chosen. */
  show() {
    this.settle();
    this.chips.replaceChildren(...(this.how.multi ? this.chosen.map((option) => this.chip(option)) : []));
  }

  /** Let the text field say what is chosen; chips stay, because a press on one may be under way. */
  settle() {
    const { multi, placeholder } = this.how;
    this.input.value = multi ? '' : this.chosen[0] ? words(this.chosen[0].text) : '';
    this.input.placeholder = multi && this.chosen.length ? '' : placeholder;
  }

  /** @param {Option} option */
  chip(option) {
    const name = words(option.text);
    return h('span', { class: 'chip' }, h('span', { dir: 'auto' }, name),
      h('button', { type: 'button', class: 'chip-remove', 'aria-label': `Remove ${name}`,
        on: { click: () => void this.set(this.chosen.filter((one) => one.value !== option.value)) } }, icon('close')));
  }

  /** @param {string} typed */
  async open(typed) {
    const turn = (this.asked += 1);
    this.input.setAttribute('aria-expanded', 'true');
    const late = setTimeout(() => turn === this.asked && this.draw({ groups: [], note: 'Searching…' }), 150);
    const found = await this.how.find(typed).catch((error) => ({ groups: [], note: String(error.message ?? error) }));
    clearTimeout(late);
    if (turn === this.asked) this.draw(found);
  }

  /** @param {Found} found */
  draw(found) {
    this.shown = [];
    this.active = -1;
    const nodes = found.groups.map((group) => this.group(group)).filter(Boolean);
    const total = found.groups.reduce((sum, group) => sum + group.options.length, 0);
    const hidden = total - this.shown.length;
    const note = found.note ?? (total === 0 ? 'Nothing found' : hidden ? `${hidden} more: type to narrow` : '');
    this.list.replaceChildren(.../** @type {Node[]} */ (nodes), ...(note ? [h('div', { class: 'listbox-note', role: 'status' }, note)] : []));
    showBeside(this.list, this.node, { matchWidth: true });
    if (this.shown.length) this.activate(Math.max(0, this.shown.findIndex((one) => this.has(one))));
  }

  /** @param {Group} group */
  group(group) {
    const options = group.options.slice(0, MOST_SHOWN - this.shown.length);
    if (!options.length) return null;
    return h('div', { role: 'group', 'aria-label': group.label || null },
      group.label ? h('div', { class: 'listbox-label', dir: 'auto' }, group.label) : null,
      options.map((option) => {
        const index = this.shown.push(option) - 1;
        return h('div', {
          class: 'option', role: 'option', id: `${this.listId}-${index}`, 'aria-selected': String(this.has(option)),
          on: { click: () => void this.pick(option), pointermove: () => this.active !== index && this.activate(index, false) },
        }, h('span', { class: 'option-text', dir: 'auto' }, words(option.text), this.has(option) ? icon('check') : null),
        option.description ? h('span', { class: 'option-description', dir: 'auto' }, words(option.description)) : null);
      }));
  }

  /** @param {Option} option */
  has(option) {
    return this.chosen.some((one) => one.value === option.value);
  }

  /** @param {number} index */
  activate(index, scroll = true) {
    this.list.querySelector('.option-active')?.classList.remove('option-active');
    this.active = index;
    const node = document.getElementById(`${this.listId}-${index}`);
    node?.classList.add('option-active');
    if (scroll) node?.scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', node ? node.id : '');
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const open = isShown(this.list);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (!open) void this.open('');
      else if (this.shown.length) this.activate((this.active + step + this.shown.length) % this.shown.length);
    } else if (event.key === 'Enter') {
      // A closed list opens; the form around it is not submitted from here.
      event.preventDefault();
      if (!open) void this.open('');
      else if (this.active >= 0) void this.pick(this.shown[this.active]);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === 'Backspace' && this.how.multi && !this.input.value && this.chosen.length) {
      void this.set(this.chosen.slice(0, -1));
    }
  }

  /** @param {Option} option */
  async pick(option) {
    if (!this.how.multi) {
      this.chosen = [option];
      this.close();
      return this.set([option]);
    }
    if (this.has(option)) return this.set(this.chosen.filter((one) => one.value !== option.value));
    if (this.how.most && this.chosen.length >= this.how.most) {
      return this.draw({ groups: [], note: `At most ${this.how.most} can be chosen` });
    }
    return this.set([...this.chosen, option]);
  }

  /** @param {Option[]} options */
  async set(options) {
    const before = this.chosen;
    this.chosen = options;
    this.show();
    if (this.how.multi && isShown(this.list)) void this.open('');
    if (!(await this.how.commit(options))) {
      this.chosen = before;
      this.show();
    }
  }

  close() {
    this.asked += 1;
    hideFloating(this.list);
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
    this.settle();
  }
}
