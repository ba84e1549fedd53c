/** Papers to print and files to take away. */
import { html, useState } from "../lib/ui.js";
import { Backup } from "./backup.js";
import { Filters, filtersOf } from "./filters.js";
import { Choices, Paper, useSaving } from "./hand_out.js";
import { Select, Top } from "./parts.js";

/** @typedef {import("./app.js").TrainerApp} App */

const EMPTY = ["blank", "form"];
const FILLED = ["sheet", "recap", "agreement"];
const TABLES = ["xlsx", "csv"];
const EXCHANGE = ["json", "fhir", "labels"];

/** @param {{app: App}} props */
export function Papers({ app }) {
  const [lang, setLang] = useState(/** @type {string} */ (app.lang));
  const [sep, setSep] = useState(";");
  const [protocol, setProtocol] = useState(app.about.protocol ?? app.protocolChoices[0]?.[0] ?? "");
  const { busy, keep } = useSaving(app);
  const query = filtersOf(app.query);
  const list = (/** @type {string} */ title, /** @type {string[]} */ kinds, /** @type {Record<string, string>} */ values) => html`
    <section class="stack tight" aria-labelledby=${`papers-${title}`}><h3 id=${`papers-${title}`}>${app.t(`tr_papers_${title}`)}</h3>
      <ul class="papers">${kinds.map((kind) => html`<${Paper} key=${kind} app=${app} kind=${kind} busy=${busy} onClick=${() => keep(kind, values)} />`)}</ul></section>`;
  return html`
    <${Top} title=${app.t("tr_page_papers")} lead=${app.t("tr_papers_lead")} />
    <div class="stack wide-gap">
      <${Choices} app=${app} lang=${lang} setLang=${setLang} sep=${sep} setSep=${setSep} />
      <section class="card stack" aria-labelledby="papers-empty-title">
        <h2 id="papers-empty-title">${app.t("tr_papers_blank_title")}</h2>
        ${app.about.protocols.length > 1 && html`<${Select} label=${app.t("tr_protocol")} name="blank-protocol" value=${protocol} onChange=${setProtocol} options=${app.protocolChoices} />`}
        ${list("to_fill", EMPTY, { protocol, lang })}
      </section>
      <section class="card stack" aria-labelledby="papers-sessions-title">
        <h2 id="papers-sessions-title">${app.t("tr_papers_sessions")}</h2>
        <p class="soft">${app.t("tr_papers_sessions_what")}</p>
        <${Filters} app=${app} />
        <div class="two">${list("filled", FILLED, { ...query, lang })}${list("tables", TABLES, { ...query, lang, sep })}</div>
        ${list("exchange", EXCHANGE, { ...query, lang })}
      </section>
      <${Backup} app=${app} />
    </div>`;
}
