/**
 * Drafts, and what was sent before, for each person and conversation.
 */

const KEPT = 50;

export class Typed {
  constructor() {
    /** @type {Map<string, string>} */
    this.drafts = new Map();
    /** @type {Map<string, string[]>} */
    this.lines = new Map();
    /** How far back the recalled line is, 0 for none. */
    this.back = 0;
  }

  /** @param {string} place @param {string} words */
  keep(place, words) {
    this.back = 0;
    this.drafts.set(place, words);
  }

  /** @param {string} place */
  draft(place) {
    return this.drafts.get(place) ?? '';
  }

  /** @param {string} place @param {string} line */
  sent(place, line) {
    this.back = 0;
    this.drafts.delete(place);
    const lines = (this.lines.get(place) ?? []).filter((one) => one !== line);
    this.lines.set(place, [line, ...lines].slice(0, KEPT));
  }

  /** Whether an arrow key recalls: in an empty field, or while what stands there was recalled. @param {string} place @param {string} words */
  canRecall(place, words) {
    return words === '' || (this.back > 0 && words === this.lines.get(place)?.[this.back - 1]);
  }

  /** The line before or after the recalled one; '' after the newest, null where there is none. @param {string} place @param {number} step */
  recall(place, step) {
    const lines = this.lines.get(place) ?? [];
    const to = this.back + step;
    if (to < 0 || to > lines.length) return null;
    this.back = to;
    return to === 0 ? '' : lines[to - 1];
  }
}
