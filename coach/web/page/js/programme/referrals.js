/** Who was referred, to whom and why; what came of it is written down when it is known. */
import { html } from "../lib/ui.js";
import { Button } from "../parts/common.js";
import { useAnswer } from "../trainer/asking.js";
import { dayOf, send, Table } from "./doing.js";

const OUTCOMES = ["came", "not_come", "unknown"];

/** @param {{desk: import("./doing.js").Desk}} props */
export function Referrals({ desk }) {
  const { app, data } = desk;
  const { data: found } = useAnswer("/api/programme/referrals", {}, data);
  if (!found?.length) return null;
  const screening = new Map(data.instruments.visit.screening.map((/** @type {any} */ one) => [one.id, app.title(one.text)]));
  const why = (/** @type {string} */ reason) => reason.split(", ").map((one) => screening.get(one) ?? one).join("; ");
  return html`<section><h2>${app.t("pr_referrals")}</h2>
    <${Table} name=${app.t("pr_referrals")} head=${[app.t("pr_date"), app.t("pr_mother"), app.t("pr_f_to"), app.t("pr_f_reason"), app.t("pr_outcome")]}
      rows=${found.map((/** @type {any} */ one) => html`<tr key=${one.id} data-referral=${one.id}><th scope="row">${dayOf(app, one.date)}</th><td>${one.mother}</td><td>${one.to}</td><td>${why(one.reason)}</td>
        <td class="do"><div class="row">${OUTCOMES.map((state) => html`<${Button} key=${state} kind=${one.outcome === state ? "current" : ""} pressed=${one.outcome === state} onClick=${() => send(desk, `/referrals/${one.id}`, { state })}>${app.t(`pr_outcome_${state}`)}</${Button}>`)}</div></td></tr>`)} /></section>`;
}
