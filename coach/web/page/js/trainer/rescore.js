/** Scoring sessions anew, with their own or another protocol: what changed is shown, the old result stays. */
import { post } from "../lib/api.js";
import { html, useState } from "../lib/ui.js";
import { Button, Note, Tick } from "../parts/common.js";
import { Icon } from "../parts/icons.js";
import { partsOf } from "./occasion.js";
import { Bar, Dialog, moment, numeral, Select } from "./parts.js";

/** @typedef {import("../lib/types.js").Title} Title */
/** @typedef {{id: string, error: string | null, before: number | null, after: number | null, changes: {item: string, before: number | null, after: number | null, title?: Title}[]}} Anew */

/** A result's percent, whether it is given alone or in the report. @param {any} result @returns {number | null} */
const percentOf = (result) => (typeof result === "number" ? result : (result?.percent ?? result?.score?.percent ?? null));

/**
 * The parts that there are to choose from: of the rules that were chosen, or else of the sessions' own where these are all the same.
 * @param {import("./app.js").TrainerApp} app @param {string} protocol @param {string[]} ids @param {import("./rows.js").Rows} rows
 */
function partsFor(app, protocol, ids, rows) {
  if (protocol) return partsOf(app, protocol);
  const of = new Map(rows.known.map((row) => [row.id, row.protocol_id]));
  const all = ids.every((id) => of.has(id)) ? ids.map((id) => of.get(id)) : app.query.protocol ? [app.query.protocol] : app.about.choices.protocol;
  const [own, ...others] = new Set(all);
  return (!others.length && app.about.protocols.find((one) => one.id === own)?.parts) || [];
}

/** @typedef {"" | "all" | "some"} Which  parts are rated: those that were, all, or those that are ticked */

/** @param {{app: import("./app.js").TrainerApp, ids: string[], rows: import("./rows.js").Rows, onClose: (changed: boolean) => void}} props */
export function Rescore({ app, ids, rows, onClose }) {
  const [protocol, setProtocol] = useState("");
  const [which, setWhich] = useState(/** @type {Which} */ (""));
  const [ticked, setTicked] = useState(/** @type {string[]} */ ([]));
  const [anew, setAnew] = useState(/** @type {Anew[]} */ ([]));
  const [started, setStarted] = useState(false);
  const done = anew.length === ids.length;
  const there = partsFor(app, protocol, ids, rows);
  const parts = which && there.length ? there.map(({ id }) => id).filter((id) => which === "all" || ticked.includes(id)) : null;
  const start = async () => {
    setStarted(true);
    for (const id of ids) {
      /** @type {Anew} */
      let one = { id, error: null, before: null, after: null, changes: [] };
      try {
        const { before, after, changes } = await post(`/api/sessions/${id}/rescore`, { ...(protocol ? { protocol } : {}), ...(parts ? { parts } : {}) });
        one = { ...one, before: percentOf(before), after: percentOf(after), changes };
      } catch (error) {
        one.error = /** @type {import("../lib/api.js").Refusal} */ (error).say(app.words);
      }
      setAnew((list) => [...list, one]);
    }
  };
  const options = [["", app.t("tr_rescore_own")], ...app.protocolChoices];
  const title = app.t("tr_rescore_title", { count: ids.length });
  if (!started) {
    return html`
      <${Dialog} app=${app} title=${title} onClose=${() => onClose(false)}>
        <p>${app.t("tr_rescore_what")}</p>
        <${Select} label=${app.t("tr_protocol")} name="rescore-protocol" value=${protocol} onChange=${setProtocol} options=${options} />
        ${there.length > 0 ? html`<${Choice} app=${app} which=${which} onWhich=${setWhich} parts=${there} ticked=${ticked} onTick=${setTicked} />` : html`<p class="soft small">${app.t("tr_rescore_several")}</p>`}
        <div class="row">
          <${Button} id="rescore-start" kind="first" icon="repeat" disabled=${parts?.length === 0} onClick=${start}>${app.t("tr_rescore_start")}</${Button}>
          <${Button} onClick=${() => onClose(false)}>${app.t("tr_cancel")}</${Button}>
        </div>
      </${Dialog}>`;
  }
  const changed = anew.filter((one) => one.changes.length || one.before !== one.after).length;
  return html`
    <${Dialog} app=${app} title=${title} busy=${!done} onClose=${() => onClose(true)} kind="wide">
      ${!done && html`<${Bar} share=${anew.length / ids.length} label=${title} />`}
      <p role="status">${done ? app.t("tr_rescored", { count: anew.length, changed }) : app.t("tr_rescore_progress", { done: anew.length, count: ids.length })}</p>
      <ul class="stack tight">${anew.map((one) => html`<${Outcome} key=${one.id} app=${app} one=${one} row=${rows.known.find((row) => row.id === one.id)} />`)}</ul>
      ${done && html`<div class="row"><${Button} id="rescore-close" kind="first" onClick=${() => onClose(true)}>${app.t("tr_close")}</${Button}></div>`}
    </${Dialog}>`;
}

/**
 * Which parts are rated.
 * @param {{app: import("./app.js").TrainerApp, which: Which, onWhich: (which: Which) => void, parts: {id: string, title: Title}[], ticked: string[], onTick: (ticked: string[]) => void}} props
 */
function Choice({ app, which, onWhich, parts, ticked, onTick }) {
  const options = ["", "all", "some"].map((one) => [one, app.t(`tr_rescore_parts_${one || "before"}`)]);
  return html`
    <${Select} label=${app.t("rv_parts")} name="rescore-parts" value=${which} onChange=${onWhich} options=${options} />
    ${which === "some" && html`<div class="row part-ticks" role="group" aria-label=${app.t("rv_parts")}>${parts.map(({ id, title }) => html`<${Tick} key=${id} name=${`part-${id}`} checked=${ticked.includes(id)}
      onChange=${(/** @type {boolean} */ on) => onTick(on ? [...ticked, id] : ticked.filter((one) => one !== id))}>${app.title(title)}</${Tick}>`)}</div>`}`;
}

/** @param {{app: import("./app.js").TrainerApp, one: Anew, row?: import("./rows.js").Row}} props */
function Outcome({ app, one, row }) {
  const name = row ? `${row.kader || "–"} · ${moment(app, row.created)}` : one.id;
  if (one.error) return html`<li><${Note} kind="warn" icon="warn"><p><strong>${name}</strong><br />${one.error}</p></${Note}></li>`;
  return html`
    <li class="anew" data-anew=${one.id}>
      <p class="row"><strong class="grow">${name}</strong><span>${numeral(app, one.before)} <${Arrow} app=${app} /> <strong>${numeral(app, one.after)}</strong></span></p>
      ${one.changes.length === 0
        ? html`<p class="soft">${app.t("tr_rescore_same")}</p>`
        : html`<table class="plain"><thead><tr><th scope="col">${app.t("tr_item")}</th><th scope="col" class="number">${app.t("tr_before")}</th><th scope="col" class="number">${app.t("tr_after")}</th></tr></thead>
          <tbody>${one.changes.map((change) => html`<tr key=${change.item}><td>${app.title(change.title) || change.item}</td><td class="number">${change.before ?? "–"}</td><td class="number"><strong>${change.after ?? "–"}</strong></td></tr>`)}</tbody></table>`}
    </li>`;
}

/** @param {{app: import("./app.js").TrainerApp}} props */
export const Arrow = ({ app }) => html`<span class="arrow"><${Icon} name="right" /><span class="unseen-text">${app.t("tr_becomes")}</span></span>`;
