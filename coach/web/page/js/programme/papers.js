/** Papers, where one needs them: each is made on this laptop and kept by the browser. */
import { html, useState } from "../lib/ui.js";
import { Button, Tick } from "../parts/common.js";
import { Icon } from "../parts/icons.js";
import { Field, Select } from "../trainer/parts.js";
import { save } from "../trainer/saving.js";
import { Table } from "./doing.js";

/** @typedef {import("./doing.js").Desk} Desk */
const LANGS = [["id", "Bahasa Indonesia"], ["en", "English"]];

/** Others' systems that are asked about. */
const PROFILES = ["ilp", "tpk", "satusehat", "asik", "eppgbm"];

/** Lets a paper be made; says so while it takes long. @param {Desk} desk */
export function useMaking({ app }) {
  const [busy, setBusy] = useState("");
  const make = async (/** @type {string} */ kind, /** @type {Record<string, string>} */ values) => {
    setBusy(kind);
    try {
      await save(`/api/programme/papers/${kind}`, values);
      app.toast(app.t("tr_saved"));
    } catch (error) {
      app.told(error);
    }
    setBusy("");
  };
  return { busy, make };
}

/** @param {{desk: Desk, kinds: string[], values?: Record<string, string>, named?: boolean}} props  named: whether names may be asked for */
export function Papers({ desk, kinds, values = {}, named = false }) {
  const { app } = desk;
  const [lang, setLang] = useState(/** @type {string} */ (app.lang));
  const [names, setNames] = useState(false);
  const { busy, make } = useMaking(desk);
  const asked = { ...values, lang, names: names ? "1" : "" };
  return html`<section class="stack tight papers-here"><h2>${app.t("pr_papers")}</h2>
    <div class="row choices"><${Select} label=${app.t("tr_paper_lang")} name="paper-lang" value=${lang} onChange=${setLang} options=${LANGS} />
      ${named && html`<${Tick} name="paper-names" checked=${names} onChange=${setNames}>${app.t("pr_paper_names")}</${Tick}>`}</div>
    <ul class="papers">${kinds.map((kind) => html`<li key=${kind}><button type="button" class="paper" data-paper=${kind} disabled=${busy !== ""} onClick=${() => make(kind, asked)}>
      <${Icon} name="paper" /><strong class="grow">${app.t(busy === kind ? "tr_making" : `pr_paper_${kind.replaceAll("-", "_")}`)}</strong></button></li>`)}</ul></section>`;
}

/** What the programme came to, for the Puskesmas. @param {{desk: Desk}} props */
export function Recap({ desk }) {
  const { app, data } = desk;
  const [form, setForm] = useState({ since: "", until: "", place: "", lang: /** @type {string} */ (app.lang) });
  const { busy, make } = useMaking(desk);
  const set = (/** @type {string} */ name) => (/** @type {string} */ value) => setForm((before) => ({ ...before, [name]: value }));
  const places = [["", app.t("pr_recap_all")], ...data.places.map((/** @type {any} */ one) => [one.id, one.name])];
  return html`<section class="stack tight"><h2>${app.t("pr_recap")}</h2><p class="soft">${app.t("pr_recap_lead")}</p>
    <div class="row choices">
      <${Select} label=${app.t("pr_place")} name="recap-place" value=${form.place} onChange=${set("place")} options=${places} />
      <${Field} label=${app.t("pr_since")} name="recap-since" type="date" value=${form.since} onInput=${set("since")} />
      <${Field} label=${app.t("pr_until")} name="recap-until" type="date" value=${form.until} onInput=${set("until")} />
      <${Select} label=${app.t("tr_paper_lang")} name="recap-lang" value=${form.lang} onChange=${set("lang")} options=${LANGS} /></div>
    <div class="row">${["recap", "recap-table"].map((kind) => html`<${Button} key=${kind} id=${`make-${kind}`} icon=${kind === "recap" ? "paper" : "table"} disabled=${busy !== ""} onClick=${() => make(kind, form)}>${app.t(busy === kind ? "tr_making" : `pr_paper_${kind.replaceAll("-", "_")}`)}</${Button}>`)}</div>
    <p class="soft">${app.t("pr_recap_profile")}</p>
    <details class="profiles"><summary>${app.t("pr_profiles")}</summary><${Profiles} app=${app} /></details></section>`;
}

/** What there is for others' systems, each called what it is: a file, a table to copy from, or nothing. @param {{app: Desk["app"]}} props */
const Profiles = ({ app }) => html`<${Table} name=${app.t("pr_profiles")} head=${[app.t("pr_profile_for"), app.t("pr_profile_file"), app.t("pr_profile_is")]}
  rows=${PROFILES.map((one) => html`<tr key=${one} data-profile=${one}><th scope="row">${app.t(`pr_profile_${one}`)}</th>
    <td>${one === "satusehat" ? html`<${Button} kind="plain" icon="paper" onClick=${() => app.go("/papers")}>${app.t("tr_paper_fhir")}</${Button}>` : app.t(`pr_profile_${one}_file`)}</td><td>${app.t(`pr_profile_${one}_is`)}</td></tr>`)} />`;
