/**
 * The address of a place: `#/U_ANN/C_HIRING`, so that a reload and a link come back to it.
 */

import { state } from './store.js';

/** @returns {{user: string, place: string}} */
export function readHash() {
  const [, user = '', place = ''] = location.hash.split('/');
  return { user: decodeURIComponent(user), place: decodeURIComponent(place) };
}

/** Go somewhere as the same person. @param {string} place */
export function placeHash(place) {
  location.hash = `#/${encodeURIComponent(state.user)}/${encodeURIComponent(place)}`;
}

/** Use the page as somebody else. @param {string} user */
export function userHash(user) {
  location.hash = `#/${encodeURIComponent(user)}/${encodeURIComponent(state.place)}`;
}

/** Write where the page is, without a step in the history. */
export function settleHash() {
  const hash = `#/${encodeURIComponent(state.user)}/${encodeURIComponent(state.place)}`;
  if (location.hash !== hash) history.replaceState(null, '', hash);
}
