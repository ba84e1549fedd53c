/** The hands' tracks as the server packs them: `uint32` length, JSON header, then the arrays one after another. */

/** @typedef {import("./types.js").Place} Place @typedef {import("./types.js").Hand} Hand @typedef {import("./types.js").Span} Span */

/** @type {Record<string, any>} */
const KINDS = { f64: Float64Array, f32: Float32Array, u8: Uint8Array, float64: Float64Array, float32: Float32Array, uint8: Uint8Array, "<f8": Float64Array, "<f4": Float32Array, "|u1": Uint8Array };
const NEAR_S = 0.15; // a frame farther from the asked moment shows another one
export const BLOCK = 16; // frames
const SHORT_S = 0.2; // a gap that flow bridges anyway
export const HANDS = /** @type {const} */ (["left", "right"]);

export class Tracks {
  /** @param {ArrayBuffer} packed */
  constructor(packed) {
    const length = new DataView(packed).getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(new Uint8Array(packed, 4, length)));
    const start = Math.ceil((4 + length) / 8) * 8;
    /** @type {Record<string, any>} */
    this.arrays = {};
    for (const { name, dtype, shape, offset } of header.arrays) {
      const Kind = KINDS[dtype];
      const size = shape.reduce((/** @type {number} */ all, /** @type {number} */ one) => all * one, 1);
      const at = start + offset;
      this.arrays[name] = at % Kind.BYTES_PER_ELEMENT
        ? new Kind(packed.slice(at, at + size * Kind.BYTES_PER_ELEMENT))
        : new Kind(packed, at, size);
    }
    this.n = header.n;
    this.time_s = /** @type {Float64Array} */ (this.arrays.time_s);
    this.known = /** @type {Map<string, Float32Array>} */ (new Map());
    this.limits = /** @type {Map<string, [number, number]>} */ (new Map());
  }

  /** The frame nearest to a moment, or -1. @param {number} time_s */
  at(time_s) {
    let low = 0;
    let high = this.n - 1;
    if (high < 0) return -1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.time_s[middle] < time_s) low = middle + 1;
      else high = middle;
    }
    const k = low > 0 && time_s - this.time_s[low - 1] < this.time_s[low] - time_s ? low - 1 : low;
    return Math.abs(this.time_s[k] - time_s) <= NEAR_S ? k : -1;
  }

  /** The first frame not before a moment. @param {number} time_s */
  from(time_s) {
    let low = 0;
    let high = this.n;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.time_s[middle] < time_s) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The hands of a frame, as the overlay draws them. @param {number} k @returns {import("../lib/types.js").SeenHand[]} */
  hands(k) {
    const found = [];
    for (const hand of HANDS) {
      const marks = this.arrays[`${hand}_landmarks`];
      const seen = this.arrays[`${hand}_seen`][k];
      if (!seen || Number.isNaN(marks[k * 42])) continue;
      const px = Array.from({ length: 21 }, (_, j) => /** @type {Place} */ ([marks[k * 42 + 2 * j], marks[k * 42 + 2 * j + 1]]));
      found.push({ hand, px, bridged: seen === 1 });
    }
    return found;
  }

  /** The hands at a moment: one that the frames on both sides show is on its way between them. @param {number} time_s */
  handsAt(time_s) {
    const k = this.at(time_s);
    if (k < 0) return [];
    const other = this.time_s[k] < time_s ? k + 1 : k - 1;
    const gap = Math.abs(this.time_s[other] - this.time_s[k]);
    if (!(gap > 0 && gap <= NEAR_S)) return this.hands(k);
    const share = Math.abs(time_s - this.time_s[k]) / gap;
    const there = new Map(this.hands(other).map((hand) => [hand.hand, hand.px]));
    return this.hands(k).map((hand) => {
      const to = there.get(hand.hand);
      return to ? { ...hand, px: hand.px.map(([x, y], j) => /** @type {Place} */ ([x + share * (to[j][0] - x), y + share * (to[j][1] - y)])) } : hand;
    });
  }

  /** The back's corners in a frame. @param {number} k @returns {Place[]} */
  corners(k) {
    const all = this.arrays.corners;
    return [0, 1, 2, 3].map((j) => /** @type {Place} */ ([all[k * 8 + 2 * j], all[k * 8 + 2 * j + 1]]));
  }

  /**
   * A curve's values.
   * @param {"height" | "speed" | "distance"} what @param {Hand} hand
   * @returns {(k: number) => number}
   */
  curve(what, hand) {
    if (what === "distance") return (k) => this.arrays.distance[k];
    if (what === "speed") return (k) => this.arrays[`${hand}_speed`][k];
    const place = this.arrays[`${hand}_position`];
    return (k) => place[2 * k + 1];
  }

  /**
   * The least and the largest value of every BLOCK frames, NaN where nothing was seen: a long session is drawn from these.
   * @param {"height" | "speed" | "distance"} what @param {Hand} hand
   */
  blocks(what, hand) {
    const name = `${what} ${hand}`;
    const before = this.known.get(name);
    if (before) return before;
    const value = this.curve(what, hand);
    const found = new Float32Array(2 * Math.ceil(this.n / BLOCK)).fill(NaN);
    for (let k = 0; k < this.n; k++) {
      const now = value(k);
      if (Number.isNaN(now)) continue;
      const at = 2 * Math.floor(k / BLOCK);
      if (!(now >= found[at])) found[at] = now;
      if (!(now <= found[at + 1])) found[at + 1] = now;
    }
    this.known.set(name, found);
    return found;
  }

  /** Between which values a curve is drawn: what 98 % of all frames lie in. @param {"height" | "speed" | "distance"} what @returns {[number, number]} */
  range(what) {
    const known = this.limits.get(what);
    if (known) return known;
    const values = /** @type {number[]} */ ([]);
    for (const hand of what === "distance" ? /** @type {Hand[]} */ (["left"]) : HANDS) {
      const value = this.curve(what, hand);
      const step = Math.max(1, Math.floor(this.n / 4000));
      for (let k = 0; k < this.n; k += step) if (Number.isFinite(value(k))) values.push(value(k));
    }
    values.sort((a, b) => a - b);
    const share = (/** @type {number} */ part) => values[Math.floor(part * (values.length - 1))];
    /** @type {[number, number]} */
    const limits = values.length ? [what === "height" ? Math.min(0, share(0.01)) : 0, Math.max(share(0.99), 0.1)] : [0, 1];
    this.limits.set(what, limits);
    return limits;
  }

  /** The stretches in which a hand was not seen. @param {Hand} hand @returns {Span[]} */
  unseen(hand) {
    const seen = this.arrays[`${hand}_seen`];
    const found = [];
    for (let k = 0; k < this.n; k++) {
      if (seen[k]) continue;
      const first = k;
      while (k + 1 < this.n && !seen[k + 1]) k++;
      const span = { start_s: this.time_s[first], end_s: this.time_s[Math.min(this.n - 1, k + 1)] };
      if (span.end_s - span.start_s >= SHORT_S) found.push(span);
    }
    return found;
  }
}
