/** The timeline with the traces docked under it: two canvases, the lower one drawn anew only when something changed. */
import { html, useEffect, useRef } from "../../lib/ui.js";
import { paintCurves } from "./curves.js";
import * as drags from "./drag.js";
import { paint } from "./paint.js";
import { clock, GUTTER, rowsOf } from "./rows.js";
import { paintCursor, paintDrag, paintHover, paintMarks, paintWindow } from "./top.js";

/** @typedef {import("../desk.js").Desk} Desk */

const RIGHT = 8; // px left free

/** What the two canvases need to know; kept outside of the drawing of the page, which the cursor must not wait for. */
class Sheet {
  /** @param {Desk} desk @param {HTMLElement} box */
  constructor(desk, box) {
    this.desk = desk;
    this.box = box;
    const [low, high] = /** @type {HTMLCanvasElement[]} */ ([...box.querySelectorAll("canvas")]);
    this.low = low;
    this.high = high;
    this.drag = /** @type {drags.Drag | null} */ (null);
    this.kept = /** @type {drags.Drag | null} */ (null); // dropped, and on its way to the server
    this.time_s = -1; // of the cursor when it was drawn last
    this.hover = /** @type {{x: number, y: number} | null} */ (null);
    this.before = 0;
    this.painted = "";
    this.asked = false;
    this.width = this.height = 0;
    this.rows = rowsOf(0);
  }

  measure() {
    const { clientWidth: width, clientHeight: height } = this.box;
    if (!width || (width === this.width && height === this.height)) return;
    [this.width, this.height] = [width, height];
    const dense = Math.min(2, devicePixelRatio || 1);
    for (const canvas of [this.low, this.high]) {
      canvas.width = width * dense;
      canvas.height = height * dense;
      canvas.getContext("2d")?.setTransform(dense, 0, 0, dense, 0, 0);
    }
    this.rows = rowsOf(height);
    this.desk.view.left = GUTTER;
    this.desk.view.width = Math.max(1, width - GUTTER - RIGHT);
    this.painted = "";
    this.ask();
  }

  ask() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.draw();
    });
  }

  draw() {
    const { desk, rows, width, height } = this;
    if (!width) return;
    const { view } = desk;
    if (desk.player.time_s !== this.time_s && !this.drag) view.follow(desk.player.time_s);
    this.time_s = desk.player.time_s;
    const state = `${desk.version} ${view.from_s} ${view.to_s} ${desk.words.lang}`;
    if (state !== this.painted) {
      this.painted = state;
      const pen = /** @type {CanvasRenderingContext2D} */ (this.low.getContext("2d"));
      paint(pen, desk, rows, width, height);
      paintCurves(pen, desk, rows);
    }
    const pen = /** @type {CanvasRenderingContext2D} */ (this.high.getContext("2d"));
    pen.clearRect(0, 0, width, height);
    paintMarks(pen, desk, rows, height);
    paintDrag(pen, desk, rows, height, this.drag ?? this.kept);
    paintWindow(pen, desk, height);
    paintCursor(pen, desk, height);
    if (this.hover && !this.drag) paintHover(pen, desk, rows, height, this.hover, this.nameUnder(this.hover));
    desk.drawn += 1;
  }

  /** @param {{x: number, y: number}} at */
  nameUnder({ x, y }) {
    const mark = drags.markUnder(this.desk, this.rows, x, y);
    if (mark) return mark.note ? mark.note.text || this.desk.t("rv_drawing") : this.desk.itemName(mark.item ?? "");
    const { act } = drags.under(this.desk, this.rows, x, y);
    return act && this.desk.nameOf(act);
  }

  /** @param {PointerEvent | WheelEvent} event */
  place(event) {
    const { left, top } = this.box.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  /** @param {PointerEvent} event */
  down(event) {
    const { x, y } = this.place(event);
    this.drag = drags.begin(this.desk, this.rows, x, y, event);
    this.before = x;
    if (this.drag) this.box.setPointerCapture(event.pointerId);
    if (event.button === 1) event.preventDefault();
    this.ask();
  }

  /** @param {PointerEvent} event */
  move(event) {
    const at = this.place(event);
    this.hover = at;
    if (this.drag) drags.move(this.desk, this.drag, at.x, this.before);
    else if (event.pointerType === "mouse") this.box.style.cursor = this.cursorAt(at);
    this.before = at.x;
    this.ask();
  }

  /** @param {{x: number, y: number}} at */
  cursorAt({ x, y }) {
    if (this.desk.local.drawing) return "crosshair";
    const found = drags.under(this.desk, this.rows, x, y);
    return found.edge ? "ew-resize" : found.act ? "pointer" : "default";
  }

  up() {
    const drag = this.drag;
    this.drag = null;
    const kept = drag && drags.end(this.desk, drag);
    if (kept) {
      this.kept = drag;
      kept.finally(() => {
        this.kept = null;
        this.ask();
      });
    }
    this.ask();
  }

  leave() {
    this.hover = null;
    this.ask();
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    event.preventDefault();
    const { view } = this.desk;
    const along = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (Math.abs(along) > Math.abs(event.shiftKey ? 0 : event.deltaY)) view.pan((along / view.width) * 0.8);
    else view.zoom(Math.exp(-event.deltaY * 0.002), view.time(this.place(event).x));
    this.desk.player.tell();
  }
}

/** @param {{desk: Desk}} props */
export function Timeline({ desk }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const element = /** @type {HTMLElement} */ (box.current);
    const sheet = new Sheet(desk, element);
    /** @type {[string, (event: any) => void][]} */
    const hears = [
      ["pointerdown", (event) => sheet.down(event)],
      ["pointermove", (event) => sheet.move(event)],
      ["pointerup", () => sheet.up()],
      ["pointercancel", () => { sheet.drag = null; sheet.ask(); }],
      ["pointerleave", () => sheet.leave()],
      ["wheel", (event) => sheet.wheel(event)],
    ];
    for (const [name, hear] of hears) element.addEventListener(name, hear, { passive: false });
    const sizes = new ResizeObserver(() => sheet.measure());
    sizes.observe(element);
    sheet.measure();
    const told = () => {
      if (!desk.player.going) { // else a screen reader would read out every picture
        element.setAttribute("aria-valuenow", desk.player.time_s.toFixed(2));
        element.setAttribute("aria-valuetext", spoken(desk));
      }
      sheet.ask();
    };
    const stop = desk.player.listen(told);
    told();
    return () => {
      stop();
      sizes.disconnect();
      for (const [name, hear] of hears) element.removeEventListener(name, hear);
    };
  }, [desk]);
  return html`<div class="timeline" id="timeline" ref=${box} role="slider" tabindex="0" aria-label=${desk.t("rv_timeline")} aria-orientation="horizontal"
    aria-valuemin="0" aria-valuemax=${desk.view.length_s.toFixed(2)} aria-valuenow="0"><canvas></canvas><canvas></canvas></div>`;
}

/** Where the cursor is, for those who do not see it. @param {Desk} desk */
function spoken(desk) {
  const at_s = desk.player.time_s;
  const here = desk.acts.filter((act) => act.start_s <= at_s && at_s < act.end_s).map((act) => desk.nameOf(act));
  return [clock(at_s, 2, desk.words.decimal), ...here].join(", ");
}
