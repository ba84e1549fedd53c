/** What is to be done: today's visits, those that were missed, certificates that end, kader who have not practised. */
import { html } from "../lib/ui.js";
import { Note } from "../parts/common.js";
import { moment } from "../trainer/parts.js";
import { Clashes } from "./clashes.js";
import { dayOf } from "./doing.js";
import { Recap } from "./papers.js";
import { VisitList } from "./visits.js";

/** @param {{desk: import("./doing.js").Desk}} props */
export function Today({ desk }) {
  const { app, data } = desk;
  const { lists, visits } = data;
  const empty = !data.people.length;
  const seen = Object.entries(data.last_seen);
  return html`
    ${empty && html`<${Note} kind="calm" icon="bulb"><p>${app.t("pr_start")}</p></${Note}>`}
    <${Clashes} desk=${desk} />
    <h2>${app.t("pr_today", { day: dayOf(app, data.today) })}</h2>
    ${visits.today.length ? html`<${VisitList} desk=${desk} visits=${visits.today} name=${app.t("pr_tab_today")} />` : html`<p class="soft">${app.t("pr_today_none")}</p>`}
    ${visits.missed.length > 0 && html`<h2>${app.t("pr_missed", { count: visits.missed.length })}</h2><${VisitList} desk=${desk} visits=${visits.missed} name=${app.t("pr_missed", { count: visits.missed.length })} />`}
    <div class="two">
      <section><h2>${app.t("pr_expiring")}</h2>${lists.expiring.length ? html`<ul class="lines">${lists.expiring.map((/** @type {any} */ one) => html`<li key=${one.number}>${one.who} – ${one.number} – ${dayOf(app, one.expires)}</li>`)}</ul>` : html`<p class="soft">${app.t("pr_none")}</p>`}</section>
      <section><h2>${app.t("pr_idle", { days: lists.idle_days })}</h2>${lists.idle.length ? html`<ul class="lines">${lists.idle.map((/** @type {any} */ one) => html`<li key=${one.who}>${one.who} – ${one.last ? dayOf(app, one.last) : app.t("pr_never")}</li>`)}</ul>` : html`<p class="soft">${app.t("pr_none")}</p>`}</section>
    </div>
    ${!empty && html`<${Recap} desk=${desk} />`}
    ${seen.length > 0 && html`<section><h2>${app.t("pr_laptops")}</h2><ul class="lines">${seen.map(([letter, made]) => html`
      <li key=${letter}>${app.t(letter === data.laptop ? "pr_laptop_own" : "pr_laptop_seen", { laptop: letter, when: moment(app, /** @type {string} */ (made)) })}</li>`)}</ul></section>`}`;
}
