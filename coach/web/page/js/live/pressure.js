/** Draws over a film where and how long it is pressed, and the close-ups of it. */
import { closeUps, everPresses, press, SHAPE, stays, tip } from "../lib/followed.js";
import { COLOURS, rimmed } from "./draw.js";

/** @typedef {import("../lib/followed.js").FilmHands} FilmHands */
/** @typedef {import("../lib/followed.js").Cut} Cut */
/** @typedef {{x: number, y: number, w: number, h: number}} Frame  px of the canvas */
/** @typedef {"left" | "right"} Side */
/** @typedef {{pressed: string, light: string}} Told  words */

const RING = 0.062; // of the film's width, from near as it looks there
const BOTH = /** @type {const} */ (["left", "right"]);
const GAP = 4; // px between two close-ups

/** The largest frame of a shape in the middle of another. @param {Frame} room @param {number} shape @returns {Frame} */
function fitted({ x, y, w, h }, shape) {
  const wide = Math.min(w, h * shape);
  return { x: x + (w - wide) / 2, y: y + (h - wide / shape) / 2, w: wide, h: wide / shape };
}

/**
 * @param {CanvasRenderingContext2D} pen @param {HTMLVideoElement} video @param {number} time_s of the picture that is shown
 * @param {FilmHands} film @param {boolean} near @param {Told} told
 */
export function drawPressure(pen, video, time_s, film, near, told) {
  const { width: w, height: h } = pen.canvas;
  pen.clearRect(0, 0, w, h);
  if (!near) {
    rings(pen, fitted({ x: 0, y: 0, w, h }, SHAPE), { x: 0, y: 0, w: 1, h: 1 }, time_s, film, BOTH, told);
    return;
  }
  pen.fillStyle = "#241a12";
  pen.fillRect(0, 0, w, h);
  const cuts = closeUps(film, w / h);
  cuts.forEach(({ cut: cutAt, sides }, n) => {
    const cut = cutAt(time_s);
    const wide = (w - GAP * (cuts.length - 1)) / cuts.length;
    const frame = fitted({ x: n * (wide + GAP), y: 0, w: wide, h }, (cut.w * SHAPE) / cut.h);
    pen.save();
    pen.beginPath();
    pen.rect(frame.x, frame.y, frame.w, frame.h);
    pen.clip();
    const { videoWidth, videoHeight } = video;
    pen.drawImage(video, cut.x * videoWidth, cut.y * videoHeight, cut.w * videoWidth, cut.h * videoHeight, frame.x, frame.y, frame.w, frame.h);
    rings(pen, frame, cut, time_s, film, sides, told);
    pen.restore();
  });
}

/** @param {CanvasRenderingContext2D} pen @param {Frame} frame @param {Cut} cut @param {number} time_s @param {FilmHands} film @param {readonly Side[]} sides @param {Told} told */
function rings(pen, frame, cut, time_s, film, sides, told) {
  const scale = frame.w / cut.w; // px for the film's whole width
  for (const side of sides) {
    const hand = film.hands[side];
    if (!hand || !everPresses(hand)) continue;
    const [x, y] = tip(film, hand, time_s);
    const at = [frame.x + ((x - cut.x) / cut.w) * frame.w, frame.y + ((y - cut.y) / cut.h) * frame.h];
    const radius = RING * Math.min(scale, 1.4 * frame.w);
    const [pressed, still] = [press(film, hand, time_s), stays(hand)];
    if (!pressed && still) continue; // the hand is on its way
    ring(pen, at, radius, COLOURS[side], pressed && (still ? pressed.share : 1));
    const text = still ? (pressed?.held_s.toFixed(0) ?? "") : pressed ? told.pressed : told.light;
    label(pen, at, radius * (side === "left" ? -1.4 : 1.4), frame, text, radius * (still ? 1.3 : 0.75), pressed ? COLOURS[side] : "#fff");
  }
}

/** @param {CanvasRenderingContext2D} pen @param {number[]} at @param {number} radius @param {string} colour @param {number | null} share  of the press; null: none */
function ring(pen, [x, y], radius, colour, share) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.setLineDash(share === null ? [radius * 0.3, radius * 0.3] : []);
  rimmed(pen, "#fff", radius * 0.07);
  pen.setLineDash([]);
  if (share === null) return;
  pen.beginPath();
  pen.arc(x, y, radius, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * share);
  rimmed(pen, colour, radius * 0.22);
}

/** Large letters on a dark ground beside a ring, within the frame. @param {CanvasRenderingContext2D} pen @param {number[]} at @param {number} beside  px @param {Frame} frame @param {string} text @param {number} size @param {string} colour */
function label(pen, [x, y], beside, frame, text, size, colour) {
  pen.font = `800 ${Math.round(size)}px Lexend, "Segoe UI", sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const [half, high] = [Math.max(size * 0.62, pen.measureText(text).width / 2 + size * 0.35), size * 0.62];
  const middle = Math.min(frame.x + frame.w - half, Math.max(frame.x + half, x + beside + Math.sign(beside) * half));
  const level = Math.min(frame.y + frame.h - high, Math.max(frame.y + high, y));
  pen.beginPath();
  pen.roundRect(middle - half, level - high, 2 * half, 2 * high, high);
  pen.fillStyle = "rgb(20 12 6 / 80%)";
  pen.fill();
  pen.fillStyle = colour;
  pen.fillText(text, middle, level + size * 0.06);
}
