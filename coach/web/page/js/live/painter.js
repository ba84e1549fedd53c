/**
 * Draws each frame as it comes: picture and overlay out of one message, so that they cannot drift apart. Only the newest frame
 * is decoded; one that came while another was being decoded takes the place of the one that waits.
 */
import { drawGhost, drawGrid, drawHands, drawHold } from "./draw.js";
import { Glide } from "./ghost.js";
import { timing } from "./timing.js";

const FADES = 0.6; // of the ghost, for who needs it least
const LARGEST = 1280; // px across; more is not seen from two metres and costs time

/**
 * @typedef {object} Scene  what to draw over the picture, besides the hands
 * @property {import("../lib/types.js").Ghost | null} ghost
 * @property {import("../lib/types.js").Segment | null} segment
 * @property {import("../lib/types.js").Step["hold"]} hold
 * @property {boolean} grid
 * @property {boolean} strong  the grid is what is looked at
 * @property {boolean} moving  false: reduced motion
 * @property {number} faint  0–1, how far the guidance has faded
 * @property {import("../lib/types.js").Place[] | null} corners  instead of the frame's own
 * @property {{left: string, right: string}} letters
 */

export class Painter {
  /** @param {(n: number) => void} drawn  called with each frame's number, drawn or left out */
  constructor(drawn) {
    this.drawn = drawn;
    /** @type {Scene} */
    this.scene = {
      ghost: null, segment: null, hold: null, grid: true, strong: false, moving: true, faint: 0, corners: null,
      letters: { left: "L", right: "R" },
    };
    /** @type {HTMLCanvasElement | null} */
    this.canvas = null;
    /** @type {CanvasRenderingContext2D | null} */
    this.pen = null;
    this.glides = { left: new Glide(), right: new Glide() };
    this.busy = false;
    /** @type {{frame: import("../lib/types.js").Frame, jpeg: Uint8Array<ArrayBuffer>, received_ms: number} | null} */
    this.waiting = null;
    /** @type {{frame: import("../lib/types.js").Frame, picture: ImageBitmap} | null} */
    this.last = null;
    this.box = { width: 640, height: 480 };
    this.watcher = new ResizeObserver(([entry]) => {
      this.box = { width: entry.contentRect.width, height: entry.contentRect.height };
      this.fit();
    });
  }

  /** @param {HTMLCanvasElement | null} canvas */
  show(canvas) {
    if (canvas === this.canvas) return;
    this.watcher.disconnect();
    this.canvas = canvas;
    this.pen = canvas && canvas.getContext("2d", { alpha: false });
    timing.canvas = canvas;
    if (canvas) this.watcher.observe(canvas);
    this.redraw();
  }

  /** @param {import("../lib/types.js").Frame} frame @param {Uint8Array<ArrayBuffer>} jpeg @param {number} received_ms */
  async take(frame, jpeg, received_ms) {
    if (this.busy) {
      if (this.waiting) this.drawn(this.waiting.frame.n);
      this.waiting = { frame, jpeg, received_ms };
      return;
    }
    this.busy = true;
    try {
      await this.decode(frame, jpeg, received_ms);
    } finally {
      this.busy = false;
      const next = this.waiting;
      this.waiting = null;
      if (next) this.take(next.frame, next.jpeg, next.received_ms);
    }
  }

  /** @param {import("../lib/types.js").Frame} frame @param {Uint8Array<ArrayBuffer>} jpeg @param {number} received_ms */
  async decode(frame, jpeg, received_ms) {
    try {
      const picture = jpeg.length ? await createImageBitmap(new Blob([jpeg], { type: "image/jpeg" })) : null;
      const decoded_ms = performance.now();
      if (picture) {
        this.last?.picture.close();
        this.last = { frame, picture };
      } else if (this.last) {
        this.last = { frame, picture: this.last.picture };
      }
      if (this.draw()) timing.add(frame, received_ms, decoded_ms, performance.now());
    } catch {
      timing.broken += 1; // a picture that cannot be decoded is left out
    } finally {
      this.drawn(frame.n);
    }
  }

  /** The canvas has the picture's shape and no more px than are shown. */
  fit() {
    const { canvas, last } = this;
    if (!canvas || !last) return;
    const { w, h } = last.frame;
    const shown = Math.min(this.box.width / w, this.box.height / h) * Math.min(2, devicePixelRatio || 1);
    const width = Math.max(160, Math.round(Math.min(LARGEST, w * shown)));
    const height = Math.round((width * h) / w);
    if (canvas.width === width && canvas.height === height) return;
    canvas.width = width;
    canvas.height = height;
    document.documentElement.style.setProperty("--shape", String(w / h)); // the stage takes the picture's shape
    this.redraw();
  }

  redraw() {
    if (this.last) this.draw();
  }

  /** Whether something was drawn. */
  draw() {
    const { canvas, pen, last, scene } = this;
    if (!canvas || !pen || !last) return false;
    if (Math.abs(canvas.width / canvas.height - last.frame.w / last.frame.h) > 0.01) this.fit();
    const scale = canvas.width / last.frame.w;
    pen.drawImage(last.picture, 0, 0, canvas.width, canvas.height);
    const corners = scene.corners ?? last.frame.back;
    if (corners && scene.grid) drawGrid(pen, scale, corners, scene.strong);
    if (corners && scene.ghost) {
      pen.globalAlpha = 1 - FADES * scene.faint;
      drawGhost(pen, scale, corners, scene.ghost, this.trails(), scene.letters, scene.moving);
      pen.globalAlpha = 1;
    }
    if (corners && scene.hold && scene.segment) drawHold(pen, scale, corners, scene.segment, scene.hold);
    drawHands(pen, scale, last.frame.hands, scene.letters);
    return true;
  }

  /** Takes what is drawn over the picture from now on. @param {Partial<Scene>} scene */
  stage(scene) {
    Object.assign(this.scene, scene);
    const now_ms = performance.now();
    this.glides.left.tell(this.scene.ghost?.at.left ?? null, now_ms);
    this.glides.right.tell(this.scene.ghost?.at.right ?? null, now_ms);
  }

  trails() {
    const now_ms = performance.now();
    return { left: this.glides.left.trail(now_ms), right: this.glides.right.trail(now_ms) };
  }
}
