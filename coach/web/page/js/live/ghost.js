/** Where the ghost is between two words from the server: it glides from one told place to the next, a tenth of a second late. */

/** @typedef {import("../lib/types.js").Place} Place */

const LONGEST_MS = 600; // between two places that belong to one way
const JUMP = 0.2; // back units: farther apart, the hand was lifted
const TRAIL_MS = 450;

export class Glide {
  constructor() {
    /** @type {{place: Place | null, at_ms: number}[]} the last two that were told */
    this.told = [];
    /** @type {{place: Place, at_ms: number}[]} */
    this.shown = [];
  }

  /** @param {Place | null} place  back @param {number} now_ms */
  tell(place, now_ms) {
    const last = this.told[this.told.length - 1];
    if (last && samePlace(last.place, place)) return;
    this.told = [...this.told.slice(-1), { place, at_ms: now_ms }];
  }

  /** The places of the last moments, oldest first; none while the hand is lifted. @param {number} now_ms @returns {Place[]} */
  trail(now_ms) {
    const place = this.place(now_ms);
    const before = this.shown[this.shown.length - 1];
    if (!place || (before && apart(before.place, place) > JUMP)) this.shown = [];
    if (place) this.shown.push({ place, at_ms: now_ms });
    this.shown = this.shown.filter(({ at_ms }) => now_ms - at_ms < TRAIL_MS);
    return this.shown.map((entry) => entry.place);
  }

  /** @param {number} now_ms @returns {Place | null} */
  place(now_ms) {
    const [before, last] = this.told.length > 1 ? this.told : [null, this.told[0]];
    if (!last?.place) return null;
    const gap_ms = last.at_ms - (before?.at_ms ?? -Infinity);
    if (!before?.place || gap_ms > LONGEST_MS || apart(before.place, last.place) > JUMP) return last.place;
    const share = Math.min(1, (now_ms - last.at_ms) / gap_ms);
    return [before.place[0] + share * (last.place[0] - before.place[0]), before.place[1] + share * (last.place[1] - before.place[1])];
  }
}

/** @param {Place} one @param {Place} other */
const apart = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]);

/** @param {Place | null} one @param {Place | null} other */
const samePlace = (one, other) => (one && other ? one[0] === other[0] && one[1] === other[1] : one === other);
