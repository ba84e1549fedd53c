/** The tests, forms and rules: which version counts here, who has confirmed it, and the way to change it. */
import { html, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { useAnswer } from "../trainer/asking.js";
import { moment, Select, Waiting } from "../trainer/parts.js";
import { called, Form, having, send, Table } from "./doing.js";
import { Editor } from "./instrument_edit.js";

/** @typedef {import("./doing.js").Desk} Desk */
const ROOT = "/api/programme/instruments";

/** @param {{desk: Desk}} props */
export function Instruments({ desk }) {
  const { app } = desk;
  const [again, setAgain] = useState(0);
  const { data, error } = useAnswer(ROOT, {}, again);
  const fresh = { ...desk, reload: () => { desk.reload(); setAgain((n) => n + 1); } };
  if (error) return html`<${Note} kind="stop" icon="warn" role="alert"><p>${error.say(app.words)}</p></${Note}>`;
  if (!data) return html`<${Waiting} app=${app} />`;
  const list = /** @type {any[]} */ (/** @type {unknown} */ (data));
  const open = list.find((one) => one.name === app.query.edit);
  if (open) return html`<${Editor} key=${open.name} desk=${fresh} one=${open} onClose=${() => app.go("/programme", { tab: "instruments" })} />`;
  return html`<p class="soft">${app.t("pr_instruments_lead")}</p>
    <ul class="protocols">${list.map((one) => html`<${Card} key=${one.name} desk=${fresh} one=${one} />`)}</ul>`;
}

/** @param {{desk: Desk, one: any}} props */
function Card({ desk, one }) {
  const { app } = desk;
  const [open, setOpen] = useState("");
  const now = one.versions[0];
  return html`<li class="card stack tight" data-instrument=${one.name}>
    <div class="row"><h2 class="grow">${app.title(one.title)}</h2>
      <span class=${`pill ${one.draft ? "warn" : "good"}`}>${one.draft ? app.t("pr_is_draft") : now.confirmed ? app.t("pr_confirmed_by", { who: now.confirmed.by, when: moment(app, now.confirmed.made) }) : app.t("pr_no_draft")}</span></div>
    <p class="soft">${app.t(`pr_kind_${one.kind}`)} · ${app.t("tr_version", { version: now.version })} · ${app.t(one.own ? "tr_protocol_own" : "tr_protocol_given")} · <code>${now.digest.slice(0, 8)}</code></p>
    <div class="row">
      <${Button} kind="first" icon="pencil" onClick=${() => app.filter({ edit: one.name })}>${app.t("pr_edit")}</${Button}>
      ${one.draft && html`<${Button} icon="pen" onClick=${() => setOpen("confirm")}>${app.t("pr_confirm")}</${Button}>`}
      <a class="button plain" href=${`${ROOT}/${encodeURIComponent(one.name)}/text`} target="_blank" rel="noopener">${app.t("tr_protocol_text")}</a>
    </div>
    ${(one.versions.length > 1 || now.answers > 0 || one.own) && html`<details><summary>${app.t("pr_versions", { count: one.versions.length })}</summary><${Versions} desk=${desk} one=${one} /></details>`}
    ${open === "confirm" && html`<${Confirm} desk=${desk} one=${one} onClose=${() => setOpen("")} />`}</li>`;
}

/** Older answers keep their version; each that is known here can count again. @param {{desk: Desk, one: any}} props */
function Versions({ desk, one }) {
  const { app } = desk;
  const use = (/** @type {string} */ digest) => send(desk, `/instruments/${one.name}/version`, { digest });
  return html`<${Table} name=${app.t("pr_versions", { count: one.versions.length })} head=${[app.t("pr_version"), app.t("pr_digest"), app.t("pr_answers"), app.t("pr_confirmed"), ""]}
    rows=${one.versions.map((/** @type {any} */ version) => html`<tr key=${version.digest}><th scope="row">${version.version}</th><td><code>${version.digest.slice(0, 8)}</code></td><td class="number">${version.answers}</td><td>${version.confirmed?.by ?? "–"}</td>
      <td class="do">${version.now ? html`<span class="pill good">${app.t("pr_counts_now")}</span>` : html`<${Button} kind="plain" icon="repeat" onClick=${() => use(version.digest)}>${app.t("pr_use")}</${Button}>`}</td></tr>`)} />
    ${one.own && one.given && html`<${Button} kind="plain" icon="undo" onClick=${() => use("")}>${app.t("pr_use_given")}</${Button}>`}`;
}

/** A midwife stands by the file, with her name. @param {{desk: Desk, one: any, onClose: () => void}} props */
function Confirm({ desk, one, onClose }) {
  const { app } = desk;
  const midwives = having(desk, ["midwife"]);
  const [by, setBy] = useState(midwives[0]?.id ?? "");
  return html`<${Form} desk=${desk} title=${app.t("pr_confirm_title", { title: app.title(one.title) })} onClose=${onClose} ready=${Boolean(by)} onSave=${() => send(desk, `/instruments/${one.name}/confirmation`, { by, digest: one.versions[0].digest })}>
    <p>${app.t("pr_confirm_what")}</p>
    ${midwives.length ? html`<${Select} label=${app.t("pr_role_midwife")} name="midwife" value=${by} onChange=${setBy} options=${midwives.map((/** @type {any} */ each) => [each.id, called(each)])} />` : html`<${Note} kind="stop" icon="warn"><p>${app.t("pr_no_midwife")}</p></${Note}>`}
  </${Form}>`;
}
