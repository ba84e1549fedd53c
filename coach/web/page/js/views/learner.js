/** Who practises: somebody whom the laptop knows, a new picture, or a code. */
import { html, useState } from "../lib/ui.js";
import { Button } from "../parts/common.js";
import { CARD, NAMES, Picture } from "../parts/cards.js";
import { Shell } from "../parts/shell.js";

/** @param {{app: import("../app.js").App}} props */
export function LearnerView({ app }) {
  const [written, setWritten] = useState("");
  const known = app.state?.learners ?? [];
  const fresh = NAMES.map((name) => `${CARD}${name}`).filter((code) => !known.includes(code));
  const choose = (/** @type {string} */ code) => {
    app.say({ t: "learner", code });
    app.go({ learner: false });
  };
  const foot = html`<div class="row">
    <${Button} id="learner-back" kind="plain" icon="previous" label=${app.t("back")} onClick=${() => app.go({ learner: false })}>${app.t("back")}</${Button}>
    <${Button} id="learner-none" icon="person" label=${app.t("learner_none")} onClick=${() => choose("")}>${app.t("learner_none")}</${Button}>
  </div>`;
  return html`
    <${Shell} app=${app} current="" kind="who" foot=${foot}>
      <div class="stack">
        <h1>${app.t("learner_title")}</h1>
        <p class="lead">${app.t("learner_what")}</p>
        ${known.length > 0 && html`<section class="stack tight"><h2>${app.t("learner_known")}</h2><${Cards} app=${app} codes=${known} choose=${choose} /></section>`}
        ${fresh.length > 0 && html`<section class="stack tight"><h2>${app.t("learner_cards")}</h2><${Cards} app=${app} codes=${fresh} choose=${choose} /></section>`}
        <form class="row" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); if (written.trim()) choose(written.trim()); }}>
          <label class="field">${app.t("learner_code")}
            <input name="code" value=${written} maxlength="64" autocomplete="off" onInput=${(/** @type {any} */ event) => setWritten(event.currentTarget.value)} />
          </label>
          <${Button} id="learner-use" icon="tick" disabled=${!written.trim()} onClick=${() => choose(written.trim())}>${app.t("learner_use")}</${Button}>
        </form>
      </div>
    </${Shell}>`;
}

/** @param {{app: import("../app.js").App, codes: string[], choose: (code: string) => void}} props */
const Cards = ({ app, codes, choose }) => html`
  <div class="cards">${codes.map((code) => html`
    <button type="button" class="learner" key=${code} data-code=${code} onClick=${() => choose(code)}><${Picture} code=${code} /><span>${app.named(code)}</span></button>`)}
  </div>`;
