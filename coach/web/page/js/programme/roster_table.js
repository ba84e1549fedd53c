/** The roster as a table: looked at before it is taken in; out as CSV or Excel, names only by a tick. */
import { post } from "../lib/api.js";
import { html, useRef, useState } from "../lib/ui.js";
import { Button, Tick } from "../parts/common.js";
import { Dialog } from "../trainer/parts.js";
import { save } from "../trainer/saving.js";
import { coded } from "./files.js";

/** @param {{desk: import("./doing.js").Desk}} props */
export function RosterTable({ desk }) {
  const { app } = desk;
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [found, setFound] = useState(/** @type {any} */ (null));
  const [names, setNames] = useState(false);
  const [busy, setBusy] = useState(false);
  const ask = async (/** @type {object} */ body) => {
    setBusy(true);
    try {
      return await post("/api/programme/roster", { author: desk.author.trim(), ...body });
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
    app.toast(app.t("pr_roster_found", told));
    desk.reload();
  };
  const out = (/** @type {string} */ kind) => save(`/api/programme/roster/${kind}`, { lang: app.lang, names: names ? "1" : "" }).catch((error) => app.told(error));
  return html`<section class="stack tight"><h2>${app.t("pr_roster_table")}</h2><p class="soft">${app.t("pr_roster_table_lead")}</p>
    <input ref=${input} type="file" name="roster-table" accept=".csv,.xlsx" hidden onChange=${chosen} />
    <div class="row"><${Button} id="roster-choose" icon="down" disabled=${busy} onClick=${() => input.current?.click()}>${app.t("pr_roster_choose")}</${Button}></div>
    ${desk.data.people.length > 0 && html`<div class="row"><${Tick} name="roster-names" checked=${names} onChange=${setNames}>${app.t("pr_paper_names")}</${Tick}>
      ${["csv", "xlsx"].map((kind) => html`<${Button} key=${kind} id=${`roster-${kind}`} icon="table" onClick=${() => out(kind)}>${app.t(`pr_roster_${kind}`)}</${Button}>`)}</div>`}
    ${found && html`<${Dialog} app=${app} title=${found.table.name} busy=${busy} onClose=${() => setFound(null)}>
      <p><strong>${app.t("pr_roster_found", found)}</strong></p>${found.codes.length > 0 && html`<p>${app.t("pr_codes_given", { codes: found.codes.join(", ") })}</p>`}
      <div class="row"><${Button} id="roster-take" kind="first" icon="tick" disabled=${busy || !(found.new + found.changed)} onClick=${take}>${app.t("pr_take_do")}</${Button}><${Button} onClick=${() => setFound(null)}>${app.t("tr_cancel")}</${Button}></div>
    </${Dialog}>`}</section>`;
}
