/** The mother's own answers on her milk: before and after the massage on the visit's form, and on the next day. */
import { html, useState } from "../lib/ui.js";
import { Field, Select } from "../trainer/parts.js";
import { Form, send } from "./doing.js";

/** @typedef {import("./doing.js").Desk} Desk */

/** The questions of one time. @param {{app: any, questions: any[], when: string, given: Record<string, string>, onPut: (id: string, value: string) => void}} props */
export const Questions = ({ app, questions, when, given, onPut }) => html`<fieldset><legend>${app.t(`pr_when_${when}`)}</legend>${questions.filter((one) => one.when.includes(when)).map((one) => html`
  <${Asked} key=${one.id} app=${app} question=${one} name=${`${when}-${one.id}`} value=${given[one.id] ?? ""} onPut=${(/** @type {string} */ value) => onPut(one.id, value)} />`)}</fieldset>`;

/** @param {{app: any, question: any, name: string, value: string, onPut: (value: string) => void}} props */
function Asked({ app, question, name, value, onPut }) {
  const label = app.title(question.text);
  if (question.choices) return html`<${Select} label=${label} name=${name} value=${value} onChange=${onPut} options=${[["", "–"], ...question.choices.map((/** @type {any} */ one) => [one.id, app.title(one.text)])]} />`;
  const { least = 0, most } = question.scale ?? { least: 0, most: question.number.most };
  return html`<${Field} label=${`${label} (${least}–${most}${question.number ? ` ${app.title(question.number.unit)}` : ""})`} name=${name} type="number" value=${value} onInput=${onPut} more=${{ min: least, max: most }} />`;
}

/** Writes down what was answered; says whom her answers send to the midwife. @param {Desk} desk @param {string} visit @param {string} when @param {Record<string, string>} given */
export async function answerFlow(desk, visit, when, given) {
  const own = desk.data.instruments.milk.filter((/** @type {any} */ one) => one.when.includes(when) && (given[one.id] ?? "") !== "");
  if (!own.length) return true;
  const answers = Object.fromEntries(own.map((/** @type {any} */ one) => [one.id, one.choices ? given[one.id] : Number(given[one.id])]));
  return send(desk, `/visits/${visit}/flow`, { when, answers }, ({ referrals }) => referrals.forEach((/** @type {any} */ one) => desk.app.toast(desk.app.t("pr_flow_refer", one))));
}

/** @param {{desk: Desk, visit: any, onClose: () => void}} props */
export function NextDay({ desk, visit, onClose }) {
  const { app } = desk;
  const [given, setGiven] = useState(/** @type {Record<string, string>} */ ({}));
  return html`<${Form} desk=${desk} title=${app.t("pr_flow_title", { mother: visit.mother })} onClose=${onClose} ready=${Object.values(given).some((one) => one !== "")} onSave=${() => answerFlow(desk, visit.id, "next_day", given)}>
    <p class="soft">${app.t("pr_milk_whose")}</p>
    <${Questions} app=${app} questions=${desk.data.instruments.milk} when="next_day" given=${given} onPut=${(/** @type {string} */ id, /** @type {string} */ value) => setGiven((before) => ({ ...before, [id]: value }))} />
  </${Form}>`;
}
