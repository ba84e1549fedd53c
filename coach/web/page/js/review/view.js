/** Which stretch of the session the timeline shows. */

/** @typedef {import("./types.js").Span} Span */

const NEAREST_S = 1; // the shortest stretch

export class View {
  /** @param {number} length_s */
  constructor(length_s) {
    this.length_s = length_s;
    this.from_s = 0;
    this.to_s = length_s;
    this.left = 0; // px of the canvas where from_s is
    this.width = 1; // px
  }

  /** @param {number} length_s */
  setLength(length_s) {
    const whole = this.from_s === 0 && this.to_s >= this.length_s;
    this.length_s = length_s;
    if (whole) this.fit();
  }

  get span_s() {
    return this.to_s - this.from_s;
  }

  get zoomed() {
    return this.span_s < this.length_s - 1e-6;
  }

  /** @param {number} time_s */
  x(time_s) {
    return this.left + ((time_s - this.from_s) / this.span_s) * this.width;
  }

  /** @param {number} x */
  time(x) {
    return Math.min(this.length_s, Math.max(0, this.from_s + ((x - this.left) / this.width) * this.span_s));
  }

  /** @param {number} from_s @param {number} span_s */
  set(from_s, span_s) {
    const wide = Math.min(this.length_s, Math.max(NEAREST_S, span_s));
    this.from_s = Math.max(0, Math.min(this.length_s - wide, from_s));
    this.to_s = this.from_s + wide;
  }

  /** @param {number} times  above 1: nearer @param {number} around_s */
  zoom(times, around_s) {
    const share = (around_s - this.from_s) / this.span_s;
    const wide = Math.min(this.length_s, Math.max(NEAREST_S, this.span_s / times));
    this.set(around_s - share * wide, wide);
  }

  /** @param {number} share  of what is visible */
  pan(share) {
    this.set(this.from_s + share * this.span_s, this.span_s);
  }

  fit() {
    this.set(0, this.length_s);
  }

  /** Nearer to a stretch. @param {Span} span */
  fitTo(span) {
    const room = Math.max(0.5, (span.end_s - span.start_s) * 0.15);
    this.set(span.start_s - room, span.end_s - span.start_s + 2 * room);
  }

  /** Moves as far as needed to see a stretch's beginning. @param {Span} span */
  show(span) {
    if (span.start_s < this.from_s || span.start_s > this.to_s) this.set(span.start_s - 0.1 * this.span_s, this.span_s);
  }

  /** Follows the cursor, page by page. @param {number} time_s @returns {boolean} whether it moved */
  follow(time_s) {
    if (!this.zoomed || (time_s >= this.from_s && time_s <= this.to_s)) return false;
    this.set(time_s - 0.1 * this.span_s, this.span_s);
    return true;
  }
}
