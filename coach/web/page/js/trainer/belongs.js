/** Whose session it is and when it was, by which protocol it is scored, and what the mother agreed to. */
import { html, useState } from "../lib/ui.js";
import { Button, Note, Tick } from "../parts/common.js";
import { Occasion, Parts, partsOf, saidOf, toSend } from "./occasion.js";
import { Field, Select } from "./parts.js";

const KEPT = "coach.import"; // posyandu, protocol, kind, parts and who asked, for the next video; never a consent

/** @typedef {{posyandu?: string, protocol?: string, by?: string, occasion?: string, left?: string[]}} Kept */

/** @param {{app: import("./app.js").TrainerApp, made: string, onBegin: (form: object) => Promise<void>, onBack: () => void}} props  `made`: when it was filmed, if the film says so */
export function Belongs({ app, made, onBegin, onBack }) {
  const kept = /** @type {Kept} */ (JSON.parse(sessionStorage.getItem(KEPT) ?? "{}"));
  const [form, setForm] = useState({ kader: app.query.kader ?? "", posyandu: kept.posyandu ?? "", protocol: kept.protocol ?? app.about.protocol ?? app.protocolChoices[0]?.[0] ?? "", by: kept.by ?? app.about.trainer ?? "" });
  const [said, setSaid] = useState({ ...saidOf(made, kept.occasion), ...(app.query.visit ? { occasion: "visit", mother: app.query.mother ?? "", visit: app.query.ordinal ?? "" } : {}) });
  const [left, setLeft] = useState(kept.left ?? []); // parts that are not rated
  const [ticked, setTicked] = useState({ agreed: false, no_person: false, pillow: false, video: false });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const set = (/** @type {string} */ name) => (/** @type {string} */ value) => setForm((before) => ({ ...before, [name]: value }));
  const tick = (/** @type {string} */ name) => (/** @type {boolean} */ on) => setTicked((before) => ({ ...before, [name]: on }));
  const codes = [...new Set([...app.about.people.map((one) => one.code), ...app.about.choices.kader])];
  const say = (/** @type {string} */ name) => (/** @type {string} */ value) => setSaid((before) => ({ ...before, [name]: value }));
  const all = partsOf(app, form.protocol);
  const parts = all.filter(({ id }) => !left.includes(id)).map(({ id }) => id);
  const allowed = ticked.agreed || ticked.no_person;
  const name = app.nameOf(form.kader.trim());
  const begin = async () => {
    setBusy(true);
    const { kader, posyandu, protocol, by } = form;
    sessionStorage.setItem(KEPT, JSON.stringify({ posyandu, protocol, by, occasion: said.occasion, left }));
    const checks = ["agreed", "no_person", "pillow"].filter((id) => ticked[/** @type {"agreed"} */ (id)] && (id !== "pillow" || ticked.no_person));
    try {
      await onBegin({ kader: kader.trim(), posyandu: posyandu.trim(), protocol, about: toSend(said, made), parts: parts.length < all.length ? parts : [], consent: { video: ticked.video, checks, by: by.trim() } });
    } catch (error) {
      setError(/** @type {import("../lib/api.js").Refusal} */ (error).say(app.words));
      setBusy(false);
    }
  };
  return html`
    <h1>${app.t("tr_belongs_title")}</h1>
    <div class="pair-fields">
      <${Field} label=${app.t("tr_kader_code")} name="kader" value=${form.kader} choices=${codes} onInput=${set("kader")} hint=${name || app.t("tr_kader_hint")} />
      <${Field} label=${app.t("tr_posyandu")} name="posyandu" value=${form.posyandu} choices=${app.about.choices.posyandu} onInput=${set("posyandu")} />
      <${Select} label=${app.t("tr_protocol")} name="protocol" value=${form.protocol} onChange=${set("protocol")} options=${app.protocolChoices} />
      <${Field} label=${app.t("tr_consent_by")} name="by" value=${form.by} choices=${codes} onInput=${set("by")} />
    </div>
    <${Occasion} app=${app} said=${said} made=${made} set=${say} />
    <${Parts} app=${app} parts=${all} left=${left} onChange=${setLeft} />
    <fieldset class="stack tight">
      <legend><h2>${app.t("consent_title")}</h2></legend>
      <${Tick} name="agreed" checked=${ticked.agreed} onChange=${tick("agreed")}><strong>${app.t("tr_consent_agreed")}</strong></${Tick}>
      <${Tick} name="no_person" checked=${ticked.no_person} onChange=${tick("no_person")}>${app.t("tr_consent_no_person")}</${Tick}>
      ${ticked.no_person && html`<${Tick} name="pillow" checked=${ticked.pillow} onChange=${tick("pillow")}>${app.t("tr_consent_pillow")}</${Tick}>`}
      <${Tick} name="video" checked=${ticked.video} onChange=${tick("video")}>${app.t("tr_consent_video")}</${Tick}>
    </fieldset>
    ${!ticked.video && html`<${Note} kind="calm" icon="eye_off"><p>${app.t("tr_consent_no_video")}</p></${Note}>`}
    ${error && html`<${Note} kind="stop" icon="warn" role="alert"><p>${error}</p></${Note}>`}
    <div class="row">
      <${Button} id="begin-review" kind="first big" icon="play" disabled=${!allowed || !parts.length || busy} onClick=${begin}>${app.t("tr_begin_review")}</${Button}>
      <${Button} id="back-to-marking" kind="plain" icon="previous" disabled=${busy} onClick=${onBack}>${app.t("back")}</${Button}>
      <span class="soft" role="status">${allowed ? (parts.length ? "" : app.t("tr_parts_none")) : app.t("tr_consent_first")}</span>
    </div>`;
}
