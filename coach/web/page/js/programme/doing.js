/** Sending what was written, and small things that all tabs share. */
import { post } from "../lib/api.js";
import { html, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { Dialog } from "../trainer/parts.js";

/** @typedef {import("../trainer/app.js").TrainerApp} App */
/** Where this browser keeps the code of who writes. */
export const AUTHOR = "coach.programme.author";
/** @typedef {{app: App, data: any, author: string, reload: () => void}} Desk */

/**
 * Writes something down and shows it; a refusal is told, and what was typed stays.
 * @param {Desk} desk @param {string} path @param {object} body @param {(answer: any) => void} [then]
 */
export async function send(desk, path, body, then) {
  try {
    const answer = await post(`/api/programme${path}`, { author: desk.author.trim(), ...body });
    desk.reload();
    then?.(answer);
    return true;
  } catch (error) {
    desk.app.told(error);
    return false;
  }
}

/** A window with a form. @param {{desk: Desk, title: string, onClose: () => void, onSave: () => Promise<boolean>, children?: any, kind?: string, ready?: boolean}} props */
export function Form({ desk, title, onClose, onSave, children, kind, ready = true }) {
  const [busy, setBusy] = useState(false);
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy || !ready) return;
    setBusy(true);
    const good = await onSave();
    setBusy(false);
    if (good) onClose();
  };
  return html`
    <${Dialog} app=${desk.app} title=${title} onClose=${onClose} kind=${kind} busy=${busy}>
      <form class="stack" onSubmit=${save}>
        ${children}
        ${!desk.author.trim() && html`<${Note} kind="calm" icon="person"><p>${desk.app.t("pr_author_missing")}</p></${Note}>`}
        <div class="row"><button type="submit" class="button first" disabled=${busy || !ready}><span>${desk.app.t("tr_save")}</span></button>
          <${Button} onClick=${onClose}>${desk.app.t("tr_cancel")}</${Button}></div>
      </form>
    </${Dialog}>`;
}

/** @param {{head: string[], rows: any, name: string}} props */
export const Table = ({ head, rows, name }) => html`
  <div class="scroll" tabindex="0" role="group" aria-label=${name}><table class="plain">
    <thead><tr>${head.map((text, k) => html`<th key=${k} scope="col">${text}</th>`)}</tr></thead>
    <tbody>${rows}</tbody></table></div>`;

/** Who is what. @param {Desk} desk @param {string[]} roles */
export const having = (desk, roles) => desk.data.people.filter((/** @type {any} */ one) => one.roles.some((/** @type {string} */ role) => roles.includes(role)));

/** A person in one line. @param {any} one */
export const called = (one) => (one.name ? `${one.name} (${one.code})` : one.code);

/** A day as people here write it. @param {App} app @param {string} iso */
export const dayOf = (app, iso) => (iso ? new Intl.DateTimeFormat(app.lang === "id" ? "id-ID" : "en-GB", { day: "numeric", month: "short", year: "numeric" }).format(new Date(`${iso}T12:00:00`)) : "–");
