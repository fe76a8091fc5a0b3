/**
 * Slack's mrkdwn as a tree, in time that grows with the length of the text only.
 *
 * Tokens in angle brackets and code come first, then formatting around them; entities are decoded once, in leaves.
 */

import { safeUrl } from './links.js';

/**
 * @typedef {{type: string, text?: string, children?: Piece[], items?: Piece[][], id?: string, label?: string,
 *   url?: string, unix?: number, format?: string, indent?: number}} Piece
 */

const FORMATS = /** @type {Record<string, string>} */ ({ '*': 'bold', _: 'italic', '~': 'strike' });
const TOKEN = /<([^<>\n]{1,4000})>/y;
const BARE_URL = /https?:\/\/[^\s<>|`*"]+/y;
const WORD = /[\p{L}\p{N}]/u;
const SPACE = /\s/u;
const FENCE = '```';
const ENTITIES = /** @type {Record<string, string>} */ ({ '&amp;': '&', '&lt;': '<', '&gt;': '>' });

/** Decode the three entities of mrkdwn, once. @param {string} text */
export function decode(text) {
  return text.replace(/&(?:amp|lt|gt);/gu, (entity) => ENTITIES[entity]);
}

/**
 * @param {string} text
 * @param {{verbatim?: boolean}} [how] `verbatim`: addresses in plain text stay text
 * @returns {Piece[]} paragraphs, quotes, lists and code blocks
 */
export function parse(text, how = {}) {
  /** @type {Piece[]} */
  const pieces = [];
  let from = 0;
  let open = text.indexOf(FENCE);
  while (open >= 0) {
    const close = text.indexOf(FENCE, open + FENCE.length);
    if (close < 0) break;
    const code = text.slice(open + FENCE.length, close);
    // A fence around nothing is text.
    if (code.trim() === '') open = text.indexOf(FENCE, open + 1);
    else {
      if (open > from) lines(text.slice(from, open), from > 0, true, how, pieces);
      pieces.push({ type: 'pre', text: flat(code.replace(/^\n/u, '').replace(/\n$/u, '')) });
      from = close + FENCE.length;
      open = text.indexOf(FENCE, from);
    }
  }
  if (from < text.length || from === 0) lines(text.slice(from), from > 0, false, how, pieces);
  return pieces;
}

/**
 * @param {string} part
 * @param {boolean} afterCode
 * @param {boolean} beforeCode
 * @param {{verbatim?: boolean}} how
 * @param {Piece[]} pieces
 */
function lines(part, afterCode, beforeCode, how, pieces) {
  const trimmed = part.slice(afterCode && part.startsWith('\n') ? 1 : 0, beforeCode && part.endsWith('\n') ? -1 : undefined);
  const all = trimmed.split('\n');
  for (let at = 0; at < all.length; at += 1) {
    const line = all[at];
    const open = /^(?:&gt;|>){3}/u.exec(line);
    const quote = /^(?:&gt;|>) ?/u.exec(line);
    const bullet = /^( *)[•◦▪-] +(?=\S)/u.exec(line);
    if (open) {
      const rest = [line.slice(open[0].length).replace(/^ /u, ''), ...all.slice(at + 1)];
      pieces.push({ type: 'quote', children: joined(rest, how) });
      return;
    }
    if (quote) append(pieces, 'quote', inline(line.slice(quote[0].length), how));
    else if (bullet) {
      const item = inline(line.slice(bullet[0].length), how);
      const last = pieces.at(-1);
      if (last?.type === 'list') last.items?.push(item);
      else pieces.push({ type: 'list', items: [item] });
    } else append(pieces, 'paragraph', inline(line, how));
  }
}

/** Add a line to the last piece of that type, or begin one. @param {Piece[]} pieces @param {string} type @param {Piece[]} line */
function append(pieces, type, line) {
  const last = pieces.at(-1);
  if (last?.type === type) {
    last.children?.push({ type: 'break' });
    for (const piece of line) last.children?.push(piece);
  } else pieces.push({ type, children: line });
}

/** @param {string[]} all @param {{verbatim?: boolean}} how */
function joined(all, how) {
  /** @type {Piece[]} */
  const children = [];
  all.forEach((line, index) => {
    if (index) children.push({ type: 'break' });
    for (const piece of inline(line, how)) children.push(piece);
  });
  return children;
}

/** @param {string} line @param {{verbatim?: boolean}} how @returns {Piece[]} */
function inline(line, how) {
  const atoms = atomsOf(line, how);
  const closers = closersOf(line, atoms);
  return formatted(line, 0, line.length, '', atoms, closers);
}

/** @typedef {Map<number, {end: number, piece: Piece}>} Atoms */

/** What is never looked into: code, tokens, bare addresses. @param {string} line @param {{verbatim?: boolean}} how */
function atomsOf(line, how) {
  /** @type {Atoms} */
  const atoms = new Map();
  let lastTick = line.lastIndexOf('`');
  let at = 0;
  while (at < line.length) {
    const character = line[at];
    /** @type {{end: number, piece: Piece} | null} */
    let atom = null;
    if (character === '`' && lastTick > at + 1) {
      const end = line.indexOf('`', at + 1);
      if (end > at + 1) atom = { end: end + 1, piece: { type: 'code', text: flat(line.slice(at + 1, end)) } };
    } else if (character === '<') atom = tokenAt(line, at);
    else if (character === 'h' && !how.verbatim && !WORD.test(line[at - 1] ?? ' ')) atom = addressAt(line, at);
    if (atom) atoms.set(at, atom);
    at = atom ? atom.end : at + 1;
  }
  return atoms;
}

/** @param {string} line @param {number} at */
function tokenAt(line, at) {
  TOKEN.lastIndex = at;
  const found = TOKEN.exec(line);
  const piece = found && token(found[1]);
  return found && piece ? { end: at + found[0].length, piece } : null;
}

/** @param {string} line @param {number} at */
function addressAt(line, at) {
  BARE_URL.lastIndex = at;
  const found = BARE_URL.exec(line);
  const address = found && found[0].replace(/[.,;:!?)_~']+$/u, '');
  const url = address && decode(address);
  return address && url && safeUrl(url) ? { end: at + address.length, piece: { type: 'link', url, label: url } } : null;
}

/** @param {string} body what stands between the brackets @returns {Piece | null} */
function token(body) {
  const bar = body.indexOf('|');
  const head = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? '' : decode(body.slice(bar + 1));
  if (/^@[\w]+$/u.test(head)) return { type: 'user', id: head.slice(1), label };
  if (/^#[\w]+$/u.test(head)) return { type: 'channel', id: head.slice(1), label };
  if (/^!(?:here|channel|everyone)$/u.test(head)) return { type: 'broadcast', id: head.slice(1), label };
  if (head.startsWith('!subteam^')) return { type: 'group', id: head.slice(9), label };
  if (head.startsWith('!date^')) {
    const [, unix, format, url] = head.split('^');
    const seconds = Number(unix);
    if (!Number.isFinite(seconds) || !format) return { type: 'text', text: label || body };
    return { type: 'date', unix: seconds, format: decode(format), url: url ? decode(url) : '', label };
  }
  const url = decode(head);
  return safeUrl(url) ? { type: 'link', url, label: label || url.replace(/^mailto:/u, '') } : null;
}

/** Where a format may end, by its character. @param {string} line @param {Atoms} atoms */
function closersOf(line, atoms) {
  /** @type {Record<string, number[]>} */
  const closers = { '*': [], _: [], '~': [] };
  for (let at = 0; at < line.length; at += 1) {
    const atom = atoms.get(at);
    if (atom) at = atom.end - 1;
    else if (line[at] in FORMATS && at > 0 && !SPACE.test(line[at - 1]) && !WORD.test(line[at + 1] ?? ' ')) {
      closers[line[at]].push(at);
    }
  }
  return closers;
}

/**
 * @param {string} line
 * @param {number} start
 * @param {number} end
 * @param {string} within the formats that are already open
 * @param {Atoms} atoms
 * @param {Record<string, number[]>} closers
 * @returns {Piece[]}
 */
function formatted(line, start, end, within, atoms, closers) {
  /** @type {Piece[]} */
  const pieces = [];
  let from = start;
  let at = start;
  const flush = (/** @type {number} */ to) => {
    if (to > from) pieces.push({ type: 'text', text: decode(line.slice(from, to)) });
  };
  while (at < end) {
    const atom = atoms.get(at);
    const close = atom ? -1 : closing(line, at, end, within, closers);
    if (!atom && close < 0) {
      at += 1;
      continue;
    }
    flush(at);
    if (atom) pieces.push(atom.piece);
    else {
      const children = formatted(line, at + 1, close, within + line[at], atoms, closers);
      pieces.push({ type: FORMATS[line[at]], children });
    }
    at = atom ? atom.end : close + 1;
    from = at;
  }
  flush(end);
  return pieces;
}

/** Where the format that begins at `at` ends, or -1. @param {string} line @param {number} at @param {number} end @param {string} within @param {Record<string, number[]>} closers */
function closing(line, at, end, within, closers) {
  const character = line[at];
  if (!(character in FORMATS) || within.includes(character)) return -1;
  const next = line[at + 1] ?? ' ';
  if (WORD.test(line[at - 1] ?? ' ') || SPACE.test(next) || next === character) return -1;
  const all = closers[character];
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle] < at + 2) low = middle + 1;
    else high = middle;
  }
  return low < all.length && all[low] < end ? all[low] : -1;
}

/** Text in which tokens are shown by their words, as code shows them. @param {string} text */
function flat(text) {
  return decode(text.replace(/<([^<>\n|]{1,4000})(?:\|([^<>\n]{1,4000}))?>/gu, (whole, head, label) =>
    /^(?:[@#!]|https?:|mailto:)/u.test(head) ? (label ?? head) : whole));
}
