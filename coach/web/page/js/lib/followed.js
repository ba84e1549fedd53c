/**
 * Where the working hands of a film are, and when they press: pure, from `hands.json` beside the films.
 *
 * @typedef {[number, number, number]} Tip  x and y as shares of the picture, and 1 where it presses
 * @typedef {[number, number, number, number]} Box  left, top, right, bottom, as shares of the picture
 * @typedef {{tips: Tip[], boxes: Box[]}} Followed  of one hand, `per_s` a second; the last leads into the first
 * @typedef {{per_s: number, hands: Partial<Record<"left" | "right", Followed>>}} FilmHands
 * @typedef {{held_s: number, share: number}} Press  how long it lasts already, and how much of it is over
 * @typedef {{x: number, y: number, w: number, h: number}} Cut  a part of the picture, in shares of it
 */

export const SHAPE = 4 / 3; // of the films
const NEAR = 1.5; // times as large: where both hands in one picture stay smaller, each has a picture of its own
const LARGEST = 3.2; // times: a film has no more to show
const STILL = 0.02; // of the picture, while a point is pressed
const SMOOTH = 2; // samples before and after: the picture glides, and a hand may lead it a little

/** @template {number[]} T @param {T[]} values @param {number} at  samples @returns {T} */
function between(values, at) {
  const k = Math.floor(at);
  const [one, other] = [values[k % values.length], values[(k + 1) % values.length]];
  return /** @type {T} */ (one.map((value, n) => value + (at - k) * (other[n] - value)));
}

/** Where the fingertips are. @param {FilmHands} film @param {Followed} hand @param {number} time_s @returns {[number, number]} */
export function tip(film, hand, time_s) {
  const [x, y] = between(hand.tips, time_s * film.per_s);
  return [x, y];
}

/** The press that goes on at a time. @param {FilmHands} film @param {Followed} hand @param {number} time_s @returns {Press | null} */
export function press(film, hand, time_s) {
  const presses = (/** @type {number} */ n) => hand.tips[n]?.[2] === 1;
  const now = Math.floor(time_s * film.per_s) % hand.tips.length;
  if (!presses(now)) return null;
  let [first, last] = [now, now];
  while (presses(first - 1)) first -= 1;
  while (presses(last + 1)) last += 1;
  const held_s = Math.max(0, (time_s % (hand.tips.length / film.per_s)) - first / film.per_s);
  return { held_s, share: Math.min(1, (held_s * film.per_s) / (last + 1 - first)) };
}

/** Whether the fingers stay where they are while they press: a point, not a stroke. @param {Followed} hand */
export function stays(hand) {
  let [x0, y0, before] = [0, 0, 0];
  return hand.tips.every(([x, y, presses]) => {
    if (presses && !before) [x0, y0] = [x, y];
    before = presses;
    return !presses || Math.hypot(x - x0, y - y0) < STILL;
  });
}

/** Whether a hand ever presses. @param {Followed} hand */
export const everPresses = (hand) => hand.tips.some(([, , presses]) => presses);

/** What of a hand's box is in the picture. @param {Box} box @returns {Box} */
const seen = (box) => /** @type {Box} */ (box.map((side) => Math.min(1, Math.max(0, side))));

/** The box around some hands at each sample. @param {Followed[]} hands @returns {Box[]} */
const around = (hands) => hands[0].boxes.map((_, n) => {
  const boxes = hands.map(({ boxes: own }) => seen(own[n]));
  const side = (/** @type {number} */ k, /** @type {(...of: number[]) => number} */ which) => which(...boxes.map((box) => box[k]));
  return [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)];
});

/** @param {Box[]} boxes @returns {[number, number][]} their middles, evened out */
function middles(boxes) {
  const of = boxes.length;
  return boxes.map((_, n) => {
    const near = Array.from({ length: 2 * SMOOTH + 1 }, (__, k) => boxes[(n + k - SMOOTH + of) % of]);
    return [(0.5 * near.reduce((sum, box) => sum + box[0] + box[2], 0)) / near.length, (0.5 * near.reduce((sum, box) => sum + box[1] + box[3], 0)) / near.length];
  });
}

/** How high a part of the picture must be that no hand leaves it. @param {Box[]} boxes @param {[number, number][]} places @param {number} shape  of where it is shown */
function height(boxes, places, shape) {
  const needs = boxes.map((box, n) => {
    const [x, y] = places[n];
    const [wide, high] = [2 * Math.max(x - box[0], box[2] - x), 2 * Math.max(y - box[1], box[3] - y)];
    return Math.max(high, (wide * SHAPE) / shape);
  });
  return Math.min(1, Math.max(1 / LARGEST, ...needs));
}

/**
 * Close-ups: one of all working hands, or one of each, side by side from left to right.
 * @param {FilmHands} film @param {number} shape  width over height of where they are shown
 * @returns {{cut: (time_s: number) => Cut, sides: ("left" | "right")[]}[]}
 */
export function closeUps(film, shape) {
  const sides = /** @type {const} */ (["left", "right"]).filter((side) => film.hands[side]);
  const cutOf = (/** @type {("left" | "right")[]} */ of, /** @type {number} */ own) => {
    const boxes = around(of.map((side) => /** @type {Followed} */ (film.hands[side])));
    const places = middles(boxes);
    const high = height(boxes, places, own);
    const wide = Math.min(1, (high * own) / SHAPE);
    return { high, sides: of, cut: (/** @type {number} */ time_s) => {
      const [x, y] = between(places, time_s * film.per_s);
      return { x: Math.min(1 - wide, Math.max(0, x - wide / 2)), y: Math.min(1 - high, Math.max(0, y - high / 2)), w: wide, h: high };
    } };
  };
  const all = cutOf(sides, shape);
  return sides.length < 2 || all.high <= 1 / NEAR ? [all] : sides.map((side) => cutOf([side], shape / sides.length));
}
