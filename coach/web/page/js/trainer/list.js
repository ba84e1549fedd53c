/** The session list: find, open, hand out, score anew, delete. */
import { html, useEffect, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { BlindButton, BlindNote, blindQuery } from "./blind.js";
import { Chosen } from "./chosen.js";
import { Filters, filtersOf } from "./filters.js";
import { Top, Waiting } from "./parts.js";
import { Rows } from "./rows.js";
import { SessionTable } from "./table.js";

/** @typedef {import("./app.js").TrainerApp} App */

const WITHOUT_RESULT = ["text", "kader", "posyandu", "when", "protocol"]; // it would tell who passed
const PLACE = "coach.list.place"; // where the list was scrolled to when one left it

/** The rows of the present filters; `again` fetches them afresh. @param {App} app @param {number} again */
function useRows(app, again) {
  const query = { ...filtersOf(app.query), ...blindQuery(app) };
  const question = JSON.stringify([query, again]);
  const [, draw] = useState(0);
  const [error, setError] = useState(/** @type {any} */ (null));
  const [rows, setRows] = useState(/** @type {Rows | null} */ (null));
  useEffect(() => {
    const made = new Rows(query, () => draw((n) => n + 1), setError);
    setError(null);
    made.fetch(0).then(() => !made.closed && setRows(made));
    return () => made.close();
  }, [question]);
  return { rows, error };
}

/** Back from a session, the list is where it was. @param {boolean} ready */
function usePlace(ready) {
  useEffect(() => {
    const leave = () => sessionStorage.setItem(PLACE, JSON.stringify([location.href, scrollY]));
    addEventListener("pagehide", leave);
    return () => removeEventListener("pagehide", leave);
  }, []);
  useEffect(() => {
    if (!ready) return;
    const [href, y] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
    sessionStorage.removeItem(PLACE);
    let left = href !== location.href || !y;
    document.fonts.ready.then(() => !left && !scrollY && window.scrollTo(0, y)); // rows are as high then as they were
    return () => { left = true; };
  }, [ready]);
}

/** @param {{app: App}} props */
export function Sessions({ app }) {
  const [again, setAgain] = useState(0);
  const [chosen, setChosen] = useState(/** @type {Set<string>} */ (new Set()));
  const [all, setAll] = useState(false);
  const { rows, error } = useRows(app, again);
  const filters = JSON.stringify(filtersOf(app.query));
  const blind = app.query.blind ?? "";
  usePlace(rows !== null);
  useEffect(() => clear(), [filters, blind]);

  const clear = () => {
    setChosen(new Set());
    setAll(false);
  };
  const choose = (/** @type {string} */ id, /** @type {boolean} */ on) => {
    const next = new Set(all ? rows?.known.map((row) => row.id) : chosen);
    next[on ? "add" : "delete"](id);
    setAll(false);
    setChosen(next);
  };
  const changed = () => {
    clear();
    setAgain((n) => n + 1);
    app.refresh().catch(() => {});
  };
  const total = rows?.total ?? 0;
  const empty = rows !== null && total === 0 && filters === "{}";
  return html`
    <${Top} title=${app.t("tr_page_sessions")} lead=${total > 0 ? app.t("tr_found", { count: total }) : ""}>
      ${total > 0 && html`<${BlindButton} app=${app} />`}
      <${Button} id="to-import" kind="first" icon="up" onClick=${() => app.go("/import")}>${app.t("tr_import_video")}</${Button}>
    </${Top}>
    <${BlindNote} app=${app} />
    ${!empty && html`<${Filters} app=${app} only=${blind ? WITHOUT_RESULT : undefined} />`}
    ${error && html`<${Note} kind="stop" icon="warn" role="alert"><p>${error.say(app.words)}</p></${Note}>`}
    ${!rows && !error && html`<${Waiting} app=${app} />`}
    ${empty && html`<${Empty} app=${app} />`}
    <div role="status">${rows && total === 0 && !empty && html`<${Note} kind="calm" icon="bulb"><p>${app.t("tr_found_none")}</p></${Note}>`}</div>
    ${rows && total > 0 && html`
      <${SessionTable} app=${app} rows=${rows} chosen=${chosen} all=${all} onChoose=${choose} onAll=${(/** @type {boolean} */ on) => { setChosen(new Set()); setAll(on); }} />
      ${!blind && (all || chosen.size > 0) && html`<${Chosen} app=${app} rows=${rows} ids=${all ? null : [...chosen]} onClear=${clear} onChanged=${changed} />`}`}`;
}

/** Nothing yet: where sessions come from. @param {{app: App}} props */
const Empty = ({ app }) => html`
  <section class="card stack empty">
    <h2>${app.t("tr_empty_title")}</h2>
    <p class="lead">${app.t("tr_empty_what")}</p>
    <ol class="numbered"><li>${app.t("tr_empty_live")}</li><li>${app.t("tr_empty_video")}</li><li>${app.t("tr_empty_stick")}</li></ol>
    <div class="row">
      <${Button} kind="first big" icon="up" onClick=${() => app.go("/import")}>${app.t("tr_import_video")}</${Button}>
      <${Button} kind="big" icon="paper" onClick=${() => app.go("/papers")}>${app.t("tr_papers_blank")}</${Button}>
    </div>
  </section>`;
