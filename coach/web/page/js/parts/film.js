/** A short film of a step that goes round and round, whole in its frame; where it is known, with where and when to press. */
import { drawPressure } from "../live/pressure.js";
import { classes, html, useEffect, useRef, useState } from "../lib/ui.js";

/** @typedef {import("../lib/followed.js").FilmHands} FilmHands */

/** @type {Promise<Record<string, FilmHands>> | null} */
let fetched = null;

/** Where the hands are in the films that come with coach, by the step's id; asked for once. */
const known = () => (fetched ??= fetch("/demonstrations/hands.json").then((answer) => (answer.ok ? answer.json() : {})).catch(() => ({})));

/** Where the hands are in a step's film; null in a trainer's own. @param {import("../app.js").App} app @param {string} step @returns {FilmHands | null} */
export function useHands(app, step) {
  const [told, setTold] = useState(/** @type {Record<string, FilmHands>} */ ({}));
  useEffect(() => { known().then(setTold); }, []);
  return app.config.own_films.includes(step) ? null : (told[step] ?? null);
}

/** @param {{app: import("../app.js").App, step: string, src: string, label: string, near?: boolean, pace?: number}} props  pace: share of its own */
export function Film({ app, step, src, label, near = false, pace = 1 }) {
  const video = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const hands = useHands(app, step);
  useEffect(() => {
    if (!hands || !video.current || !canvas.current) return undefined;
    return drawn(video.current, canvas.current, (pen, film, time_s) => drawPressure(pen, film, time_s, hands, near, { pressed: app.t("film_pressed"), light: app.t("film_light") }));
  }, [hands, near, src, app.lang]);
  useEffect(() => { if (video.current) video.current.defaultPlaybackRate = video.current.playbackRate = pace; }, [pace, src]);
  const still = app.still.matches;
  return html`
    <video ref=${video} class="film" src=${src} key=${src} muted autoplay=${!still} controls=${still} loop playsinline aria-label=${label}></video>
    ${hands && html`<canvas ref=${canvas} class=${classes("film", "pressure", still && "controlled", near && "near")} aria-hidden="true"></canvas>`}`;
}

/**
 * Draws with each picture of a film, and where the canvas takes another size; returns what ends it.
 * @param {HTMLVideoElement} video @param {HTMLCanvasElement} canvas
 * @param {(pen: CanvasRenderingContext2D, video: HTMLVideoElement, time_s: number) => void} draw
 */
function drawn(video, canvas, draw) {
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  let asked = 0;
  const now = (time_s = video.currentTime) => video.readyState >= 2 && draw(pen, video, time_s);
  const next = () => {
    if (video.requestVideoFrameCallback) asked = video.requestVideoFrameCallback((_, { mediaTime }) => { now(mediaTime); next(); });
    else asked = requestAnimationFrame(() => { now(); next(); });
  };
  const sized = new ResizeObserver(([entry]) => {
    const fine = Math.min(2, devicePixelRatio || 1);
    canvas.width = Math.max(1, Math.round(entry.contentRect.width * fine));
    canvas.height = Math.max(1, Math.round(entry.contentRect.height * fine));
    now();
  });
  sized.observe(canvas);
  next();
  const whole = () => now();
  video.addEventListener("loadeddata", whole);
  return () => {
    sized.disconnect();
    video.removeEventListener("loadeddata", whole);
    if (video.cancelVideoFrameCallback) video.cancelVideoFrameCallback(asked);
    else cancelAnimationFrame(asked);
  };
}
