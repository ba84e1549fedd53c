/** Practice and exam of those who are there: tapped, never typed; what comes of it lands in the event. */
import { post } from "../lib/api.js";
import { html, useState } from "../lib/ui.js";
import { Button } from "../parts/common.js";
import { Icon } from "../parts/icons.js";
import { Dialog, numeral, Verdict } from "../trainer/parts.js";
import { called, Table } from "./doing.js";

/** @typedef {import("./doing.js").Desk} Desk */

/**
 * Opens a practice in a window of its own.
 * @param {Desk} desk @param {object} body  whose it is and what for @returns {Promise<string>}  its address where the browser opens no window, "" where it did or there is none
 */
export async function practise(desk, body) {
  const window_ = window.open("about:blank", "coach-practise"); // at once: a browser opens none long after the click
  try {
    const { address } = await post("/api/programme/practice", { author: desk.author.trim(), ...body });
    if (!window_) return address;
    window_.location.replace(address);
  } catch (error) {
    window_?.close();
    desk.app.told(error);
  }
  return "";
}

/** @param {{desk: Desk, event: any, there: any[]}} props */
export function Practices({ desk, event, there }) {
  const { app } = desk;
  const [who, setWho] = useState(/** @type {any} */ (null));
  if (!there.length) return null;
  const names = new Map(desk.data.people.map((/** @type {any} */ one) => [one.id, called(one)]));
  const done = (/** @type {string} */ id) => event.practices.filter((/** @type {any} */ one) => one.person === id && one.counts).length;
  return html`<section><div class="row do-row"><h2 class="grow">${app.t("pr_practices")}</h2><${Button} id="practices-again" kind="plain" icon="repeat" onClick=${desk.reload}>${app.t("pr_again")}</${Button}></div>
    <p class="soft">${app.t("pr_practices_lead")}</p>
    <div class="taps">${there.map((one) => html`<button type="button" key=${one.id} class=${`tap ${done(one.id) ? "present" : ""}`} data-practise=${one.code} onClick=${() => setWho(one)}><strong>${one.name || one.code}</strong><span>${app.t("pr_practised_times", { count: done(one.id) })}</span></button>`)}</div>
    ${event.practices.length > 0 && html`<${Table} name=${app.t("pr_practices")} head=${[app.t("tr_kader"), app.t("pr_kind"), app.t("pr_score"), ""]}
      rows=${event.practices.map((/** @type {any} */ one) => html`<tr key=${one.session} data-practice=${one.session}><th scope="row">${names.get(one.person)}</th><td>${app.t(one.exam ? "pr_exam" : "pr_practice")}${one.bound ? "" : html` <span class="soft">${app.t("pr_same_day")}</span>`}</td>
        <td>${numeral(app, one.percent)}${one.exam && one.passed !== null ? html` <span class=${`pill ${one.passed ? "good" : "warn"}`}><${Icon} name=${one.passed ? "tick" : "up"} />${app.t(one.passed ? "verdict_state_passed" : "verdict_state_not_passed")}</span>` : ""}<${Verdict} app=${app} state=${one.verdict} />${one.counts ? "" : html` <span class="soft">${app.t("pr_not_counted")}</span>`}</td>
        <td class="do"><a class="button plain" href=${`/sessions/${one.session}`}>${app.t("tr_open_session")}</a></td></tr>`)} />`}
    ${who && html`<${Start} desk=${desk} title=${called(who)} body=${{ event: event.id, person: who.id }} onClose=${() => setWho(null)} />`}</section>`;
}

/** Practice or exam, in the window of practice. @param {{desk: Desk, title: string, body: object, onClose: () => void}} props */
function Start({ desk, title, body, onClose }) {
  const { app } = desk;
  const [busy, setBusy] = useState(false);
  const [address, setAddress] = useState("");
  const start = async (/** @type {boolean} */ exam) => {
    setBusy(true);
    const left = await practise(desk, { ...body, exam });
    setBusy(false);
    if (left) setAddress(left);
    else onClose();
  };
  return html`<${Dialog} app=${app} title=${title} onClose=${onClose} busy=${busy}>
    <p>${app.t(busy ? "pr_starting" : "pr_start_what")}</p>
    ${address ? html`<a id="practice-open" class="button first" href=${address} target="coach-practise">${app.t("pr_open")}</a>`
      : html`<div class="row"><${Button} id="start-practice" kind="first large" icon="hands" disabled=${busy} onClick=${() => start(false)}>${app.t("pr_practice")}</${Button}>
        <${Button} id="start-exam" kind="large" icon="exam" disabled=${busy} onClick=${() => start(true)}>${app.t("pr_exam")}</${Button}></div>`}
  </${Dialog}>`;
}
