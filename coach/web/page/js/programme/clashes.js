/** What contradicts itself since laptops were joined: both sides are shown, and a person chooses. */
import { html, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { moment } from "../trainer/parts.js";
import { send } from "./doing.js";
import { PersonForm } from "./person.js";

const PLAIN = ["code", "visit", "number"]; // what their sides say needs no names of fields

/** @param {{desk: import("./doing.js").Desk}} props */
export function Clashes({ desk }) {
  const { app, data } = desk;
  const [opened, setOpened] = useState("");
  if (!data.clashes.length) return null;
  const choose = (/** @type {any} */ clash, /** @type {string} */ entry) =>
    send(desk, "/settled", { chosen: entry, over: clash.sides.map((/** @type {any} */ side) => side.entry).filter((/** @type {string} */ id) => id !== entry) });
  return html`<section class="clashes"><h2>${app.t("pr_clashes", { count: data.clashes.length })}</h2>
    ${data.clashes.map((/** @type {any} */ clash, /** @type {number} */ k) => html`
      <${Note} key=${k} kind="calm" icon="warn"><p><strong>${app.t(`pr_clash_${clash.kind}`)}</strong> ${clash.kind === "corrected_twice" ? "" : clash.what}</p>
        <ul class="lines">${clash.sides.map((/** @type {any} */ side) => html`<li key=${side.entry}>
          <span class="grow">${app.t("pr_side", { author: side.author, laptop: side.laptop, when: moment(app, side.made) })} <code>${Object.entries(side.says).filter(([, value]) => typeof value !== "object").map(([name, value]) => (PLAIN.includes(clash.kind) ? (name === "state" ? app.t(`pr_state_${value}`) : value) : `${name}: ${value}`)).join(", ")}</code></span>
          ${clash.kind === "corrected_twice" && html`<${Button} kind="plain" icon="tick" onClick=${() => choose(clash, side.entry)}>${app.t("pr_choose")}</${Button}>`}
          ${clash.kind === "code" && html`<${Button} kind="plain" icon="pencil" onClick=${() => setOpened(side.subject)}>${app.t("pr_edit")}</${Button}>`}
          ${clash.kind === "visit" && html`<${Button} kind="plain" icon="trash" onClick=${() => send(desk, `/visits/${side.subject}/double`, {})}>${app.t("pr_visit_double")}</${Button}>`}</li>`)}</ul></${Note}>`)}
    ${opened && html`<${PersonForm} desk=${desk} id=${opened} onClose=${() => setOpened("")} />`}
  </section>`;
}
