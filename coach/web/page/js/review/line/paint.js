/** The timeline's lower layer: ruler, segments, repetitions, presses, unseen stretches, marks. */
import { clock, GUTTER, laneOf, rowsFor, tickStep } from "./rows.js";

/** @typedef {import("../types.js").Act} Act @typedef {import("../desk.js").Desk} Desk @typedef {import("./rows.js").Rows} Rows @typedef {CanvasRenderingContext2D} Pen */

const LETTERS = '"Lexend", "Segoe UI", sans-serif';
export const INK = { ink: "#2a1f17", soft: "#5c4d41", line: "#e0d3bf", paper: "#fbf6ed", left: "#0a62b8", right: "#a34f00", brand: "#0b5a52", tint: "#dcefe9", warn: "#8f4300", warnTint: "#ffecd2", stop: "#b3161b", good: "#17633a" };

/** @param {Pen} pen @param {number} size @param {number} weight */
export const letters = (pen, size, weight = 600) => { pen.font = `${weight} ${size}px ${LETTERS}`; };

/** @param {Pen} pen @param {Desk} desk @param {Rows} rows @param {number} width @param {number} height */
export function paint(pen, desk, rows, width, height) {
  const { view } = desk;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  ruler(pen, desk, rows, height);
  if (desk.blind) return; // a rater who has not rated yet gets the time alone
  for (const hand of /** @type {const} */ (["left", "right"])) unseen(pen, desk, rows[hand], hand);
  const chosen = desk.chosen;
  for (const act of desk.acts) {
    if (act.end_s < view.from_s || act.start_s > view.to_s) continue;
    if (act.kind === "segment") band(pen, desk, rows, act, act === chosen);
    else bar(pen, desk, rows, act, act === chosen);
  }
  gutter(pen, desk, rows, height);
}

/** @param {Pen} pen @param {Desk} desk @param {Rows} rows @param {number} height */
function ruler(pen, { view, words }, rows, height) {
  const step = tickStep(view.span_s, view.width);
  letters(pen, 11, 400);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineWidth = 1;
  for (let k = Math.ceil(view.from_s / step); k * step <= view.to_s; k++) {
    const x = Math.round(view.x(k * step)) + 0.5;
    pen.strokeStyle = INK.line;
    pen.beginPath();
    pen.moveTo(x, rows.ruler.high - 4);
    pen.lineTo(x, height);
    pen.stroke();
    pen.fillStyle = INK.soft;
    pen.fillText(clock(k * step, step < 1 ? 1 : 0, words.decimal), Math.max(x, view.left + 14), rows.ruler.high / 2);
  }
}

/** Slanted lines where the hand was not seen. @param {Pen} pen @param {Desk} desk @param {{top: number, high: number}} row @param {"left" | "right"} hand */
function unseen(pen, desk, row, hand) {
  const { view } = desk;
  pen.fillStyle = "#efe9e0";
  pen.strokeStyle = "#a59684";
  pen.lineWidth = 1;
  for (const { start_s, end_s } of desk.unseen(hand)) {
    if (end_s < view.from_s || start_s > view.to_s) continue;
    const from = Math.max(view.x(start_s), view.left);
    const to = Math.min(view.x(end_s), view.left + view.width);
    pen.fillRect(from, row.top, to - from, row.high);
    pen.beginPath();
    for (let x = from - (from % 6); x < to; x += 6) {
      if (x < from) continue;
      pen.moveTo(x, row.top + row.high);
      pen.lineTo(Math.min(x + 6, to), row.top);
    }
    pen.stroke();
  }
}

/** @param {Pen} pen @param {Desk} desk @param {Rows} rows @param {Act} act @param {boolean} chosen */
function band(pen, desk, rows, act, chosen) {
  const { top, high } = rows.band;
  const [x, wide] = extent(desk, act, 3);
  const flaw = desk.flaws.get(act.segment);
  pen.fillStyle = chosen ? INK.brand : flaw ? INK.warnTint : INK.tint;
  pen.strokeStyle = chosen ? INK.brand : flaw ? INK.warn : INK.brand;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.roundRect(x + 0.5, top + 1.5, wide - 1, high - 4, 4);
  pen.fill();
  pen.stroke();
  if (wide < 16) return;
  letters(pen, 12, 600);
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  pen.fillStyle = chosen ? "#fff" : INK.ink;
  const from = Math.max(x, desk.view.left); // a band that begins to the left of what is visible has its name too
  pen.fillText(shortened(pen, desk.nameOf(act), x + wide - from - 10), from + 6, top + high / 2);
}

/** A repetition or a press: a bar with a foot at its beginning; broken off ones are hollow. @param {Pen} pen @param {Desk} desk @param {Rows} rows @param {Act} act @param {boolean} chosen */
function bar(pen, desk, rows, act, chosen) {
  const [x, wide] = extent(desk, act, 2);
  for (const name of rowsFor(act)) {
    const { top, high } = laneOf(act, rows[name]);
    const inset = act.kind === "hold" ? 1.5 : 4;
    const colour = act.kind === "hold" ? INK.ink : INK[/** @type {"left" | "right"} */ (name)];
    pen.fillStyle = chosen ? INK.brand : colour;
    pen.strokeStyle = chosen ? INK.brand : colour;
    pen.lineWidth = 2;
    if (act.whole) {
      pen.globalAlpha = chosen ? 1 : act.kind === "hold" ? 1 : 0.35;
      pen.fillRect(x, top + inset, wide, high - 2 * inset + (inset > 2 ? 1 : 0));
      pen.globalAlpha = 1;
    } else {
      pen.setLineDash([3, 2]);
      pen.strokeRect(x + 1, top + 4.5, Math.max(1, wide - 2), high - 8);
      pen.setLineDash([]);
    }
    if (act.kind === "repetition") pen.fillRect(x - 1, top + 1, 2.5, high - 2);
    if (act.kind === "hold" && wide > 9) {
      letters(pen, 9.5, 600);
      pen.textAlign = "left";
      pen.textBaseline = "middle";
      pen.fillStyle = "#fff";
      const short = (act.point ?? "").length <= 2 ? act.point ?? "" : "";
      pen.fillText(wide > 44 ? shortened(pen, desk.nameOf(act), wide - 6) : shortened(pen, short, wide - 3), x + (wide > 44 ? 4 : 2), top + high / 2 + 0.5);
    }
    if (chosen) {
      pen.lineWidth = 2;
      pen.strokeStyle = INK.brand;
      pen.strokeRect(x - 1, top + 2, wide + 2, high - 3);
    }
  }
}

/** @param {Desk} desk @param {Act} act @param {number} least @returns {[number, number]} */
export function extent({ view }, act, least) {
  const x = view.x(act.start_s);
  return [x, Math.max(least, view.x(act.end_s) - x)];
}

/** @param {Pen} pen @param {Desk} desk @param {Rows} rows @param {number} height */
function gutter(pen, desk, rows, height) {
  pen.fillStyle = INK.paper;
  pen.fillRect(0, 0, GUTTER, height);
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  letters(pen, 11, 600);
  const names = { band: "rv_row_band", left: "side_left", right: "side_right", hold: "rv_row_hold", mark: "rv_row_mark", height: "rv_row_height", speed: "rv_row_speed", distance: "rv_row_distance" };
  for (const [row, key] of Object.entries(names)) {
    const { top, high } = rows[/** @type {keyof Rows} */ (row)];
    pen.fillStyle = row === "left" ? INK.left : row === "right" ? INK.right : INK.ink;
    pen.fillText(desk.t(key), GUTTER - 6, top + high / 2);
    pen.strokeStyle = INK.line;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(0, top + 0.5);
    pen.lineTo(desk.view.left + desk.view.width, top + 0.5);
    pen.stroke();
  }
}

/** @param {Pen} pen @param {string} text @param {number} width */
function shortened(pen, text, width) {
  if (pen.measureText(text).width <= width) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const half = (low + high + 1) >> 1;
    if (pen.measureText(`${text.slice(0, half)}…`).width <= width) low = half;
    else high = half - 1;
  }
  return low ? `${text.slice(0, low)}…` : "";
}
