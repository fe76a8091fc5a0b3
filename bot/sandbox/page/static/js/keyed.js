/**
 * Keyed redraw: what has not changed keeps its element, its focus and its scroll position.
 */

/** @typedef {{key: string, same: any, node: HTMLElement}} Entry */

/** @type {WeakMap<Element, Map<string, Entry>>} */
const drawn = new WeakMap();

/**
 * Make the children of `parent` the elements of `items`, in order. An item is drawn anew only if its `same` differs
 * from the last time (compared by ===, or element by element where it is a list).
 * @template T
 * @param {Element} parent
 * @param {T[]} items
 * @param {{key: (item: T) => string, same: (item: T) => any, draw: (item: T) => HTMLElement,
 *   update?: (node: HTMLElement, item: T) => HTMLElement}} how
 */
export function keyed(parent, items, { key, same, draw, update }) {
  const before = drawn.get(parent) ?? new Map();
  /** @type {Map<string, Entry>} */
  const after = new Map();
  for (const item of items) {
    const name = key(item);
    const mark = same(item);
    const known = before.get(name);
    let node;
    if (known && alike(known.same, mark)) node = known.node;
    else if (known && update) node = update(known.node, item);
    else node = draw(item);
    after.set(name, { key: name, same: mark, node });
  }
  place(parent, after, before);
  drawn.set(parent, after);
}

/**
 * @param {Element} parent
 * @param {Map<string, Entry>} after
 * @param {Map<string, Entry>} before
 */
function place(parent, after, before) {
  const kept = new Set();
  for (const entry of after.values()) kept.add(entry.node);
  for (const entry of before.values()) if (!kept.has(entry.node)) entry.node.remove();
  let cursor = parent.firstElementChild;
  for (const { node } of after.values()) {
    if (node === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(node, cursor);
  }
}

/**
 * @param {any} one
 * @param {any} other
 */
function alike(one, other) {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

/** Forget what was drawn, so that the next redraw starts anew. @param {Element} parent */
export function forget(parent) {
  drawn.delete(parent);
  parent.replaceChildren();
}
