/**
 * The `/workspace` calls, the only way in which the page knows or does anything.
 */

/** A refusal: the call answered with `{error}`. */
export class Refusal extends Error {
  /**
   * @param {string} message
   * @param {number} status
   * @param {Record<string, any>} details
   */
  constructor(message, status, details) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>} the reply; throws Refusal, also where the sandbox cannot be reached (status 0)
 */
async function call(method, path, body) {
  let response;
  try {
    response = await fetch(`/workspace/${path}`, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Refusal('The sandbox cannot be reached.', 0, {});
  }
  const reply = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(reply.error ?? `The sandbox answered ${response.status}.`, response.status, reply);
  return reply;
}

const query = (/** @type {Record<string, string>} */ values) => new URLSearchParams(values).toString();

export const api = {
  state: () => call('GET', 'state'),
  /** @param {string} channel @param {string} user */
  messages: (channel, user) => call('GET', `channels/${encodeURIComponent(channel)}/messages?${query({ user })}`),
  /** @param {string} user */
  views: (user) => call('GET', `views?${query({ user })}`),
  /** @param {object} body */
  command: (body) => call('POST', 'commands', body),
  /** @param {object} body */
  act: (body) => call('POST', 'actions', body),
  /** @param {object} body */
  options: (body) => call('POST', 'options', body),
  /** @param {object} body */
  shortcut: (body) => call('POST', 'shortcuts', body),
  /** @param {object} body */
  submit: (body) => call('POST', 'views/submit', body),
  /** @param {object} body */
  close: (body) => call('POST', 'views/close', body),
  /** @param {string} user */
  home: (user) => call('POST', 'home', { user }),
  calls: () => call('GET', 'calls'),
  faults: () => call('GET', 'faults'),
  /** @param {object} body */
  arm: (body) => call('POST', 'faults', body),
  clearFaults: () => call('DELETE', 'faults'),
};
