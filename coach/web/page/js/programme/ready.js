/** Who is ready for the certificate: a row a person, a column a condition; a trainer signs, coach never does. */
import { html, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { Icon } from "../parts/icons.js";
import { Select } from "../trainer/parts.js";
import { called, Form, having, send, Table } from "./doing.js";

/** @typedef {import("./doing.js").Desk} Desk */

/** @param {{desk: Desk, event: any}} props */
export function Ready({ desk, event }) {
  const { app } = desk;
  const [open, setOpen] = useState(/** @type {any} */ (null));
  if (!event.ready.length) return null;
  const asked = event.ready[0].conditions;
  return html`<section><h2>${app.t("pr_ready")}</h2><p class="soft">${app.t("pr_ready_lead")}</p>
    <${Table} name=${app.t("pr_ready")} head=${[app.t("tr_kader"), ...asked.map((/** @type {any} */ one) => named(desk, one)), app.t("pr_certificate")]}
      rows=${event.ready.map((/** @type {any} */ row) => html`<tr key=${row.person} data-ready=${row.person}><th scope="row">${row.who}</th>
        ${row.conditions.map((/** @type {any} */ one, /** @type {number} */ k) => html`<td key=${k}>${shown(desk, one)}</td>`)}
        <td>${row.certificate && html`<span class="pill good"><${Icon} name="tick" />${row.certificate.number}</span>${row.certificate.provisional ? html` <span class="soft">${app.t("pr_provisional")}</span>` : row.certificate.standing === "expiring" ? html` <span class="soft">${app.t("pr_standing_expiring")}</span>` : ""}`}
          ${(!row.certificate || row.certificate.provisional || row.certificate.standing === "expiring") && html`<${Button} kind="plain" icon="pen" disabled=${row.certificate?.provisional ? !row.whole : !row.ready} onClick=${() => setOpen({ sign: row })}>${app.t(!row.certificate ? "pr_sign" : row.certificate.provisional ? "pr_sign_whole" : "pr_renew")}</${Button}>`}
          ${row.may_teach && html`<span class="pill">${app.t("pr_may_teach")}</span>`}
          ${row.conditions.some((/** @type {any} */ one) => one.key === "manual" && !one.met) && html`<${Button} kind="plain" icon="hand" onClick=${() => setOpen({ verdict: row })}>${app.t("pr_give_points")}</${Button}>`}</td></tr>`)} />
    ${open?.sign && html`<${Sign} desk=${desk} row=${open.sign} onClose=${() => setOpen(null)} />`}
    ${open?.verdict && html`<${Points} desk=${desk} row=${open.verdict} event=${event} onClose=${() => setOpen(null)} />`}</section>`;
}

/** A condition's name. @param {Desk} desk @param {any} one */
function named({ app, data }, one) {
  if (one.key === "attended") return app.t(`pr_event_${one.what}`);
  if (one.key === "manual") return app.title(data.instruments.visit.manual.find((/** @type {any} */ item) => item.id === one.what)?.title) || one.what;
  return app.t(`pr_need_${one.key}`, { needed: one.needed });
}

/** @param {Desk} desk @param {any} one */
function shown({ app }, one) {
  const value = one.value === null ? "–" : one.key === "visits" ? `${one.value}/${one.needed}` : one.key === "attended" ? "" : String(Math.round(one.value));
  return html`<span class=${`pill ${one.met ? "good" : one.later ? "" : "warn"}`}><${Icon} name=${one.met ? "tick" : one.later ? "slow" : "up"} />${value || app.t(one.met ? "pr_yes" : "pr_no")}</span>`;
}

/** @param {{desk: Desk, row: any, onClose: () => void}} props */
function Sign({ desk, row, onClose }) {
  const { app } = desk;
  const signers = having(desk, ["trainer", "therapist", "midwife"]);
  const [by, setBy] = useState(signers[0]?.id ?? "");
  return html`<${Form} desk=${desk} title=${app.t("pr_sign_title", { who: row.who })} onClose=${onClose} ready=${Boolean(by)} onSave=${() => send(desk, "/certificates", { person: row.person, by }, ({ number }) => app.toast(app.t("pr_signed", { number })))}>
    ${signers.length ? html`<${Select} label=${app.t("pr_signer")} name="signer" value=${by} onChange=${setBy} options=${signers.map((/** @type {any} */ one) => [one.id, called(one)])} />` : html`<${Note} kind="stop" icon="warn"><p>${app.t("pr_no_signer")}</p></${Note}>`}
    ${!row.whole && html`<${Note} kind="calm" icon="slow"><p>${app.t("pr_provisional_why")}</p></${Note}>`}
    <p>${app.t("pr_sign_what")}</p>
  </${Form}>`;
}

/** A trainer's points for what no camera sees. @param {{desk: Desk, row: any, event: any, onClose: () => void}} props */
function Points({ desk, row, event, onClose }) {
  const { app, data } = desk;
  const signers = having(desk, ["trainer", "therapist", "midwife"]);
  const [by, setBy] = useState(signers[0]?.id ?? "");
  const [points, setPoints] = useState(/** @type {Record<string, string>} */ (Object.fromEntries(data.instruments.manual.map((/** @type {string} */ id) => [id, "2"]))));
  const title = (/** @type {string} */ id) => app.title(data.instruments.visit.manual.find((/** @type {any} */ item) => item.id === id)?.title) || id;
  const body = { person: row.person, event: event.id, by, points: Object.fromEntries(Object.entries(points).map(([id, value]) => [id, Number(value)])) };
  return html`<${Form} desk=${desk} title=${app.t("pr_points_title", { who: row.who })} onClose=${onClose} ready=${Boolean(by)} onSave=${() => send(desk, "/verdicts", body)}>
    <p>${app.t("pr_points_lead")}</p>
    <${Select} label=${app.t("pr_trainer")} name="judge" value=${by} onChange=${setBy} options=${signers.map((/** @type {any} */ one) => [one.id, called(one)])} />
    ${Object.keys(points).map((id) => html`<${Select} key=${id} label=${title(id)} name=${`points-${id}`} value=${points[id]} onChange=${(/** @type {string} */ value) => setPoints((before) => ({ ...before, [id]: value }))} options=${[["2", app.t("pr_points_2")], ["1", app.t("pr_points_1")], ["0", app.t("pr_points_0")]]} />`)}
  </${Form}>`;
}
