/** Where is the back? Four points on a large picture of the video; then whose session it is and what was agreed. */
import { cornersOf, outlineOf } from "../lib/marks.js";
import { turnedSize } from "../lib/turn.js";
import { classes, html, useEffect, useRef, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { firstGuess, NAMES } from "../parts/marker.js";
import { filmed } from "../programme/visit_film.js";
import { Belongs } from "./belongs.js";
import { inPicture, Later, onScreen, Picture, shownSize, uprightTurn } from "./marking_picture.js";

/** @typedef {import("../lib/types.js").Place} Place @typedef {import("./app.js").TrainerApp} App @typedef {import("./marking_picture.js").Seen} Seen */

/**
 * @typedef {object} Source  what is marked
 * @property {string} name
 * @property {number} duration_s
 * @property {(at_s: number) => string} picture  its address
 * @property {number} [start_s]  the picture that is shown first
 */

/** What was marked, to send. @param {Place[]} points  px of the picture @param {Seen} seen */
export async function markedOn(points, { size }) {
  return { corners: await cornersOf(points, ...size), size };
}

/** Marking a film that has come in. @param {{app: App, entry: import("./queue.js").Entry, others: number}} props */
export function Marking({ app, entry, others }) {
  const source = { name: entry.name, duration_s: entry.duration_s, picture: (/** @type {number} */ at_s) => `/api/imports/${entry.id}/picture?at_s=${at_s}` };
  const begin = (/** @type {Place[]} */ points, /** @type {Seen} */ seen, /** @type {number} */ at_s) => async (/** @type {object} */ form) => {
    const marks = await markedOn(points, seen);
    app.queue.marked = points.map(([x, y]) => [x / seen.size[0], y / seen.size[1]]);
    await app.queue.start(entry, { ...marks, at_s, ...form });
    if (await filmed(app, entry.id ?? "")) return;
    const next = app.queue.entries.find((one) => one.state === "marking" && one.id !== entry.id);
    app.filter({ mark: next?.id ?? "" });
  };
  return html`<${MarkBack} app=${app} source=${source} guessed=${() => app.queue.guesses.of(entry.id ?? "")}
    aside=${others > 0 ? ` · ${app.t("tr_mark_others", { count: others })}` : ""} onLater=${() => app.filter({ mark: "" })}
    then=${(/** @type {Place[]} */ points, /** @type {Seen} */ seen, /** @type {number} */ at_s, /** @type {() => void} */ back) => html`<${Belongs} app=${app} made=${entry.made} onBegin=${begin(points, seen, at_s)} onBack=${back} />`} />`;
}

/**
 * The points, px of the picture, and how it lies on the screen. Coach's guess moves nothing that a person has moved; a picture
 * that a person has turned is not turned by her points.
 * @param {{app: App, guess: Place[] | null | undefined, inPx?: [number, number]}} props
 */
function useMarks({ app, guess, inPx }) {
  const frame = useRef(/** @type {HTMLElement | null} */ (null));
  const [seen, setSeen] = useState(/** @type {Seen | null} */ (null));
  const [size, setSize] = useState(/** @type {[number, number] | null} */ (null));
  const [start, setStart] = useState(/** @type {Place[] | null} */ (null)); // where the points were put by other hands than the person's, px of the screen
  const points = useRef(/** @type {Place[]} */ ([]));
  const moved = useRef(false);
  const byHand = useRef(false);
  const held = useRef("");

  /** Shows the picture by a turn, with its points. @param {number} turn @param {Place[] | null} places  null: where points begin */
  const lay = (turn, places) => {
    const box = frame.current;
    if (!box || !size) return;
    const [width, height] = turnedSize(size, turn);
    box.style.setProperty("--shape", String(width / height)); // before it is measured
    const next = { size, turn, wide: box.clientWidth };
    points.current = places ?? inPicture(firstGuess(...shownSize(next)), next);
    held.current = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.point ?? "";
    setSeen(next);
    setStart(onScreen(points.current, next));
  };
  useEffect(() => { // the point that the keys moved is held on
    if (held.current) /** @type {HTMLElement | null} */ (frame.current?.querySelector(`[data-point=${held.current}]`))?.focus();
    held.current = "";
  }, [start]);

  /** The points of the guess, or of the video before, if there are such. @returns {Place[] | null} */
  const known = () => {
    const [width, height] = size ?? [1, 1];
    const [across] = inPx ?? [width];
    if (guess) return guess.map(([x, y]) => [(x * width) / across, (y * width) / across]);
    return app.queue.marked?.map(([x, y]) => [x * width, y * height]) ?? null;
  };
  const put = () => {
    const places = known();
    byHand.current &&= !places;
    lay(places ? uprightTurn(places, 0) : seen?.turn ?? 0, places);
  };
  useEffect(() => { // once the picture is there, and again when the guess is
    if (size && !moved.current) put();
  }, [size, guess]);

  const mark = async (/** @type {Place[]} */ shown) => {
    if (!seen) return;
    const places = inPicture(shown, seen);
    moved.current = true;
    points.current = places;
    const turn = byHand.current ? seen.turn : uprightTurn(places, seen.turn);
    if (turn === seen.turn) return;
    const { trouble } = await outlineOf(places, ...seen.size);
    if (!trouble && points.current === places) lay(turn, places);
  };
  const turnOn = () => {
    byHand.current = true;
    lay(((seen?.turn ?? 0) + 1) % 4, moved.current || known() ? points.current : null);
  };
  const hold = () => { moved.current = true; };
  const take = () => {
    moved.current = false;
    put();
  };
  return { frame, seen, start, points, moved, mark, turnOn, hold, take, loaded: (/** @type {[number, number]} */ found) => !size && setSize(found) };
}

/**
 * The picture with its four points, which can be dragged at once; coach's guess comes when it is worked out.
 * @param {{app: App, source: Source, guessed: () => Promise<Place[] | null>, inPx?: [number, number], aside?: string, title?: string, told?: string, onLater: () => void,
 *   then: (points: Place[], seen: Seen, at_s: number, back: () => void) => any}} props  `inPx`: of the picture that the guess is in, where it is another; `then`: what is asked once the points fit
 */
export function MarkBack({ app, source, guessed, inPx, aside = "", title = "tr_mark_title", told = "tr_mark_guess", onLater, then }) {
  const [at_s, setAt] = useState(source.start_s ?? 0);
  const [guess, setGuess] = useState(/** @type {Place[] | null | undefined} */ (undefined));
  const [trouble, setTrouble] = useState(/** @type {string | null} */ (null));
  const [asking, setAsking] = useState(false);
  const marks = useMarks({ app, guess, inPx });
  const { seen, moved } = marks;
  useEffect(() => {
    let closed = false;
    guessed().then((body) => !closed && setGuess(body));
    return () => { closed = true; };
  }, []);
  const ask = (/** @type {boolean} */ on) => {
    setAsking(on);
    window.scrollTo(0, 0);
  };
  return html`
    <div class=${classes("mark-back", asking && "asking")}>
      <div class="marking-picture">
        <${Picture} app=${app} source=${source} at_s=${at_s} frame=${marks.frame} seen=${seen} start=${marks.start} onLoaded=${marks.loaded} onHeld=${marks.hold} onMarked=${marks.mark} onTrouble=${setTrouble} />
        ${source.duration_s > 0 && html`<${Later} app=${app} duration_s=${source.duration_s} at_s=${at_s} onChange=${setAt} />`}
      </div>
      <section class="stack tight marking-side">
        <p class="soft file">${source.name}${aside}</p>
        ${asking && seen
          ? then(marks.points.current, seen, at_s, () => ask(false))
          : html`
            <h1>${app.t(title)}</h1>
            <p>${app.t("mark_drag_how")}</p>
            <ol class="points">${NAMES.map((name, k) => html`<li key=${name}><span class="number">${k + 1}</span>${app.t(`point_long_${name}`)}</li>`)}</ol>
            <div role="status">
              ${guess === undefined && html`<p class="soft" id="guessing">${app.t("tr_mark_guessing")}</p>`}
              ${guess && html`<${Note} kind="calm" icon="bulb"><p>${app.t(moved.current ? "tr_mark_guess_late" : told)}</p>
                ${moved.current && seen && html`<${Button} id="take-guess" icon="bulb" onClick=${marks.take}>${app.t("tr_mark_guess_take")}</${Button}>`}</${Note}>`}
            </div>
            <p class="soft small">${app.t("tr_mark_keys")}</p>
            <div role="alert">${trouble && html`<${Note} kind="warn" icon="warn"><p id="mark-trouble">${app.t(trouble)}</p></${Note}>`}</div>
            <div class="row">
              <${Button} id="marked" kind="first big" icon="tick" disabled=${!seen || trouble !== null} onClick=${() => ask(true)}>${app.t("mark_fits")}</${Button}>
              <${Button} id="mark-turn" kind="plain" icon="repeat" disabled=${!seen} onClick=${marks.turnOn}>${app.t("turn_picture")}</${Button}>
              <${Button} id="mark-later" kind="plain" onClick=${onLater}>${app.t("tr_mark_not_now")}</${Button}>
            </div>`}
      </section>
    </div>`;
}
