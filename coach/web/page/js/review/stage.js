/** The picture: the video, or where none was kept the hands over a drawn back; the skeleton and the pen above it. */
import { toPicture } from "../lib/plane.js";
import { turnClass, turned, turnedBack, turnedSize, turnOf } from "../lib/turn.js";
import { classes, html, useEffect, useRef } from "../lib/ui.js";
import { drawGrid, drawHands } from "../live/draw.js";
import { BODY, CLOTH, HAIR } from "../parts/diagram.js";

/** @typedef {import("./desk.js").Desk} Desk @typedef {import("./types.js").Place} Place @typedef {CanvasRenderingContext2D} Pen */

const NEAR_NOTE_S = 0.4; // so near to a note its drawing is shown
const PEN_WIDTH = 3;

/** @param {string} path @returns {Place[]} places along a drawn line, back coordinates */
function outline(path) {
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  const length = line.getTotalLength();
  return Array.from({ length: 161 }, (_, k) => {
    const { x, y } = line.getPointAtLength((k / 160) * length);
    return [x / 100, y / 122];
  });
}

const SKIN = [["#8a5a34", "#d9a777", BODY], ["#3a2a20", "#3a2a20", HAIR], ["#0b5a52", "#0b5a52", CLOTH]];
/** @type {{rim: string, fill: string, places: Place[]}[]} */
let drawn = [];

/** A back where the real one was, for a session whose video was not kept. @param {Pen} pen @param {number} scale @param {Place[]} corners */
export function drawBack(pen, scale, corners) {
  if (!drawn.length) drawn = SKIN.map(([rim, fill, path]) => ({ rim, fill, places: outline(path) }));
  const map = toPicture(corners);
  for (const { rim, fill, places } of drawn) {
    pen.beginPath();
    places.forEach((place, k) => {
      const [x, y] = map(place);
      if (k) pen.lineTo(x * scale, y * scale);
      else pen.moveTo(x * scale, y * scale);
    });
    pen.closePath();
    pen.fillStyle = fill;
    pen.fill();
    pen.strokeStyle = rim;
    pen.lineWidth = 2 * scale;
    pen.stroke();
  }
}

/** @param {Pen} pen @param {number} scale @param {Place[][]} strokes */
export function drawStrokes(pen, scale, strokes) {
  pen.lineCap = pen.lineJoin = "round";
  for (const [width, colour] of /** @type {[number, string][]} */ ([[PEN_WIDTH + 2.5, "#1b120b"], [PEN_WIDTH, "#ffe14d"]])) {
    pen.lineWidth = width * scale;
    pen.strokeStyle = colour;
    for (const places of strokes) {
      pen.beginPath();
      places.forEach(([x, y], k) => (k ? pen.lineTo(x * scale, y * scale) : pen.moveTo(x * scale, y * scale)));
      if (places.length === 1) pen.lineTo(places[0][0] * scale + 0.1, places[0][1] * scale);
      pen.stroke();
    }
  }
  pen.lineCap = "butt";
}

/**
 * @typedef {object} Scene
 * @property {[number, number]} size  px
 * @property {Place[]} corners  of the back at the beginning
 * @property {import("./tracks.js").Tracks | null} tracks
 * @property {boolean} video  lies under the canvas
 * @property {boolean} overlay
 * @property {{left: string, right: string}} letters
 */

/** How a session's picture lies there: turned so that the neck is above. @param {{corners: Place[]}} session @param {boolean} drawing */
export function lying({ corners }, drawing) {
  const turn = turnOf(corners);
  return { class: classes("picture", turnClass(turn), drawing && "drawing") };
}

/** The hands at a moment, over the picture that is turned so that the neck is above. @param {HTMLCanvasElement} canvas @param {Scene} scene @param {number} time_s */
export function paintScene(canvas, { size, corners: first, tracks, video, overlay, letters }, time_s) {
  const turn = turnOf(first);
  const upright = (/** @type {Place[]} */ places) => places.map((place) => turned(place, turn, size));
  const [width, height] = turnedSize(size, turn);
  const box = /** @type {HTMLElement} */ (canvas.parentElement);
  const scale = Math.min(2, Math.max(0.5, (box.clientHeight / height) * Math.min(2, devicePixelRatio || 1)));
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  const pen = /** @type {Pen} */ (canvas.getContext("2d"));
  pen.clearRect(0, 0, wide, high);
  const k = tracks?.at(time_s) ?? -1;
  const corners = upright(tracks && k >= 0 ? tracks.corners(k) : first);
  if (!video) {
    pen.fillStyle = "#efe4d2";
    pen.fillRect(0, 0, wide, high);
    drawBack(pen, scale, corners);
  }
  if (overlay || !video) {
    drawGrid(pen, scale, corners, false);
    if (tracks && k >= 0) drawHands(pen, scale, tracks.handsAt(time_s).map((hand) => ({ ...hand, px: upright(hand.px) })), letters);
  }
  return { pen, scale, upright };
}

/** @param {Desk} desk @param {HTMLCanvasElement} canvas @param {Place[]} stroke  the one under the pen */
function paint(desk, canvas, stroke) {
  const { player, local, session } = desk;
  const time_s = player.times[player.shown >= 0 ? player.shown : player.index] ?? 0;
  const scene = { size: session.size, corners: session.corners, tracks: desk.tracks, video: !!session.video, overlay: local.overlay, letters: desk.letters };
  const { pen, scale, upright } = paintScene(canvas, scene, time_s);
  const near = (session.notes ?? []).filter((note) => Math.abs(note.at_s - time_s) <= NEAR_NOTE_S);
  drawStrokes(pen, scale, [...near.flatMap((note) => note.drawing), ...local.strokes, stroke].filter((line) => line.length).map(upright));
}

/** @param {{desk: Desk}} props */
export function Stage({ desk }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const stroke = useRef(/** @type {Place[]} */ ([]));
  const draw = useRef(() => {});
  const { video } = desk.session;

  useEffect(() => {
    const sheet = /** @type {HTMLCanvasElement} */ (canvas.current);
    let asked = false;
    draw.current = () => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        paint(desk, sheet, stroke.current);
      });
    };
    const stop = desk.player.listen(draw.current);
    const sizes = new ResizeObserver(draw.current);
    sizes.observe(/** @type {HTMLElement} */ (sheet.parentElement));
    return () => {
      stop();
      sizes.disconnect();
    };
  }, [desk]);

  const film = useRef(/** @type {HTMLVideoElement | null} */ (null));
  useEffect(() => {
    desk.player.attach(film.current);
    return () => desk.player.attach(null);
  }, [desk, video?.url]);

  const place = (/** @type {PointerEvent} */ event) => {
    const { left, top, width, height } = /** @type {HTMLCanvasElement} */ (canvas.current).getBoundingClientRect();
    const { size, corners } = desk.session;
    const turn = turnOf(corners);
    const [w, h] = turnedSize(size, turn);
    const scale = Math.min(width / w, height / h);
    const shown = /** @type {Place} */ ([(event.clientX - left - (width - w * scale) / 2) / scale, (event.clientY - top - (height - h * scale) / 2) / scale]);
    return /** @type {Place} */ (turnedBack(shown, turn, size).map((value) => Math.round(value * 10) / 10));
  };
  const down = (/** @type {any} */ event) => {
    if (!desk.local.pen) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    desk.player.pause();
    stroke.current = [place(event)];
    draw.current();
  };
  const move = (/** @type {any} */ event) => {
    if (!stroke.current.length || stroke.current.length >= 2000) return;
    stroke.current.push(place(event));
    draw.current();
  };
  const up = () => {
    if (!stroke.current.length) return;
    const line = stroke.current;
    stroke.current = [];
    desk.go({ strokes: [...desk.local.strokes, line] });
  };

  return html`<div ...${lying(desk.session, desk.local.pen)}>
    ${video && html`<video ref=${film} src=${video.url} muted playsinline preload="auto" tabindex="-1" aria-label=${desk.t("rv_video")} disablepictureinpicture></video>`}
    <canvas ref=${canvas} role="img" aria-label=${desk.t(video ? "rv_overlay_label" : "rv_skeleton_label")}
      onPointerDown=${down} onPointerMove=${move} onPointerUp=${up} onPointerCancel=${up}
      onClick=${() => !desk.local.pen && desk.player.toggle()}></canvas>
    ${!video && !desk.session.has_tracks && html`<p class="nothing">${desk.t("rv_nothing_kept")}</p>`}
    ${desk.loading && html`<p class="nothing" role="status">${desk.t("rv_loading")}</p>`}
  </div>`;
}
