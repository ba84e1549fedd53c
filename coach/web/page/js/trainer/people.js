/** Who the codes are: names are optional, and mothers never have one here. */
import { put } from "../lib/api.js";
import { html, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { useAnswer } from "./asking.js";
import { Dialog, Field, Select, Top, Waiting } from "./parts.js";

/** @typedef {import("./app.js").TrainerApp} App */
/** @typedef {{code: string, name: string, role: string, posyandu: string}} Person */

const ROLES = ["kader", "trainer"];

/** @param {{app: App}} props */
export function People({ app }) {
  const [again, setAgain] = useState(0);
  const [open, setOpen] = useState(/** @type {Person | null} */ (null));
  const { data, error, busy } = useAnswer("/api/people", {}, again);
  const found = /** @type {Person[]} */ (Array.isArray(data) ? data : (data?.people ?? []));
  const unnamed = app.about.choices.kader.filter((code) => !found.some((one) => one.code === code)).map((code) => ({ code, name: "", role: "", posyandu: "" }));
  const people = [...found, ...unnamed].sort((a, b) => a.code.localeCompare(b.code, app.lang));
  const saved = () => {
    setOpen(null);
    setAgain((n) => n + 1);
    app.refresh().catch(() => {});
  };
  return html`
    <${Top} title=${app.t("tr_page_people")} lead=${app.t("tr_people_lead")}>
      <${Button} id="person-new" kind="first" icon="person" onClick=${() => setOpen({ code: "", name: "", role: "kader", posyandu: "" })}>${app.t("tr_person_new")}</${Button}>
    </${Top}>
    ${error && html`<${Note} kind="stop" icon="warn" role="alert"><p>${error.say(app.words)}</p></${Note}>`}
    ${busy && !data && html`<${Waiting} app=${app} />`}
    ${data && people.length === 0 && html`<${Note} kind="calm" icon="bulb"><p>${app.t("tr_people_none")}</p></${Note}>`}
    ${people.length > 0 && data && html`
      <div class="scroll" tabindex="0" role="group" aria-label=${app.t("tr_page_people")}><table class="plain people">
        <thead><tr><th scope="col">${app.t("tr_code")}</th><th scope="col">${app.t("tr_name")}</th><th scope="col">${app.t("tr_role")}</th><th scope="col">${app.t("tr_posyandu")}</th><th scope="col"><span class="unseen-text">${app.t("tr_change")}</span></th></tr></thead>
        <tbody>${people.map((one) => html`<tr key=${one.code} data-person=${one.code}>
          <th scope="row">${one.code}</th><td>${one.name || html`<span class="soft">${app.t("tr_no_name")}</span>`}</td>
          <td>${app.words.has(`tr_role_${one.role}`) ? app.t(`tr_role_${one.role}`) : one.role || "–"}</td><td>${one.posyandu || "–"}</td>
          <td class="do"><${Button} kind="plain" icon="pencil" label=${app.t("tr_change_person", { code: one.code })} onClick=${() => setOpen(one)}>${app.t("tr_change")}</${Button}></td></tr>`)}</tbody>
      </table></div>`}
    ${open && html`<${Form} app=${app} person=${open} onClose=${() => setOpen(null)} onSaved=${saved} />`}`;
}

/** @param {{app: App, person: Person, onClose: () => void, onSaved: () => void}} props */
function Form({ app, person, onClose, onSaved }) {
  const [form, setForm] = useState({ ...person, role: person.role || "kader" });
  const [error, setError] = useState("");
  const set = (/** @type {keyof Person} */ name) => (/** @type {string} */ value) => setForm((before) => ({ ...before, [name]: value }));
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const code = form.code.trim();
    if (!code) return setError(app.t("tr_code_missing"));
    try {
      await put(`/api/people/${encodeURIComponent(code)}`, { name: form.name.trim(), role: form.role, posyandu: form.posyandu.trim() });
      onSaved();
    } catch (refused) {
      setError(/** @type {import("../lib/api.js").Refusal} */ (refused).say(app.words));
    }
  };
  const roles = ROLES.includes(form.role) ? ROLES : [...ROLES, form.role];
  return html`
    <${Dialog} app=${app} title=${person.code ? app.t("tr_change_person", { code: person.code }) : app.t("tr_person_new")} onClose=${onClose}>
      <form class="stack" onSubmit=${save}>
        ${!person.code && html`<${Field} label=${app.t("tr_code")} name="code" value=${form.code} onInput=${set("code")} hint=${app.t("tr_code_hint")} />`}
        <${Field} label=${app.t("tr_name_optional")} name="name" value=${form.name} onInput=${set("name")} hint=${app.t("tr_name_hint")} />
        <${Select} label=${app.t("tr_role")} name="role" value=${form.role} onChange=${set("role")} options=${roles.map((role) => [role, app.words.has(`tr_role_${role}`) ? app.t(`tr_role_${role}`) : role])} />
        <${Field} label=${app.t("tr_posyandu")} name="posyandu" value=${form.posyandu} choices=${app.about.choices.posyandu} onInput=${set("posyandu")} />
        ${error && html`<${Note} kind="stop" icon="warn" role="alert"><p>${error}</p></${Note}>`}
        <div class="row"><button type="submit" class="button first" id="person-save"><span>${app.t("tr_save")}</span></button><${Button} onClick=${onClose}>${app.t("tr_cancel")}</${Button}></div>
      </form>
    </${Dialog}>`;
}
