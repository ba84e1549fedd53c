/** When a session was and on which occasion: asked and changed here. */
import { put } from "../lib/api.js";
import { html, useState } from "../lib/ui.js";
import { OCCASIONS } from "../parts/about.js";
import { Button, Note } from "../parts/common.js";
import { Dialog } from "./dialog.js";

/** A moment as a page's own field has it: local time, to the minute. @param {string} iso */
function local(iso) {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return "";
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** @param {{desk: import("./desk.js").Desk}} props */
export function About({ desk }) {
  const { row } = desk.session;
  const [form, setForm] = useState({ held: local(row.held || row.created), visit: row.visit ? String(row.visit) : "", mother: row.mother ?? "", occasion: row.occasion ?? "" });
  const [told, tell] = useState("");
  const set = (/** @type {string} */ name) => (/** @type {any} */ event) => setForm({ ...form, [name]: event.currentTarget.value });
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const held = form.held && form.held !== local(row.held || row.created) ? { held: new Date(form.held).toISOString() } : {};
    try {
      await put(`${desk.base}/about`, { ...held, visit: Number(form.visit || 0), mother: form.mother.trim(), occasion: form.occasion });
      await desk.refresh();
      desk.go({ dialog: null });
      desk.toast("rv_about_kept");
    } catch (error) {
      tell(/** @type {import("../lib/api.js").Refusal} */ (error).say?.(desk.words) ?? String(error));
    }
  };
  return html`
    <${Dialog} desk=${desk} title=${desk.t("rv_more_about")}>
      <form class="stack" onSubmit=${save}>
        ${row.origin && html`<p class="soft">${desk.t("rv_about_file", { name: row.origin })}</p>`}
        <label class="field">${desk.t("rv_about_held")}<input type="datetime-local" name="held" value=${form.held} onInput=${set("held")} /></label>
        <label class="field">${desk.t("rv_about_occasion")}<select name="occasion" class="pick" value=${form.occasion} onChange=${set("occasion")}>
          ${["", ...OCCASIONS].map((one) => html`<option key=${one} value=${one} selected=${one === form.occasion}>${one ? desk.t(`rv_occasion_${one}`) : "–"}</option>`)}</select></label>
        <label class="field">${desk.t("rv_about_visit")}<input type="number" name="visit" min="0" max="999" value=${form.visit} onInput=${set("visit")} /></label>
        <label class="field">${desk.t("rv_about_mother")}<input name="mother" maxlength="60" autocomplete="off" value=${form.mother} onInput=${set("mother")} /></label>
        <p class="soft small">${desk.t("rv_about_code")}</p>
        ${told && html`<${Note} kind="warn" icon="warn" role="alert"><p>${told}</p></${Note}>`}
        <div class="row"><button type="submit" class="button first" id="about-save">${desk.t("rv_save")}</button>
          <${Button} onClick=${() => desk.go({ dialog: null })}>${desk.t("rv_cancel")}</${Button}></div>
      </form>
    </${Dialog}>`;
}
