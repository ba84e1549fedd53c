/** Where is the back? Four points on a large picture of the video; then whose session it is and what was agreed. */
import { get } from "../lib/api.js";
import { cornersOf } from "../lib/marks.js";
import { toPicture } from "../lib/plane.js";
import { classes, html, useEffect, useRef, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { firstGuess, Marker, NAMES } from "../parts/marker.js";
import { Belongs } from "./belongs.js";
import { clock } from "./parts.js";

/** @typedef {import("../lib/types.js").Place} Place @typedef {import("./app.js").TrainerApp} App */

const SETTLE_MS = 150;
const NARROW = 460; // px of the screen: only the name of the point that is held fits on the picture

/** @typedef {{size: [number, number], wide: number}} Seen  the picture's own px, and how wide it lies on the screen: the points are drawn in its px */

/** The points to begin with: the server's guess, the last video's marks, else the middle. @param {App} app @param {Place[] | null} guess @param {number} w @param {number} h @param {number} scale */
function beginning(app, guess, w, h, scale) {
  if (guess) return guess.map(([x, y]) => /** @type {Place} */ ([x / scale, y / scale]));
  if (app.queue.marked) return app.queue.marked.map(([x, y]) => /** @type {Place} */ ([x * w, y * h]));
  return firstGuess(w, h);
}

/** @param {{app: App, entry: import("./queue.js").Entry, others: number}} props */
export function Marking({ app, entry, others }) {
  const [at_s, setAt] = useState(0);
  const [seen, setSeen] = useState(/** @type {Seen | null} */ (null));
  const [guess, setGuess] = useState(/** @type {Place[] | null | undefined} */ (undefined));
  const points = useRef(/** @type {Place[]} */ ([]));
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    get(`/api/imports/${entry.id}/guess`).then(({ body }) => setGuess(body), () => setGuess(null));
  }, []);
  const ask = (/** @type {boolean} */ on) => {
    setAsking(on);
    window.scrollTo(0, 0);
  };
  const begin = async (/** @type {object} */ form) => {
    if (!seen) return;
    const { size, wide } = seen;
    const scale = size[0] / wide;
    const corners = (await cornersOf(points.current, wide, size[1] / scale)).map(([x, y]) => [x * scale, y * scale]);
    app.queue.marked = points.current.map(([x, y]) => [x / wide, y / (size[1] / scale)]);
    await app.queue.start(entry, { corners, size, at_s, ...form });
    const next = app.queue.entries.find((one) => one.state === "marking" && one.id !== entry.id);
    app.filter({ mark: next?.id ?? "" });
  };
  return html`
    <div class=${classes("marking", asking && "asking")}>
      <div class="marking-picture">
        <${Picture} app=${app} entry=${entry} at_s=${at_s} guess=${guess} seen=${seen} setSeen=${setSeen} points=${points} />
        ${entry.duration_s > 0 && html`<${Later} app=${app} duration_s=${entry.duration_s} at_s=${at_s} onChange=${setAt} />`}
      </div>
      <section class="stack tight marking-side">
        <p class="soft file">${entry.name}${others > 0 ? ` · ${app.t("tr_mark_others", { count: others })}` : ""}</p>
        ${asking
          ? html`<${Belongs} app=${app} onBegin=${begin} onBack=${() => ask(false)} />`
          : html`
            <h1>${app.t("tr_mark_title")}</h1>
            <p>${app.t("mark_drag_how")}</p>
            <ol class="points">${NAMES.map((name, k) => html`<li key=${name}><span class="number">${k + 1}</span>${app.t(`point_long_${name}`)}</li>`)}</ol>
            ${guess && html`<${Note} kind="calm" icon="bulb"><p>${app.t("tr_mark_guess")}</p></${Note}>`}
            <p class="soft small">${app.t("tr_mark_keys")}</p>
            <div class="row">
              <${Button} id="marked" kind="first big" icon="tick" disabled=${!seen || guess === undefined} onClick=${() => ask(true)}>${app.t("mark_fits")}</${Button}>
              <${Button} id="mark-later" kind="plain" onClick=${() => app.filter({ mark: "" })}>${app.t("tr_mark_not_now")}</${Button}>
            </div>`}
      </section>
    </div>`;
}

/**
 * @param {{app: App, entry: import("./queue.js").Entry, at_s: number, guess: Place[] | null | undefined, seen: Seen | null,
 *   setSeen: (seen: Seen) => void, points: {current: Place[]}}} props
 */
function Picture({ app, entry, at_s, guess, seen, setSeen, points }) {
  const [broken, setBroken] = useState(false);
  const [corners, setCorners] = useState(/** @type {Place[] | null} */ (null));
  const frame = useRef(/** @type {HTMLElement | null} */ (null));
  const start = useRef(/** @type {Place[] | null} */ (null));
  const width = seen?.wide ?? 0;
  const height = seen ? (width * seen.size[1]) / seen.size[0] : 0;
  if (seen && guess !== undefined && !start.current) {
    start.current = points.current = beginning(app, guess, width, height, seen.size[0] / width);
  }
  // The marker tells a painter where the grid lies; here the grid is drawn in the same picture.
  const [host] = useState(() => {
    const painter = { scene: { corners: /** @type {Place[] | null} */ (null) }, redraw: () => setCorners(painter.scene.corners) };
    return { painter, t: (/** @type {string} */ key, /** @type {any} */ values) => app.t(key, values) };
  });
  const loaded = (/** @type {any} */ event) => {
    const { naturalWidth, naturalHeight } = event.currentTarget;
    frame.current?.style.setProperty("--shape", String(naturalWidth / naturalHeight));
    setBroken(false);
    if (!seen) setSeen({ size: [naturalWidth, naturalHeight], wide: event.currentTarget.clientWidth });
  };
  return html`
    <div class=${classes("still", width < NARROW && "narrow")} ref=${frame}>
      <img src=${`/api/imports/${entry.id}/picture?at_s=${at_s}`} alt=${app.t("tr_mark_picture", { name: entry.name })} draggable=${false} onLoad=${loaded} onError=${() => setBroken(true)} />
      ${broken && html`<p class="broken" role="alert">${app.t("tr_mark_no_picture")}</p>`}
      ${seen && corners && html`<${Grid} corners=${corners} width=${width} height=${height} />`}
      ${seen && start.current && html`<${Marker} app=${host} width=${width} height=${height} start=${points.current} onMarked=${(/** @type {Place[]} */ places) => { points.current = places; }} />`}
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
function Later({ app, duration_s, at_s, onChange }) {
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
