/** The protocol files: see them, change their numbers, make a new one from a demonstration. */
import { html } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { useAnswer } from "./asking.js";
import { Demonstrate } from "./demonstrate.js";
import { Numbers } from "./numbers.js";
import { Top, Waiting } from "./parts.js";

/** @typedef {import("./app.js").TrainerApp} App @typedef {import("../lib/types.js").Title} Title */
/** @typedef {{id: string, version: string, title: Title, file: string, own?: boolean}} Entry */

/** @param {{app: App}} props */
export function Protocols({ app }) {
  const saved = app.query.saved ?? "";
  const { data, error, busy } = useAnswer("/api/protocols", {}, saved);
  const list = /** @type {Entry[]} */ (Array.isArray(data) ? data : (data?.protocols ?? []));
  const wanted = app.query.numbers || app.query.demonstrate;
  const entry = list.find((one) => one.file === wanted);
  if (entry && app.query.numbers) return html`<${Numbers} key=${wanted} app=${app} entry=${entry} />`;
  if (entry) return html`<${Demonstrate} key=${wanted} app=${app} entry=${entry} />`;
  return html`
    <${Top} title=${app.t("tr_page_protocols")} lead=${app.t("tr_protocols_lead")} />
    ${error && html`<${Note} kind="stop" icon="warn" role="alert"><p>${error.say(app.words)}</p></${Note}>`}
    ${busy && !data && html`<${Waiting} app=${app} />`}
    ${saved && html`<${Note} kind="good" icon="tick" role="status"><p>${app.t("tr_protocol_saved", { name: saved })}</p></${Note}>`}
    <ul class="protocols">${list.map((one) => html`
      <li key=${one.file} class="card stack tight" data-protocol=${one.file}>
        <div class="row"><h2 class="grow">${app.title(one.title) || one.id}</h2><span class="pill">${app.t("tr_version", { version: one.version })}</span></div>
        <p class="soft">${app.t(one.own ? "tr_protocol_own" : "tr_protocol_given")} · ${one.file}</p>
        <div class="row">
          <${Button} kind="first" icon="pencil" onClick=${() => app.filter({ numbers: one.file, saved: "" })}>${app.t("tr_numbers_change")}</${Button}>
          <${Button} icon="hand" onClick=${() => app.filter({ demonstrate: one.file, saved: "" })}>${app.t("tr_demonstrate")}</${Button}>
          <a class="button plain" href=${`/api/protocols/${encodeURIComponent(one.file)}/text`} target="_blank" rel="noopener">${app.t("tr_protocol_text")}</a>
        </div>
      </li>`)}</ul>`;
}
