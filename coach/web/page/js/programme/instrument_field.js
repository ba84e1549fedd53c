/** One field of a test, form or rules' file: a sentence in a language, a number, yes or no, one or some of a few. */
import { classes, html } from "../lib/ui.js";
import { Icon } from "../parts/icons.js";
import { keyOf, sayMistake } from "../trainer/place.js";

/** @typedef {import("../trainer/app.js").TrainerApp} App @typedef {import("../trainer/place.js").Mistake} Mistake */
/** @typedef {{place: (string | number)[], value: any, kind: "text" | "flag" | "whole" | "number" | "one_of" | "some_of" | "words", lang: string, least: number | null, most: number | null, options: string[], titles: Record<string, import("../lib/types.js").Title>, about: Record<string, string>}} Entry */

const LANGS = /** @type {Record<string, string>} */ ({ id: "Indonesia", en: "English" });
const LONG = 60; // characters: a longer text gets more than a line

/** Whether a mistake's place, which is written for people, is that of a field. @param {string} written @param {Entry["place"]} place */
export function isAt(written, place) {
  const steps = written.split(" → ");
  const tail = steps.at(-1) ?? "";
  const names = place.map(String);
  const ids = [...written.matchAll(/"([^"]+)"/g)].map((found) => found[1]);
  return ids.every((id) => names.includes(id)) && names.join(".").endsWith(tail) && (steps.length > 1 || names[0] === tail.split(".")[0]);
}

/** A word of the file for people; as it stands where there is none. @param {App} app @param {string | number} step */
const word = (app, step) => (app.words.has(`pr_f_${step}`) ? app.t(`pr_f_${step}`) : String(typeof step === "number" ? step + 1 : step));

/** @param {App} app @param {string} option */
function optionOf(app, option) {
  const key = ["pr_option", "pr_role", "pr_when", "pr_event"].map((kind) => `${kind}_${option}`).find((name) => app.words.has(name));
  return key ? app.t(key) : option;
}

/** What a group of fields is about: the sentence of its line. @param {App} app @param {string} key @param {Entry[]} own */
export function titleOf(app, key, own) {
  if (!key) return app.t("pr_f_whole");
  if (!key.includes("/")) return word(app, key);
  return own.find((one) => one.lang === app.lang && one.value)?.value ?? app.t("pr_f_new");
}

/** @param {{app: App, one: Entry, skip: number, value: any, changed: boolean, mistakes: Mistake[], onChange: (value: any) => void}} props  skip: steps of the place that the group says */
export function One({ app, one, skip, value, changed, mistakes, onChange }) {
  const id = `field-${keyOf(one.place)}`;
  const steps = one.place.slice(skip).filter((step) => !(one.lang && step === one.lang));
  const name = (steps.length ? steps : one.place.slice(-1)).map((step, k, all) => (all[k - 1] === "choices" ? `"${step}"` : word(app, step))).join(" › ");
  const label = one.about.id ? `${app.title(/** @type {any} */ (one.about))} › ${word(app, one.place.at(-1) ?? "")}` : one.lang ? `${name} (${LANGS[one.lang]})` : name;
  return html`<div class=${classes("number-field instrument-field", changed && "changed", mistakes.length > 0 && "asks")} data-field=${keyOf(one.place)}>
    <div class="what"><label for=${id}>${label}</label></div>
    <div class="typed"><${Input} app=${app} id=${id} one=${one} value=${value} label=${label} bad=${mistakes.length > 0} onChange=${onChange} /></div>
    ${mistakes.map((mistake, k) => html`<p class="error" key=${k}><${Icon} name="warn" />${sayMistake(app, mistake)}</p>`)}</div>`;
}

/** @param {{app: App, id: string, one: Entry, value: any, label: string, bad: boolean, onChange: (value: any) => void}} props */
function Input({ app, id, one, value, label, bad, onChange }) {
  const said = (/** @type {any} */ event) => event.currentTarget.value;
  const invalid = bad ? "true" : undefined;
  if (one.kind === "flag") return html`<select id=${id} onChange=${(/** @type {any} */ event) => onChange(said(event) === "true")}>${[true, false].map((each) => html`<option key=${each} value=${String(each)} selected=${value === each}>${app.t(flagKey(one, each))}</option>`)}</select>`;
  if (one.kind === "one_of") return html`<select id=${id} onChange=${(/** @type {any} */ event) => onChange(said(event))}>${one.options.map((each) => html`<option key=${each} value=${each} selected=${value === each}>${optionOf(app, each)}</option>`)}</select>`;
  if (one.kind === "some_of") return html`<span class="row" role="group" id=${id} aria-label=${label}>${one.options.map((each) => html`<label key=${each} class="some"><input type="checkbox" checked=${value.includes(each)} onChange=${() => onChange(one.options.filter((other) => (other === each) !== value.includes(other)))} />${one.titles[each] ? app.title(one.titles[each]) : optionOf(app, each)}</label>`)}</span>`;
  if (one.kind === "words") return html`<input id=${id} class="wide-text" type="text" autocomplete="off" aria-invalid=${invalid} value=${value.join(", ")} onChange=${(/** @type {any} */ event) => onChange(said(event).split(",").map((/** @type {string} */ each) => each.trim()).filter(Boolean))} />`;
  if (one.kind === "text") return html`<textarea id=${id} rows=${Math.min(5, 1 + Math.floor(String(value).length / LONG))} maxlength=${one.most} spellcheck=${false} lang=${one.lang || undefined} aria-invalid=${invalid} value=${value} onInput=${(/** @type {any} */ event) => onChange(said(event))}></textarea>`;
  return html`<input id=${id} type="number" step=${one.kind === "whole" ? 1 : "any"} min=${one.least} max=${one.most} aria-invalid=${invalid} value=${value} onInput=${(/** @type {any} */ event) => said(event) !== "" && onChange(Number(said(event)))} />`;
}

/** @param {Entry} one @param {boolean} yes */
const flagKey = (one, yes) => (one.place.at(-1) === "answer" ? (yes ? "pr_true" : "pr_false") : yes ? "pr_yes" : "pr_no");
