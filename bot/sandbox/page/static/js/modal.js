/**
 * The modal on top of the stack: fields, errors beside them, submitting and closing.
 */

import { api } from './api.js';
import { drawBlocks } from './blocks/index.js';
import { fill, h } from './dom.js';
import { problemsOf } from './form_check.js';
import { icon } from './icons.js';
import { forget } from './keyed.js';
import { state, watch } from './store.js';
import { viewSurface } from './surface.js';
import { words } from './text.js';
import { report } from './workspace.js';

const bar = h('div', { class: 'dialog-head' });
const warning = h('div', { class: 'message-warning', role: 'alert', hidden: true });
const blocks = h('div', { class: 'blocks dialog-body' });
const foot = h('div', { class: 'dialog-buttons' });
const box = /** @type {HTMLDialogElement} */ (h('dialog', { class: 'dialog', id: 'modal', 'aria-labelledby': 'modal-title' },
  h('form', { class: 'dialog-form', novalidate: true }, bar, warning, blocks, foot)));

/** What was entered in each open view. @type {Map<string, import('./surface.js').Choices>} */
const entered = new Map();
/** Errors found before anything was sent, by view. @type {Map<string, Record<string, string>>} */
const held = new Map();
let drawn = '';
let fillable = false; // whether the last drawing had a field
let busy = false;
/** @type {Element | null} */
let before = null;

export function start() {
  document.body.append(box);
  box.addEventListener('cancel', (event) => event.preventDefault());
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    void close(false);
  });
  box.firstElementChild?.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  watch(['views'], draw);
}

function top() {
  return state.views.at(-1);
}

function draw() {
  const view = top();
  const open = new Set(state.views.map((one) => one.id));
  for (const id of entered.keys()) if (!open.has(id)) { entered.delete(id); held.delete(id); }
  if (!view) {
    if (box.open) hide();
    return;
  }
  if (!box.open) {
    before = document.activeElement;
    box.showModal();
  }
  const fresh = drawn !== view.id;
  if (fresh) forget(blocks);
  drawn = view.id;
  // A form often opens empty and is filled by an update: then the first field is what a person goes on with.
  const filled = view.blocks.some((/** @type {any} */ block) => block.type === 'input');
  const arrived = fresh || (filled && !fillable);
  fillable = filled;
  const surface = surfaceOf(view);
  drawHead(view);
  warning.hidden = !view.warning;
  if (view.warning) fill(warning, icon('warning'), h('span', {}, 'We had some trouble connecting. Try again? ', h('code', { class: 'code' }, view.warning)));
  drawBlocks(blocks, view.blocks, surface);
  drawFoot(view);
  if (arrived) focusFirst(view);
}

/** @param {any} view */
function surfaceOf(view) {
  if (!entered.has(view.id)) entered.set(view.id, new Map());
  const surface = viewSurface(view, /** @type {import('./surface.js').Choices} */ (entered.get(view.id)));
  surface.errors = { ...view.errors, ...held.get(view.id) };
  return surface;
}

function hide() {
  drawn = '';
  busy = false;
  box.close();
  forget(blocks);
  const target = before instanceof HTMLElement && before.isConnected ? before : document.getElementById('composer-text');
  target?.focus();
}

/** @param {any} view */
function drawHead(view) {
  const back = state.views.length > 1
    ? h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Back', on: { click: () => void close(false) } }, icon('back')) : null;
  fill(bar, back, h('h2', { class: 'dialog-title', id: 'modal-title', dir: 'auto' }, words(view.title)),
    state.views.length > 1 ? h('span', { class: 'muted' }, `${state.views.length} of 3`) : null,
    h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close', on: { click: () => void close(true) } }, icon('close')));
}

/** @param {any} view */
function drawFoot(view) {
  const focused = document.activeElement instanceof HTMLElement && foot.contains(document.activeElement) ? document.activeElement.className : '';
  fill(foot, h('button', { type: 'button', class: 'button', on: { click: () => void close(false) } }, view.close ? words(view.close) : view.submit ? 'Cancel' : 'Close'),
    view.submit ? h('button', { type: 'submit', class: 'button button-primary', 'aria-busy': busy ? 'true' : null }, words(view.submit)) : null);
  if (focused) /** @type {HTMLElement | undefined} */ ([...foot.children].find((node) => node.className === focused))?.focus();
}

/** @param {any} view */
function focusFirst(view) {
  const wanted = view.blocks.map((/** @type {any} */ block) => block.element).find((/** @type {any} */ element) => element?.focus_on_load);
  const named = wanted && blocks.querySelector(`[data-action="${CSS.escape(wanted.action_id)}"]`);
  const first = blocks.querySelector('.input input, .input textarea, .input button, .input select');
  const target = named ?? first ?? foot.querySelector('.button-primary, .button');
  if (target instanceof HTMLElement) target.focus();
}

async function submit() {
  const view = top();
  if (!view?.submit || busy) return;
  const surface = surfaceOf(view);
  const found = problemsOf(view.blocks, surface);
  held.set(view.id, found);
  if (Object.keys(found).length === 0) await send(view, surface);
  draw();
  if (top()?.id === view.id) focusError();
}

/** @param {any} view @param {import('./surface.js').Surface} surface */
async function send(view, surface) {
  busy = true;
  drawFoot(view);
  try {
    const reply = await api.submit({ user: state.user, view_id: view.id, values: surface.values() });
    held.set(view.id, reply.errors ?? {});
  } catch (error) {
    const errors = /** @type {any} */ (error).details?.errors;
    if (errors) held.set(view.id, errors);
    else report(error);
  } finally {
    busy = false;
  }
}

function focusError() {
  const field = blocks.querySelector('.input-invalid input, .input-invalid textarea, .input-invalid select');
  if (field instanceof HTMLElement) field.focus();
}

/** @param {boolean} clear whether the whole stack is closed, as the X does */
async function close(clear) {
  const view = top();
  if (!view) return;
  await api.close({ user: state.user, view_id: view.id, ...(clear ? { clear: true } : {}) }).catch(report);
}
