/** The rows of the session list: only those that were looked at are fetched, a page at a time. */
import { get } from "../lib/api.js";

export const PAGE = 100; // rows of one request
const SETTLE_MS = 60; // while one scrolls fast nothing is asked for
const MOST_AT_ONCE = 500; // rows of one request where all of them are needed

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} created
 * @property {string} [held]  when it was; a film's own time
 * @property {number} [visit]
 * @property {string} [mother]
 * @property {string} [occasion]
 * @property {string} source
 * @property {string} origin
 * @property {string} kader
 * @property {string} [name]
 * @property {string} posyandu
 * @property {string} protocol_id
 * @property {string} protocol_version
 * @property {string} state
 * @property {number} duration_s
 * @property {string} video
 * @property {number | null} percent
 * @property {boolean | null} passed
 * @property {string} verdict  its state; empty where there is no result
 * @property {string} scope  the parts that are rated; empty for all
 * @property {number} left_out
 * @property {boolean} corrected
 * @property {string} mode  of live practice: guided, free, exam, again
 * @property {boolean} stopped  for pain, and that was its end
 */

export class Rows {
  /** @param {Record<string, string>} query @param {() => void} changed @param {(error: any) => void} failed */
  constructor(query, changed, failed) {
    this.query = query;
    this.changed = changed;
    this.failed = failed;
    /** @type {number | null} */
    this.total = null;
    /** @type {Map<number, Row[]>} */
    this.pages = new Map();
    /** @type {Set<number>} */
    this.asked = new Set();
    this.timer = 0;
    this.closed = false;
  }

  /** @param {number} index @returns {Row | null} */
  at(index) {
    return this.pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null;
  }

  /** All that were fetched. @returns {Row[]} */
  get known() {
    return [...this.pages.values()].flat();
  }

  /** Fetches what is missing between two rows, once the scrolling has settled. @param {number} from @param {number} to */
  want(from, to) {
    clearTimeout(this.timer);
    const first = Math.floor(from / PAGE);
    const last = Math.floor(Math.max(from, to - 1) / PAGE);
    const missing = Array.from({ length: last - first + 1 }, (_, k) => first + k).filter((page) => !this.asked.has(page));
    if (missing.length) this.timer = setTimeout(() => missing.forEach((page) => this.fetch(page)), this.total === null ? 0 : SETTLE_MS);
  }

  /** @param {number} page */
  async fetch(page) {
    if (this.asked.has(page)) return;
    this.asked.add(page);
    try {
      const answer = await get("/api/sessions", { ...this.query, limit: PAGE, offset: page * PAGE });
      if (this.closed) return;
      this.total = answer.total;
      this.pages.set(page, answer.rows);
      this.changed();
    } catch (error) {
      this.asked.delete(page);
      if (!this.closed) this.failed(error);
    }
  }

  /** The ids of all that match. @returns {Promise<string[]>} */
  async ids() {
    /** @type {string[]} */
    const ids = [];
    for (;;) {
      const { rows, total } = await get("/api/sessions", { ...this.query, limit: MOST_AT_ONCE, offset: ids.length });
      ids.push(...rows.map((/** @type {Row} */ row) => row.id));
      if (!rows.length || ids.length >= total) return ids;
    }
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
  }
}
