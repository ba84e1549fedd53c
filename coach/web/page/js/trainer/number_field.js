/** One number of a protocol file, or a few that belong together, with its unit and the file's comment. */
import { classes, html, useState } from "../lib/ui.js";
import { Icon } from "../parts/icons.js";
import { fieldOf, keyOf, sayMistake } from "./place.js";

/** @typedef {import("./numbers.js").Entry} Entry */

/** The unit that a number's name tells. @param {Entry["place"]} place @returns {string} */
function unitKey(place) {
  const name = fieldOf(place);
  if (/_s$/.test(name)) return "tr_unit_s";
  if (/_deg$/.test(name)) return "tr_unit_deg";
  if (/percent|pass_mark|least_rated/.test(name)) return "tr_unit_percent";
  if (/^(target|partial_from|circles_per_pass)$/.test(name)) return "tr_unit_times";
  if (/^(corridor|tolerance|path|centre|radii|at|distance)$/.test(name)) return "tr_unit_back";
  return "";
}

/** @param {import("./app.js").TrainerApp} app @param {Entry} one */
export function nameOf(app, one) {
  const own = one.place[0] === "segments" ? one.place.slice(2) : one.place.slice(1);
  return own.map((step) => (app.words.has(`tr_num_${step}`) ? app.t(`tr_num_${step}`) : String(step))).join(" › ");
}

/** A typed number in either language's way of writing it, or null. @param {string} text */
const numberOf = (text) => (/^\s*-?\d+([.,]\d*)?\s*$/.test(text) ? Number(text.trim().replace(",", ".")) : null);

/**
 * @param {{app: import("./app.js").TrainerApp, one: Entry, about: string, value: any, changed: boolean, mistakes: import("./numbers.js").Mistake[], onChange: (value: any) => void}} props
 */
export function NumberField({ app, one, about, value, changed, mistakes, onChange }) {
  const id = `number-${keyOf(one.place)}`;
  const name = nameOf(app, one);
  const unit = unitKey(one.place);
  const list = [value].flat(2); // one number, a pair, or places [x, y]
  const put = (/** @type {number} */ k, /** @type {number} */ next) => onChange(replaced(one, value, k, next));
  return html`
    <div class=${classes("number-field", changed && "changed", mistakes.length > 0 && "asks")} data-number=${keyOf(one.place)}>
      <div class="what"><label for=${id}>${name}</label>${about && html`<span class="comment" id=${`${id}-about`}>${about}</span>`}</div>
      <div class="typed">
        ${list.map((each, k) => html`<${One} key=${k} id=${k ? `${id}-${k}` : id} label=${k ? `${name} ${k + 1}` : undefined} about=${about ? `${id}-about` : undefined} app=${app} one=${one} value=${each} onChange=${(/** @type {number} */ next) => put(k, next)} />`)}
        ${unit && html`<span class="unit">${app.t(unit)}</span>`}
        ${changed && html`<span class="soft was">${app.t("tr_was", { value: show(app, one.value) })}</span>`}
      </div>
      ${mistakes.map((mistake, k) => html`<p class="error" key=${k}><${Icon} name="warn" />${sayMistake(app, mistake)}</p>`)}
    </div>`;
}

/** The value with its number k, counted through, replaced. @param {Entry} one @param {any} value @param {number} k @param {number} next */
function replaced(one, value, k, next) {
  if (!Array.isArray(value)) return next;
  if (one.kind !== "places") return value.map((each, other) => (other === k ? next : each));
  return value.map((place, other) => place.map((/** @type {number} */ each, /** @type {number} */ axis) => (2 * other + axis === k ? next : each)));
}

/** @param {import("./app.js").TrainerApp} app @param {any} value */
const show = (app, value) => [value].flat(2).map((each) => String(each).replace(".", app.words.decimal)).join("; ");

/** @param {{app: import("./app.js").TrainerApp, one: Entry, id: string, label?: string, about?: string, value: number, onChange: (value: number) => void}} props */
function One({ app, one, id, label, about, value, onChange }) {
  const [typed, setTyped] = useState(/** @type {string | null} */ (null)); // what stands in the field while one types
  const text = typed ?? String(value).replace(".", app.words.decimal);
  const number = numberOf(text);
  const whole = one.kind === "whole";
  const bad = number === null || (whole && !Number.isInteger(number)) || (one.min != null && number < one.min) || (one.max != null && number > one.max) || (one.above != null && number <= one.above);
  const input = (/** @type {any} */ event) => {
    setTyped(event.currentTarget.value);
    const next = numberOf(event.currentTarget.value);
    if (next !== null) onChange(next);
  };
  return html`<input id=${id} type="text" inputmode=${whole ? "numeric" : "decimal"} value=${text} size="6" autocomplete="off" aria-label=${label}
    aria-describedby=${about} aria-invalid=${bad ? "true" : undefined} onInput=${input} onBlur=${() => setTyped(null)} />`;
}
