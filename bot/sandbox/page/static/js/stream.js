/**
 * The stream of changes: server-sent events that reconnect by themselves and continue where they stopped.
 */

const KINDS = ['message_posted', 'message_changed', 'message_deleted', 'views', 'home', 'channel', 'call', 'config',
  'clock', 'reset'];
const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 5_000;

/** @typedef {{onEvent: (kind: string, data: any) => void, onLink: (linked: boolean, again: boolean) => void}} Reader */

class Stream {
  constructor() {
    /** @type {EventSource | null} */
    this.source = null;
    this.user = '';
    this.lastId = '';
    this.wait = FIRST_WAIT_MS;
    this.broken = false;
    /** @type {number | undefined} */
    this.timer = undefined;
    /** @type {Reader | null} */
    this.reader = null;
    /** @type {Set<(call: any) => void>} */
    this.callListeners = new Set();
    globalThis.addEventListener?.('online', () => this.retryNow());
    document.addEventListener('visibilitychange', () => !document.hidden && this.retryNow());
  }

  /** Follow what one person may see, after the change of that number. @param {string} user @param {number} from @param {Reader} reader */
  follow(user, from, reader) {
    this.user = user;
    this.reader = reader;
    this.lastId = String(from);
    this.broken = false;
    this.connect();
  }

  /** Hear of every call that goes over the wire. @param {(call: any) => void} listener */
  onCall(listener) {
    this.callListeners.add(listener);
  }

  connect() {
    clearTimeout(this.timer);
    this.source?.close();
    const query = new URLSearchParams({ user: this.user });
    if (this.lastId) query.set('last_event_id', this.lastId);
    const source = new EventSource(`/workspace/events?${query}`);
    this.source = source;
    source.addEventListener('open', () => {
      this.wait = FIRST_WAIT_MS;
      // What was missed is sent again, but a restarted sandbox counts anew: after a gap the page reads everything.
      this.reader?.onLink(true, this.broken);
      this.broken = false;
    });
    source.addEventListener('error', () => this.lost(source));
    for (const kind of KINDS) source.addEventListener(kind, (event) => this.take(source, kind, event));
  }

  /** @param {EventSource} source @param {string} kind @param {MessageEvent} event */
  take(source, kind, event) {
    if (source !== this.source) return;
    this.lastId = event.lastEventId;
    const data = JSON.parse(event.data);
    if (kind === 'call') for (const listener of this.callListeners) listener(data);
    else this.reader?.onEvent(kind, data);
  }

  /** @param {EventSource} source */
  lost(source) {
    if (source !== this.source) return;
    source.close();
    this.broken = true;
    this.reader?.onLink(false, false);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }

  retryNow() {
    if (this.broken && this.reader) {
      this.wait = FIRST_WAIT_MS;
      this.connect();
    }
  }
}

export const stream = new Stream();
