/**
 * Starts the page: draws its parts, reads the address, follows it from then on.
 */

import * as composer from './composer.js';
import * as header from './header.js';
import * as inspector from './inspector.js';
import * as keyboard from './keyboard.js';
import * as messages from './messages.js';
import * as modal from './modal.js';
import { readHash, settleHash } from './route.js';
import * as sidebar from './sidebar.js';
import { state, watch } from './store.js';
import * as theme from './theme.js';
import * as thread from './thread.js';
import { become, open, report, start } from './workspace.js';

for (const part of [theme, sidebar, header, messages, thread, composer, modal, inspector, keyboard]) part.start();

watch(['place', 'people'], settleHash);
addEventListener('hashchange', () => {
  const { user, place } = readHash();
  if (user && user !== state.user && state.users.has(user)) void become(user, place).catch(report);
  else if (place && place !== state.place) void open(place).catch(report);
});

const { user, place } = readHash();
start(user, place).then(() => {
  performance.mark('first-view');
  document.getElementById('composer-text')?.focus();
}, report);
