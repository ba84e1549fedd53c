/** Where is the back? Four points on a large picture of the video; then whose session it is and what was agreed. */
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

/**
 * @typedef {object} Source  what is marked
 * @property {string} name
 * @property {number} duration_s
 * @property {(at_s: number) => string} picture  its address
 */

/** The points to begin with, until coach has its guess: the last video's marks, else the middle. @param {App} app @param {number} w @param {number} h */
const beginning = (app, w, h) => (app.queue.marked ? app.queue.marked.map(([x, y]) => /** @type {Place} */ ([x * w, y * h])) : firstGuess(w, h));

/** What was marked in the picture's own px, to send. @param {Place[]} points @param {Seen} seen */
export async function markedOn(points, { size, wide }) {
  const scale = size[0] / wide;
  const corners = (await cornersOf(points, wide, size[1] / scale)).map(([x, y]) => [x * scale, y * scale]);
  return { corners, size };
}

/** Marking a film that has come in. @param {{app: App, entry: import("./queue.js").Entry, others: number}} props */
export function Marking({ app, entry, others }) {
  const source = { name: entry.name, duration_s: entry.duration_s, picture: (/** @type {number} */ at_s) => `/api/imports/${entry.id}/picture?at_s=${at_s}` };
  const begin = (/** @type {Place[]} */ points, /** @type {Seen} */ seen, /** @type {number} */ at_s) => async (/** @type {object} */ form) => {
    const marks = await markedOn(points, seen);
    app.queue.marked = points.map(([x, y]) => [x / seen.wide, y / ((seen.wide * seen.size[1]) / seen.size[0])]);
    await app.queue.start(entry, { ...marks, at_s, ...form });
    const next = app.queue.entries.find((one) => one.state === "marking" && one.id !== entry.id);
    app.filter({ mark: next?.id ?? "" });
  };
  return html`<${MarkBack} app=${app} source=${source} guessed=${() => app.queue.guesses.of(entry.id ?? "")}
    aside=${others > 0 ? ` · ${app.t("tr_mark_others", { count: others })}` : ""} onLater=${() => app.filter({ mark: "" })}
    then=${(/** @type {Place[]} */ points, /** @type {Seen} */ seen, /** @type {number} */ at_s, /** @type {() => void} */ back) => html`<${Belongs} app=${app} made=${entry.made} onBegin=${begin(points, seen, at_s)} onBack=${back} />`} />`;
}

/**
 * The picture with its four points, which can be dragged at once; coach's guess comes when it is worked out, and moves
 * nothing that a person has moved.
 * @param {{app: App, source: Source, guessed: () => Promise<Place[] | null>, inPx?: [number, number], aside?: string, title?: string, told?: string, onLater: () => void,
 *   then: (points: Place[], seen: Seen, at_s: number, back: () => void) => any}} props  `inPx`: of the picture that the guess is in, where it is another; `then`: what is asked once the points fit
 */
export function MarkBack({ app, source, guessed, inPx, aside = "", title = "tr_mark_title", told = "tr_mark_guess", onLater, then }) {
  const [at_s, setAt] = useState(0);
  const [seen, setSeen] = useState(/** @type {Seen | null} */ (null));
  const [guess, setGuess] = useState(/** @type {Place[] | null | undefined} */ (undefined));
  const [trouble, setTrouble] = useState(/** @type {string | null} */ (null));
  const [start, setStart] = useState(/** @type {Place[] | null} */ (null)); // where the points were put by other hands than the person's
  const points = useRef(/** @type {Place[]} */ ([]));
  const moved = useRef(false);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    let closed = false;
    guessed().then((body) => !closed && setGuess(body));
    return () => { closed = true; };
  }, []);
  const put = (/** @type {Place[]} */ places) => {
    points.current = places;
    setStart(places);
  };
  const shown = (/** @type {Place[]} */ places, /** @type {Seen} */ { size, wide }) => places.map(([x, y]) => /** @type {Place} */ ([(x * wide) / (inPx ?? size)[0], (y * wide) / (inPx ?? size)[0]]));
  useEffect(() => { // once the picture is there, and again when the guess is
    if (!seen || moved.current) return;
    put(guess ? shown(guess, seen) : beginning(app, seen.wide, (seen.wide * seen.size[1]) / seen.size[0]));
  }, [seen, guess]);
  const ask = (/** @type {boolean} */ on) => {
    setAsking(on);
    window.scrollTo(0, 0);
  };
  const mark = (/** @type {Place[]} */ places) => {
    moved.current = true;
    points.current = places;
  };
  return html`
    <div class=${classes("mark-back", asking && "asking")}>
      <div class="marking-picture">
        <${Picture} app=${app} source=${source} at_s=${at_s} seen=${seen} setSeen=${setSeen} start=${start} onHeld=${() => { moved.current = true; }} onMarked=${mark} onTrouble=${setTrouble} />
        ${source.duration_s > 0 && html`<${Later} app=${app} duration_s=${source.duration_s} at_s=${at_s} onChange=${setAt} />`}
      </div>
      <section class="stack tight marking-side">
        <p class="soft file">${source.name}${aside}</p>
        ${asking && seen
          ? then(points.current, seen, at_s, () => ask(false))
          : html`
            <h1>${app.t(title)}</h1>
            <p>${app.t("mark_drag_how")}</p>
            <ol class="points">${NAMES.map((name, k) => html`<li key=${name}><span class="number">${k + 1}</span>${app.t(`point_long_${name}`)}</li>`)}</ol>
            <div role="status">
              ${guess === undefined && html`<p class="soft" id="guessing">${app.t("tr_mark_guessing")}</p>`}
              ${guess && html`<${Note} kind="calm" icon="bulb"><p>${app.t(moved.current ? "tr_mark_guess_late" : told)}</p>
                ${moved.current && seen && html`<${Button} id="take-guess" icon="bulb" onClick=${() => { moved.current = false; put(shown(guess, seen)); }}>${app.t("tr_mark_guess_take")}</${Button}>`}</${Note}>`}
            </div>
            <p class="soft small">${app.t("tr_mark_keys")}</p>
            <div role="alert">${trouble && html`<${Note} kind="warn" icon="warn"><p id="mark-trouble">${app.t(trouble)}</p></${Note}>`}</div>
            <div class="row">
              <${Button} id="marked" kind="first big" icon="tick" disabled=${!seen || trouble !== null} onClick=${() => ask(true)}>${app.t("mark_fits")}</${Button}>
              <${Button} id="mark-later" kind="plain" onClick=${onLater}>${app.t("tr_mark_not_now")}</${Button}>
            </div>`}
      </section>
    </div>`;
}

/**
 * @param {{app: App, source: Source, at_s: number, seen: Seen | null, setSeen: (seen: Seen) => void, start: Place[] | null,
 *   onHeld: () => void, onMarked: (points: Place[]) => void, onTrouble: (key: string | null) => void}} props
 */
function Picture({ app, source, at_s, seen, setSeen, start, onHeld, onMarked, onTrouble }) {
  const [broken, setBroken] = useState(false);
  const [corners, setCorners] = useState(/** @type {Place[] | null} */ (null));
  const frame = useRef(/** @type {HTMLElement | null} */ (null));
  const width = seen?.wide ?? 0;
  const height = seen ? (width * seen.size[1]) / seen.size[0] : 0;
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
    <div class=${classes("still", width < NARROW && "narrow")} ref=${frame} onPointerDown=${onHeld}>
      <img src=${source.picture(at_s)} alt=${app.t("tr_mark_picture", { name: source.name })} draggable=${false} onLoad=${loaded} onError=${() => setBroken(true)} />
      ${broken && html`<p class="broken" role="alert">${app.t("tr_mark_no_picture")}</p>`}
      ${seen && corners && html`<${Grid} corners=${corners} width=${width} height=${height} />`}
      ${seen && start && html`<${Marker} key=${start.flat().join()} app=${host} width=${width} height=${height} start=${start} onMarked=${onMarked} onTrouble=${onTrouble} />`}
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
