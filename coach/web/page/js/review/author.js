/** Who corrects: asked once a day, before the first change is kept. */
import { html, useEffect, useState } from "../lib/ui.js";
import { Dialog } from "./dialog.js";

/** @param {{desk: import("./desk.js").Desk}} props */
export function Author({ desk }) {
  const [code, setCode] = useState(desk.author);
  const ready = code.trim() !== "";
  useEffect(() => () => { desk.unsigned = []; }, []); // closed without an answer: nothing is changed
  const sign = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (ready) desk.sign(code);
  };
  return html`
    <${Dialog} desk=${desk} title=${desk.t("rv_author_who")}>
      <form class="stack" onSubmit=${sign}>
        <p>${desk.t("rv_author_why")}</p>
        <label class="field">${desk.t("rv_author_code")}
          <input id="author-code" list="people" value=${code} maxlength="40" autocomplete="off" autofocus onInput=${(/** @type {any} */ event) => setCode(event.currentTarget.value)} />
        </label>
        <div class="row"><button type="submit" class="button first" id="author-go" disabled=${!ready}>${desk.t("rv_author_go")}</button></div>
      </form>
    </${Dialog}>`;
}
