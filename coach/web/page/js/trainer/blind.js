/** Rating blind: whoever rates does not see coach's score before, in the list neither. */
import { html, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { Dialog, Field } from "./parts.js";

/** @typedef {import("./app.js").TrainerApp} App */

const TRAINER = "coach.trainer"; // who sits here; the page of a session asks for it as well

/** What is asked of the server besides the filters. @param {App} app @returns {Record<string, string>} */
export const blindQuery = (app) => (app.query.blind ? { blind: "1", rater: app.query.blind } : {});

/** The address of a session. @param {App} app @param {string} id */
export const sessionPath = (app, id) => `/sessions/${id}${app.query.blind ? `?blind=1&rater=${encodeURIComponent(app.query.blind)}` : ""}`;

/** @param {{app: App}} props */
export function BlindButton({ app }) {
  const [open, setOpen] = useState(false);
  const [code, setCode] = useState(localStorage.getItem(TRAINER) ?? app.about.trainer ?? "");
  const begin = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!code.trim()) return;
    localStorage.setItem(TRAINER, code.trim());
    setOpen(false);
    app.filter({ blind: code.trim(), passed: "" });
  };
  if (app.query.blind) return null;
  return html`
    <${Button} id="blind" icon="eye_off" onClick=${() => setOpen(true)}>${app.t("tr_blind")}</${Button}>
    ${open && html`
      <${Dialog} app=${app} title=${app.t("tr_blind")} onClose=${() => setOpen(false)}>
        <form class="stack" onSubmit=${begin}>
          <p>${app.t("tr_blind_what")}</p>
          <${Field} label=${app.t("tr_blind_code")} name="rater" value=${code} choices=${app.about.people.filter((one) => one.role === "trainer").map((one) => one.code)} onInput=${setCode} hint=${app.nameOf(code.trim())} />
          <div class="row"><button type="submit" class="button first" id="blind-begin" disabled=${!code.trim()}><span>${app.t("tr_blind_begin")}</span></button>
            <${Button} onClick=${() => setOpen(false)}>${app.t("tr_cancel")}</${Button}></div>
        </form>
      </${Dialog}>`}`;
}

/** Says that scores are hidden, and ends it. @param {{app: App}} props */
export const BlindNote = ({ app }) => (app.query.blind
  ? html`<div class="blind-note"><${Note} kind="calm" icon="eye_off">
      <p>${app.t("tr_blind_on", { code: app.query.blind })} <${Button} id="blind-end" kind="plain" onClick=${() => app.filter({ blind: "" })}>${app.t("tr_blind_end")}</${Button}></p></${Note}></div>`
  : null);
