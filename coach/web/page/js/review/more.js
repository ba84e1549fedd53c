/** What is done with the session as a whole: files, consent, results, deleting; and the list of keys. */
import { post, remove } from "../lib/api.js";
import { html, useState } from "../lib/ui.js";
import { Button, Note, Tick } from "../parts/common.js";
import { Dialog } from "./dialog.js";
import { when, who } from "./events.js";
import { About } from "./about.js";
import { Author } from "./author.js";
import { HELP } from "./keys.js";
import { clock } from "./line/rows.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** @param {{desk: Desk}} props */
export function Dialogs({ desk }) {
  const { dialog } = desk.local;
  if (dialog === "keys") return html`<${Keys} desk=${desk} />`;
  if (dialog === "author") return html`<${Author} desk=${desk} />`;
  if (dialog === "about") return html`<${About} desk=${desk} />`;
  if (dialog === "more") return html`<${More} desk=${desk} />`;
  if (dialog === "delete") return html`<${Delete} desk=${desk} />`;
  if (dialog === "consent") return html`<${Consent} desk=${desk} />`;
  if (dialog === "results") return html`<${Results} desk=${desk} />`;
  return null;
}

/** @param {{desk: Desk}} props */
const Keys = ({ desk }) => html`
  <${Dialog} desk=${desk} title=${desk.t("rv_keys_title")} wide>
    <dl class="keys">${HELP.map(([keys, name]) => html`<div key=${name}><dt>${keys.split(" ").map((key) => html`<kbd key=${key}>${key}</kbd>`)}</dt><dd>${desk.t(`rv_key_${name}`)}</dd></div>`)}</dl>
    <p class="soft">${desk.t("rv_mouse_help")}</p>
    <${Tick} name="keys-off" checked=${desk.keysOff} onChange=${(/** @type {boolean} */ off) => desk.setKeysOff(off)}>${desk.t("rv_keys_off")}</${Tick}>
  </${Dialog}>`;

/** @param {{desk: Desk}} props */
function More({ desk }) {
  const entry = (/** @type {string} */ id, /** @type {string} */ icon, /** @type {() => void} */ act, kind = "") => html`
    <${Button} id=${`more-${id}`} kind=${kind} icon=${icon} onClick=${act}>${desk.t(`rv_more_${id}`)}</${Button}>`;
  return html`
    <${Dialog} desk=${desk} title=${desk.t("rv_more_title")}>
      <div class="menu">
        ${entry("zip", "save_out", () => desk.paper("zip"))}
        ${desk.session.video && entry("zip_video", "save_out", () => desk.paper("zip", { video: 1 }))}
        ${entry("xlsx", "save_out", () => desk.paper("xlsx"))}
        ${entry("json", "save_out", () => desk.paper("json"))}
        ${entry("about", "pencil", () => desk.go({ dialog: "about" }))}
        ${entry("results", "repeat", () => desk.go({ dialog: "results" }))}
        ${desk.session.video && desk.session.has_tracks && entry("mark", "target", () => { location.href = `/import?session=${desk.id}`; })}
        ${desk.session.video && (desk.session.machine?.back?.later ?? []).map(({ from_s }) => html`
          <${Button} key=${from_s} id=${`more-unmark-${from_s}`} icon="target" onClick=${() => { location.href = `/import?session=${desk.id}&away_s=${from_s}`; }}>${desk.t("rv_more_unmark", { at: clock(from_s, 0, desk.words.decimal) })}</${Button}>`)}
        ${entry("blind", "eye_off", () => { location.href = `/sessions/${desk.id}?blind=1`; })}
        ${entry("consent", "hand", () => desk.go({ dialog: "consent" }))}
        ${entry("delete", "trash", () => desk.go({ dialog: "delete" }), "danger")}
      </div>
    </${Dialog}>`;
}

/** Does something, and says what the server said if it did not. @param {Desk} desk @param {(text: string) => void} tell @param {() => Promise<void>} work */
async function attempt(desk, tell, work) {
  try {
    await work();
  } catch (error) {
    tell(/** @type {import("../lib/api.js").Refusal} */ (error).say?.(desk.words) ?? String(error));
  }
}

/** @param {{desk: Desk}} props */
function Delete({ desk }) {
  const [told, tell] = useState("");
  const [done, setDone] = useState(/** @type {string[] | null} */ (null));
  const all = () => attempt(desk, tell, async () => {
    desk.others.end(true);
    try {
      setDone((await remove(desk.base)).left ?? []);
    } catch (error) {
      desk.others.end(false);
      throw error;
    }
  });
  const video = () => attempt(desk, tell, async () => {
    await remove(`${desk.base}/video`);
    await desk.refresh();
    desk.go({ dialog: null });
    desk.toast("rv_video_deleted");
  });
  if (done) {
    return html`<${Dialog} desk=${desk} title=${desk.t("rv_deleted_title")}>
      <${Note} kind=${done.length ? "warn" : "good"} icon=${done.length ? "warn" : "tick"} role="status"><p>${done.length ? desk.t("rv_deleted_left", { places: done.join(", ") }) : desk.t("rv_deleted")}</p></${Note}>
      <a class="button first" id="to-list" href="/sessions">${desk.t("rv_back")}</a>
    </${Dialog}>`;
  }
  return html`
    <${Dialog} desk=${desk} title=${desk.t("rv_delete_title")}>
      <p>${desk.t("rv_delete_what")}</p>
      ${told && html`<${Note} kind="warn" icon="warn" role="alert"><p>${told}</p></${Note}>`}
      <div class="row">
        <${Button} id="delete-all" kind="stop" icon="trash" onClick=${all}>${desk.t("rv_delete_all")}</${Button}>
        ${desk.session.video && html`<${Button} id="delete-video" icon="no_camera" onClick=${video}>${desk.t("rv_delete_video")}</${Button}>`}
        <${Button} id="delete-cancel" onClick=${() => desk.go({ dialog: null })}>${desk.t("rv_cancel")}</${Button}>
      </div>
    </${Dialog}>`;
}

/** @param {{desk: Desk}} props */
function Consent({ desk }) {
  const consents = desk.session.consents ?? [];
  const last = consents.at(-1);
  const [video, setVideo] = useState(!!last?.video && !last?.withdrawn);
  const [told, tell] = useState("");
  const send = (/** @type {boolean} */ withdrawn) => attempt(desk, tell, async () => {
    await post(`${desk.base}/consent`, { checks: last?.checks ?? ["agreed"], video: withdrawn ? false : video, withdrawn, by: desk.author });
    await desk.refresh();
    desk.go({ dialog: null });
    desk.toast(withdrawn ? "rv_withdrawn" : "rv_consent_kept");
  });
  return html`
    <${Dialog} desk=${desk} title=${desk.t("rv_more_consent")}>
      ${consents.length ? html`<ul class="list">${consents.map((one, k) => html`<li key=${k}>${when(desk, one.made)} · ${desk.t(one.withdrawn ? "rv_consent_was_withdrawn" : one.video ? "rv_consent_with_video" : "rv_consent_without_video")} · ${who(desk, one.by)}</li>`)}</ul>` : html`<p class="soft">${desk.t("rv_consent_none")}</p>`}
      <${Tick} name="consent-video" checked=${video} onChange=${setVideo}>${desk.t("rv_consent_video")}</${Tick}>
      ${told && html`<${Note} kind="warn" icon="warn" role="alert"><p>${told}</p></${Note}>`}
      <div class="row">
        <${Button} id="consent-save" kind="first" onClick=${() => send(false)}>${desk.t("rv_consent_save")}</${Button}>
        <${Button} id="consent-withdraw" kind="stop" onClick=${() => send(true)}>${desk.t("rv_withdraw")}</${Button}>
      </div>
      <p class="soft small">${desk.t("rv_withdraw_what")}</p>
    </${Dialog}>`;
}

/** @param {{desk: Desk}} props */
function Results({ desk }) {
  const [told, tell] = useState("");
  const [now, setNow] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const [rules, setRules] = useState("");
  const all = desk.session.protocol.parts; // of the rules of the latest result; other rules may have others
  const [rated, setRated] = useState(desk.session.machine?.scope ?? all.map(({ id }) => id));
  const [touched, setTouched] = useState(false);
  const tick = (/** @type {string} */ id) => (/** @type {boolean} */ on) => {
    setTouched(true);
    setRated(all.map((part) => part.id).filter((part) => (part === id ? on : rated.includes(part))));
  };
  const percent = (/** @type {any} */ value) => {
    const number = typeof value === "number" ? value : value?.percent ?? value?.score?.percent ?? null;
    return number === null ? "–" : desk.t("rv_percent", { percent: number });
  };
  const again = async () => {
    setBusy(true);
    tell("");
    await attempt(desk, tell, async () => {
      setNow(await post(`${desk.base}/rescore`, { ...(rules ? { protocol: rules } : {}), ...(touched && !rules ? { parts: rated } : {}) }));
      await desk.refresh();
    });
    setBusy(false);
  };
  return html`
    <${Dialog} desk=${desk} title=${desk.t("rv_more_results")}>
      <table class="plain-table"><thead><tr><th scope="col">${desk.t("rv_result_made")}</th><th scope="col">${desk.t("rv_result_by")}</th><th scope="col">${desk.t("score_label")}</th></tr></thead>
        <tbody>${(desk.session.results ?? []).map((one) => html`<tr key=${one.id}><td>${when(desk, one.made)}</td><td>${one.software}, ${one.protocol_version}</td><td>${percent(one.percent)}</td></tr>`)}</tbody></table>
      ${now && html`<${Note} kind="calm" icon="repeat" role="status"><p><strong>${desk.t("rv_rescored", { before: percent(now.before), after: percent(now.after) })}</strong></p>
        ${now.changes.length ? html`<ul class="list">${now.changes.map((/** @type {any} */ one) => html`<li key=${one.item}>${desk.words.title(one.title) || desk.itemName(one.item)}: ${one.before ?? "–"} → ${one.after ?? "–"}</li>`)}</ul>` : html`<p>${desk.t("rv_nothing_changed")}</p>`}</${Note}>`}
      ${told && html`<${Note} kind="warn" icon="warn" role="alert"><p>${told}</p></${Note}>`}
      ${!rules && html`<fieldset><legend>${desk.t("rv_parts")}</legend>
        <div class="row">${all.map(({ id, title }) => html`<${Tick} key=${id} name=${`part-${id}`} checked=${rated.includes(id)} onChange=${tick(id)}>${desk.words.title(title)}</${Tick}>`)}</div></fieldset>`}
      <div class="row">
        <select id="rules" class="pick" aria-label=${desk.t("rv_rules")} value=${rules} onChange=${(/** @type {any} */ event) => setRules(event.currentTarget.value)}>
          <option value="">${desk.t("rv_rules_same")}</option>
          ${(desk.about.protocols ?? []).map((one) => html`<option key=${one.file} value=${one.file}>${desk.words.title(one.title)} ${one.version}</option>`)}
        </select>
        <${Button} id="rescore" kind="first" icon="repeat" disabled=${busy || !rated.length || !desk.session.has_tracks} onClick=${again}>${desk.t(busy ? "rv_rescoring" : "rv_rescore")}</${Button}>
      </div>
      <p class="soft small">${desk.t("rv_rescore_what")}</p>
    </${Dialog}>`;
}

