/** The first page: what this is, and one large button. */
import { html } from "../lib/ui.js";
import { Button } from "../parts/common.js";
import { Diagram } from "../parts/diagram.js";
import { Icon } from "../parts/icons.js";
import { Shell } from "../parts/shell.js";

/** @param {{app: import("../app.js").App}} props */
export function Welcome({ app }) {
  const { protocol } = app.config;
  const shown = protocol.segments.find((segment) => segment.primitive === "curve") ?? protocol.segments[0];
  const start = html`<${Button} id="begin" kind="first big" icon="play" onClick=${() => app.go({ asked: true })}>${app.t("begin")}</${Button}>`;
  return html`
    <${Shell} app=${app} current="safe" kind="welcome" foot=${start}>
      <div class="hero">
        <div class="stack">
          <h1>${app.t("welcome_title", { title: app.words.title(protocol.title) })}</h1>
          <p class="lead">${app.t("welcome_lead")}</p>
          <ul class="promises">
            <li><${Icon} name="camera" /><span>${app.t("welcome_camera")}</span></li>
            <li><${Icon} name="sound" /><span>${app.t("welcome_voice")}</span></li>
            <li><${Icon} name="hand" /><span>${app.t("welcome_hands")}</span></li>
          </ul>
          <p class="soft">${app.t("welcome_private")}</p>
        </div>
        <${Diagram} segment=${shown} letters=${app.letters} moving=${!app.still.matches} label=${app.t("diagram_label", { segment: app.words.segment(shown.id) })} />
      </div>
    </${Shell}>`;
}
