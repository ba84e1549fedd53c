/** What the mouse does on the timeline: scrub, choose, drag edges, draw, pan. */
import { placed } from "../marks.js";
import { GUTTER, laneOf, rowsFor } from "./rows.js";

/** @typedef {import("../types.js").Act} Act @typedef {import("../types.js").Span} Span @typedef {import("../desk.js").Desk} Desk @typedef {import("./rows.js").Rows} Rows */

const EDGE = 6; // px around an edge
const CLICK = 4; // px: a shorter way is a click

/**
 * @typedef {object} Drag
 * @property {"scrub" | "edge" | "whole" | "draw" | "pan"} what
 * @property {number} x  where it began
 * @property {boolean} moved
 * @property {Act | null} act
 * @property {"start_s" | "end_s" | null} edge
 * @property {Span | null} span  what the act would become
 */

/** @param {{top: number, high: number}} row @param {number} y */
const within = ({ top, high }, y) => y >= top && y < top + high;

/** What lies under a place: the act, and which edge of it. @param {Desk} desk @param {Rows} rows @param {number} x @param {number} y */
export function under(desk, rows, x, y) {
  const { view } = desk;
  const inRow = desk.acts.filter((act) => rowsFor(act).some((name) => within(laneOf(act, rows[name]), y)));
  const chosen = desk.chosen;
  const first = [...inRow].sort((a, b) => Number(b === chosen) - Number(a === chosen)); // the chosen one's edges lie on top
  for (const act of first) {
    for (const edge of /** @type {const} */ (["end_s", "start_s"])) {
      const away = x - view.x(act[edge]);
      const outward = edge === "end_s" ? away : -away;
      const wide = view.x(act.end_s) - view.x(act.start_s);
      if (outward <= EDGE && outward >= -Math.min(EDGE, wide / 3)) return { act, edge };
    }
  }
  const act = inRow.find((one) => x >= view.x(one.start_s) && x <= view.x(one.end_s)) ?? null;
  return { act, edge: /** @type {null} */ (null) };
}

/** @param {Desk} desk @param {Rows} rows @param {number} x @param {number} y */
export function markUnder(desk, rows, x, y) {
  if (y < rows.mark.top || y >= rows.mark.top + rows.mark.high) return null;
  return placed(desk.marks, (time_s) => desk.view.x(time_s)).find((one) => Math.abs(one.x - x) <= 7)?.mark ?? null;
}

/** @param {Desk} desk @param {Rows} rows @param {number} x @param {number} y @param {{button: number, shiftKey: boolean}} event @returns {Drag | null} */
export function begin(desk, rows, x, y, event) {
  if (x < GUTTER) return null;
  const drag = { x, moved: false, act: null, edge: null, span: null };
  if (event.button === 1 || (event.button === 0 && event.shiftKey)) return { ...drag, what: "pan" };
  if (event.button !== 0) return null;
  if (desk.local.drawing) return { ...drag, what: "draw" };
  const mark = markUnder(desk, rows, x, y);
  if (mark) {
    desk.player.go(mark.at_s);
    desk.openMark(mark);
    return null;
  }
  const found = under(desk, rows, x, y);
  if (found.act && found.edge) return { ...drag, what: "edge", act: found.act, edge: found.edge };
  if (found.act) return { ...drag, what: "whole", act: found.act };
  desk.player.go(desk.view.time(x));
  return { ...drag, what: "scrub" };
}

/** @param {Desk} desk @param {Drag} drag @param {number} x @param {number} before */
export function move(desk, drag, x, before) {
  const { view, player } = desk;
  if (!drag.moved && Math.abs(x - drag.x) < CLICK) return;
  drag.moved = true;
  const at_s = player.snap(view.time(x));
  if (drag.what === "scrub") player.go(at_s);
  else if (drag.what === "pan") view.pan((before - x) / view.width);
  else if (drag.what === "draw") {
    const from_s = player.snap(view.time(drag.x));
    drag.span = { start_s: Math.min(from_s, at_s), end_s: Math.max(from_s, at_s) };
    player.go(at_s);
  } else if (drag.act && drag.edge) {
    const span = { start_s: drag.act.start_s, end_s: drag.act.end_s, [drag.edge]: at_s };
    if (span.end_s - span.start_s >= 0.04) drag.span = span;
    player.go(at_s);
  } else if (drag.act && drag.act.kind !== "segment") {
    const by_s = at_s - player.snap(view.time(drag.x));
    const length_s = drag.act.end_s - drag.act.start_s;
    const start_s = Math.max(0, Math.min(view.length_s - length_s, drag.act.start_s + by_s));
    drag.span = { start_s, end_s: start_s + length_s };
    player.go(start_s);
  } else player.go(at_s);
}

/** @param {Desk} desk @param {Drag} drag @returns {Promise<unknown> | void} when the change that it made is kept */
export function end(desk, drag) {
  if (drag.what === "draw") {
    if (drag.span) return void desk.add(drag.span);
    desk.player.go(desk.view.time(drag.x));
  } else if (drag.act && !drag.moved) {
    desk.choose(drag.act);
    desk.player.go(drag.edge ? drag.act[drag.edge] : desk.view.time(drag.x));
  } else if (drag.act && drag.span) return desk.move(drag.act, drag.span);
  return undefined;
}
