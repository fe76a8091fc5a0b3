/**
 * The only place where elements are made: by name, with text nodes, never from markup.
 */

/** @typedef {Node | string | number | null | undefined | false} Child */

const BOOLEAN = new Set(['disabled', 'hidden', 'checked', 'required', 'readonly', 'multiple', 'open', 'novalidate']);
const REFUSED = new Set(['href', 'src', 'style', 'srcdoc', 'action', 'formaction']);

/**
 * Make an element. `props` are attributes by name; `on` maps event names to listeners and `class` may be a list.
 * Addresses are set only by links.js; a name that could carry script throws.
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') listen(element, value);
    else if (name === 'class') element.className = Array.isArray(value) ? value.filter(Boolean).join(' ') : value;
    else if (name.startsWith('on') || REFUSED.has(name)) throw new Error(`${name} is not set here`);
    else if (BOOLEAN.has(name)) element.toggleAttribute(name, Boolean(value));
    else element.setAttribute(name, String(value));
  }
  add(element, children);
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {Record<string, EventListener>} listeners
 */
function listen(element, listeners) {
  for (const [event, listener] of Object.entries(listeners)) {
    if (listener) element.addEventListener(event, listener);
  }
}

/**
 * Append children: nodes as they are, everything else as text.
 * @param {Node} parent
 * @param {(Child | Child[])[]} children
 */
export function add(parent, children) {
  for (const child of /** @type {Child[]} */ (children.flat(2))) {
    if (child === null || child === undefined || child === false) continue;
    parent.appendChild(child instanceof Node ? child : document.createTextNode(tamed(String(child))));
  }
}

// Beyond a depth of 125 marks of direction mean nothing, but thousands in a row would hold up the layout for seconds.
const DIRECTION_RUNS = /([\u200e\u200f\u202a-\u202e\u2066-\u2069]{125})[\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** @param {string} words */
function tamed(words) {
  return words.length > 125 ? words.replace(DIRECTION_RUNS, '$1') : words;
}

/**
 * Replace everything within an element.
 * @param {Element} parent
 * @param {...(Child | Child[])} children
 */
export function fill(parent, ...children) {
  parent.replaceChildren();
  add(parent, children);
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}`);
  return found;
}

let counter = 0;

/** A new id for labels and descriptions. @param {string} prefix */
export function freshId(prefix) {
  counter += 1;
  return `${prefix}-${counter}`;
}

/** Whether an element takes typed text. @param {EventTarget | null} target */
export function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}
