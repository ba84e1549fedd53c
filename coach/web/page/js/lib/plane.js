/** Back coordinates ↔ picture, by the homography of the back's four corners. */

/** @typedef {import("./types.js").Place} Place */

/**
 * The map from back coordinates to px. `corners` are the px of (0,0) (1,0) (1,1) (0,1).
 * @param {Place[]} corners
 * @returns {(place: Place) => Place}
 */
export function toPicture(corners) {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners;
  const sx = x0 - x1 + x2 - x3;
  const sy = y0 - y1 + y2 - y3;
  const dx1 = x1 - x2;
  const dx2 = x3 - x2;
  const dy1 = y1 - y2;
  const dy2 = y3 - y2;
  const d = dx1 * dy2 - dx2 * dy1 || 1e-9;
  const g = (sx * dy2 - dx2 * sy) / d;
  const h = (dx1 * sy - sx * dy1) / d;
  const a = x1 - x0 + g * x1;
  const b = x3 - x0 + h * x3;
  const c = y1 - y0 + g * y1;
  const e = y3 - y0 + h * y3;
  return ([u, v]) => {
    const w = g * u + h * v + 1;
    return [(a * u + b * v + x0) / w, (c * u + e * v + y0) / w];
  };
}

/** The left hand's mirror image of a right hand's place. @param {Place} place @returns {Place} */
export const mirror = ([x, y]) => [1 - x, y];

/** Points evenly spaced along a line of places. @param {Place[]} path @param {number} count @returns {Place[]} */
export function spread(path, count) {
  const lengths = [0];
  for (let k = 1; k < path.length; k++) lengths.push(lengths[k - 1] + Math.hypot(path[k][0] - path[k - 1][0], path[k][1] - path[k - 1][1]));
  const whole = lengths[lengths.length - 1] || 1;
  /** @type {Place[]} */
  const places = [];
  for (let k = 0, at = 1; k < count; k++) {
    const wanted = (k / Math.max(1, count - 1)) * whole;
    while (at < path.length - 1 && lengths[at] < wanted) at++;
    const share = (wanted - lengths[at - 1]) / (lengths[at] - lengths[at - 1] || 1);
    places.push([path[at - 1][0] + share * (path[at][0] - path[at - 1][0]), path[at - 1][1] + share * (path[at][1] - path[at - 1][1])]);
  }
  return places;
}
