/** How a picture is turned so that the neck is above, and where its places are then. Turns are quarter turns to the left, 0 to 3. */

/** @typedef {import("./types.js").Place} Place @typedef {[number, number]} Size  width and height, px */

const QUARTER = Math.PI / 2;
const ASKEW = Math.PI / 3; // a back that lies more askew on the screen is turned

/** Radians by which a back lies turned in the picture, to the right: 0 with the neck above. @param {Place[]} corners  (0,0) (1,0) (1,1) (0,1) */
function roll([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]) {
  return Math.atan2(x0 + x1 - x2 - x3, y2 + y3 - y0 - y1);
}

/** The turn by which a back lies with its neck above. @param {Place[]} corners */
export const turnOf = (corners) => (Math.round(roll(corners) / QUARTER) + 4) % 4;

/** The same, but a turn stays until the back is clearly better seen by another one. @param {number} before @param {Place[]} corners */
export function keptTurn(before, corners) {
  const off = roll(corners) - before * QUARTER;
  return Math.abs(Math.atan2(Math.sin(off), Math.cos(off))) < ASKEW ? before : turnOf(corners);
}

/** What a box is called whose picture is turned. @param {number} turn */
export const turnClass = (turn) => turn !== 0 && `turn-${turn}${turn % 2 ? " sideways" : ""}`;

/** @param {Size} size @param {number} turn @returns {Size} */
export const turnedSize = ([width, height], turn) => (turn % 2 ? [height, width] : [width, height]);

/** Where a place of a picture is once that is turned. @param {Place} place @param {number} turn @param {Size} size  before @returns {Place} */
export function turned([x, y], turn, [width, height]) {
  return /** @type {Place[]} */ ([[x, y], [y, width - x], [width - x, height - y], [height - y, x]])[turn % 4];
}

/** Where a place of a turned picture was before. @param {Place} place @param {number} turn @param {Size} size  before it was turned @returns {Place} */
export const turnedBack = (place, turn, size) => turned(place, (4 - turn) % 4, turnedSize(size, turn));
