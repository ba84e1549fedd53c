/** The traces under the timeline: height on the back, speed, distance between the hands. */
import { BLOCK } from "../tracks.js";
import { INK, letters } from "./paint.js";

/** @typedef {import("../desk.js").Desk} Desk @typedef {import("./rows.js").Rows} Rows @typedef {CanvasRenderingContext2D} Pen */
/** @typedef {"height" | "speed" | "distance"} Curve */

export const CURVES = /** @type {const} */ (["height", "speed", "distance"]);
const GAP_S = 0.4; // between two places that belong to one line

/** @param {Pen} pen @param {Desk} desk @param {Rows} rows */
export function paintCurves(pen, desk, rows) {
  const tracks = desk.tracks;
  if (!tracks?.n || desk.blind) return;
  pen.save();
  pen.beginPath();
  pen.rect(desk.view.left, 0, desk.view.width, 10000);
  pen.clip();
  for (const what of CURVES) {
    const hands = what === "distance" ? /** @type {const} */ (["left"]) : /** @type {const} */ (["left", "right"]);
    for (const hand of hands) line(pen, desk, rows, what, hand);
  }
  pen.restore();
  limits(pen, desk, rows);
}

/**
 * One line: for every px the least and the largest value, so that 30 minutes cost no more than one.
 * @param {Pen} pen @param {Desk} desk @param {Rows} rows @param {Curve} what @param {"left" | "right"} hand
 */
function line(pen, desk, rows, what, hand) {
  const tracks = /** @type {import("../tracks.js").Tracks} */ (desk.tracks);
  const { view } = desk;
  const y = scale(desk, rows, what);
  const value = tracks.curve(what, hand);
  const first = Math.max(0, tracks.from(view.from_s) - 1);
  const last = Math.min(tracks.n, tracks.from(view.to_s) + 1);
  pen.beginPath();
  pen.strokeStyle = what === "distance" ? INK.ink : INK[hand];
  pen.setLineDash(what !== "distance" && hand === "right" ? [5, 3] : []);
  pen.lineWidth = 1.4;
  if (last - first > 2 * view.width * 2) {
    coarse(pen, tracks, view, y, tracks.blocks(what, hand), first, last);
    return;
  }
  let column = -1;
  let low = 0;
  let high = 0;
  let before_s = -Infinity;
  for (let k = first; k < last; k++) {
    const now = value(k);
    if (!Number.isFinite(now)) continue;
    const x = Math.round(view.x(tracks.time_s[k]));
    const apart = tracks.time_s[k] - before_s > GAP_S;
    before_s = tracks.time_s[k];
    if (x === column && !apart) {
      low = Math.min(low, now);
      high = Math.max(high, now);
      continue;
    }
    if (column >= 0 && high > low) {
      pen.lineTo(column, y(low));
      pen.lineTo(column, y(high));
    }
    if (apart) pen.moveTo(x, y(now));
    else pen.lineTo(x, y(now));
    column = x;
    low = high = now;
  }
  pen.stroke();
  pen.setLineDash([]);
}

/**
 * From far away: an upright line for every block of frames.
 * @param {Pen} pen @param {import("../tracks.js").Tracks} tracks @param {import("../view.js").View} view @param {(value: number) => number} y
 * @param {Float32Array} blocks @param {number} first @param {number} last
 */
function coarse(pen, tracks, view, y, blocks, first, last) {
  let apart = true;
  for (let block = Math.floor(first / BLOCK); block * BLOCK < last; block++) {
    const low = blocks[2 * block];
    if (Number.isNaN(low)) {
      apart = true;
      continue;
    }
    const x = view.x(tracks.time_s[block * BLOCK]);
    if (apart) pen.moveTo(x, y(low));
    else pen.lineTo(x, y(low));
    pen.lineTo(x, y(blocks[2 * block + 1]));
    apart = false;
  }
  pen.setLineDash([]);
  pen.lineWidth = 1;
  pen.stroke();
}

/** A value's px. Height grows downward, as the back does. @param {Desk} desk @param {Rows} rows @param {Curve} what @returns {(value: number) => number} */
export function scale(desk, rows, what) {
  const [least, most] = desk.tracks?.range(what) ?? [0, 1];
  const { top, high } = rows[what];
  const room = high - 8;
  return (value) => {
    const share = Math.min(1.1, Math.max(-0.1, (value - least) / (most - least || 1)));
    return top + 4 + room * (what === "height" ? share : 1 - share);
  };
}

/** @param {Pen} pen @param {Desk} desk @param {Rows} rows */
function limits(pen, desk, rows) {
  letters(pen, 9.5, 400);
  pen.textAlign = "left";
  pen.fillStyle = INK.soft;
  for (const what of CURVES) {
    const [least, most] = /** @type {import("../tracks.js").Tracks} */ (desk.tracks).range(what);
    const [above, below] = what === "height" ? [least, most] : [most, least];
    const { top, high } = rows[what];
    pen.textBaseline = "top";
    pen.fillText(desk.t("rv_number", { value: rounded(above) }), 3, top + 2);
    pen.textBaseline = "bottom";
    pen.fillText(desk.t("rv_number", { value: rounded(below) }), 3, top + high - 1);
  }
}

/** Never minus nought. @param {number} value */
const rounded = (value) => Math.round(value * 10) / 10 + 0;

/** The curves' values at a moment, in words. @param {Desk} desk @param {number} time_s */
export function valuesAt(desk, time_s) {
  const k = desk.tracks?.at(time_s) ?? -1;
  if (k < 0 || !desk.tracks) return [];
  const tracks = desk.tracks;
  const told = [];
  for (const hand of /** @type {const} */ (["left", "right"])) {
    const values = { hand: desk.t(`side_${hand}`), height: tracks.curve("height", hand)(k), speed: tracks.curve("speed", hand)(k) };
    told.push(Number.isFinite(values.height) ? desk.t("rv_values_hand", finite(values)) : desk.t("rv_values_unseen", values));
  }
  const distance = tracks.curve("distance", "left")(k);
  if (Number.isFinite(distance)) told.push(desk.t("rv_values_distance", { distance }));
  return told;
}

/** @param {Record<string, any>} values */
const finite = (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number.isNaN(value) ? null : value]));
