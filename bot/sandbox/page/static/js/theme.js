/**
 * Light, dark, or as the system says.
 */

const KEY = 'sandbox.theme';
const THEMES = ['auto', 'light', 'dark'];
const MARKS = /** @type {Record<string, string>} */ ({ auto: 'auto', light: 'sun', dark: 'moon' });

let current = read();

function read() {
  try {
    const kept = localStorage.getItem(KEY) ?? '';
    return THEMES.includes(kept) ? kept : 'auto';
  } catch {
    return 'auto';
  }
}

export function start() {
  if (current === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = current;
}

export function next() {
  current = THEMES[(THEMES.indexOf(current) + 1) % THEMES.length];
  start();
  try {
    localStorage.setItem(KEY, current);
  } catch {
    // Without storage the choice lasts as long as the page.
    return;
  }
}

export function name() {
  return current === 'auto' ? 'as the system' : current;
}

export function mark() {
  return MARKS[current];
}
