/**
 * The inspector: what travels between Slack, the bot and HrFlow, newest first.
 */

import { api } from './api.js';
import { callDetail } from './call_detail.js';
import { byId, fill, h } from './dom.js';
import * as faults from './faults.js';
import { icon } from './icons.js';
import { keyed } from './keyed.js';
import { changed, watch } from './store.js';
import { stream } from './stream.js';
import { preciseTime } from './time.js';
import { report } from './workspace.js';

const KEPT = 5_000;
const SHOWN = 300;

/** @typedef {{number: number, target: string, method: string, path: string, status: number, ms: number, at: string, params: any, body: any, user_agent: string}} Call */

/** Newest last, as they happened. @type {Call[]} */
let calls = [];
let counter = 0;
let opened = false;
let read = false;
/** Calls whose detail is open. @type {Set<number>} */
const unfolded = new Set();
const filter = { target: '', status: '', words: '' };
const list = h('ol', { class: 'calls', 'aria-label': 'Calls, newest first' });
const count = h('span', { class: 'pane-subtitle', role: 'status' });

export function start() {
  fill(byId('inspector'), h('div', { class: 'pane-head' }, h('h2', { class: 'pane-title' }, 'Inspector ', count),
    h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close the inspector', on: { click: () => toggleInspector() } }, icon('close'))),
  faults.node, filters(), list);
  byId('inspector').addEventListener('keydown', (event) => event.key === 'Escape' && !event.defaultPrevented && toggleInspector());
  stream.onCall((call) => {
    if (opened || read) take([call]);
    if (opened) faults.refresh();
  });
  watch(['calls'], draw);
}

function filters() {
  const choose = (/** @type {string} */ label, /** @type {'target' | 'status'} */ name, /** @type {[string, string][]} */ options) => {
    const select = /** @type {HTMLSelectElement} */ (h('select', { class: 'field field-small', 'aria-label': label, 'data-filter': name,
      on: { change: () => { filter[name] = select.value; draw(); } } }, options.map(([value, words]) => h('option', { value }, words))));
    return select;
  };
  const search = /** @type {HTMLInputElement} */ (h('input', { type: 'search', class: 'field field-small', placeholder: 'Search paths and bodies', 'aria-label': 'Search calls',
    on: { input: () => { filter.words = search.value.toLowerCase(); draw(); } } }));
  return h('div', { class: 'filters' }, search,
    choose('Target', 'target', [['', 'All targets'], ['hrflow', 'HrFlow'], ['slack', 'Slack'], ['bot', 'The app']]),
    choose('Status', 'status', [['', 'Any status'], ['ok', 'Succeeded'], ['failed', 'Failed']]));
}

/** Show or hide it. */
export function toggleInspector() {
  opened = !opened;
  byId('inspector').hidden = !opened;
  document.body.classList.toggle('inspector-open', opened);
  if (!opened) {
    document.getElementById('show-inspector')?.focus();
    return;
  }
  if (!read) void readCalls();
  faults.refresh();
  changed('calls');
  byId('inspector').querySelector('input')?.focus();
}

async function readCalls() {
  read = true;
  try {
    const seen = await api.calls();
    calls = [];
    take(seen.calls);
  } catch (error) {
    read = false;
    report(error);
  }
}

/** @param {any[]} more */
function take(more) {
  for (const call of more) {
    counter += 1;
    calls.push({ ...call, number: counter });
  }
  if (calls.length > KEPT) calls = calls.slice(-KEPT);
  changed('calls');
}

function draw() {
  if (!opened) return;
  /** @type {Call[]} */
  const found = [];
  let matching = 0;
  for (let at = calls.length - 1; at >= 0; at -= 1) {
    if (!fits(calls[at])) continue;
    matching += 1;
    if (found.length < SHOWN) found.push(calls[at]);
  }
  count.textContent = matching === calls.length ? `${calls.length} calls` : `${matching} of ${calls.length}`;
  keyed(list, found, { key: (call) => String(call.number), same: (call) => call.number, draw: drawCall });
}

/** @param {Call} call */
function fits(call) {
  if (filter.target && call.target !== filter.target) return false;
  const failed = call.status === 0 || call.status >= 400;
  if (filter.status && failed !== (filter.status === 'failed')) return false;
  return !filter.words || searchable(call).includes(filter.words);
}

/** @type {WeakMap<Call, string>} */
const texts = new WeakMap();

/** @param {Call} call */
function searchable(call) {
  let words = texts.get(call);
  if (words === undefined) {
    words = `${call.method} ${call.path} ${call.status} ${JSON.stringify([call.params, call.body])}`.toLowerCase();
    texts.set(call, words);
  }
  return words;
}

/** @param {Call} call */
function drawCall(call) {
  const tone = call.status === 0 || call.status >= 500 ? 'bad' : call.status >= 400 ? 'poor' : 'good';
  const detail = h('div', { class: 'call-detail', hidden: true });
  const head = h('button', { type: 'button', class: 'call-head', 'aria-expanded': 'false', on: { click: () => unfold(!unfolded.has(call.number)) } },
    h('span', { class: `call-target call-${call.target}` }, call.target), h('span', { class: 'call-method' }, call.method),
    h('span', { class: 'call-path', title: call.path }, shortPath(call)), h('span', { class: `call-status call-status-${tone}` }, call.status || 'none'),
    h('span', { class: 'call-ms' }, `${call.ms} ms`), h('time', { class: 'call-at' }, preciseTime(call.at)));
  const unfold = (/** @type {boolean} */ open) => {
    if (open) unfolded.add(call.number);
    else unfolded.delete(call.number);
    detail.hidden = !open;
    head.setAttribute('aria-expanded', String(open));
    if (open && !detail.firstChild) fill(detail, callDetail(call));
  };
  if (unfolded.has(call.number)) unfold(true);
  return h('li', { class: 'call' }, head, detail);
}

/** What a delivery is says more than where it went. @param {Call} call */
function shortPath(call) {
  if (call.target !== 'bot') return call.path;
  const body = call.body ?? {};
  return [body.type ?? body.command ?? call.path, body.event?.type ?? body.actions?.[0]?.action_id ?? body.view?.callback_id].filter(Boolean).join(' · ');
}
