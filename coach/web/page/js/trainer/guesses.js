/** Where coach believes the back to be in the films that wait for their marks: worked out ahead, one after the other. */
import { get } from "../lib/api.js";

/** @typedef {import("../lib/types.js").Place} Place */

export class Guesses {
  constructor() {
    /** @type {Map<string, Promise<Place[] | null>>} */
    this.asked = new Map();
    /** @type {Promise<unknown>} */
    this.last = Promise.resolve(); // a guess takes a processor for seconds: never two that nobody waits for
  }

  /** C7, both shoulder points and L5 in px of the film; null where there is no guess. @param {string} id  of the import @returns {Promise<Place[] | null>} */
  of(id) {
    const known = this.asked.get(id);
    if (known) return known;
    const asked = this.last.then(() => get(`/api/imports/${id}/guess`)).then(({ body }) => body, () => null);
    this.asked.set(id, asked);
    this.last = asked;
    return asked;
  }
}
