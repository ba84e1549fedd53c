/** A session whose back was marked badly: marked anew on its kept video, and scored again by that. */
import { get, post } from "../lib/api.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { MarkBack, markedOn } from "./marking.js";
import { numeral, Top, Waiting } from "./parts.js";

/** @typedef {import("./app.js").TrainerApp} App @typedef {import("../lib/types.js").Place} Place */

/** @param {{app: App, session: string}} props */
export function MarkAnew({ app, session }) {
  const base = `/api/sessions/${encodeURIComponent(session)}`;
  const [now, setNow] = useState(/** @type {{row: any, body: Place[], size: [number, number]} | null} */ (null));
  const [error, setError] = useState("");
  const [done, setDone] = useState(/** @type {{before: number | null, after: number | null, changed: number, missed: number} | null} */ (null));
  const say = (/** @type {any} */ refused) => setError(refused.say(app.words));
  useEffect(() => {
    Promise.all([get(base), get(`${base}/marks`)]).then(([{ row }, marks]) => setNow({ row, ...marks }), say);
  }, []);
  const open = () => { location.href = `/sessions/${session}`; };
  if (done) return html`<${Done} app=${app} done=${done} onOpen=${open} />`;
  if (error && !now) return html`<${Note} kind="stop" icon="warn" role="alert"><p>${error}</p></${Note}>`;
  if (!now) return html`<${Waiting} app=${app} />`;
  const source = {
    name: `${now.row.kader || "–"} · ${now.row.origin || now.row.id.slice(0, 8)}`,
    duration_s: now.row.duration_s,
    picture: (/** @type {number} */ at_s) => `${base}/frame?at_s=${at_s}`,
  };
  return html`<${MarkBack} app=${app} source=${source} title="tr_anew_title" told="tr_anew_now" onLater=${open}
    guessed=${async () => now.body} inPx=${now.size}
    then=${(/** @type {Place[]} */ points, /** @type {any} */ seen, /** @type {number} */ _at_s, /** @type {() => void} */ back) => html`
      <${Ask} app=${app} error=${error} onBack=${back} onGo=${async () => setDone(await post(`${base}/marks`, await markedOn(points, seen)))} onError=${say} />`} />`;
}

/** @param {{app: App, error: string, onBack: () => void, onGo: () => Promise<void>, onError: (refused: any) => void}} props */
function Ask({ app, error, onBack, onGo, onError }) {
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    await onGo().catch(onError);
    setBusy(false);
  };
  return html`
    <h1>${app.t("tr_anew_ask")}</h1>
    <p>${app.t("tr_anew_what")}</p>
    ${error && html`<${Note} kind="stop" icon="warn" role="alert"><p>${error}</p></${Note}>`}
    <div class="row">
      <${Button} id="anew-go" kind="first big" icon="repeat" disabled=${busy} onClick=${go}>${app.t(busy ? "tr_anew_busy" : "tr_anew_go")}</${Button}>
      <${Button} kind="plain" icon="previous" disabled=${busy} onClick=${onBack}>${app.t("back")}</${Button}>
    </div>`;
}

/** @param {{app: App, done: {before: number | null, after: number | null, changed: number, missed: number}, onOpen: () => void}} props */
const Done = ({ app, done, onOpen }) => html`
  <${Top} title=${app.t("tr_anew_done")} />
  <div class="stack">
    <${Note} kind="good" icon="tick" role="status"><p id="anew-done">${app.t("tr_anew_score", { before: numeral(app, done.before, 1), after: numeral(app, done.after, 1), changed: done.changed })}</p></${Note}>
    ${done.missed > 0 && html`<${Note} kind="warn" icon="warn"><p>${app.t("tr_anew_missed", { count: done.missed })}</p></${Note}>`}
    <div class="row"><${Button} id="anew-open" kind="first" onClick=${onOpen}>${app.t("tr_open_session")}</${Button}></div>
  </div>`;
