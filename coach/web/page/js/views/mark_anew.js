/** The back is marked anew, in a pause or before a step is practised again: she moved, or another camera looks. */
import { html } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { GestureRings } from "../parts/gesture.js";
import { DragHow, DragLayer, Touched, TouchGuide } from "../parts/marking.js";
import { Preview } from "../parts/preview.js";
import { Shell } from "../parts/shell.js";
import { CameraTrouble } from "./camera.js";

/** @param {{app: import("../app.js").App}} props */
export function MarkAnew({ app }) {
  const { camera, marking, phase } = /** @type {import("../lib/types.js").State} */ (app.state);
  const touch = marking.way === "touch" && marking.point !== null;
  const ready = !touch && (marking.marked || marking.guess !== null);
  const say = (/** @type {string} */ way) => app.say({ t: "mark", way });
  const foot = html`
    <div class="row">
      <${Button} id="anew-done" kind="first big" icon="tick" disabled=${!ready || camera.state !== "ok"} onClick=${() => say("accept")}>${app.t("mark_fits")}</${Button}>
      ${!touch && html`<${Button} id="anew-cancel" kind="big" icon="cross" onClick=${() => say("clear")}>${app.t("mark_anew_cancel")}</${Button}>`}
      <span class="soft" role="status">${ready || touch ? "" : app.t("mark_first")}</span>
    </div>`;
  return html`
    <${Shell} app=${app} current="practise" kind="with-stage anew" foot=${foot}>
      <div class="stage">
        ${camera.state === "ok"
          ? html`<${Preview} app=${app} label=${app.t("preview_label")}>
              ${touch ? html`<${Touched} app=${app} points=${marking.points} />` : html`<${DragLayer} app=${app} />`}
              ${!touch && marking.marked && phase === "paused" && html`<${GestureRings} app=${app} />`}
            </${Preview}>`
          : html`<${CameraTrouble} app=${app} />`}
      </div>
      <div class="panel">
        ${touch
          ? html`<${TouchGuide} app=${app} />`
          : html`<section class="stack tight drag-how">
              <h1>${app.t("mark_anew")}</h1>
              ${phase !== "paused" && html`<${Note} kind="warn" icon="camera"><p>${app.t(camera.moved ? "camera_was_moved" : "camera_changed")}</p></${Note}>`}
              <${DragHow} app=${app} />
              <div><${Button} id="mark-touch" icon="hand" disabled=${camera.state !== "ok"} onClick=${() => say("touch")}>${app.t("mark_touch")}</${Button}></div>
            </section>`}
      </div>
    </${Shell}>`;
}
