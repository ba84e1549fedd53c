/** One person or mother: corrected, what she agreed to, what else she is trained in, and taken away for good. */
import { html, useState } from "../lib/ui.js";
import { Button, Note, Tick } from "../parts/common.js";
import { useAnswer } from "../trainer/asking.js";
import { Field, Select } from "../trainer/parts.js";
import { dayOf, Form, send } from "./doing.js";
import { placesOf } from "./roster.js";

/** @typedef {import("./doing.js").Desk} Desk */
export const ROLES = ["kader", "trainer", "midwife", "therapist", "observer"];
const SCOPES = ["test", "data", "photo", "video", "teaching", "publication", "visit"];
const REASONS = ["withdrawn", "mistake", "double", "past_term"];
const FIELDS = { person: ["code", "name", "telephone", "roles", "place", "birth_year", "schooling", "kader_since", "reads_with_help"], mother: ["code", "place", "baby_born", "delivery"] };
const NUMBERS = ["birth_year", "kader_since"];

/** @param {{desk: Desk, id: string, onClose: () => void}} props */
export function PersonForm({ desk, id, onClose }) {
  const [again, setAgain] = useState(0);
  const { data: held, error } = useAnswer(`/api/programme/people/${id}`, {}, again);
  if (error) return html`<${Note} kind="stop" icon="warn" role="alert"><p>${error.say(desk.app.words)}</p></${Note}>`;
  return held && html`<${Opened} desk=${desk} held=${held} onClose=${onClose} onChanged=${() => setAgain((n) => n + 1)} />`;
}

/** @param {{desk: Desk, held: any, onClose: () => void, onChanged: () => void}} props */
function Opened({ desk, held, onClose, onChanged }) {
  const { app } = desk;
  const [form, setForm] = useState(() => Object.fromEntries(FIELDS[/** @type {"person"} */ (held.kind)].map((name) => [name, held[name] ?? ""])));
  const set = (/** @type {string} */ name) => (/** @type {any} */ value) => setForm((before) => ({ ...before, [name]: value }));
  const text = (/** @type {string} */ name, /** @type {object} */ more = {}) => html`<${Field} label=${app.t(name === "name" || name === "code" ? `tr_${name}` : `pr_${name}`)} name=${`person-${name}`} value=${String(form[name])} onInput=${set(name)} ...${more} />`;
  const roles = (/** @type {string} */ role) => set("roles")(form.roles.includes(role) ? form.roles.filter((/** @type {string} */ one) => one !== role) : [...form.roles, role]);
  const body = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, NUMBERS.includes(name) ? (value === "" ? null : Number(value)) : typeof value === "string" ? value.trim() : value]));
  const ready = Boolean(body.code) && (held.kind === "mother" || body.roles.length > 0);
  return html`<${Form} desk=${desk} title=${app.t("pr_person_title", { code: held.code })} onClose=${onClose} ready=${ready} onSave=${() => send(desk, `/people/${held.id}`, body)}>
    ${held.kind === "person" ? html`${text("name")}${text("telephone")}${text("code")}
      <fieldset class="ticks"><legend>${app.t("tr_role")}</legend>${ROLES.map((role) => html`<${Tick} key=${role} name=${`role-${role}`} checked=${form.roles.includes(role)} onChange=${() => roles(role)}>${app.t(`pr_role_${role}`)}</${Tick}>`)}</fieldset>`
      : html`<p class="soft">${app.t("pr_mothers_hint")}</p>${text("code")}`}
    <${Select} label=${app.t("pr_place")} name="person-place" value=${form.place} onChange=${set("place")} options=${[["", "–"], ...placesOf(desk, ["puskesmas", "posyandu", "pmb", "village"])]} />
    ${held.kind === "person" ? html`<div class="row choices">${NUMBERS.map((name) => text(name, { type: "number", more: { min: 1900, max: 2100 } }))}</div>${text("schooling")}
        <${Tick} name="reads_with_help" checked=${Boolean(form.reads_with_help)} onChange=${set("reads_with_help")}>${app.t("pr_reads_with_help")}</${Tick}>`
      : html`<div class="row choices">${text("baby_born", { hint: "2026-10", more: { pattern: "\\d{4}-(0[1-9]|1[0-2])", maxlength: 7 } })}
        <${Select} label=${app.t("pr_delivery")} name="person-delivery" value=${form.delivery} onChange=${set("delivery")} options=${[["", "–"], ...["vaginal", "caesarean"].map((one) => [one, app.t(`pr_delivery_${one}`)])]} /></div>`}
    <${Agreed} desk=${desk} held=${held} onChanged=${onChanged} />
    ${held.kind === "person" && html`<${Trained} desk=${desk} held=${held} onChanged=${onChanged} />`}
    <${Erase} desk=${desk} held=${held} onClose=${onClose} />
  </${Form}>`;
}

/** What she signed, or took back by the slip. @param {{desk: Desk, held: any, onChanged: () => void}} props */
function Agreed({ desk, held, onChanged }) {
  const { app } = desk;
  const said = held.consent;
  const [scopes, setScopes] = useState(/** @type {string[]} */ (said?.scopes ?? []));
  const tap = (/** @type {string} */ one) => setScopes((before) => (before.includes(one) ? before.filter((other) => other !== one) : [...before, one]));
  const say = async (/** @type {object} */ body) => { if (await send(desk, `/people/${held.id}/consent`, body)) onChanged(); };
  const now = !said ? app.t("pr_consent_none") : said.withdrawn ? app.t("pr_consent_withdrawn") : app.t("pr_consent_now", { scopes: said.scopes.map((/** @type {string} */ one) => app.t(`pr_scope_${one}`)).join(", ") || "–" });
  return html`<details class="more-of" id="consent"><summary>${app.t("pr_consent")}: <span class="soft">${now}</span></summary>
    <div class="ticks">${SCOPES.map((one) => html`<${Tick} key=${one} name=${`scope-${one}`} checked=${scopes.includes(one)} onChange=${() => tap(one)}>${app.t(`pr_scope_${one}`)}</${Tick}>`)}</div>
    <div class="row"><${Button} id="consent-save" icon="tick" disabled=${!scopes.length} onClick=${() => say({ scopes })}>${app.t("pr_consent_save")}</${Button}>
      ${said && !said.withdrawn && html`<${Button} id="consent-back" icon="undo" onClick=${() => say({ withdrawn: true })}>${app.t("pr_consent_back")}</${Button}>`}</div></details>`;
}

/** Certificates that she brought with her. @param {{desk: Desk, held: any, onChanged: () => void}} props */
function Trained({ desk, held, onChanged }) {
  const { app } = desk;
  const none = { what: "", number: "", issuer: "", issued: "", expires: "" };
  const [form, setForm] = useState(none);
  const set = (/** @type {string} */ name) => (/** @type {string} */ value) => setForm((before) => ({ ...before, [name]: value }));
  const add = async () => {
    if (!(await send(desk, `/people/${held.id}/qualification`, form))) return;
    setForm(none);
    onChanged();
  };
  return html`<details class="more-of" id="qualifications"><summary>${app.t("pr_qualifications", { count: held.qualifications.length })}</summary>
    ${held.qualifications.length > 0 && html`<ul class="lines">${held.qualifications.map((/** @type {any} */ one, /** @type {number} */ k) => html`<li key=${k}>${[one.what, one.number, one.issuer, one.expires && app.t("pr_until_day", { day: dayOf(app, one.expires) })].filter(Boolean).join(" – ")}</li>`)}</ul>`}
    <div class="row choices">${["what", "number", "issuer"].map((name) => html`<${Field} key=${name} label=${app.t(`pr_qualification_${name}`)} name=${`qualification-${name}`} value=${form[/** @type {"what"} */ (name)]} onInput=${set(name)} />`)}
      ${["issued", "expires"].map((name) => html`<${Field} key=${name} type="date" label=${app.t(`pr_${name}`)} name=${`qualification-${name}`} value=${form[/** @type {"what"} */ (name)]} onInput=${set(name)} />`)}</div>
    <div class="row"><${Button} id="qualification-add" icon="plus" disabled=${!form.what.trim()} onClick=${add}>${app.t("pr_qualification_add")}</${Button}></div></details>`;
}

/** All of her, here and wherever the next stick goes. @param {{desk: Desk, held: any, onClose: () => void}} props */
function Erase({ desk, held, onClose }) {
  const { app } = desk;
  const [reason, setReason] = useState("withdrawn");
  const [sure, setSure] = useState(false);
  const erase = async () => {
    if (await send(desk, `/people/${held.id}/erased`, { reason }, ({ number }) => app.toast(app.t("pr_erased", { code: held.code, count: number })))) onClose();
  };
  return html`<details class="more-of" id="erase"><summary>${app.t("pr_erase")}</summary>
    <p>${app.t(`pr_erase_what_${held.kind}`, { code: held.code, count: held.entries })}</p>
    <${Select} label=${app.t("pr_erase_reason")} name="erase-reason" value=${reason} onChange=${setReason} options=${REASONS.map((one) => [one, app.t(`pr_reason_${one}`)])} />
    <${Tick} name="erase-sure" checked=${sure} onChange=${setSure}>${app.t("pr_erase_sure")}</${Tick}>
    <div class="row"><${Button} id="erase-do" kind="danger" icon="trash" disabled=${!sure} onClick=${erase}>${app.t("pr_erase_do")}</${Button}></div></details>`;
}
