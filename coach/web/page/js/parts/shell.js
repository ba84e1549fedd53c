/** The frame around every view: where one is, language, sound; and the stop that is always in reach. */
import { classes, html } from "../lib/ui.js";
import { Button, Help } from "./common.js";
import { Icon } from "./icons.js";

const STEPS = ["safe", "camera", "practise", "result"];

/** @param {{app: import("../app.js").App, current: string}} props */
function Steps({ app, current }) {
  const at = STEPS.indexOf(current);
  return html`
    <ol class="steps" aria-label=${app.t("steps_label")}>
      ${STEPS.map((step, k) => html`
        <li key=${step} class=${classes(k < at && "was")} aria-current=${k === at ? "step" : undefined}>
          <span class="number" aria-hidden="true">${k < at ? html`<${Icon} name="tick" />` : k + 1}</span>
          <span class="name">${app.t(`steps_${step}`)}</span>
        </li>`)}
    </ol>`;
}

/** @param {{app: import("../app.js").App, current: string}} props */
export function Head({ app, current }) {
  const { speaker, lang } = app;
  const other = lang === "id" ? "en" : "id";
  return html`
    <header class="head">
      <div class="brand"><img src="/static/icon.svg" alt="" width="38" height="38" /><span>coach</span></div>
      <${Steps} app=${app} current=${current} />
      <div class="tools">
        ${app.resting && html`<${Button} id="voices" kind="plain icon-only" icon="mic" label=${app.t("voices_open")} onClick=${() => app.go({ voices: true })} />`}
        ${speaker.blocked
          ? html`<${Button} icon="sound" onClick=${() => app.mute(false)}>${app.t("sound_blocked")}</${Button}>`
          : html`<${Button} kind="plain icon-only" icon=${speaker.muted ? "mute" : "sound"} pressed=${speaker.muted}
              label=${app.t("mute")} onClick=${() => app.mute(!speaker.muted)} />`}
        <${Help} lang=${lang} label=${app.t("handbook")} page="kader" place=${current} />
        <${Button} id="language" kind="plain" label=${app.t("language_switch")} onClick=${() => app.choose(other)}>
          <span lang=${other}>${app.t("language_other")}</span>
        </${Button}>
      </div>
    </header>`;
}

/** Pain: one press, always at the same place. @param {{app: import("../app.js").App}} props */
export const Stop = ({ app }) => html`
  <${Button} id="stop" kind="stop big" icon="stop" onClick=${() => app.stop()}>${app.t("stop_pain")}</${Button}>`;

/** @param {{app: import("../app.js").App, current: string, kind?: string, foot?: any, children?: any}} props */
export const Shell = ({ app, current, kind = "", foot, children }) => html`
  <div class=${classes("shell", kind)}>
    <${Head} app=${app} current=${current} />
    <main class="main" id="main" tabindex="-1">${children}</main>
    <footer class="foot"><div class="grow foot-left">${foot}</div><${Stop} app=${app} /></footer>
  </div>`;
