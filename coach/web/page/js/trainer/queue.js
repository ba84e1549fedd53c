/** Files on their way in: sent one after the other, then followed until they are sessions. */
import { get, post, remove, upload } from "../lib/api.js";
import { Guesses } from "./guesses.js";

const ASK_MS = 1000;

/** @typedef {import("../lib/types.js").Title} Title */
/** What a session file brings. @typedef {{state: "new" | "known" | "deleted", people: string[], erased: number, clashes: Clash[]}} Plan */
/** Who is who must be said. @typedef {{kind: "code" | "details" | "unsaid", code: string, here: string, there: string}} Clash */
/**
 * @typedef {object} Entry
 * @property {string} key  of this page, stays the same
 * @property {string | null} id  of the server, once it has the file
 * @property {string} name
 * @property {"video" | "session" | ""} kind
 * @property {"queued" | "uploading" | "asking" | "marking" | "waiting" | "reviewing" | "done" | "failed"} state
 * @property {number} share  of the upload or the review, 0 to 1
 * @property {number | null} left_s
 * @property {number} duration_s  of the video
 * @property {string} made  when it was filmed; empty where the video does not say
 * @property {string | null} session
 * @property {Plan | null} plan  of a session file
 * @property {any} error  a refusal, or what the server told
 */

export class Queue {
  /** @param {() => void} changed @param {(error: any) => void} told  hears of a server that does not know this page any more */
  constructor(changed, told) {
    this.changed = changed;
    this.told = told;
    /** @type {Entry[]} */
    this.entries = [];
    /** @type {Map<string, File>} */
    this.files = new Map();
    /** @type {{key: string, stop: () => void} | null} */
    this.sending = null;
    this.guesses = new Guesses();
    this.next = 0;
    this.timer = 0;
    /** Which were brought to the person's eyes already. @type {Set<string>} */
    this.shown = new Set();
    /** Places that were marked last, in shares of the picture: the next video is often from the same tripod. @type {import("../lib/types.js").Place[] | null} */
    this.marked = null;
  }

  get uploading() {
    return this.entries.some((entry) => entry.state === "uploading" || entry.state === "queued");
  }

  /** @param {File[]} files */
  add(files) {
    for (const file of files) {
      const key = `own-${this.next++}`;
      this.files.set(key, file);
      this.entries = [...this.entries, { key, id: null, name: file.name, kind: "", state: "queued", share: 0, left_s: null, duration_s: 0, made: "", session: null, plan: null, error: null }];
    }
    this.changed();
    this.send();
  }

  /** @param {string} key @param {Partial<Entry>} change */
  set(key, change) {
    this.entries = this.entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry));
    this.changed();
  }

  /** Sends the next file; a bad one is told of and the rest goes on. */
  async send() {
    if (this.sending) return;
    const entry = this.entries.find((one) => one.state === "queued");
    const file = entry && this.files.get(entry.key);
    if (!entry || !file) return;
    const began = performance.now();
    const { done, stop } = upload("/api/imports", file, (share) => {
      this.set(entry.key, { share, left_s: share > 0.02 ? ((performance.now() - began) / 1000 / share) * (1 - share) : null });
    });
    this.sending = { key: entry.key, stop };
    this.set(entry.key, { state: "uploading" });
    try {
      this.hear(await done, entry.key);
    } catch (error) {
      this.set(entry.key, { state: "failed", error });
    }
    this.files.delete(entry.key);
    this.sending = null;
    this.send();
    this.follow();
  }

  /** What the server says of an import. @param {any} told @param {string} [key] */
  hear(told, key) {
    if (told.state === "marking") this.guesses.of(told.id);
    const known = this.entries.find((entry) => entry.key === key) ?? this.entries.find((entry) => entry.id === told.id);
    const change = {
      id: told.id, name: told.name || known?.name || told.id, kind: told.kind ?? known?.kind ?? "", state: told.state, left_s: told.left_s ?? null,
      share: told.duration_s ? Math.min(1, (told.done_s ?? 0) / told.duration_s) : 0,
      duration_s: told.duration_s ?? known?.duration_s ?? 0, made: told.made ?? known?.made ?? "", session: told.session ?? null, plan: told.plan ?? null, error: told.error ?? null,
    };
    if (known) {
      // The list may have told of an upload before the upload's own answer came.
      this.entries = this.entries.filter((entry) => entry === known || entry.id !== told.id);
      this.set(known.key, change);
    } else this.entries = [...this.entries, { key: `their-${told.id}`, ...change }];
  }

  /** Asks how the imports get on, again and again while something is under way. */
  async follow() {
    clearTimeout(this.timer);
    try {
      const told = await get("/api/imports");
      for (const one of Array.isArray(told) ? told : told.imports) {
        if (one.state !== "uploading") this.hear(one); // its own page tells of an upload
      }
      this.changed();
    } catch (error) {
      if (/** @type {any} */ (error).status === 403) return this.told(error);
      // The server may be away for a moment; the next time tells.
    }
    if (this.entries.some((entry) => entry.state === "waiting" || entry.state === "reviewing")) this.timer = setTimeout(() => this.follow(), ASK_MS);
  }

  /** Starts the review of a marked video. @param {Entry} entry @param {object} asked */
  async start(entry, asked) {
    const told = await post(`/api/imports/${entry.id}`, asked);
    this.set(entry.key, { state: told?.state ?? "waiting", share: 0, left_s: null });
    this.follow();
  }

  /** Takes a session file in, once it is said who is who. @param {Entry} entry @param {Record<string, {as: string, new: string}>} settled */
  async settle(entry, settled) {
    this.hear(await post(`/api/imports/${entry.id}`, { settled }), entry.key);
  }

  /** Takes a file out of the queue; nothing of it stays behind. @param {Entry} entry */
  async drop(entry) {
    if (this.sending?.key === entry.key) this.sending.stop();
    this.files.delete(entry.key);
    if (entry.id) await remove(`/api/imports/${entry.id}`);
    this.entries = this.entries.filter((one) => one.key !== entry.key);
    this.changed();
  }
}
