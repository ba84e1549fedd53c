/** Is this certificate one of ours? What its QR says, against what this laptop knows; no network. */
import { get } from "../lib/api.js";
import { html, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { Field } from "../trainer/parts.js";
import { dayOf } from "./doing.js";

const GOOD = ["valid", "provisional", "expiring"];

/** @param {{desk: import("./doing.js").Desk}} props */
export function Verify({ desk }) {
  const { app } = desk;
  const [text, setText] = useState("");
  const [found, setFound] = useState(/** @type {any} */ (null));
  const ask = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setFound(null);
    try {
      setFound(await get("/api/programme/certificates", { text }));
    } catch (error) {
      app.told(error);
    }
  };
  const good = found && GOOD.includes(found.standing);
  return html`<section class="stack tight"><h2>${app.t("pr_verify")}</h2><p class="soft">${app.t("pr_verify_lead")}</p>
    <form class="row choices" onSubmit=${ask}><${Field} label=${app.t("pr_verify_text")} name="verify" value=${text} onInput=${setText} more=${{ maxlength: 300 }} />
      <button type="submit" id="verify-do" class="button" disabled=${!text.trim()}><span>${app.t("pr_verify_do")}</span></button></form>
    ${found && html`<${Note} kind=${good ? "good" : "stop"} icon=${good ? "tick" : "warn"} role="status"><p>${app.t(`pr_verified_${found.standing}`, { ...found, expires: dayOf(app, found.expires) })}</p></${Note}>`}</section>`;
}
