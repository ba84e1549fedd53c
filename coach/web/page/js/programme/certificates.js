/** Certificates, and kader who teach kader: the chain with its generations. */
import { html, useState } from "../lib/ui.js";
import { Button, Tick } from "../parts/common.js";
import { Field, numeral, Select } from "../trainer/parts.js";
import { Papers } from "./papers.js";
import { called, dayOf, Form, having, send, Table } from "./doing.js";
import { Verify } from "./verify.js";

/** @typedef {import("./doing.js").Desk} Desk */

/** @param {{desk: Desk}} props */
export function Certificates({ desk }) {
  const { app, data } = desk;
  const [open, setOpen] = useState(false);
  const [back, setBack] = useState(/** @type {any} */ (null));
  return html`
    ${data.lists.certificates.length ? html`<${Table} name=${app.t("pr_tab_certificates")} head=${[app.t("pr_number"), app.t("tr_kader"), app.t("pr_issued"), app.t("pr_expires"), app.t("pr_standing"), ""]}
      rows=${data.lists.certificates.map((/** @type {any} */ one) => html`<tr key=${one.id}><th scope="row">${one.number}</th><td>${one.who}</td><td>${dayOf(app, one.issued)}</td><td>${dayOf(app, one.expires)}</td><td>${app.t(`pr_standing_${one.standing}`)}</td><td class="do">${one.standing !== "revoked" && html`<${Button} kind="plain" icon="cross" onClick=${() => setBack(one)}>${app.t("pr_revoke")}</${Button}>`}</td></tr>`)} />` : html`<p class="soft">${app.t("pr_certificates_none")}</p>`}
    ${data.lists.certificates.length > 0 && html`<${Papers} desk=${desk} kinds=${["certificate"]} />`}
    <${Verify} desk=${desk} />
    ${back && html`<${Revoke} desk=${desk} certificate=${back} onClose=${() => setBack(null)} />`}
    <section><div class="row do-row"><h2 class="grow">${app.t("pr_chain")}</h2><${Button} id="teaching-new" icon="plus" onClick=${() => setOpen(true)}>${app.t("pr_teaching_new")}</${Button}></div>
      ${data.chain.length ? html`<ul class="tree">${data.chain.map((/** @type {any} */ one, /** @type {number} */ k) => html`<${Branch} key=${k} app=${app} branch=${one} />`)}</ul>` : html`<p class="soft">${app.t("pr_chain_none")}</p>`}
      ${data.generations.length > 0 && html`<${Table} name=${app.t("pr_generations")} head=${[app.t("pr_generation"), app.t("pr_people"), app.t("pr_examined"), app.t("tr_passed"), app.t("pr_mean_score")]}
        rows=${data.generations.map((/** @type {any} */ one) => html`<tr key=${one.generation}><th scope="row">${one.generation}</th><td class="number">${one.people}</td><td class="number">${one.examined}</td><td class="number">${one.passed}</td><td class="number">${numeral(app, one.mean, 1)}</td></tr>`)} />`}</section>
    ${open && html`<${TeachingForm} desk=${desk} onClose=${() => setOpen(false)} />`}`;
}

/** @param {{desk: Desk, certificate: any, onClose: () => void}} props */
function Revoke({ desk, certificate, onClose }) {
  const { app } = desk;
  const who = having(desk, ["trainer", "therapist", "midwife"]);
  const [by, setBy] = useState(who[0]?.id ?? "");
  const [why, setWhy] = useState("");
  return html`<${Form} desk=${desk} title=${app.t("pr_revoke_title", { number: certificate.number })} onClose=${onClose} ready=${Boolean(by && why.trim())} onSave=${() => send(desk, `/certificates/${certificate.id}/revoked`, { by, why: why.trim() })}>
    <p>${app.t("pr_revoke_what", { who: certificate.who })}</p>
    <${Field} label=${app.t("pr_f_reason")} name="revoke-why" value=${why} onInput=${setWhy} />
    ${who.length ? html`<${Select} label=${app.t("pr_signer")} name="revoke-by" value=${by} onChange=${setBy} options=${who.map((/** @type {any} */ one) => [one.id, called(one)])} />` : html`<p>${app.t("pr_no_signer")}</p>`}
  </${Form}>`;
}

/** @param {{app: import("../trainer/app.js").TrainerApp, branch: any}} props */
function Branch({ app, branch }) {
  return html`<li><span class="pill">${branch.generation}</span> ${branch.who} ${branch.day && html`<span class="soft">${dayOf(app, branch.day)}</span>`}
    ${branch.trainees.length > 0 && html`<ul>${branch.trainees.map((/** @type {any} */ one, /** @type {number} */ k) => html`<${Branch} key=${k} app=${app} branch=${one} />`)}</ul>`}</li>`;
}

/** @param {{desk: Desk, onClose: () => void}} props */
function TeachingForm({ desk, onClose }) {
  const { app, data } = desk;
  const kader = having(desk, ["kader"]);
  const [teacher, setTeacher] = useState(data.people[0]?.id ?? "");
  const [date, setDate] = useState(data.today);
  const [chosen, setChosen] = useState(/** @type {string[]} */ ([]));
  const [assisted, setAssisted] = useState(false);
  const tap = (/** @type {string} */ id) => setChosen((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]));
  return html`<${Form} desk=${desk} title=${app.t("pr_teaching_new")} onClose=${onClose} ready=${chosen.length > 0} onSave=${() => send(desk, "/teachings", { teacher, date, assisted, trainees: chosen.filter((id) => id !== teacher) })}>
    <${Select} label=${app.t("pr_teacher")} name="teacher" value=${teacher} onChange=${setTeacher} options=${data.people.map((/** @type {any} */ one) => [one.id, called(one)])} />
    <${Field} label=${app.t("pr_date")} name="teaching-date" type="date" value=${date} onInput=${setDate} />
    <${Tick} name="assisted" checked=${assisted} onChange=${setAssisted}>${app.t("pr_assisted")}</${Tick}>
    <p>${app.t("pr_trainees")}</p>
    <div class="taps">${kader.filter((/** @type {any} */ one) => one.id !== teacher).map((/** @type {any} */ one) => html`<button type="button" key=${one.id} class=${`tap ${chosen.includes(one.id) ? "present" : ""}`} aria-pressed=${String(chosen.includes(one.id))} onClick=${() => tap(one.id)}><strong>${one.name || one.code}</strong><span>${one.code}</span></button>`)}</div>
  </${Form}>`;
}
