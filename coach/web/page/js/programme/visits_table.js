/** Visits out of a table of Kobo, ODK or a spreadsheet: looked at line by line, then taken in. */
import { post } from "../lib/api.js";
import { html, useRef, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { Dialog } from "../trainer/parts.js";
import { save } from "../trainer/saving.js";
import { dayOf, Table } from "./doing.js";
import { coded } from "./files.js";

/** @typedef {import("./doing.js").Desk} Desk */
const PATH = "/api/programme/visits-table";

/** @param {{desk: Desk}} props */
export function VisitsTable({ desk }) {
  const { app } = desk;
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [found, setFound] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const ask = async (/** @type {object} */ body) => {
    setBusy(true);
    try {
      return await post(PATH, { author: desk.author.trim(), ...body });
    } catch (error) {
      app.told(error);
      return null;
    } finally {
      setBusy(false);
    }
  };
  const chosen = async (/** @type {any} */ event) => {
    const file = event.currentTarget.files[0];
    event.currentTarget.value = ""; // the same file may be chosen again
    if (!file) return;
    const table = { name: file.name, data: await coded(file) };
    const told = await ask(table);
    if (told) setFound({ ...told, table });
  };
  const take = async () => {
    const told = await ask({ ...found.table, take: true });
    if (!told) return;
    setFound(null);
    app.toast(app.t("pr_table_taken", { new: told.new, bad: told.bad }));
    desk.reload();
  };
  const form = () => save("/api/programme/visits-form").catch((error) => app.told(error));
  return html`<section class="stack tight"><h2>${app.t("pr_table")}</h2><p class="soft">${app.t("pr_table_lead")}</p>
    <input ref=${input} type="file" name="visits-table" accept=".csv,.xlsx" hidden onChange=${chosen} />
    <div class="row"><${Button} id="table-choose" icon="down" disabled=${busy} onClick=${() => input.current?.click()}>${app.t("pr_table_choose")}</${Button}>
      <${Button} id="table-form" kind="plain" icon="table" onClick=${form}>${app.t("pr_table_form")}</${Button}></div>
    ${found && html`<${Dialog} app=${app} kind="wide" title=${found.table.name} busy=${busy} onClose=${() => setFound(null)}>
      <p><strong>${app.t("pr_table_counts", found)}</strong> ${app.t("pr_table_more", found)}</p>
      ${found.bad > 0 && html`<${Note} kind="warn" icon="warn"><p>${app.t("pr_table_bad")}</p></${Note}>`}
      <${Table} name=${found.table.name} head=${[app.t("pr_line"), app.t("tr_kader"), app.t("pr_mother"), app.t("pr_date"), app.t("pr_state")]}
        rows=${found.lines.map((/** @type {any} */ one) => html`<tr key=${one.number} data-line=${one.number} class=${one.state}><th scope="row">${one.number}</th><td>${one.kader || "–"}</td><td>${one.mother || "–"}</td><td>${one.state === "bad" ? one.date || "–" : dayOf(app, one.date)}</td>
          <td>${app.t(`pr_table_${one.state}_line`)}${one.planned ? ` ${app.t("pr_table_planned")}` : ""}${one.referred ? ` ${app.t("pr_table_referred")}` : ""}${one.mistakes.map((/** @type {any} */ wrong) => html`<div class="error">${wrong.given ? app.t("pr_table_given", wrong) : app.t("pr_table_missing", wrong)}</div>`)}</td></tr>`)} />
      <div class="row"><${Button} id="table-take" kind="first" icon="tick" disabled=${busy || !found.new} onClick=${take}>${app.t("pr_table_take", { count: found.new })}</${Button}><${Button} onClick=${() => setFound(null)}>${app.t("tr_cancel")}</${Button}></div>
    </${Dialog}>`}</section>`;
}
