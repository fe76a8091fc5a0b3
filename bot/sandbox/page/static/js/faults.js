/**
 * The fault panel: what can go wrong on purpose, what is armed, and clearing it.
 */

import { api } from './api.js';
import { fill, h } from './dom.js';
import { icon } from './icons.js';
import { report } from './workspace.js';

/** @type {{name: string, about: string, fault: object}[]} */
const PRESETS = [
  { name: 'HrFlow down', about: 'answers 500', fault: { target: 'hrflow', status: 500 } },
  { name: 'HrFlow slow', about: 'takes 10 s', fault: { target: 'hrflow', delay_ms: 10_000 } },
  { name: 'Quota used up', about: 'HrFlow answers 402', fault: { target: 'hrflow', status: 402, body: '{"code": 402, "message": "Your plan\'s quota is used up."}' } },
  { name: 'Key refused', about: 'HrFlow answers 401', fault: { target: 'hrflow', status: 401, body: '{"code": 401, "message": "Invalid API key."}' } },
  { name: 'Slack busy', about: 'answers 429', fault: { target: 'slack', match: '/slack/', status: 429, retry_after: 1 } },
  { name: 'Reply lost', about: 'HrFlow writes, the reply is lost', fault: { target: 'hrflow', match: 'PUT', status: 0, after: true } },
  { name: 'response_url refused', about: 'Slack answers 404', fault: { target: 'slack', match: '/slack/response_url/', status: 404, body: 'expired_url' } },
];
const REFRESH_MS = 150;

const times = /** @type {HTMLInputElement} */ (h('input', { type: 'number', class: 'field field-small field-times', min: '1', max: '1000', value: '1', 'aria-label': 'For how many calls' }));
const armedList = h('ul', { class: 'armed', 'aria-label': 'Armed faults' });
const clear = h('button', { type: 'button', class: 'button button-small', hidden: true, on: { click: () => void done(api.clearFaults()) } }, 'Clear all');
const none = h('span', { class: 'muted' }, 'Nothing is armed.');

export const node = h('details', { class: 'faults', id: 'faults' },
  h('summary', { class: 'faults-head' }, icon('bolt'), 'Faults on purpose'),
  h('div', { class: 'faults-body' },
    h('label', { class: 'faults-times' }, 'How many calls ', times),
    h('div', { class: 'presets' }, PRESETS.map((preset) => h('button', { type: 'button', class: 'button button-small preset', title: preset.about,
      on: { click: () => void done(api.arm({ ...preset.fault, times: Math.max(1, Number(times.value) || 1) })) } },
    preset.name, h('span', { class: 'visually-hidden' }, `: ${preset.about}`)))),
    h('div', { class: 'armed-box', role: 'status' }, none, armedList, clear)));

/** @param {Promise<{faults: any[]}>} asked */
async function done(asked) {
  try {
    draw((await asked).faults);
  } catch (error) {
    report(error);
  }
}

/** @param {any[]} faults */
function draw(faults) {
  none.hidden = faults.length > 0;
  clear.hidden = faults.length === 0;
  fill(armedList, faults.map((fault) => h('li', { class: 'armed-fault' }, describe(fault))));
  node.classList.toggle('faults-armed', faults.length > 0);
}

/** @param {any} fault */
function describe(fault) {
  const what = fault.status === null ? (fault.delay_ms ? `is ${fault.delay_ms / 1000} s late` : 'loses its reply')
    : fault.after ? 'acts, and its reply is lost' : fault.status === 0 ? 'is dropped' : `is answered ${fault.status}`;
  return `${fault.target}: the next ${fault.times === 1 ? 'call' : `${fault.times} calls`}${fault.match ? ` with ${fault.match}` : ''} ${what}`;
}

let timer = 0;

/** Read what is still armed, at most a few times a second. */
export function refresh() {
  clearTimeout(timer);
  timer = setTimeout(() => void done(api.faults()), REFRESH_MS);
}
