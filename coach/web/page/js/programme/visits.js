/** Home visits: planned, done by the short form after the safety questions, put off, refused or referred. */
import { html, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { Field, Select } from "../trainer/parts.js";
import { called, dayOf, Form, having, send, Table } from "./doing.js";
import { Papers } from "./papers.js";
import { VisitsTable } from "./visits_table.js";
import { NextDay } from "./flow.js";
import { Referrals } from "./referrals.js";
import { VisitForm } from "./visit_form.js";

/** @typedef {import("./doing.js").Desk} Desk */

/** @param {{desk: Desk}} props */
export function Visits({ desk }) {
  const { app, data } = desk;
  const [open, setOpen] = useState(false);
  const { visits, milk } = data;
  return html`
    <div class="row do-row"><${Button} id="visits-new" kind="first" icon="plus" disabled=${!data.mothers.length || !having(desk, ["kader"]).length} onClick=${() => setOpen(true)}>${app.t("pr_visits_new")}</${Button}></div>
    ${["today", "missed", "coming", "over"].map((part) => visits[part].length > 0 && html`<section key=${part}><h2>${app.t(`pr_visits_${part}`)}</h2><${VisitList} desk=${desk} visits=${visits[part]} name=${app.t(`pr_visits_${part}`)} /></section>`)}
    ${!visits.today.length && !visits.missed.length && !visits.coming.length && !visits.over.length && html`<p class="soft">${app.t("pr_visits_none")}</p>`}
    ${milk.asked_before + milk.asked_after > 0 && html`<section><h2>${app.t("pr_milk")}</h2>
      <p>${app.t("pr_milk_counts", { before: milk.before, of_before: milk.asked_before, after: milk.after, of_after: milk.asked_after })}</p>
      <${Note} kind="calm" icon="bulb"><p>${app.t("pr_milk_sentence")}</p></${Note}></section>`}
    <${Referrals} desk=${desk} />
    <${VisitsTable} desk=${desk} />
    <${Papers} desk=${desk} kinds=${["visit", "flow", "consent-mother", "referral"]} />
    ${open && html`<${Plan} desk=${desk} onClose=${() => setOpen(false)} />`}`;
}

/** @param {{desk: Desk, visits: any[], name: string}} props */
export function VisitList({ desk, visits, name }) {
  const { app } = desk;
  const [open, setOpen] = useState(/** @type {any} */ (null));
  const [next, setNext] = useState(/** @type {any} */ (null));
  const waits = (/** @type {any} */ one) => one.state === "planned" || one.state === "postponed";
  return html`<${Table} name=${name} head=${[app.t("pr_date"), app.t("tr_kader"), app.t("pr_mother"), app.t("pr_ordinal"), app.t("pr_state"), ""]}
    rows=${visits.map((one) => html`<tr key=${one.id} data-visit=${one.id}><th scope="row">${dayOf(app, one.date)}</th><td>${one.kader}</td><td>${one.mother}</td><td class="number">${one.ordinal ?? "–"}</td>
      <td>${app.t(`pr_state_${one.state}`)}${one.percent === null ? "" : ` – ${Math.round(one.percent)}`}${one.state === "done" && !one.countersigned ? html` <span class="soft">${app.t("pr_uncountersigned")}</span>` : ""}</td>
      <td class="do">${waits(one) ? html`<${Button} kind="plain" icon="pencil" onClick=${() => setOpen(one)}>${app.t("pr_fill")}</${Button}>` : ""}
        ${one.state === "done" && !one.countersigned ? html`<${Countersign} desk=${desk} visit=${one} />` : ""}
        ${one.state === "done" && one.date < desk.data.today ? html`<${Button} kind="plain" icon="pencil" pressed=${one.next_day} onClick=${() => setNext(one)}>${app.t("pr_when_next_day")}</${Button}>` : ""}</td></tr>`)} />
    ${next && html`<${NextDay} desk=${desk} visit=${next} onClose=${() => setNext(null)} />`}
    ${open && html`<${VisitForm} desk=${desk} visit=${open} onClose=${() => setOpen(null)} />`}`;
}

/** The observer puts her name to what was filled in. @param {{desk: Desk, visit: any}} props */
function Countersign({ desk, visit }) {
  const { app } = desk;
  const [open, setOpen] = useState(false);
  const who = having(desk, ["midwife", "trainer", "therapist", "observer"]);
  const [by, setBy] = useState(who[0]?.id ?? "");
  return html`<${Button} kind="plain" icon="pen" disabled=${!who.length} onClick=${() => setOpen(true)}>${app.t("pr_countersign")}</${Button}>
    ${open && html`<${Form} desk=${desk} title=${app.t("pr_countersign")} onClose=${() => setOpen(false)} ready=${Boolean(by)} onSave=${() => send(desk, `/visits/${visit.id}`, { countersigned_by: by })}>
      <${Select} label=${app.t("pr_observer")} name="observer" value=${by} onChange=${setBy} options=${who.map((/** @type {any} */ one) => [one.id, called(one)])} /></${Form}>`}`;
}

/** @param {{desk: Desk, onClose: () => void}} props */
function Plan({ desk, onClose }) {
  const { app, data } = desk;
  const kader = having(desk, ["kader"]);
  const [who, setWho] = useState(kader[0]?.id ?? "");
  const [mother, setMother] = useState(data.mothers[0]?.id ?? "");
  const [first, setFirst] = useState(data.today);
  const [more, setMore] = useState(/** @type {{kader: string, mother: string}[]} */ ([])); // that were chosen before the one that is shown
  const same = (/** @type {{kader: string, mother: string}} */ one) => one.kader === who && one.mother === mother;
  const pairs = more.some(same) ? more : [...more, { kader: who, mother }];
  const codes = new Map([...kader.map((/** @type {any} */ one) => [one.id, called(one)]), ...data.mothers.map((/** @type {any} */ one) => [one.id, one.code])]);
  const { number, within_days: days } = data.instruments.visit.planned;
  return html`<${Form} desk=${desk} title=${app.t("pr_visits_new")} onClose=${onClose} onSave=${() => send(desk, "/visits", { pairs, first })}>
    <p>${app.t("pr_plan_lead", { number, days })}</p>
    <${Select} label=${app.t("tr_kader")} name="visit-kader" value=${who} onChange=${setWho} options=${kader.map((/** @type {any} */ one) => [one.id, called(one)])} />
    <${Select} label=${app.t("pr_mother")} name="visit-mother" value=${mother} onChange=${setMother} options=${data.mothers.map((/** @type {any} */ one) => [one.id, one.code])} />
    <div class="row"><${Button} id="pair-add" kind="plain" icon="plus" disabled=${more.some(same)} onClick=${() => setMore(pairs)}>${app.t("pr_pair_add")}</${Button}></div>
    ${more.length > 0 && html`<ul class="chips">${more.map((one) => html`<li key=${`${one.kader} ${one.mother}`}><button type="button" class="pill" aria-label=${app.t("pr_pair_remove", { kader: codes.get(one.kader), mother: codes.get(one.mother) })} onClick=${() => setMore((before) => before.filter((other) => other !== one))}>${codes.get(one.kader)} – ${codes.get(one.mother)} ×</button></li>`)}</ul>`}
    <${Field} label=${app.t("pr_first_day")} name="first-day" type="date" value=${first} onInput=${setFirst} />
  </${Form}>`;
}
