/** One visit: the safety questions first; any yes ends it with a referral. Then 13 movements, the manual items, the milk. */
import { classes, html, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { useAnswer } from "../trainer/asking.js";
import { Field, Select } from "../trainer/parts.js";
import { called, Form, having, send } from "./doing.js";
import { answerFlow, Questions } from "./flow.js";
import { How } from "./visit_film.js";

/** @typedef {import("./doing.js").Desk} Desk */
const GIVEN = ["2", "1", "0", "unseen", "na"];

/** @param {{desk: Desk, visit: any, onClose: () => void}} props */
export function VisitForm({ desk, visit, onClose }) {
  const { app } = desk;
  const [again, setAgain] = useState(0);
  const { data: held, error } = useAnswer(`/api/programme/visits/${visit.id}`, {}, again);
  if (error) return html`<${Note} kind="stop" icon="warn" role="alert"><p>${error.say(app.words)}</p></${Note}>`;
  if (!held) return null;
  return html`<${Filled} key=${JSON.stringify(held.session)} desk=${desk} visit=${{ ...visit, ...held }} onClose=${onClose} onChanged=${() => setAgain((n) => n + 1)} />`;
}

/** What is filled in already stays: by the safety questions, by a film or a live session. @param {{desk: Desk, visit: any, onClose: () => void, onChanged: () => void}} props */
function Filled({ desk, visit, onClose, onChanged }) {
  const { app, data } = desk;
  const { visit: form, milk } = data.instruments;
  const [screening, setScreening] = useState(/** @type {Record<string, boolean>} */ ({ ...visit.screening }));
  const [ratings, setRatings] = useState(/** @type {Record<string, string>} */ (known(visit.session)));
  const [answers, setAnswers] = useState(/** @type {Record<string, Record<string, string>>} */ ({ before: {}, after: {} }));
  const [what, setWhat] = useState("done");
  const [observer, setObserver] = useState(visit.observer ?? "");
  const [minutes, setMinutes] = useState(String(visit.minutes ?? ""));
  const observers = having(desk, [...form.observers, "observer"]);
  const stop = Object.values(screening).some(Boolean);
  const asked = form.screening.every((/** @type {any} */ one) => one.id in screening);
  const rated = (/** @type {any[]} */ items) => Object.fromEntries(items.filter(({ id }) => id in ratings).map(({ id }) => [id, /^\d$/.test(ratings[id]) ? Number(ratings[id]) : ratings[id]]));
  const save = async () => {
    const done = what === "done" && !stop;
    const body = what !== "done" && !stop ? { state: what } : stop ? { screening } : { state: "done", form: visit.session?.ready ? visit.form : "paper", screening, ratings: rated(form.movements), manual: rated(form.manual), observer, minutes: minutes === "" ? null : Number(minutes) };
    if (!(await send(desk, `/visits/${visit.id}`, body))) return false;
    for (const when of done ? ["before", "after"] : []) if (!(await answerFlow(desk, visit.id, when, answers[when]))) return false;
    return true;
  };
  const ready = what !== "done" || (asked && (stop || Object.keys(ratings).length > 0));
  return html`<${Form} desk=${desk} kind="wide" title=${app.t("pr_visit_title", { kader: visit.kader, mother: visit.mother })} onClose=${onClose} ready=${ready} onSave=${save}>
    <${Select} label=${app.t("pr_state")} name="visit-state" value=${what} onChange=${setWhat} options=${["done", "postponed", "refused"].map((one) => [one, app.t(`pr_state_${one}`)])} />
    ${what === "done" && html`<h3>${app.t("pr_screening")}</h3>
      ${form.screening.map((/** @type {any} */ one) => html`<div key=${one.id} class="question" role="group" aria-label=${app.title(one.text)}><span class="grow">${app.title(one.text)}</span>
        ${[true, false].map((yes) => html`<${Button} key=${String(yes)} kind=${classes("plain", screening[one.id] === yes && "current")} pressed=${screening[one.id] === yes} onClick=${() => setScreening((before) => ({ ...before, [one.id]: yes }))}>${app.t(yes ? "pr_yes" : "pr_no")}</${Button}>`)}</div>`)}
      ${stop && html`<${Note} kind="stop" icon="stop" role="alert"><p>${app.t("pr_stop", { to: form.refer_to })}</p></${Note}>`}
      ${asked && !stop && html`
        <${How} desk=${desk} visit=${visit} screening=${screening} onChanged=${onChanged} />
        <h3>${app.t("pr_movements")}</h3><p class="soft">${app.t("pr_points_how")}</p>${form.movements.map((/** @type {any} */ one) => html`<${Line} key=${one.id} app=${app} item=${one} value=${ratings[one.id]} onPut=${(/** @type {string} */ value) => setRatings((before) => ({ ...before, [one.id]: value }))} />`)}
        <h3>${app.t("pr_manual")}</h3>${form.manual.map((/** @type {any} */ one) => html`<${Line} key=${one.id} app=${app} item=${one} value=${ratings[one.id]} onPut=${(/** @type {string} */ value) => setRatings((before) => ({ ...before, [one.id]: value }))} />`)}
        <div class="row choices"><${Select} label=${app.t("pr_observer")} name="visit-observer" value=${observer} onChange=${setObserver} options=${[["", "–"], ...observers.map((/** @type {any} */ one) => [one.id, called(one)])]} />
          <${Field} label=${app.t("pr_minutes")} name="visit-minutes" type="number" value=${minutes} onInput=${setMinutes} more=${{ min: 0, max: 600 }} /></div>
        <h3>${app.t("pr_milk")}</h3><p class="soft">${app.t("pr_milk_whose")}</p>
        ${["before", "after"].map((when) => html`<${Questions} key=${when} app=${app} questions=${milk} when=${when} given=${answers[when]} onPut=${(/** @type {string} */ id, /** @type {string} */ value) => setAnswers((before) => ({ ...before, [when]: { ...before[when], [id]: value } }))} />`)}`}`}
  </${Form}>`;
}

/** The lines as a session has them, to be looked at and mended. @param {any} session @returns {Record<string, string>} */
const known = (session) => Object.fromEntries(Object.entries({ ...session?.ratings, ...session?.manual }).map(([id, points]) => [id, String(points)]));

/** @param {{app: any, item: any, value: string | undefined, onPut: (value: string) => void}} props */
const Line = ({ app, item, value, onPut }) => html`<div class="question" role="group" aria-label=${app.title(item.title)} data-item=${item.id}><span class="grow">${app.title(item.title)}</span>
  ${GIVEN.map((given) => html`<${Button} key=${given} kind=${classes("plain", value === given && "current")} pressed=${value === given} label=${app.t(`pr_given_${given}`)} onClick=${() => onPut(given)}>${/^\d$/.test(given) ? given : app.t(`pr_given_${given}`)}</${Button}>`)}</div>`;
