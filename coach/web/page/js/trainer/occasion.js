/** When a film was made and on which occasion, and which parts it shows: asked before it is scored. */
import { html } from "../lib/ui.js";
import { aboutOf, dayOfMoment, movedTo, OCCASIONS } from "../parts/about.js";
import { Tick } from "../parts/common.js";
import { day, Field, Select } from "./parts.js";

/** @typedef {import("./app.js").TrainerApp} App */
/** @typedef {{day: string, visit: string, mother: string, occasion: string}} Said */

/** What a film says of itself, and nothing else yet. @param {string} made @param {string} [occasion] @returns {Said} */
export const saidOf = (made, occasion = "") => ({ day: dayOfMoment(made), visit: "", mother: "", occasion });

/** To send: the day only where it is another than the film's own. @param {Said} said @param {string} made */
export function toSend({ day, visit, mother, occasion }, made) {
  const other = day && day !== dayOfMoment(made);
  return { ...(other ? { held: movedTo(made || new Date().toISOString(), day) } : {}), visit: Number(visit || 0), mother: mother.trim(), occasion };
}

/** @param {{app: App, said: Said, made: string, set: (name: keyof Said) => (value: string) => void}} props */
export function Occasion({ app, said, made, set }) {
  /** @type {[string, string][]} */
  const kinds = [["", "–"], ...OCCASIONS.map((one) => /** @type {[string, string]} */ ([one, app.t(`rv_occasion_${one}`)]))];
  const known = [said.day && day(app, `${said.day}T12:00`), ...aboutOf(app.words, { ...said, visit: Number(said.visit || 0) })].filter(Boolean).join(" · ");
  return html`<details class="more-fields">
    <summary>${app.t("tr_occasion")}: <strong>${known || "–"}</strong></summary>
    <div class="pair-fields">
    <${Field} label=${app.t("rv_about_held")} name="day" type="date" value=${said.day} onInput=${set("day")} hint=${app.t(made ? "tr_day_film" : "tr_day_none")} />
    <${Select} label=${app.t("rv_about_occasion")} name="occasion" value=${said.occasion} onChange=${set("occasion")} options=${kinds} />
    <${Field} label=${app.t("rv_about_mother")} name="mother" value=${said.mother} onInput=${set("mother")} hint=${app.t("rv_about_code")} more=${{ maxlength: 60 }} />
    <${Field} label=${app.t("rv_about_visit")} name="visit" type="number" value=${said.visit} onInput=${set("visit")} more=${{ min: 0, max: 999 }} />
    </div>
  </details>`;
}

/** The parts of a protocol. @param {App} app @param {string} file */
export const partsOf = (app, file) => app.about.protocols.find((one) => (one.file ?? one.id) === file)?.parts ?? [];

/** @param {{app: App, parts: {id: string, title: import("../lib/types.js").Title}[], left: string[], onChange: (left: string[]) => void}} props  `left`: those that are not rated */
export const Parts = ({ app, parts, left, onChange }) => html`
  <details class="more-fields">
    <summary>${app.t("tr_parts")}: <strong>${left.length ? parts.filter(({ id }) => !left.includes(id)).map(({ title }) => app.title(title)).join(", ") || "–" : app.t("tr_all")}</strong></summary>
    <div class="row part-ticks" role="group" aria-label=${app.t("tr_parts")}>${parts.map(({ id, title }) => html`<${Tick} key=${id} name=${`part-${id}`} checked=${!left.includes(id)}
      onChange=${(/** @type {boolean} */ on) => onChange(on ? left.filter((one) => one !== id) : [...left, id])}>${app.title(title)}</${Tick}>`)}</div>
    <p class="soft small">${app.t("tr_parts_what")}</p>
  </details>`;
