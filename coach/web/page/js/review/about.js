/** When a session was and on which occasion: asked and changed here. */
import { put } from "../lib/api.js";
import { html, useState } from "../lib/ui.js";
import { dayOfMoment, movedTo, OCCASIONS } from "../parts/about.js";
import { Button, Note } from "../parts/common.js";
import { DateField } from "../parts/date_field.js";
import { Dialog } from "./dialog.js";

/** @param {{desk: import("./desk.js").Desk}} props */
export function About({ desk }) {
  const { row } = desk.session;
  const [form, setForm] = useState({ day: dayOfMoment(row.held || row.created), visit: row.visit ? String(row.visit) : "", mother: row.mother ?? "", occasion: row.occasion ?? "" });
  const [told, tell] = useState("");
  const set = (/** @type {string} */ name) => (/** @type {any} */ event) => setForm({ ...form, [name]: event.currentTarget.value });
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const before = row.held || row.created;
    const held = form.day && form.day !== dayOfMoment(before) ? { held: movedTo(before, form.day) } : {};
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
        <div class="field"><label for="about-day">${desk.t("rv_about_held")}</label>
          <${DateField} id="about-day" name="day" value=${form.day} invalid=${false} onInput=${(/** @type {string} */ day) => setForm({ ...form, day })} /></div>
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
