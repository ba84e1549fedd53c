/** The timeline's upper layer: marks, loop, cursor, what is dragged, and the values under the pointer. */
import { placed } from "../marks.js";
import { valuesAt } from "./curves.js";
import { INK, letters } from "./paint.js";
import { clock, rowsFor } from "./rows.js";

/** @typedef {import("../desk.js").Desk} Desk @typedef {import("./rows.js").Rows} Rows @typedef {CanvasRenderingContext2D} Pen @typedef {import("./drag.js").Drag} Drag */

/** @param {Pen} pen @param {Desk} desk @param {Rows} rows @param {number} height */
export function paintMarks(pen, desk, rows, height) {
  const { view } = desk;
  for (const { mark, x } of placed(desk.marks, (time_s) => view.x(time_s))) {
    if (mark.at_s < view.from_s || mark.at_s > view.to_s) continue;
    shape(pen, mark.kind, x + 1, rows.mark.top + rows.mark.high / 2);
  }
  const loop = desk.player.loop;
  if (loop) {
    pen.fillStyle = "rgb(11 90 82 / 12%)";
    pen.fillRect(view.x(loop.start_s), 0, view.x(loop.end_s) - view.x(loop.start_s), height);
    pen.fillStyle = INK.brand;
    pen.fillRect(view.x(loop.start_s), 0, view.x(loop.end_s) - view.x(loop.start_s), 4);
  }
}

/** Each kind has its own shape besides its colour. @param {Pen} pen @param {string} kind @param {number} x @param {number} y */
function shape(pen, kind, x, y) {
  pen.beginPath();
  if (kind === "improve") {
    pen.moveTo(x, y - 6);
    pen.lineTo(x + 6, y + 5);
    pen.lineTo(x - 6, y + 5);
    pen.fillStyle = INK.warn;
  } else if (kind === "missed") {
    pen.moveTo(x, y - 6.5);
    pen.lineTo(x + 6, y);
    pen.lineTo(x, y + 6.5);
    pen.lineTo(x - 6, y);
    pen.fillStyle = INK.stop;
  } else {
    pen.roundRect(x - 5, y - 6, 10, 12, 2);
    pen.fillStyle = INK.ink;
  }
  pen.closePath();
  pen.fill();
  pen.strokeStyle = "#fff";
  pen.lineWidth = 1.2;
  if (kind !== "note") return;
  pen.beginPath();
  for (const row of [-2.5, 0.5, 3.5]) {
    pen.moveTo(x - 3, y + row);
    pen.lineTo(x + 3, y + row);
  }
  pen.stroke();
}

/** @param {Pen} pen @param {Desk} desk @param {Rows} rows @param {number} height @param {Drag | null} drag */
export function paintDrag(pen, desk, rows, height, drag) {
  if (!drag?.span) return;
  const { view } = desk;
  const from = view.x(drag.span.start_s);
  const to = view.x(drag.span.end_s);
  const names = drag.act ? rowsFor(drag.act) : desk.local.drawing === "segment" ? ["band"] : desk.local.drawing === "hold" ? ["hold"] : desk.local.adding === "both" ? ["left", "right"] : [desk.local.adding];
  for (const name of names) {
    const row = rows[/** @type {keyof Rows} */ (name)];
    if (!row) continue;
    pen.fillStyle = "rgb(11 90 82 / 35%)";
    pen.fillRect(from, row.top + 1, to - from, row.high - 2);
    pen.strokeStyle = INK.brand;
    pen.lineWidth = 2;
    pen.strokeRect(from, row.top + 1, to - from, row.high - 2);
  }
  pen.strokeStyle = INK.brand;
  pen.lineWidth = 1;
  pen.setLineDash([3, 3]);
  for (const x of [from, to]) {
    pen.beginPath();
    pen.moveTo(x, 0);
    pen.lineTo(x, height);
    pen.stroke();
  }
  pen.setLineDash([]);
  const word = `${clock(drag.span.start_s, 2, desk.words.decimal)} – ${clock(drag.span.end_s, 2, desk.words.decimal)}`;
  box(pen, [word], from, rows.band.top + rows.band.high + 2, view);
}

/** @param {Pen} pen @param {Desk} desk @param {number} height */
export function paintCursor(pen, desk, height) {
  const { view, player } = desk;
  const x = view.x(player.time_s);
  if (x < view.left - 1 || x > view.left + view.width + 1) return;
  pen.fillStyle = INK.stop;
  pen.fillRect(x - 1, 0, 2, height);
  pen.beginPath();
  pen.moveTo(x - 6, 0);
  pen.lineTo(x + 6, 0);
  pen.lineTo(x, 9);
  pen.fill();
}

/** Which stretch of the whole is visible. @param {Pen} pen @param {Desk} desk @param {number} height */
export function paintWindow(pen, { view }, height) {
  if (!view.zoomed) return;
  const at = (/** @type {number} */ time_s) => view.left + (time_s / view.length_s) * view.width;
  pen.fillStyle = INK.line;
  pen.fillRect(view.left, height - 4, view.width, 4);
  pen.fillStyle = INK.soft;
  pen.fillRect(at(view.from_s), height - 4, Math.max(6, at(view.to_s) - at(view.from_s)), 4);
}

/** What is under the pointer, in words. @param {Pen} pen @param {Desk} desk @param {Rows} rows @param {number} height @param {{x: number, y: number}} at @param {string | null} name */
export function paintHover(pen, desk, rows, height, at, name) {
  const { view } = desk;
  if (at.x < view.left || at.x > view.left + view.width) return;
  const time_s = view.time(at.x);
  pen.strokeStyle = "rgb(42 31 23 / 55%)";
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(at.x, 0);
  pen.lineTo(at.x, height);
  pen.stroke();
  const told = desk.blind ? [] : at.y >= rows.height.top ? valuesAt(desk, time_s) : name ? [name] : [];
  box(pen, [clock(time_s, 2, desk.words.decimal), ...told], at.x + 10, Math.min(at.y + 8, height - 14 * (told.length + 1) - 10), view);
}

/** @param {Pen} pen @param {string[]} lines @param {number} x @param {number} y @param {{left: number, width: number}} view */
function box(pen, lines, x, y, view) {
  letters(pen, 11, 600);
  const wide = Math.max(...lines.map((line) => pen.measureText(line).width)) + 14;
  const left = Math.max(view.left, x + wide > view.left + view.width ? x - wide - 20 : x);
  pen.fillStyle = "rgb(42 31 23 / 92%)";
  pen.beginPath();
  pen.roundRect(left, Math.max(0, y), wide, lines.length * 14 + 8, 5);
  pen.fill();
  pen.fillStyle = "#fff";
  pen.textAlign = "left";
  pen.textBaseline = "top";
  lines.forEach((line, k) => pen.fillText(line, left + 7, Math.max(0, y) + 5 + 14 * k));
}
