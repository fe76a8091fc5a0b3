/**
 * What a client holds back before a form is sent: empty required fields, lengths, numbers, addresses.
 */

import { safeUrl } from './links.js';

/**
 * @param {any[]} blocks
 * @param {import('./surface.js').Surface} surface
 * @returns {Record<string, string>} errors by block_id
 */
export function problemsOf(blocks, surface) {
  /** @type {Record<string, string>} */
  const problems = {};
  for (const block of blocks) {
    if (block.type !== 'input') continue;
    const choice = surface.chosen(block, block.element);
    const empty = choice === null || choice === undefined || choice === '' || (Array.isArray(choice) && choice.length === 0);
    const problem = empty ? (block.optional === true ? '' : 'This field is required') : shape(block.element, choice);
    if (problem) problems[block.block_id] = problem;
  }
  return problems;
}

/** @param {any} element @param {any} choice */
function shape(element, choice) {
  switch (element.type) {
    case 'plain_text_input':
      if (choice.length < (element.min_length ?? 0)) return `At least ${element.min_length} characters`;
      return choice.length > (element.max_length ?? choice.length) ? `At most ${element.max_length} characters` : '';
    case 'number_input': return number(element, String(choice));
    case 'email_text_input': return /^[^\s@]+@[^\s@]+$/u.test(choice) ? '' : 'Enter a valid e-mail address';
    case 'url_text_input': return safeUrl(choice) && !/^mailto:/iu.test(choice) ? '' : 'Enter a valid address, such as https://example.com';
    default: return '';
  }
}

/** @param {any} element @param {string} typed */
function number(element, typed) {
  const pattern = element.is_decimal_allowed ? /^[+-]?\d+(?:\.\d+)?$/u : /^[+-]?\d+$/u;
  if (!pattern.test(typed)) return element.is_decimal_allowed ? 'Enter a number' : 'Enter a whole number';
  const value = Number(typed);
  if (element.min_value !== undefined && value < Number(element.min_value)) return `At least ${element.min_value}`;
  if (element.max_value !== undefined && value > Number(element.max_value)) return `At most ${element.max_value}`;
  return '';
}
