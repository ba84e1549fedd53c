/** Places, people and mothers: codes come from coach, names are optional, mothers never have one. */
import { html, useState } from "../lib/ui.js";
import { Button } from "../parts/common.js";
import { Field, Select } from "../trainer/parts.js";
import { Papers } from "./papers.js";
import { Form, send, Table } from "./doing.js";
import { PersonForm, ROLES } from "./person.js";
import { RosterTable } from "./roster_table.js";

/** @typedef {import("./doing.js").Desk} Desk */
const TYPES = ["puskesmas", "posyandu", "pmb", "village"];

/** @param {{desk: Desk}} props */
export function Roster({ desk }) {
  const { app, data } = desk;
  const [open, setOpen] = useState("");
  const [opened, setOpened] = useState("");
  const close = () => setOpen("");
  const inside = new Map(data.places.map((/** @type {any} */ one) => [one.id, one.name]));
  return html`
    <div class="row do-row">
      <${Button} id="place-new" icon="plus" onClick=${() => setOpen("place")}>${app.t("pr_place_new")}</${Button}>
      <${Button} id="people-new" kind="first" icon="person" disabled=${!data.places.length} onClick=${() => setOpen("people")}>${app.t("pr_people_new")}</${Button}>
      <${Button} id="mothers-new" icon="plus" disabled=${!data.places.length} onClick=${() => setOpen("mothers")}>${app.t("pr_mothers_new")}</${Button}>
    </div>
    ${data.people.length > 0 && html`<${Table} name=${app.t("pr_tab_roster")} head=${[app.t("tr_code"), app.t("tr_name"), app.t("tr_role"), app.t("pr_place"), app.t("pr_type_puskesmas"), ""]}
      rows=${data.people.map((/** @type {any} */ one) => html`<tr key=${one.id}><th scope="row">${one.code}</th><td>${one.name || html`<span class="soft">${app.t("tr_no_name")}</span>`}</td>
        <td>${one.roles.map((/** @type {string} */ role) => app.t(`pr_role_${role}`)).join(", ")}</td><td>${one.place || "–"}</td><td>${one.puskesmas || "–"}</td>
        <td class="do"><${Button} kind="plain" icon="pencil" onClick=${() => setOpened(one.id)}>${app.t("pr_edit")}</${Button}></td></tr>`)} />`}
    <div class="two">
      <section><h2>${app.t("pr_places")}</h2>${data.places.length ? html`<${Table} name=${app.t("pr_places")} head=${[app.t("tr_name"), app.t("pr_type"), app.t("pr_within")]}
        rows=${data.places.map((/** @type {any} */ one) => html`<tr key=${one.id}><th scope="row">${one.name}</th><td>${app.t(`pr_type_${one.type}`)}</td><td>${inside.get(one.within) ?? "–"}</td></tr>`)} />` : html`<p class="soft">${app.t("pr_places_none")}</p>`}</section>
      <section><h2>${app.t("pr_mothers")}</h2>${data.mothers.length ? html`<ul class="chips">${data.mothers.map((/** @type {any} */ one) => html`<li key=${one.id}><button type="button" class="pill" data-mother=${one.code} onClick=${() => setOpened(one.id)}>${one.code}</button></li>`)}</ul>` : html`<p class="soft">${app.t("pr_mothers_none")}</p>`}</section>
    </div>
    ${data.people.length > 0 && html`<${Papers} desk=${desk} kinds=${["cards"]} named=${true} />`}
    <${RosterTable} desk=${desk} />
    ${opened && html`<${PersonForm} desk=${desk} id=${opened} onClose=${() => setOpened("")} />`}
    ${open === "place" && html`<${PlaceForm} desk=${desk} onClose=${close} />`}
    ${open === "people" && html`<${PeopleForm} desk=${desk} onClose=${close} />`}
    ${open === "mothers" && html`<${MothersForm} desk=${desk} onClose=${close} />`}`;
}

/** The places to choose from. @param {Desk} desk @param {string[]} types @returns {[string, string][]} */
export const placesOf = (desk, types) => desk.data.places.filter((/** @type {any} */ one) => types.includes(one.type)).map((/** @type {any} */ one) => [one.id, one.name]);

/** @param {{desk: Desk, onClose: () => void}} props */
function PlaceForm({ desk, onClose }) {
  const { app } = desk;
  const offices = placesOf(desk, ["puskesmas"]);
  const [type, setType] = useState(offices.length ? "posyandu" : "puskesmas");
  const [name, setName] = useState("");
  const [within, setWithin] = useState(offices[0]?.[0] ?? "");
  return html`<${Form} desk=${desk} title=${app.t("pr_place_new")} onClose=${onClose} ready=${name.trim() !== ""} onSave=${() => send(desk, "/places", { type, name: name.trim(), within: type === "puskesmas" ? "" : within })}>
    <${Select} label=${app.t("pr_type")} name="type" value=${type} onChange=${setType} options=${TYPES.map((one) => [one, app.t(`pr_type_${one}`)])} />
    <${Field} label=${app.t("tr_name")} name="place-name" value=${name} onInput=${setName} />
    ${type !== "puskesmas" && offices.length > 0 && html`<${Select} label=${app.t("pr_within")} name="within" value=${within} onChange=${setWithin} options=${[...offices, ["", "–"]]} />`}
  </${Form}>`;
}

/** @param {{desk: Desk, onClose: () => void}} props */
function PeopleForm({ desk, onClose }) {
  const { app } = desk;
  const places = placesOf(desk, ["posyandu", "pmb", "village", "puskesmas"]);
  const [place, setPlace] = useState(places[0]?.[0] ?? "");
  const [role, setRole] = useState("kader");
  const [names, setNames] = useState("");
  const listed = names.split("\n").map((one) => one.trim());
  while (listed.length && !listed[listed.length - 1]) listed.pop();
  const saved = (/** @type {any} */ answer) => app.toast(app.t("pr_codes_given", { codes: answer.codes.join(", ") }));
  return html`<${Form} desk=${desk} title=${app.t("pr_people_new")} onClose=${onClose} ready=${listed.length > 0} onSave=${() => send(desk, "/people", { place, roles: [role], names: listed.map((one) => (one === "-" ? "" : one)) }, saved)}>
    <${Select} label=${app.t("pr_place")} name="place" value=${place} onChange=${setPlace} options=${places} />
    <${Select} label=${app.t("tr_role")} name="role" value=${role} onChange=${setRole} options=${ROLES.map((one) => [one, app.t(`pr_role_${one}`)])} />
    <div class="field"><label for="field-names">${app.t("pr_names")}</label>
      <textarea id="field-names" name="names" rows="6" value=${names} onInput=${(/** @type {any} */ event) => setNames(event.currentTarget.value)}></textarea>
      <span class="hint">${app.t("pr_names_hint", { count: listed.length })}</span></div>
  </${Form}>`;
}

/** @param {{desk: Desk, onClose: () => void}} props */
function MothersForm({ desk, onClose }) {
  const { app } = desk;
  const places = placesOf(desk, ["posyandu", "pmb", "village"]);
  const [place, setPlace] = useState(places[0]?.[0] ?? "");
  const [number, setNumber] = useState("1");
  const saved = (/** @type {any} */ answer) => app.toast(app.t("pr_codes_given", { codes: answer.codes.join(", ") }));
  return html`<${Form} desk=${desk} title=${app.t("pr_mothers_new")} onClose=${onClose} ready=${/^[1-9]\d{0,2}$/.test(number)} onSave=${() => send(desk, "/mothers", { place, number: Number(number) }, saved)}>
    <${Select} label=${app.t("pr_place")} name="place" value=${place} onChange=${setPlace} options=${places} />
    <${Field} label=${app.t("pr_how_many")} name="number" type="number" value=${number} onInput=${setNumber} hint=${app.t("pr_mothers_hint")} />
  </${Form}>`;
}
