/** The numbers of a protocol file, with the file's own comments beside them; saved as a new version. */
import { html, useEffect, useRef, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { useAnswer } from "./asking.js";
import { nameOf, NumberField } from "./number_field.js";
import { Top, Waiting } from "./parts.js";
import { fieldOf, keyOf, sayMistake } from "./place.js";
import { SaveProtocol } from "./save_protocol.js";

/** @typedef {import("./app.js").TrainerApp} App @typedef {import("../lib/types.js").Title} Title */
/** @typedef {{place: (string | number)[], value: any, kind: "whole" | "number" | "pair" | "places", min?: number, max?: number, above?: number, comment: string, title: Title | null}} Entry */
/** @typedef {import("./place.js").Mistake} Mistake */

/** Numbers that belong together: the step of the protocol, else the table of the file. @param {Entry[]} entries */
function grouped(entries) {
  /** @type {Map<string, Entry[]>} */
  const groups = new Map();
  for (const entry of entries) {
    const key = entry.place[0] === "segments" ? `segments/${entry.place[1]}` : String(entry.place[0]);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups];
}

/** Whether a mistake's place, which is written for people, is that of a number or of a table around it. @param {string} written @param {Entry["place"]} place */
export function isAt(written, place) {
  const own = place[0] === "segments" ? place.slice(2) : place;
  if (place[0] === "segments" && !written.includes(`"${place[1]}"`)) return false;
  const inner = written.replace(/^.*→ /, "").replace(/\[\d+\]$/, "");
  const names = own.filter((step) => typeof step === "string");
  const tail = own.filter((step) => Number.isNaN(Number(step))).at(-1);
  return inner === names.join(".") || (written.includes("→ ") && inner.split(".").at(-1) === tail) || inner === names.slice(0, -1).join(".");
}

/** @param {{app: App, entry: import("./protocols.js").Entry}} props */
export function Numbers({ app, entry }) {
  const file = entry.file;
  const { data, error, busy } = useAnswer(`/api/protocols/${encodeURIComponent(file)}/numbers`, {});
  const entries = /** @type {Entry[]} */ (data ?? []);
  const [changed, setChanged] = useState(/** @type {Map<string, any>} */ (new Map()));
  const [mistakes, setMistakes] = useState(/** @type {Mistake[]} */ ([]));
  const [saving, setSaving] = useState(false);
  const summary = useRef(/** @type {HTMLElement | null} */ (null));
  const changes = entries.filter((one) => changed.has(keyOf(one.place))).map((one) => [one.place, changed.get(keyOf(one.place))]);
  const set = (/** @type {Entry} */ one, /** @type {any} */ value) => {
    const next = new Map(changed);
    if (JSON.stringify(value) === JSON.stringify(one.value)) next.delete(keyOf(one.place));
    else next.set(keyOf(one.place), value);
    setChanged(next);
  };
  useEffect(() => { if (mistakes.length) summary.current?.focus(); }, [mistakes]);
  return html`
    <${Top} title=${app.t("tr_numbers_title", { title: app.title(entry.title) })} lead=${app.t("tr_numbers_lead")}>
      <${Button} kind="plain" icon="previous" onClick=${() => app.filter({ numbers: "" })}>${app.t("back")}</${Button}>
    </${Top}>
    ${error && html`<${Note} kind="stop" icon="warn" role="alert"><p>${error.say(app.words)}</p></${Note}>`}
    ${busy && !data && html`<${Waiting} app=${app} />`}
    ${app.lang === "en" && entries.some((one) => one.comment?.includes("[+]")) && html`<p class="soft numbers-plus">${app.t("tr_numbers_plus")}</p>`}
    <div ref=${summary} tabindex="-1" class="mistakes">${mistakes.length > 0 && html`
      <${Note} kind="warn" icon="warn" role="alert"><p><strong>${app.t("tr_mistakes", { count: mistakes.length })}</strong></p>
        <ul>${mistakes.map((one, k) => html`<li key=${k}><${MistakeLine} app=${app} mistake=${one} at=${entries.find((number) => isAt(one.place, number.place))} /></li>`)}</ul></${Note}>`}</div>
    <div class="stack numbers">${grouped(entries).map(([key, own]) => html`<${Group} key=${key} app=${app} own=${entry.own === true} name=${key} entries=${own} changed=${changed} mistakes=${mistakes} set=${set} />`)}</div>
    ${entries.length > 0 && html`
      <div class="foot chosen-bar">
        <strong role="status">${app.t("tr_changed_count", { count: changes.length })}</strong>
        <div class="row">
          <${Button} id="numbers-check" kind="first" icon="tick" disabled=${!changes.length} onClick=${() => setSaving(true)}>${app.t("tr_numbers_check")}</${Button}>
          <${Button} kind="plain" icon="repeat" disabled=${!changes.length} onClick=${() => { setChanged(new Map()); setMistakes([]); }}>${app.t("tr_numbers_reset")}</${Button}>
        </div>
      </div>`}
    ${saving && html`<${SaveProtocol} app=${app} base=${{ base: file }} id=${entry.id} version=${entry.version} changes=${changes} onClose=${() => setSaving(false)} onMistakes=${(/** @type {Mistake[]} */ found) => { setSaving(false); setMistakes(found); }} />`}`;
}

/**
 * What is said beside a number: the file's own comment. Coach's own files are commented in English; for who reads
 * Indonesian the number's name is explained instead.
 * @param {App} app @param {Entry} one @param {boolean} own  whether the file is the trainer's own
 */
function aboutOf(app, one, own) {
  if (app.lang === "en" || own) return one.comment.replace(/^\[\+\]$/, "");
  const key = `tr_about_${fieldOf(one.place)}`;
  return app.words.has(key) ? app.t(key) : "";
}

/** A mistake, and a way to the number that it is about. @param {{app: App, mistake: Mistake, at?: Entry}} props */
function MistakeLine({ app, mistake, at }) {
  const go = (/** @type {Event} */ event) => {
    event.preventDefault();
    const field = document.getElementById(`number-${at ? keyOf(at.place) : ""}`);
    field?.closest("details")?.setAttribute("open", "");
    field?.focus();
  };
  if (!at) return html`<span>${mistake.text[app.lang]}</span>`;
  return html`<a href="#" onClick=${go}>${at.title ? `${app.title(at.title)} › ` : ""}${nameOf(app, at)}</a>: ${sayMistake(app, mistake)}`;
}

/**
 * @param {{app: App, own: boolean, name: string, entries: Entry[], changed: Map<string, any>, mistakes: Mistake[], set: (one: Entry, value: any) => void}} props
 */
function Group({ app, own, name, entries, changed, mistakes, set }) {
  const title = entries[0].title;
  const count = entries.filter((one) => changed.has(keyOf(one.place))).length;
  const bad = entries.some((one) => mistakes.some((mistake) => isAt(mistake.place, one.place)));
  return html`
    <details class="card number-group" data-group=${name} open=${count > 0 || bad || name === "scoring"}>
      <summary><h2>${app.title(title) || (app.words.has(`tr_group_${name}`) ? app.t(`tr_group_${name}`) : name.replace("segments/", ""))}</h2>
        <span class="soft">${count ? app.t("tr_changed_count", { count }) : app.t("tr_numbers_count", { count: entries.length })}</span></summary>
      <div class="number-list">${entries.map((one) => html`
        <${NumberField} key=${keyOf(one.place)} app=${app} one=${one} about=${aboutOf(app, one, own)} value=${changed.has(keyOf(one.place)) ? changed.get(keyOf(one.place)) : one.value} changed=${changed.has(keyOf(one.place))}
          mistakes=${mistakes.filter((mistake) => isAt(mistake.place, one.place))} onChange=${(/** @type {any} */ value) => set(one, value)} />`)}</div>
    </details>`;
}
