/** No picture: why, what to try, and two ways on. */
import { html } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { Icon } from "../parts/icons.js";

/** @param {{app: import("../app.js").App}} props */
export function CameraTrouble({ app }) {
  const { camera } = /** @type {import("../lib/types.js").State} */ (app.state);
  if (camera.state === "opening") {
    return html`<div class="trouble" role="status"><${Icon} name="camera" /><h2>${app.t("camera_opening_title")}</h2></div>`;
  }
  const lost = camera.state === "lost";
  const live = app.state?.phase !== "setup"; // a practice goes on with the camera it began with
  const stream = camera.name?.startsWith("stream ") && !camera.browser; // no cable to plug in
  const key = stream && app.words.has(`${camera.key}_stream`) ? `${camera.key}_stream` : camera.key;
  const tips = stream ? ["tip_stream_on", "tip_stream_wifi"] : live ? ["tip_plug"] : ["tip_plug", "tip_other", "tip_cover"];
  const title = lost ? "camera_lost_title" : "camera_none_title";
  return html`
    <div class="trouble" role="alert">
      <${Icon} name="no_camera" />
      <h2>${app.t(title)}</h2>
      ${app.words.has(key) && html`<p class="lead">${app.t(/** @type {string} */ (key))}</p>`}
      <ul class="tips">${tips.map((tip) => html`<li key=${tip}>${app.t(tip)}</li>`)}</ul>
      <div class="row">
        <${Button} id="browser-camera" kind="first" icon="camera" onClick=${() => app.useBrowserCamera()}>${app.t("browser_camera")}</${Button}>
        ${!live && html`<${Button} id="cameras" icon="camera" onClick=${() => app.go({ setup: "cameras" })}>${app.t("cameras_choose")}</${Button}>`}
        ${(camera.browser || camera.sampled) && html`<${Button} id="own-camera" icon="camera" onClick=${() => app.leaveBrowserCamera()}>${app.t("own_camera")}</${Button}>`}
        ${!live && camera.sample !== false && html`<${Button} id="sample" icon="play" onClick=${() => app.playSample()}>${app.t("use_sample")}</${Button}>`}
      </div>
      ${app.local.cameraRefused && html`<${Note} kind="warn" icon="warn" role="status"><p>${app.t(app.local.cameraRefused)}</p></${Note}>`}
    </div>`;
}
