/** The picture on which the back is marked: shown so that the neck is above, with the points and the grid that goes with them. */
import { toPicture } from "../lib/plane.js";
import { keptTurn, turnClass, turned, turnedBack, turnedSize } from "../lib/turn.js";
import { classes, html, useEffect, useRef, useState } from "../lib/ui.js";
import { Marker } from "../parts/marker.js";
import { clock } from "./parts.js";

/** @typedef {import("../lib/types.js").Place} Place @typedef {import("./app.js").TrainerApp} App */

const SETTLE_MS = 150;
const NARROW = 460; // px of the screen: only the name of the point that is held fits on the picture

/**
 * @typedef {object} Seen  how the picture lies on the screen
 * @property {[number, number]} size  its own px
 * @property {number} turn  quarter turns to the left by which it is shown
 * @property {number} wide  px of the screen, once it is turned
 */

/** The picture as it is shown, px of the screen. @param {Seen} seen @returns {[number, number]} */
export function shownSize({ size, turn, wide }) {
  const [width, height] = turnedSize(size, turn);
  return [wide, (wide * height) / width];
}

/** Where places of the picture are shown. @param {Place[]} places  px of the picture @param {Seen} seen */
export function onScreen(places, { size, turn, wide }) {
  const scale = wide / turnedSize(size, turn)[0];
  return places.map((place) => /** @type {Place} */ (turned(place, turn, size).map((v) => v * scale)));
}

/** The places of the picture that are shown there. @param {Place[]} places  px of the screen @param {Seen} seen */
export function inPicture(places, { size, turn, wide }) {
  const scale = turnedSize(size, turn)[0] / wide;
  return places.map(([x, y]) => turnedBack([x * scale, y * scale], turn, size));
}

/** The turn by which the neck is above, for C7, both shoulder points and L5; as it is where they are no back. @param {Place[]} marks @param {number} before */
export function uprightTurn([c7, left, right, l5], before) {
  const mirrored = (right[0] - left[0]) * (l5[1] - c7[1]) <= (right[1] - left[1]) * (l5[0] - c7[0]);
  return mirrored ? before : keptTurn(before, [left, right, l5, l5]);
}

/**
 * @param {{app: App, source: import("./marking.js").Source, at_s: number, frame: {current: HTMLElement | null}, seen: Seen | null, start: Place[] | null,
 *   onLoaded: (size: [number, number]) => void, onHeld: () => void, onMarked: (points: Place[]) => void, onTrouble: (key: string | null) => void}} props
 */
export function Picture({ app, source, at_s, frame, seen, start, onLoaded, onHeld, onMarked, onTrouble }) {
  const [broken, setBroken] = useState(false);
  const [corners, setCorners] = useState(/** @type {Place[] | null} */ (null));
  const [width, height] = seen ? shownSize(seen) : [0, 0];
  // The marker tells a painter where the grid lies; here the grid is drawn in the same picture.
  const [host] = useState(() => {
    const painter = { scene: { corners: /** @type {Place[] | null} */ (null) }, redraw: () => setCorners(painter.scene.corners) };
    return { painter, t: (/** @type {string} */ key, /** @type {any} */ values) => app.t(key, values) };
  });
  const loaded = (/** @type {any} */ event) => {
    setBroken(false);
    onLoaded([event.currentTarget.naturalWidth, event.currentTarget.naturalHeight]);
  };
  const turn = seen?.turn ?? 0;
  useEffect(() => setCorners(null), [turn]); // what was worked out for the picture as it lay before
  return html`
    <div class=${classes("still", width < NARROW && "narrow", turnClass(turn))} ref=${frame} onPointerDown=${onHeld}>
      <img src=${source.picture(at_s)} alt=${app.t("tr_mark_picture", { name: source.name })} draggable=${false} onLoad=${loaded} onError=${() => setBroken(true)} />
      ${broken && html`<p class="broken" role="alert">${app.t("tr_mark_no_picture")}</p>`}
      ${seen && corners && html`<${Grid} corners=${corners} width=${width} height=${height} />`}
      ${seen && start && html`<${Marker} key=${`${turn} ${start.flat().join()}`} app=${host} width=${width} height=${height} start=${start} onMarked=${onMarked} onTrouble=${onTrouble} />`}
    </div>`;
}

/** The back's rectangle, its quarters, and the spine as its middle line. @param {{corners: Place[], width: number, height: number}} props */
function Grid({ corners, width, height }) {
  const map = toPicture(corners);
  const line = (/** @type {Place[]} */ places) => places.map((place, k) => `${k ? "L" : "M"}${map(place).map((v) => v.toFixed(1)).join(" ")}`).join("");
  const rim = `${line([[0, 0], [1, 0], [1, 1], [0, 1]])}Z`;
  const inner = [0.25, 0.5, 0.75].map((y) => line([[0, y], [1, y]])).join("");
  const spine = line([[0.5, -0.06], [0.5, 1]]);
  return html`<svg class="grid" viewBox=${`0 0 ${width} ${height}`} aria-hidden="true">
    ${[rim, inner, spine].map((d, k) => html`<path key=${`s${k}`} class="shade" d=${d} />`)}
    <path class="rim" d=${rim} /><path class="inner" d=${inner} /><path class="middle" d=${spine} />
  </svg>`;
}

/** Another picture of the same video, where the back is seen better. @param {{app: App, duration_s: number, at_s: number, onChange: (at_s: number) => void}} props */
export function Later({ app, duration_s, at_s, onChange }) {
  const [value, setValue] = useState(at_s);
  const timer = useRef(0);
  const slide = (/** @type {any} */ event) => {
    const next = Number(event.currentTarget.value);
    setValue(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(next), SETTLE_MS);
  };
  return html`<label class="later"><span>${app.t("tr_mark_later")}</span>
    <input type="range" name="at_s" min="0" max=${Math.max(0, duration_s - 0.1).toFixed(1)} step="0.1" value=${value} aria-valuetext=${clock(value)} onInput=${slide} />
    <output>${clock(value)}</output></label>`;
}
