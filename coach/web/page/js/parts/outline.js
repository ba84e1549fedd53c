/** The outline of a back, for the person to fill by moving the laptop: one for each place where a camera stands. */
import { toPicture } from "../lib/plane.js";
import { html } from "../lib/ui.js";

/** @typedef {import("../lib/types.js").Place} Place */

/** The back's corners (0,0) (1,0) (1,1) (0,1), shares of a field in the picture's middle. @type {Record<string, Place[]>} */
const CORNERS = {
  far: [[0.24, 0.36], [0.76, 0.36], [0.65, 0.8], [0.35, 0.8]],
  beside: [[0.35, 0.22], [0.67, 0.31], [0.63, 0.88], [0.37, 0.71]],
  behind: [[0.29, 0.24], [0.71, 0.24], [0.67, 0.84], [0.33, 0.84]],
  above: [[0.29, 0.24], [0.71, 0.24], [0.69, 0.8], [0.31, 0.8]],
};
/** Half of a back with neck and head, back coordinates; the other half is its mirror image. @type {Place[]} */
const HALF = [[0.5, -0.42], [0.6, -0.4], [0.66, -0.3], [0.65, -0.18], [0.59, -0.1], [0.6, -0.02], [0.75, 0.02], [0.93, 0.06], [1.02, 0.16], [1.0, 0.36], [0.92, 0.6], [0.9, 0.8], [0.96, 1.02]];
const BELOW = 0.1; // a shoulder's tip under the height of the neck's base, over the back's height

/** @param {string} layout @param {number} w @param {number} h @param {boolean} over  seen from her other side @returns {Place[]} */
function cornersOf(layout, w, h, over) {
  const wide = Math.min(w, (h * 4) / 3);
  const high = Math.min(h, wide);
  const [a, b, c, d] = CORNERS[layout] ?? CORNERS.behind;
  const corners = over && layout === "beside" ? [b, a, d, c].map(([x, y]) => [1 - x, y]) : [a, b, c, d];
  return corners.map(([x, y]) => [w / 2 + (x - 0.5) * wide, h / 2 + (y - 0.5) * high]);
}

/** C7, both shoulder points and L5 of the outline, px. @param {string} layout @param {number} w @param {number} h @param {boolean} over @returns {Place[]} */
export function outlineBody(layout, w, h, over) {
  const map = toPicture(cornersOf(layout, w, h, over));
  return /** @type {Place[]} */ ([[0.5, 0], [0, BELOW], [1, BELOW], [0.5, 1]]).map(map);
}

/** @param {{layout: string, w: number, h: number, over: boolean}} props  over: the camera stands at her other side */
export function Outline({ layout, w, h, over }) {
  const map = toPicture(cornersOf(layout, w, h, over));
  const whole = [...HALF, ...HALF.slice(1).reverse().map(([x, y]) => /** @type {Place} */ ([1 - x, y]))];
  const d = whole.map((place, k) => `${k ? "L" : "M"}${map(place).map((v) => v.toFixed(1)).join(" ")}`).join("");
  const spine = [map([0.5, 0]), map([0.5, 1])];
  return html`<svg class="outline" viewBox=${`0 0 ${w} ${h}`} aria-hidden="true">
    <path class="shade" d=${`${d}Z`} /><path d=${`${d}Z`} />
    <line x1=${spine[0][0]} y1=${spine[0][1]} x2=${spine[1][0]} y2=${spine[1][1]} />
  </svg>`;
}
