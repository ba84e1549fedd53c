/**
 * Changes on their way to the server, in order. One that fails waits and is shown; nothing is lost, and nothing is kept
 * twice: each has an id of its own, by which the server knows it again when its answer was lost and it is sent anew.
 */

/** @typedef {import("./types.js").What} What @typedef {{id: string, author: string, event: What}} Sent */

const AGAIN_MS = 4000;

export class Queue {
  /**
   * @param {string} session
   * @param {(sent: Sent) => Promise<import("./types.js").Session>} send
   * @param {(fresh: import("./types.js").Session | null, event: What | null) => void} changed
   */
  constructor(session, send, changed) {
    this.name = `coach.unsent.${session}`;
    this.send = send;
    this.changed = changed;
    /** @type {Sent[]} */
    this.waiting = JSON.parse(sessionStorage.getItem(this.name) ?? "[]");
    this.busy = false;
    this.trouble = /** @type {import("../lib/api.js").Refusal | null} */ (null);
    this.timer = 0;
    this.running = /** @type {Promise<void>} */ (Promise.resolve());
    addEventListener("beforeunload", (event) => {
      if (this.waiting.length) event.preventDefault();
    });
  }

  /** Sends what waits. @returns {Promise<void>} */
  run() {
    if (!this.busy) this.running = this.work();
    return this.running;
  }

  /** @param {What} event @param {string} author */
  add(event, author) {
    this.waiting.push({ id: crypto.randomUUID(), author, event });
    this.keep();
    return this.run();
  }

  keep() {
    if (this.waiting.length) sessionStorage.setItem(this.name, JSON.stringify(this.waiting));
    else sessionStorage.removeItem(this.name);
  }

  async work() {
    clearTimeout(this.timer);
    this.busy = true;
    while (this.waiting.length) {
      const first = this.waiting[0];
      try {
        const fresh = await this.send(first);
        this.waiting.shift();
        this.keep();
        this.trouble = null;
        this.changed(fresh, first.event);
      } catch (error) {
        this.trouble = /** @type {import("../lib/api.js").Refusal} */ (error);
        if (!this.refused) this.timer = window.setTimeout(() => this.run(), AGAIN_MS);
        break;
      }
    }
    this.busy = false;
    this.changed(null, null);
  }

  /** Whether the server will not take it however often it is asked. */
  get refused() {
    const status = this.trouble?.status ?? 0;
    return status >= 400 && status < 500;
  }

  /** Gives up the first change that waits. */
  drop() {
    this.waiting.shift();
    this.trouble = null;
    this.keep();
    this.changed(null, null);
    return this.run();
  }
}
