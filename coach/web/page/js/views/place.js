/** Where does the camera stand? Four drawings, one tap; and which camera it is. */
import { classes, html, useEffect, useState } from "../lib/ui.js";
import { Held } from "../parts/by_palm.js";
import { Button } from "../parts/common.js";
import { Shell } from "../parts/shell.js";

/** @typedef {import("../app.js").App} App */

export const LAYOUTS = /** @type {const} */ (["far", "beside", "behind", "above"]);
const AGAIN_MS = 700; // between two pictures of each camera

/** @param {{app: App}} props */
export function PlaceChoice({ app }) {
  const last = app.state?.place?.before ?? null;
  const foot = html`<div class="row">
    <${Button} id="to-consent" kind="plain" icon="previous" label=${app.t("back")} onClick=${() => app.say({ t: "back" })}>${app.t("back")}</${Button}>
    <${Button} id="cameras" icon="camera" onClick=${() => app.go({ setup: "cameras" })}>${app.t("cameras_choose")}</${Button}>
  </div>`;
  return html`
    <${Shell} app=${app} current="camera" foot=${foot}>
      <section class="stack tight">
        <h1>${app.t("place_title")}</h1>
        <p class="soft">${app.t("place_lead")}</p>
        <div class="places">
          ${LAYOUTS.map((layout) => html`
            <button type="button" class=${classes("place", layout === last && "before")} id=${`place-${layout}`} key=${layout} onClick=${() => app.say({ t: "layout", layout })}>
              <img src=${`/static/layouts/${layout}.svg`} alt="" width="320" height="220" />
              <span><strong>${app.t(`place_${layout}`)}</strong>${layout === last && html` <em>${app.t("place_before")}</em>`}<br />${app.t(`place_${layout}_what`)}</span>
            </button>`)}
        </div>
      </section>
    </${Shell}>`;
}

/** All cameras of this laptop, each with a small live picture. @param {{app: App}} props */
export function Cameras({ app }) {
  const [now, setNow] = useState(0);
  useEffect(() => {
    app.say({ t: "cameras", on: true });
    const timer = setInterval(() => setNow((n) => n + 1), AGAIN_MS);
    return () => {
      clearInterval(timer);
      app.say({ t: "cameras", on: false });
    };
  }, []);
  const leave = () => app.go({ setup: "camera" });
  const use = (/** @type {number} */ which) => {
    app.say({ t: "camera", which });
    leave();
  };
  const found = app.state?.place?.cameras ?? [];
  const foot = html`<${Button} id="cameras-close" kind="plain" icon="previous" onClick=${leave}>${app.t("back")}</${Button}>`;
  return html`
    <${Shell} app=${app} current="camera" foot=${foot}>
      <section class="stack tight">
        <h1>${app.t("cameras_title")}</h1>
        <p class="soft" role="status">${app.t(!app.state?.place?.cameras ? "camera_opening" : found.length > 1 ? "cameras_lead" : found.length ? "cameras_one" : "cameras_missing")}</p>
        <div class="cameras">
          ${found.map(({ which, name, state, used }) => html`
            <button type="button" class=${classes("place", used && "before")} id=${`camera-${which}`} key=${which} disabled=${state !== "ok"} onClick=${() => (used ? leave() : use(which))}>
              ${state === "ok" ? html`<img src=${`/api/cameras/${which}?n=${now}`} alt="" width="200" height="150" />` : html`<span class="no-picture">${app.t(state === "opening" ? "camera_opening" : "cameras_none")}</span>`}
              <span><strong>${app.t("cameras_name", { number: which + 1 })}</strong>${used && html` <em>${app.t("cameras_used")}</em>`}<br />${name}</span>
            </button>`)}
        </div>
      </section>
    </${Shell}>`;
}

/** Whether the picture is mirrored: asked where left and right were marked exchanged. @param {{app: App}} props */
export const AskMirrored = ({ app }) => html`
  <section class="note warn stack tight" role="alert">
    <h2>${app.t("mirror_ask")}</h2><p>${app.t("mirror_how")}</p>
    <div class="row">
      <${Button} id="mirror-yes" kind="first" icon="tick" onClick=${() => app.say({ t: "mirrored", on: true })}>${app.t("mirror_yes")}<${Held} app=${app} answer=${0} /></${Button}>
      <${Button} id="mirror-no" icon="cross" onClick=${() => app.say({ t: "mirrored", on: false })}>${app.t("mirror_no")}<${Held} app=${app} answer=${1} /></${Button}>
    </div>
  </section>`;

/** Where it stands, and how its picture is shown. @param {{app: App, turnsOver: boolean}} props  turnsOver: an outline that may be that of the other side */
export function PlaceRow({ app, turnsOver }) {
  const layout = app.state?.place?.layout;
  const mirrored = app.state?.camera.mirrored === true;
  if (!layout) return null;
  return html`<div class="row place-row">
    <${Button} id="place-again" kind="plain" icon="previous" label=${app.t("place_again")} onClick=${() => app.say({ t: "layout", layout: null })}><span class="thumb"><img src=${`/static/layouts/${layout}.svg`} alt="" width="58" height="40" /> ${app.t(`place_${layout}`)}</span></${Button}>
    ${turnsOver && layout === "beside" && html`<${Button} id="other-side" kind="plain" icon="all" pressed=${app.local.otherSide} onClick=${() => app.go({ otherSide: !app.local.otherSide })}>${app.t("outline_other_side")}</${Button}>`}
    <${Button} id="turn" kind="plain" icon="repeat" onClick=${() => app.say({ t: "turn" })}>${app.t("turn_picture")}</${Button}>
    <${Button} id="mirrored" kind="plain" icon="drag" pressed=${mirrored} onClick=${() => app.say({ t: "mirrored", on: !mirrored })}>${app.t("mirror_picture")}</${Button}>
  </div>`;
}
