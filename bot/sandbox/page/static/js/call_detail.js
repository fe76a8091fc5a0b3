/**
 * The parameters and the body of one call, as formatted JSON without secrets.
 */

import { h } from './dom.js';
import { fullDate } from './time.js';

const LONGEST = 60_000;
const MASK = '***';
const SECRET_NAMES = /^(?:token|authorization|x-api-key|api_key|secret|signing_secret|password|trigger_id|response_url)$/iu;
const SECRETS = /xox[a-z]-[\w.-]+|xapp-[\w.-]+|\bask_\w+/gu;

/** @param {import('./inspector.js').Call} call */
export function callDetail(call) {
  const at = new Date(call.at).getTime() / 1000;
  return [
    h('p', { class: 'call-facts' }, `${call.method} ${call.path}`),
    h('p', { class: 'call-facts muted' }, [fullDate(at), call.user_agent].filter(Boolean).join(' · ')),
    part('Parameters', call.params),
    part('Body', call.body),
  ];
}

/** @param {string} title @param {any} value */
function part(title, value) {
  const empty = value === null || value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
  if (empty) return h('p', { class: 'muted call-facts' }, `${title}: none`);
  const json = typeof value === 'string' ? value.replace(SECRETS, MASK) : JSON.stringify(masked(value), null, 2);
  const cut = json.length > LONGEST ? `${json.slice(0, LONGEST)}\n… ${json.length - LONGEST} more characters` : json;
  return h('div', { class: 'call-part' }, h('h3', { class: 'call-part-title' }, title), h('pre', { class: 'code-block', tabindex: '0' }, h('code', {}, cut)));
}

/** A copy without secrets; a response_url lets whoever holds it post. @param {any} value @returns {any} */
function masked(value) {
  if (typeof value === 'string') return value.replace(SECRETS, MASK);
  if (Array.isArray(value)) return value.map(masked);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, SECRET_NAMES.test(name) && typeof one === 'string' ? MASK : masked(one)]));
}
