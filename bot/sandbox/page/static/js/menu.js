/**
 * A button with a menu, by mouse and by arrow keys.
 */

import { h } from './dom.js';
import { hideFloating, isShown, showBeside } from './floating.js';
import { link, safeUrl } from './links.js';

/** @typedef {{label: string, description?: string, url?: string, pick: () => void}} Item */

/**
 * @param {{label: string, class: string, content: import('./dom.js').Child[], items: () => Item[], props?: object}} what
 * @returns {HTMLElement} a wrapper with the button and its menu
 */
export function menuButton({ label, class: name, content, items, props = {} }) {
  const button = h('button', {
    type: 'button', class: name, 'aria-label': label, 'aria-haspopup': 'menu', 'aria-expanded': 'false', title: label,
    ...props, on: { click: () => (isShown(menu) ? close() : open()) },
  }, content);
  const menu = h('div', { class: 'menu', role: 'menu', popover: 'manual', 'aria-label': label });
  const wrapper = h('span', { class: 'menu-anchor' }, button);

  function open() {
    menu.replaceChildren(...items().map((item) => drawItem(item, close)));
    button.setAttribute('aria-expanded', 'true');
    showBeside(menu, button, { alignEnd: true });
    /** @type {HTMLElement | null} */ (menu.firstElementChild)?.focus();
    document.addEventListener('pointerdown', outside, true);
  }
  function close() {
    hideFloating(menu);
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside, true);
    button.focus();
  }
  function outside(/** @type {Event} */ event) {
    const target = /** @type {Node} */ (event.target);
    if (!wrapper.contains(target) && !menu.contains(target)) {
      hideFloating(menu);
      button.setAttribute('aria-expanded', 'false');
      document.removeEventListener('pointerdown', outside, true);
    }
  }
  menu.addEventListener('keydown', (event) => {
    event.stopPropagation();
    moveWithin(menu, event);
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      close();
    }
  });
  return wrapper;
}

/** @param {Item} item @param {() => void} close */
function drawItem(item, close) {
  const content = [h('span', { class: 'menu-label', dir: 'auto' }, item.label),
    item.description ? h('span', { class: 'menu-description', dir: 'auto' }, item.description) : null];
  const pick = () => {
    close();
    item.pick();
  };
  const props = { class: 'menu-item', role: 'menuitem', tabindex: '-1', on: { click: pick } };
  return safeUrl(item.url) ? link(item.url, content, props) : h('button', { type: 'button', ...props }, content);
}

/** @param {HTMLElement} menu @param {KeyboardEvent} event */
function moveWithin(menu, event) {
  const all = /** @type {HTMLElement[]} */ ([...menu.children]);
  const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = /** @type {Record<string, number>} */ ({
    ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1,
  })[event.key];
  if (to === undefined) return;
  event.preventDefault();
  all[to]?.focus();
}
