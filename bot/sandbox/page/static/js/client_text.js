/**
 * What Slack's clients do to the text of a command before it is sent (slack-platform §1.3).
 */

import { nameOf } from './people.js';
import { state } from './store.js';

const MENTION = /(^|[\s(])@([\p{L}\d._-]+)/gu;
const CHANNEL = /(^|[\s(])#([\p{L}\d_-]+)/gu;
const ADDRESS = /(^|[\s(])(https?:\/\/[^\s<>"]+)/gu;
const MAIL = /(^|[\s(])([^\s@<>:,"“”]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+)(?=$|[\s,)])/gu;

/**
 * Return the line as it goes to the app. Where the command escapes (`should_escape` in its manifest), the three entities
 * are encoded and people, channels and addresses become tokens; else the line goes as it was typed.
 * @param {string} line
 */
export function asSent(line) {
  const name = line.split(/\s/u, 1)[0];
  const command = state.commands.find((one) => one.command === name);
  if (!command?.should_escape) return line;
  const rest = line.slice(name.length).replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;');
  return name + rest
    .replace(ADDRESS, (_whole, before, address) => `${before}<${address}>`)
    .replace(MAIL, (_whole, before, mail) => `${before}<mailto:${mail}|${mail}>`)
    .replace(MENTION, (whole, before, who) => before + (person(who) ?? whole.slice(before.length)))
    .replace(CHANNEL, (whole, before, where) => before + (channel(where) ?? whole.slice(before.length)));
}

/** @param {string} typed */
function person(typed) {
  if (['here', 'channel', 'everyone'].includes(typed)) return `<!${typed}>`;
  const user = [...state.users.values()].find((one) => one.name === typed || nameOf(one.id) === typed);
  return user ? `<@${user.id}|${user.name}>` : null;
}

/** @param {string} typed */
function channel(typed) {
  const found = [...state.channels.values()].find((one) => one.name === typed);
  return found ? `<#${found.id}|${found.is_private ? '' : found.name}>` : null;
}
