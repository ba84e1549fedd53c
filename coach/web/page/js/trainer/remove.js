/** Deleting sessions: asked once, done one by one, then shown that nothing is left of them. */
import { remove } from "../lib/api.js";
import { html, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { Bar, Dialog } from "./parts.js";

/** @typedef {{id: string, left: string[], error: string | null}} Gone */

/** @param {{app: import("./app.js").TrainerApp, ids: string[], onClose: (changed: boolean) => void}} props */
export function Remove({ app, ids, onClose }) {
  const [gone, setGone] = useState(/** @type {Gone[]} */ ([]));
  const [started, setStarted] = useState(false);
  const done = gone.length === ids.length;
  const start = async () => {
    setStarted(true);
    for (const id of ids) {
      /** @type {Gone} */
      const one = { id, left: [], error: null };
      try {
        one.left = (await remove(`/api/sessions/${id}`))?.left ?? [];
      } catch (error) {
        one.error = /** @type {import("../lib/api.js").Refusal} */ (error).say(app.words);
      }
      setGone((before) => [...before, one]);
    }
  };
  const count = ids.length;
  const clean = gone.filter((one) => !one.error && !one.left.length).length;
  const bad = gone.filter((one) => one.error || one.left.length);
  const title = app.t(done ? "tr_deleted_title" : "tr_delete_title", { count });
  if (!started) {
    return html`
      <${Dialog} app=${app} title=${title} onClose=${() => onClose(false)}>
        <${Note} kind="warn" icon="warn"><p>${app.t("tr_delete_what")}</p></${Note}>
        <div class="row">
          <${Button} id="remove-yes" kind="stop" icon="trash" onClick=${start}>${app.t("tr_delete_yes", { count })}</${Button}>
          <${Button} id="remove-no" onClick=${() => onClose(false)}>${app.t("tr_delete_no")}</${Button}>
        </div>
      </${Dialog}>`;
  }
  return html`
    <${Dialog} app=${app} title=${title} busy=${!done} onClose=${() => onClose(true)}>
      ${!done && html`<${Bar} share=${gone.length / count} label=${title} /><p role="status">${app.t("tr_delete_progress", { done: gone.length, count })}</p>`}
      ${done && clean > 0 && html`<${Note} kind="good" icon="tick" role="status"><p>${app.t("tr_deleted", { count: clean })}</p></${Note}>`}
      ${bad.map((one) => html`<${Note} key=${one.id} kind="stop" icon="warn" role="alert"><p>${one.error ?? app.t("tr_delete_left", { places: one.left.join(", ") })}</p></${Note}>`)}
      ${done && html`<div class="row"><${Button} id="remove-close" kind="first" onClick=${() => onClose(true)}>${app.t("tr_close")}</${Button}></div>`}
    </${Dialog}>`;
}
