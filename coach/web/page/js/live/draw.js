/** What is drawn over the picture. Everything gets a pen, the px of the canvas for one px of the picture, and plain values. */
import { spread, toPicture } from "../lib/plane.js";

/** @typedef {import("../lib/types.js").Place} Place */
/** @typedef {CanvasRenderingContext2D} Pen */

const SHADOW = "rgb(20 12 6 / 65%)";
export const COLOURS = { left: "#5cc8ff", right: "#ffb02e", none: "#f4efe6" };
const FINGERS = [
  [0, 1, 2, 3, 4],
  [0, 5, 6, 7, 8],
  [5, 9, 10, 11, 12],
  [9, 13, 14, 15, 16],
  [13, 17, 18, 19, 20],
  [17, 0],
];

/** @param {Pen} pen @param {Place[]} places */
function trace(pen, places) {
  pen.beginPath();
  places.forEach(([x, y], k) => (k ? pen.lineTo(x, y) : pen.moveTo(x, y)));
}

/** A line that shows on skin and on cloth: light on a dark rim. @param {Pen} pen @param {string} colour @param {number} width */
export function rimmed(pen, colour, width) {
  pen.lineWidth = width * 2.1;
  pen.strokeStyle = SHADOW;
  pen.stroke();
  pen.lineWidth = width;
  pen.strokeStyle = colour;
  pen.stroke();
}

/** A letter or two on a disc. @param {Pen} pen @param {Place} at @param {string} text @param {string} colour @param {number} radius */
function disc(pen, [x, y], text, colour, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fillStyle = colour;
  pen.fill();
  pen.lineWidth = radius * 0.18;
  pen.strokeStyle = "#1b120b";
  pen.stroke();
  pen.fillStyle = "#1b120b";
  pen.font = `800 ${Math.round(radius * 1.05)}px Lexend, "Segoe UI", sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(text, x, y + radius * 0.05);
}

/**
 * The practitioner's hands: bones, joints and the hand's letter.
 * @param {Pen} pen @param {number} scale @param {import("../lib/types.js").SeenHand[]} hands @param {{left: string, right: string}} letters
 */
export function drawHands(pen, scale, hands, letters) {
  for (const { hand, px, bridged } of hands) {
    const colour = COLOURS[hand ?? "none"];
    pen.globalAlpha = bridged ? 0.6 : 1;
    pen.setLineDash(bridged ? [4 * scale, 4 * scale] : []);
    pen.beginPath();
    for (const chain of FINGERS) {
      chain.forEach((joint, k) => {
        const x = px[joint][0] * scale;
        const y = px[joint][1] * scale;
        if (k) pen.lineTo(x, y);
        else pen.moveTo(x, y);
      });
    }
    rimmed(pen, colour, 1.8 * scale);
    pen.setLineDash([]);
    pen.beginPath();
    for (const [x, y] of px) {
      pen.moveTo((x + 2.1) * scale, y * scale);
      pen.arc(x * scale, y * scale, 2.1 * scale, 0, 2 * Math.PI);
    }
    pen.fillStyle = "#fff";
    pen.fill();
    if (hand) disc(pen, [px[0][0] * scale, px[0][1] * scale], letters[hand], colour, 10 * scale);
    pen.globalAlpha = 1;
  }
}

/**
 * The back's rectangle with the spine as its middle line.
 * @param {Pen} pen @param {number} scale @param {Place[]} corners px @param {boolean} strong
 */
export function drawGrid(pen, scale, corners, strong) {
  const map = scaled(corners, scale);
  const dashes = [5 * scale, 5 * scale];
  pen.globalAlpha = strong ? 0.95 : 0.5;
  pen.setLineDash([]);
  trace(pen, [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]].map((place) => map(/** @type {Place} */ (place))));
  rimmed(pen, "#fff", (strong ? 2 : 1.2) * scale);
  pen.setLineDash(dashes);
  trace(pen, [map([0.5, -0.06]), map([0.5, 1])]);
  rimmed(pen, "#fff", (strong ? 2 : 1.2) * scale);
  if (strong) {
    pen.beginPath();
    for (const y of [0.25, 0.5, 0.75]) {
      pen.moveTo(...map([0, y]));
      pen.lineTo(...map([1, y]));
    }
    rimmed(pen, "rgb(255 255 255 / 70%)", scale);
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

/** @param {Place[]} corners px @param {number} scale @returns {(place: Place) => Place} */
function scaled(corners, scale) {
  const map = toPicture(corners);
  return (place) => {
    const [x, y] = map(place);
    return [x * scale, y * scale];
  };
}

/**
 * The path to follow, and the ghost that goes along it at the right pace. Without motion: the path with arrows alone.
 * @param {Pen} pen @param {number} scale @param {Place[]} corners
 * @param {import("../lib/types.js").Ghost} ghost
 * @param {Record<"left" | "right", Place[]>} trails  where each hand's ghost was, oldest first; its last place is where it is now
 * @param {{left: string, right: string}} letters @param {boolean} moving
 */
export function drawGhost(pen, scale, corners, ghost, trails, letters, moving) {
  const map = scaled(corners, scale);
  pen.lineCap = pen.lineJoin = "round";
  for (const hand of /** @type {const} */ (["left", "right"])) {
    const path = ghost.paths[hand];
    const colour = COLOURS[hand];
    if (path && path.length > 1) {
      const places = path.map(map);
      trace(pen, places);
      pen.setLineDash([2 * scale, 9 * scale]);
      rimmed(pen, colour, 4 * scale);
      pen.setLineDash([]);
      if (!moving) arrows(pen, scale, places, colour);
    }
    const trail = trails[hand].map(map);
    if (!trail.length || (!moving && path)) continue;
    if (path && trail.length > 2) {
      trace(pen, trail);
      rimmed(pen, colour, 7 * scale);
    }
    disc(pen, trail[trail.length - 1], letters[hand], colour, (path ? 15 : 9) * scale);
  }
  pen.lineCap = "butt";
  pen.lineJoin = "miter";
}

/** @param {Pen} pen @param {number} scale @param {Place[]} places @param {string} colour */
function arrows(pen, scale, places, colour) {
  const fine = spread(places, 41);
  for (const k of [12, 24, 36]) {
    const [x, y] = fine[k];
    const angle = Math.atan2(fine[k + 1][1] - y, fine[k + 1][0] - x);
    pen.save();
    pen.translate(x, y);
    pen.rotate(angle);
    trace(pen, [[-7 * scale, -7 * scale], [3 * scale, 0], [-7 * scale, 7 * scale]]);
    rimmed(pen, colour, 3.5 * scale);
    pen.restore();
  }
}

/**
 * The points of a press: a ring each, filling while it is held, with a tick when done.
 * @param {Pen} pen @param {number} scale @param {Place[]} corners
 * @param {import("../lib/types.js").Segment} segment @param {NonNullable<import("../lib/types.js").Step["hold"]>} hold
 */
export function drawHold(pen, scale, corners, segment, hold) {
  const map = scaled(corners, scale);
  for (const point of segment.hold?.points ?? []) {
    const [x, y] = map(point.at);
    const done = hold.done.includes(point.id);
    const now = hold.point === point.id;
    const radius = (now ? 17 : 12) * scale;
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    rimmed(pen, done ? "#63e08a" : "#fff", (now ? 3 : 2) * scale);
    if (now) {
      pen.beginPath();
      pen.arc(x, y, radius, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * Math.min(1, hold.held_s / hold.needed_s));
      rimmed(pen, COLOURS.right, 6 * scale);
    }
    if (done) {
      trace(pen, [[x - 6 * scale, y], [x - 1.5 * scale, y + 5 * scale], [x + 7 * scale, y - 6 * scale]]);
      rimmed(pen, "#63e08a", 3 * scale);
    }
  }
}
