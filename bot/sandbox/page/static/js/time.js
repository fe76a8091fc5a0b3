/**
 * Times in the reader's zone and the date tokens of mrkdwn (slack-platform §4.3).
 */

const HALF_YEAR_S = 182 * 86_400;
const DAY_MS = 86_400_000;
const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const clockSeconds = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit', second: '2-digit' });
const full = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'long' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const monthLong = new Intl.DateTimeFormat('en', { month: 'long' });
const monthShort = new Intl.DateTimeFormat('en', { month: 'short' });
const weekday = new Intl.DateTimeFormat('en', { weekday: 'long' });

/** A message's ts as a moment. @param {string} ts */
export function moment(ts) {
  return new Date(Number(ts) * 1000);
}

/** @param {Date} at */
export function timeOf(at) {
  return clock.format(at);
}

/** @param {number} unix seconds */
export function fullDate(unix) {
  return valid(unix) ? full.format(new Date(unix * 1000)) : '';
}

/** The hour, minute, second and millisecond of a call. @param {string} iso */
export function preciseTime(iso) {
  const at = new Date(iso);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

/** What a day divider says, and the key by which days differ. @param {Date} at */
export function dayOf(at) {
  return pretty(at) ?? `${weekday.format(at)}, ${monthLong.format(at)} ${ordinal(at.getDate())}${year(at)}`;
}

/**
 * A date token in the reader's zone; `fallback` where the moment is none.
 * @param {number} unix seconds
 * @param {string} format text with tokens such as `{date_short_pretty} at {time}`
 * @param {string} fallback
 */
export function formatDate(unix, format, fallback) {
  if (!valid(unix)) return fallback || format;
  const at = new Date(unix * 1000);
  return format.replace(/\{(\w+)\}/gu, (whole, token) => TOKENS[token]?.(at) ?? whole);
}

/** @type {Record<string, (at: Date) => string>} */
const TOKENS = {
  date_num: (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
  date_slash: (at) => `${two(at.getMonth() + 1)}/${two(at.getDate())}/${at.getFullYear()}`,
  date: (at) => `${monthLong.format(at)} ${ordinal(at.getDate())}${year(at)}`,
  date_short: (at) => `${monthShort.format(at)} ${at.getDate()}${year(at)}`,
  date_long: (at) => `${weekday.format(at)}, ${monthLong.format(at)} ${ordinal(at.getDate())}${year(at)}`,
  date_pretty: (at) => pretty(at)?.toLowerCase() ?? TOKENS.date(at),
  date_short_pretty: (at) => pretty(at)?.toLowerCase() ?? TOKENS.date_short(at),
  date_long_pretty: (at) => pretty(at)?.toLowerCase() ?? TOKENS.date_long(at),
  time: (at) => clock.format(at),
  time_secs: (at) => clockSeconds.format(at),
  ago,
};

/** @param {Date} at @returns {string | null} */
function pretty(at) {
  const days = Math.round((midnight(at) - midnight(new Date())) / DAY_MS);
  return /** @type {Record<number, string>} */ ({ 0: 'Today', 1: 'Tomorrow', [-1]: 'Yesterday' })[days] ?? null;
}

/** @param {Date} at */
function midnight(at) {
  return Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());
}

/** The year is said only where it is not plain. @param {Date} at */
function year(at) {
  return Math.abs(Date.now() - at.getTime()) / 1000 < HALF_YEAR_S ? '' : `, ${at.getFullYear()}`;
}

/** @param {Date} at */
export function ago(at) {
  const seconds = (at.getTime() - Date.now()) / 1000;
  const steps = /** @type {[number, Intl.RelativeTimeFormatUnit][]} */ ([[60, 'second'], [3600, 'minute'], [86_400, 'hour'],
    [604_800, 'day'], [2_629_800, 'week'], [31_557_600, 'month'], [Infinity, 'year']]);
  let unit = 1;
  for (const [limit, name] of steps) {
    if (Math.abs(seconds) < limit) return relative.format(Math.round(seconds / unit), name);
    unit = limit;
  }
  return '';
}

/** @param {number} day */
function ordinal(day) {
  const teen = day % 100 > 10 && day % 100 < 14;
  return `${day}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')}`;
}

/** @param {number} number */
function two(number) {
  return String(number).padStart(2, '0');
}

/** @param {number} unix */
function valid(unix) {
  return Number.isFinite(unix) && Math.abs(unix) < 8.64e12;
}
