/** Where what is on the timeline: rows of px from the top. */

export const GUTTER = 70;
const RULER = 17;
const BAND = 25;
const HAND = 15;
const HOLD = 24;
const MARK = 17;
const LEAST_CURVE = 22;

/** Presses have a lane for each hand. @param {import("../types.js").Act} act @param {Row} row @returns {Row} */
export const laneOf = (act, row) => (act.kind === "hold" ? { top: row.top + (act.hand === "right" ? row.high / 2 - 1 : 0), high: row.high / 2 + 1 } : row);

/** @typedef {{top: number, high: number}} Row @typedef {Record<"ruler" | "band" | "left" | "right" | "hold" | "mark" | "height" | "speed" | "distance", Row>} Rows */

/** @param {number} height  px of the canvas @returns {Rows} */
export function rowsOf(height) {
  const sizes = [["ruler", RULER], ["band", BAND], ["left", HAND], ["right", HAND], ["hold", HOLD], ["mark", MARK]];
  const curve = Math.max(LEAST_CURVE, (height - RULER - BAND - 2 * HAND - HOLD - MARK) / 3);
  const all = [...sizes, ["height", curve], ["speed", curve], ["distance", curve]];
  let top = 0;
  return /** @type {Rows} */ (Object.fromEntries(all.map(([name, high]) => {
    const row = { top, high: Number(high) };
    top += row.high;
    return [name, row];
  })));
}

/** The rows in which an act is drawn. @param {import("../types.js").Act} act @returns {(keyof Rows)[]} */
export function rowsFor(act) {
  if (act.kind === "segment") return ["band"];
  if (act.kind === "hold") return ["hold"];
  return act.hand === "both" ? ["left", "right"] : [act.hand ?? "right"];
}

const STEPS_S = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600];

/** How far apart the ruler's marks are. @param {number} span_s @param {number} width */
export const tickStep = (span_s, width) => STEPS_S.find((step) => (step / span_s) * width >= 62) ?? 900;

/** Minutes and seconds. @param {number} time_s @param {number} [digits] @param {string} [decimal] */
export function clock(time_s, digits = 0, decimal = ".") {
  const scale = 10 ** digits;
  const whole = Math.floor(time_s * scale + 1e-6) / scale;
  const minutes = Math.floor(whole / 60);
  const seconds = (whole - 60 * minutes).toFixed(digits).padStart(digits ? digits + 3 : 2, "0");
  return `${minutes}:${seconds.replace(".", decimal)}`;
}
