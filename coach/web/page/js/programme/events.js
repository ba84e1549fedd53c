/** Training days: who was there, both tests, and who is ready for the certificate. */
import { classes, html, useState } from "../lib/ui.js";
import { Button, Note, Tick } from "../parts/common.js";
import { useAnswer } from "../trainer/asking.js";
import { Field, Select, Waiting } from "../trainer/parts.js";
import { called, dayOf, Form, having, send, Table } from "./doing.js";
import { Practices } from "./practices.js";
import { Ready } from "./ready.js";
import { placesOf } from "./roster.js";
import { Grid } from "./grid.js";
import { Papers } from "./papers.js";
import { OnScreen } from "./on_screen.js";

/** @typedef {import("./doing.js").Desk} Desk */
const TYPES = ["training", "counselling", "refresher", "posyandu_day", "visit_round"];
const PAPERS = ["attendance", "test-first", "test-last", "key-first", "key-last", "leaflet", "leaflet-folded", "consent-kader"];
const LATER = ["test-later", "key-later"];
const STATES = ["present", "late", "left", "absent"];

/** @param {{desk: Desk}} props */
export function Events({ desk }) {
  const { app, data } = desk;
  const [open, setOpen] = useState(false);
  return html`
    <div class="row do-row"><${Button} id="event-new" kind="first" icon="plus" onClick=${() => setOpen(true)}>${app.t("pr_event_new")}</${Button}></div>
    ${data.events.length ? html`<${Table} name=${app.t("pr_tab_events")} head=${[app.t("pr_date"), app.t("pr_kind"), app.t("pr_title"), app.t("pr_place"), app.t("pr_present"), app.t("pr_test_first"), app.t("pr_test_last"), ""]}
      rows=${data.events.map((/** @type {any} */ one) => html`<tr key=${one.id} data-event=${one.id}><th scope="row">${dayOf(app, one.date)}</th><td>${app.t(`pr_event_${one.type}`)}</td><td>${one.title || "–"}</td><td>${one.place || "–"}</td>
        <td class="number">${one.present}</td><td class="number">${one.first}</td><td class="number">${one.last}</td>
        <td class="do"><${Button} kind="plain" icon="right" onClick=${() => app.go("/programme", { tab: "events", event: one.id })}>${app.t("pr_open")}</${Button}></td></tr>`)} />` : html`<p class="soft">${app.t("pr_events_none")}</p>`}
    ${open && html`<${EventForm} desk=${desk} onClose=${() => setOpen(false)} />`}`;
}

/** @param {{desk: Desk, onClose: () => void}} props */
function EventForm({ desk, onClose }) {
  const { app, data } = desk;
  const places = placesOf(desk, ["puskesmas", "posyandu", "pmb", "village"]);
  const trainers = having(desk, ["trainer", "therapist", "midwife"]);
  const [form, setForm] = useState({ type: "training", date: data.today, title: "", place: places[0]?.[0] ?? "", trainer: trainers[0]?.id ?? "" });
  const set = (/** @type {string} */ name) => (/** @type {string} */ value) => setForm((before) => ({ ...before, [name]: value }));
  const body = { type: form.type, date: form.date, title: form.title.trim(), place: form.place, trainers: form.trainer ? [form.trainer] : [] };
  return html`<${Form} desk=${desk} title=${app.t("pr_event_new")} onClose=${onClose} onSave=${() => send(desk, "/events", body, ({ id }) => app.go("/programme", { tab: "events", event: id }))}>
    <${Select} label=${app.t("pr_kind")} name="kind" value=${form.type} onChange=${set("type")} options=${TYPES.map((one) => [one, app.t(`pr_event_${one}`)])} />
    <${Field} label=${app.t("pr_date")} name="date" type="date" value=${form.date} onInput=${set("date")} />
    <${Field} label=${app.t("pr_title")} name="title" value=${form.title} onInput=${set("title")} />
    ${places.length > 0 && html`<${Select} label=${app.t("pr_place")} name="event-place" value=${form.place} onChange=${set("place")} options=${places} />`}
    ${trainers.length > 0 && html`<${Select} label=${app.t("pr_trainer")} name="trainer" value=${form.trainer} onChange=${set("trainer")} options=${trainers.map((/** @type {any} */ one) => [one.id, called(one)])} />`}
  </${Form}>`;
}

/** @param {{desk: Desk}} props */
export function EventPage({ desk }) {
  const { app, data } = desk;
  const [again, setAgain] = useState(0);
  const [test, setTest] = useState(/** @type {{occasion: string, mode: string} | null} */ (null));
  const { data: event, error } = useAnswer(`/api/programme/events/${app.query.event}`, {}, again);
  if (error) return html`<${Note} kind="stop" icon="warn" role="alert"><p>${error.say(app.words)}</p></${Note}>`;
  if (!event) return html`<${Waiting} app=${app} />`;
  const fresh = { ...desk, reload: () => { desk.reload(); setAgain((n) => n + 1); } };
  const there = data.people.filter((/** @type {any} */ one) => (event.attendance[one.id] ?? "absent") !== "absent");
  const asked = event.type === "training" || event.type === "counselling" ? ["first", "last"] : ["first", "last", "later"]; // later: weeks after, to see what stays
  const papers = asked.includes("later") ? [...PAPERS, ...LATER] : PAPERS;
  return html`
    <div class="row do-row"><${Button} kind="plain" icon="back" onClick=${() => app.go("/programme", { tab: "events" })}>${app.t("pr_tab_events")}</${Button}>
      <h2 class="grow">${app.t(`pr_event_${event.type}`)} – ${dayOf(app, event.date)}${event.place ? ` – ${event.place}` : ""}</h2></div>
    <${Attendance} desk=${fresh} event=${event} />
    <section><h2>${app.t("pr_tests")}</h2>
      <p class="soft">${app.t("pr_tests_lead")}</p>
      <div class="row do-row">${asked.map((occasion) => html`
        <${Button} key=${`${occasion}-paper`} id=${`test-${occasion}-paper`} icon="table" disabled=${!there.length} onClick=${() => setTest({ occasion, mode: "paper" })}>${app.t(`pr_test_${occasion}_paper`)}</${Button}>
        <${Button} key=${`${occasion}-screen`} id=${`test-${occasion}-screen`} icon="play" disabled=${!there.length} onClick=${() => setTest({ occasion, mode: "screen" })}>${app.t(`pr_test_${occasion}_screen`)}</${Button}>`)}</div>
      <${Sheet} desk=${fresh} event=${event} />
      <${Scores} desk=${desk} event=${event} there=${there} asked=${asked} />
      ${event.whys.length > 0 && html`<details class="whys"><summary>${app.t("pr_whys")}</summary><ol class="numbered">${event.whys.map((/** @type {any} */ one) => html`<li key=${one.id}><strong>${app.title(event.sheet.statements[one.id])}</strong> ${app.t(one.answer ? "pr_true" : "pr_false")}. ${app.title(one.why)} <span class="soft">${app.t("pr_right_of", { right: one.right, of: one.of })}</span></li>`)}</ol></details>`}
    </section>
    <${Practices} desk=${fresh} event=${event} there=${there} />
    <${Ready} desk=${fresh} event=${event} />
    <${Papers} desk=${desk} kinds=${papers} values=${{ event: event.id }} />
    ${test?.mode === "paper" && html`<${Grid} desk=${fresh} event=${event} people=${there} occasion=${test.occasion} onClose=${() => setTest(null)} />`}
    ${test?.mode === "screen" && html`<${OnScreen} desk=${fresh} event=${event} people=${there} occasion=${test.occasion} onClose=${() => setTest(null)} />`}`;
}

/** One tap: there; again: late, left early, absent. @param {{desk: Desk, event: any}} props */
function Attendance({ desk, event }) {
  const { app, data } = desk;
  const kader = data.people.filter((/** @type {any} */ one) => one.roles.includes("kader"));
  const [signed, setSigned] = useState(false);
  const next = (/** @type {string} */ state) => STATES[(STATES.indexOf(state) + 1) % STATES.length];
  const tap = (/** @type {any} */ one) => send(desk, `/events/${event.id}/attendance`, { signed, people: { [one.id]: event.attendance[one.id] ? next(event.attendance[one.id]) : "present" } });
  const everybody = () => send(desk, `/events/${event.id}/attendance`, { signed, people: Object.fromEntries(kader.filter((/** @type {any} */ one) => !event.attendance[one.id]).map((/** @type {any} */ one) => [one.id, "present"])) });
  return html`<section><h2>${app.t("pr_attendance")}</h2><p class="soft">${app.t("pr_attendance_lead")}</p>
    <div class="signed"><${Tick} name="signed" checked=${signed} onChange=${setSigned}>${app.t("pr_attendance_signed")}</${Tick}></div>
    <div class="taps">${kader.map((/** @type {any} */ one) => {
      const state = event.attendance[one.id] ?? "";
      return html`<button type="button" key=${one.id} data-person=${one.code} class=${classes("tap", state)} onClick=${() => tap(one)}><strong>${one.name || one.code}</strong><span>${one.name ? `${one.code} · ` : ""}${app.t(`pr_there_${state || "none"}`)}</span></button>`;
    })}</div>
    ${kader.length > 0 && html`<${Button} id="all-there" kind="plain" icon="tick" onClick=${everybody}>${app.t("pr_all_there")}</${Button}>`}</section>`;
}

/** Which version of the test this day has; until somebody has answered, the newest can be taken. @param {{desk: Desk, event: any}} props */
function Sheet({ desk, event }) {
  const { app } = desk;
  const { version, newest, code } = event.sheet;
  const answered = event.first + event.last > 0;
  return html`<p class="soft">${app.t("pr_sheet", { version, first: code.first, last: code.last })}</p>
    ${newest && html`<${Note} kind="calm" icon="bulb"><p>${app.t(answered ? "pr_sheet_older_kept" : "pr_sheet_older", { version, newest })}</p>
      ${!answered && html`<${Button} id="sheet-newest" kind="plain" icon="repeat" onClick=${() => send(desk, `/events/${event.id}/sheet`, {})}>${app.t("pr_sheet_newest", { newest })}</${Button}>`}</${Note}>`}`;
}

/** @param {{desk: Desk, event: any, there: any[], asked: string[]}} props */
function Scores({ desk, event, there, asked }) {
  const { app } = desk;
  const of = Object.keys(event.sheet.statements).length;
  const shown = (/** @type {string} */ occasion, /** @type {string} */ person) => (event.tests[occasion][person] ? app.t("pr_right_of", { right: event.tests[occasion][person].right, of }) : "–");
  const mean = (/** @type {string} */ occasion) => {
    const all = Object.values(event.tests[occasion]).map((/** @type {any} */ one) => (100 * one.right) / of);
    return all.length ? app.t("pr_mean", { mean: Math.round(all.reduce((sum, one) => sum + one, 0) / all.length), count: all.length }) : "–";
  };
  if (!there.length) return html`<p class="soft">${app.t("pr_nobody_there")}</p>`;
  return html`<${Table} name=${app.t("pr_tests")} head=${[app.t("tr_kader"), ...asked.map((one) => app.t(`pr_test_${one}`))]}
    rows=${[...there.map((one) => html`<tr key=${one.id}><th scope="row">${called(one)}</th>${asked.map((occasion) => html`<td key=${occasion}>${shown(occasion, one.id)}</td>`)}</tr>`),
      html`<tr key="mean"><th scope="row">${app.t("pr_mean_of")}</th>${asked.map((occasion) => html`<td key=${occasion}>${mean(occasion)}</td>`)}</tr>`]} />`;
}
