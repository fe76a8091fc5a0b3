/**
 * The only place that sets an address: http, https and mailto, opened in a new tab that knows nothing of this page.
 */

import { h } from './dom.js';

const ALLOWED = new Set(['http:', 'https:', 'mailto:']);

/** An address that may be followed, or null. @param {unknown} address */
export function safeUrl(address) {
  if (typeof address !== 'string' || !/^(https?|mailto):/iu.test(address)) return null;
  try {
    const url = new URL(address);
    return ALLOWED.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * A link, or only its text where the address may not be followed.
 * @param {unknown} address
 * @param {(import('./dom.js').Child)[]} children
 * @param {Record<string, any>} [props]
 */
export function link(address, children, props = {}) {
  const url = safeUrl(address);
  if (url === null) return h('span', { ...props, class: [props.class, 'dead-link'] }, children);
  const anchor = /** @type {HTMLAnchorElement} */ (
    h('a', { ...props, target: '_blank', rel: 'noopener noreferrer', title: props.title ?? url }, children));
  anchor.href = url;
  return anchor;
}

/** A picture that stands in the payload itself; nothing else is ever loaded. @param {unknown} address */
export function inlinePicture(address) {
  return typeof address === 'string' && /^data:image\/(png|jpeg|gif|webp);base64,[a-z\d+/=]+$/iu.test(address)
    ? address : null;
}
