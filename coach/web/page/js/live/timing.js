/** How fast the page draws: for the benches, as `window.__coach`. Costs a few numbers a frame. */

const KEPT = 2000; // frames

export const timing = {
  /** @type {{n: number, time_s: number, received_ms: number, decoded_ms: number, drawn_ms: number}[]} */
  frames: [],
  count: 0,
  broken: 0,
  /** @type {HTMLCanvasElement | null} */
  canvas: null,
  /** Called after each frame is drawn. @type {((frame: import("../lib/types.js").Frame, canvas: HTMLCanvasElement | null) => void) | null} */
  onDrawn: null,
  /** @type {any} the newest state, for whoever looks from outside */
  state: null,
  /** @type {string[]} clips that were played */
  said: [],

  /** @param {import("../lib/types.js").Frame} frame @param {number} received_ms @param {number} decoded_ms @param {number} drawn_ms */
  add(frame, received_ms, decoded_ms, drawn_ms) {
    this.count += 1;
    this.frames.push({ n: frame.n, time_s: frame.time_s, received_ms, decoded_ms, drawn_ms });
    if (this.frames.length > KEPT) this.frames.splice(0, KEPT / 2);
    this.onDrawn?.(frame, this.canvas);
  },
};

/** @type {any} */ (window).__coach = timing;
