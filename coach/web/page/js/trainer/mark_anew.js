/** A session whose back was marked badly: marked anew on its kept video, or no more, and scored again by that. */
import { get, post, remove } from "../lib/api.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { Button, Note, Tick } from "../parts/common.js";
import { MarkBack, markedOn } from "./marking.js";
import { Bar, clock, numeral, Top, Waiting } from "./parts.js";

/** @typedef {import("./app.js").TrainerApp} App @typedef {import("../lib/types.js").Place} Place */
/** @typedef {{before: number | null, after: number | null, changed: number, missed: number}} Scored */

const ASK_MS = 1000; // how far it is

/** @param {{app: App, session: string, from_s: number}} props  from_s: where the camera was moved; 0 for the whole film */
export function MarkAnew({ app, session, from_s }) {
  const base = `/api/sessions/${encodeURIComponent(session)}`;
  const [now, setNow] = useState(/** @type {{row: any, body: Place[], size: [number, number]} | null} */ (null));
  const [error, setError] = useState("");
  const [done, setDone] = useState(/** @type {Scored | null} */ (null));
  const say = (/** @type {any} */ refused) => setError(refused.say(app.words));
  useEffect(() => {
    Promise.all([get(base), get(`${base}/marks?at_s=${from_s}`)]).then(([{ row }, marks]) => setNow({ row, ...marks }), say);
  }, []);
  const open = () => { location.href = `/sessions/${session}`; };
  if (done) return html`<${Done} app=${app} done=${done} onOpen=${open} />`;
  if (error && !now) return html`<${Note} kind="stop" icon="warn" role="alert"><p>${error}</p></${Note}>`;
  if (!now) return html`<${Waiting} app=${app} />`;
  const source = {
    name: `${now.row.kader || "–"} · ${now.row.origin || now.row.id.slice(0, 8)}`,
    duration_s: now.row.duration_s,
    start_s: from_s,
    picture: (/** @type {number} */ at_s) => `${base}/frame?at_s=${at_s}`,
  };
  const go = async (/** @type {Place[]} */ points, /** @type {any} */ seen, /** @type {number} */ since_s) => {
    setError("");
    const marks = await markedOn(points, seen);
    setDone(await post(`${base}/marks`, { ...marks, ...(since_s > 0 ? { from_s: since_s } : {}) }));
  };
  return html`<${MarkBack} app=${app} source=${source} title=${from_s > 0 ? "tr_anew_since_title" : "tr_anew_title"} told=${from_s > 0 ? "tr_anew_before" : "tr_anew_now"} onLater=${open}
    guessed=${async () => now.body} inPx=${now.size}
    then=${(/** @type {Place[]} */ points, /** @type {any} */ seen, /** @type {number} */ at_s, /** @type {() => void} */ back) => html`
      <${Ask} app=${app} error=${error} base=${base} at_s=${at_s} since=${from_s > 0} onBack=${back} onGo=${(/** @type {number} */ since_s) => go(points, seen, since_s)} onError=${say} />`} />`;
}

/** @param {{app: App, error: string, base: string, at_s: number, since: boolean, onBack: () => void, onGo: (since_s: number) => Promise<void>, onError: (refused: any) => void}} props */
function Ask({ app, error, base, at_s, since, onBack, onGo, onError }) {
  const [busy, setBusy] = useState(false);
  const [only, setOnly] = useState(since);
  const later = only && at_s > 0;
  const go = async () => {
    setBusy(true);
    await onGo(later ? at_s : 0).catch(onError);
    setBusy(false);
  };
  return html`
    <h1>${app.t("tr_anew_ask")}</h1>
    ${at_s > 0 && html`<${Tick} name="anew-since" checked=${only} onChange=${setOnly}>${app.t("tr_anew_since", { at: clock(at_s) })}</${Tick}>`}
    <p>${app.t(later ? "tr_anew_since_what" : "tr_anew_what", { at: clock(at_s) })}</p>
    ${busy && later && html`<${Far} app=${app} base=${base} from_s=${at_s} />`}
    ${error && html`<${Note} kind="stop" icon="warn" role="alert"><p>${error}</p></${Note}>`}
    <div class="row">
      <${Button} id="anew-go" kind="first big" icon="repeat" disabled=${busy} onClick=${go}>${app.t(busy ? "tr_anew_busy" : "tr_anew_go")}</${Button}>
      <${Button} kind="plain" icon="previous" disabled=${busy} onClick=${onBack}>${app.t("back")}</${Button}>
    </div>`;
}

/** A later mark that was wrong: the film without it. @param {{app: App, session: string, from_s: number}} props */
export function TakeMarkAway({ app, session, from_s }) {
  const base = `/api/sessions/${encodeURIComponent(session)}`;
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(/** @type {Scored | null} */ (null));
  const open = () => { location.href = `/sessions/${session}`; };
  if (done) return html`<${Done} app=${app} done=${done} onOpen=${open} />`;
  const go = async () => {
    setBusy(true);
    setError("");
    await remove(`${base}/marks?from_s=${from_s}`).then(setDone, (refused) => setError(refused.say(app.words)));
    setBusy(false);
  };
  return html`
    <${Top} title=${app.t("tr_away_title", { at: clock(from_s) })} />
    <div class="stack">
      <p>${app.t("tr_away_what")}</p>
      ${busy && html`<${Far} app=${app} base=${base} from_s=${0} />`}
      ${error && html`<${Note} kind="stop" icon="warn" role="alert"><p>${error}</p></${Note}>`}
      <div class="row">
        <${Button} id="away-go" kind="first big" icon="trash" disabled=${busy} onClick=${go}>${app.t(busy ? "tr_anew_busy" : "tr_away_go")}</${Button}>
        <${Button} kind="plain" icon="previous" disabled=${busy} onClick=${open}>${app.t("back")}</${Button}>
      </div>
    </div>`;
}

/** How far the film was looked at again. @param {{app: App, base: string, from_s: number}} props */
function Far({ app, base, from_s }) {
  const [far, setFar] = useState({ done_s: /** @type {number | null} */ (null), duration_s: /** @type {number | null} */ (null) });
  useEffect(() => {
    const timer = setInterval(() => get(`${base}/marks/far`).then(setFar, () => {}), ASK_MS);
    return () => clearInterval(timer);
  }, []);
  const { done_s, duration_s } = far;
  const share = done_s && duration_s ? Math.max(0, done_s - from_s) / Math.max(1, duration_s - from_s) : 0;
  return html`<${Bar} share=${share} label=${app.t("tr_anew_looking")} />`;
}

/** @param {{app: App, done: Scored, onOpen: () => void}} props */
const Done = ({ app, done, onOpen }) => html`
  <${Top} title=${app.t("tr_anew_done")} />
  <div class="stack">
    <${Note} kind="good" icon="tick" role="status"><p id="anew-done">${app.t("tr_anew_score", { before: numeral(app, done.before, 1), after: numeral(app, done.after, 1), changed: done.changed })}</p></${Note}>
    ${done.missed > 0 && html`<${Note} kind="warn" icon="warn"><p>${app.t("tr_anew_missed", { count: done.missed })}</p></${Note}>`}
    <div class="row"><${Button} id="anew-open" kind="first" onClick=${onOpen}>${app.t("tr_open_session")}</${Button}></div>
  </div>`;
