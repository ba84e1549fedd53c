/** One test, form or rules' file: its fields to fill in, or its text; saved as the laptop's own copy once it has no mistakes. */
import { get, post } from "../lib/api.js";
import { html, useEffect, useRef, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { keyOf, nextVersion } from "../trainer/place.js";
import { Field, Waiting } from "../trainer/parts.js";
import { Form } from "./doing.js";
import { isAt, One, titleOf } from "./instrument_field.js";

/** @typedef {import("./doing.js").Desk} Desk @typedef {import("./instrument_field.js").Entry} Entry @typedef {import("../trainer/place.js").Mistake} Mistake */
/** @typedef {{text: string, fields: Entry[] | null, lists: string[], choices: string[], mistakes: Mistake[]}} Draft */
const ROOT = "/api/programme/instruments";

/** What is being changed, and the ways to change it. @param {Desk} desk @param {string} name */
function useDraft({ app }, name) {
  const [draft, setDraft] = useState(/** @type {Draft | null} */ (null));
  const [changed, setChanged] = useState(/** @type {Map<string, [Entry["place"], any]>} */ (new Map()));
  const [moved, setMoved] = useState(false); // lines were added or taken away, or the text was typed in
  const [busy, setBusy] = useState(false); // one change at a time: each begins with the text that the last one left
  useEffect(() => { get(`${ROOT}/${encodeURIComponent(name)}`).then(setDraft, (error) => app.told(error)); }, [name]);
  /** @param {object} what @param {string} [text] */
  const work = async (what, text = draft?.text) => {
    setBusy(true);
    try {
      const made = await post(ROOT, { text, changes: [...changed.values()], ...what });
      if (made.text !== draft?.text) setMoved(true);
      setDraft(made);
      setChanged((later) => new Map([...later].filter(([key, change]) => change !== changed.get(key)))); // typed meanwhile
      return /** @type {Draft} */ (made);
    } catch (error) {
      app.told(error);
      return null;
    } finally {
      setBusy(false);
    }
  };
  const set = (/** @type {Entry} */ one, /** @type {any} */ value) => setChanged((before) => {
    const next = new Map(before);
    if (JSON.stringify(value) === JSON.stringify(one.value)) next.delete(keyOf(one.place));
    else next.set(keyOf(one.place), [one.place, value]);
    return next;
  });
  return { draft, changed, busy, touched: moved || changed.size > 0, work, set };
}

/** Fields by the line that they belong to. @param {Draft} draft @returns {[string, Entry[]][]} */
function grouped(draft) {
  /** @type {Map<string, Entry[]>} */
  const groups = new Map();
  for (const one of draft.fields ?? []) {
    const [first, second] = one.place;
    const key = draft.lists.includes(String(first)) || first === "referrals" ? `${first}/${second}` : one.place.length > 1 && first !== "title" ? String(first) : "";
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups];
}

/** @param {{desk: Desk, one: any, onClose: () => void}} props */
export function Editor({ desk, one, onClose }) {
  const { app } = desk;
  const { draft, changed, busy, touched, work, set } = useDraft(desk, one.name);
  const [typed, setTyped] = useState(/** @type {string | null} */ (null)); // the whole text, where one edits that
  const [saving, setSaving] = useState(false);
  const [asked, setAsked] = useState(false); // whether mistakes are to be shown: not while somebody still fills in
  const summary = useRef(/** @type {HTMLElement | null} */ (null));
  if (!draft) return html`<${Waiting} app=${app} />`;
  const mistakes = asked ? draft.mistakes : [];
  const check = async () => {
    setAsked(true);
    const made = await work({}, typed ?? draft.text);
    if (made && typed !== null) setTyped(made.text);
    if (made?.mistakes.length) summary.current?.focus();
    else if (made) setSaving(true);
  };
  const toText = async () => setTyped((await work({}))?.text ?? null);
  const toFields = async () => {
    const made = await work({}, typed ?? draft.text);
    if (made?.fields) setTyped(null);
    setAsked(true);
  };
  return html`
    <div class="row do-row"><${Button} kind="plain" icon="back" onClick=${onClose}>${app.t("pr_tab_instruments")}</${Button}>
      <h2 class="grow">${app.title(one.title)}</h2>
      <${Button} id="as-text" kind="plain" icon=${typed === null ? "table" : "pencil"} disabled=${busy} onClick=${typed === null ? toText : toFields}>${app.t(typed === null ? "pr_as_text" : "pr_as_fields")}</${Button}></div>
    <p class="soft">${app.t("pr_edit_lead")}</p>
    <div ref=${summary} tabindex="-1" class="mistakes">${mistakes.length > 0 && html`<${Note} kind="warn" icon="warn" role="alert"><p><strong>${app.t("tr_mistakes", { count: mistakes.length })}</strong></p>
      <ul>${mistakes.map((mistake, k) => html`<li key=${k}>${mistake.text[app.lang]}</li>`)}</ul></${Note}>`}</div>
    ${typed !== null ? html`<label class="unseen-text" for="instrument-text">${app.t("pr_as_text")}</label><textarea id="instrument-text" class="whole-text" rows="24" spellcheck=${false} value=${typed} onInput=${(/** @type {any} */ event) => setTyped(event.currentTarget.value)}></textarea>`
      : html`<${Fields} desk=${desk} draft=${draft} changed=${changed} mistakes=${mistakes} busy=${busy} set=${set} work=${work} />`}
    <div class="foot chosen-bar"><strong role="status">${app.t("tr_changed_count", { count: changed.size })}</strong>
      <div class="row"><${Button} id="instrument-check" kind="first" icon="tick" disabled=${busy || (!touched && (typed === null || typed === draft.text))} onClick=${check}>${app.t("tr_numbers_check")}</${Button}></div></div>
    ${saving && html`<${Keep} desk=${desk} one=${one} text=${draft.text} onClose=${() => setSaving(false)} onKept=${onClose} />`}`;
}

/** @param {{desk: Desk, draft: Draft, changed: Map<string, [Entry["place"], any]>, mistakes: Mistake[], busy: boolean, set: (one: Entry, value: any) => void, work: (what: object) => Promise<any>}} props */
function Fields({ desk, draft, changed, mistakes, busy, set, work }) {
  const { app } = desk;
  const groups = grouped(draft);
  const now = (/** @type {Entry} */ one) => changed.get(keyOf(one.place))?.[1] ?? one.value;
  return html`<div class="stack numbers">${groups.map(([key, own], k) => {
    const [list, id] = key.split("/");
    const asks = (/** @type {Entry} */ one) => mistakes.filter((mistake) => isAt(mistake.place, one.place));
    const bad = own.some((one) => asks(one).length > 0);
    return html`<details key=${key} class="card number-group" data-group=${key} open=${k === 0 || bad || id?.startsWith("new_")}>
      <summary><h2>${titleOf(app, key, own.map((one) => ({ ...one, value: now(one) })))}</h2></summary>
      <div class="number-list">${own.map((one) => html`<${One} key=${keyOf(one.place)} app=${app} one=${one} skip=${key.split("/").filter(Boolean).length} value=${now(one)} changed=${changed.has(keyOf(one.place))} mistakes=${asks(one)} onChange=${(/** @type {any} */ value) => set(one, value)} />`)}
        ${list === "questions" && draft.choices.includes(id) && html`<div class="row line-row"><${Button} kind="plain" icon="plus" disabled=${busy} onClick=${() => work({ add: `${key}/choices` })}>${app.t("pr_add_choice")}</${Button}>
          ${choicesOf(own, app.lang).map(([choice, text]) => html`<${Button} key=${choice} kind="plain" icon="cross" disabled=${busy} onClick=${() => work({ remove: [`${key}/choices`, choice] })}>${app.t("pr_choice_remove", { text })}</${Button}>`)}</div>`}
        ${draft.lists.includes(list) && html`<div class="number-field"><${Button} kind="plain" icon="trash" disabled=${busy} onClick=${() => work({ remove: [list, id] })}>${app.t("pr_line_remove")}</${Button}></div>`}</div>
    </details>`;
  })}
  ${[...draft.lists, ...(draft.lists.includes("questions") ? ["choice_questions"] : [])].map((list) => html`<div key=${list} class="row"><${Button} id=${`add-${list}`} icon="plus" disabled=${busy} onClick=${() => work({ add: list })}>${app.t(`pr_add_${list}`)}</${Button}></div>`)}</div>`;
}

/** A question's choices: id and text. @param {Entry[]} own @param {string} lang @returns {[string, string][]} */
const choicesOf = (own, lang) => own.filter((one) => one.place[2] === "choices" && one.lang === lang).map((one) => [String(one.place[3]), String(one.value) || "…"]);

/** The version that it gets; what was answered before keeps its own. @param {{desk: Desk, one: any, text: string, onClose: () => void, onKept: () => void}} props */
function Keep({ desk, one, text, onClose, onKept }) {
  const { app } = desk;
  const old = one.versions[0].version;
  const [version, setVersion] = useState(nextVersion(old.replace(/-draft$/, "")));
  const save = async () => {
    try {
      await post(`${ROOT}/${encodeURIComponent(one.name)}`, { author: desk.author.trim(), text, version: version.trim() });
    } catch (error) {
      app.told(error);
      return false;
    }
    desk.reload();
    onKept();
    return true;
  };
  return html`<${Form} desk=${desk} title=${app.t("pr_keep_title")} onClose=${onClose} ready=${version.trim() !== ""} onSave=${save}>
    <p>${app.t("pr_keep_what")}</p>
    <${Field} label=${app.t("tr_new_version")} name="version" value=${version} onInput=${setVersion} hint=${app.t("tr_was", { value: old })} /></${Form}>`;
}
