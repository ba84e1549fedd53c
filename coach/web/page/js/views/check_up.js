/** Whether this laptop will do: what is found of it, line by line, with a picture of each camera. */
import { html, useEffect, useState } from "../lib/ui.js";
import { post } from "../lib/api.js";
import { Button, Note } from "../parts/common.js";
import { Icon } from "../parts/icons.js";
import { Shell } from "../parts/shell.js";

/** @typedef {{state: "ok" | "weak" | "bad" | "unknown", text: import("../lib/types.js").Title, picture: string}} Finding */
/** @typedef {{state: Finding["state"], text: import("../lib/types.js").Title, findings: Finding[]}} Found */

const ICONS = { ok: "tick", weak: "warn", bad: "cross", unknown: "dots" };
const NOTES = { ok: "good", weak: "warn", bad: "stop", unknown: "warn" };

/** @param {{app: import("../app.js").App}} props */
export function CheckUp({ app }) {
  const [times, setTimes] = useState(0);
  const [found, setFound] = useState(/** @type {Found | null} */ (null));
  const [refused, setRefused] = useState(/** @type {any} */ (null));
  useEffect(() => {
    let gone = false;
    setFound(null);
    setRefused(null);
    post("/api/check-up").then((answer) => gone || setFound(answer), (error) => gone || setRefused(error));
    return () => { gone = true; };
  }, [times]);
  const busy = !found && !refused;
  const foot = html`<div class="row">
    <${Button} id="check-up-back" kind="plain" icon="previous" label=${app.t("back")} onClick=${() => app.go({ checking: false })}>${app.t("back")}</${Button}>
    <${Button} id="check-up-again" icon="repeat" label=${app.t("check_up_again")} disabled=${busy} onClick=${() => setTimes(times + 1)}>${app.t("check_up_again")}</${Button}>
  </div>`;
  return html`
    <${Shell} app=${app} current="" kind="check-up" foot=${foot}>
      <div class="stack" aria-busy=${busy}>
        <h1>${app.t("check_up")}</h1>
        <div role="status">
          ${busy && html`<p class="lead">${app.t("check_up_busy")}</p>`}
          ${refused && html`<${Note} kind="stop" icon="cross"><p>${refused.say?.(app.words) ?? app.t("tr_fault")}</p></${Note}>`}
          ${found && html`<${Note} kind=${NOTES[found.state]} icon=${ICONS[found.state]}><p class="lead">${app.words.title(found.text)}</p></${Note}>`}
        </div>
        <ul class="findings">${(found?.findings ?? []).map((one, at) => html`<${Line} key=${at} app=${app} finding=${one} />`)}</ul>
      </div>
    </${Shell}>`;
}

/** @param {{app: import("../app.js").App, finding: Finding}} props */
const Line = ({ app, finding }) => html`
  <li class=${finding.state}>
    <${Icon} name=${ICONS[finding.state]} />
    <span class="grow">${app.words.title(finding.text)}</span>
    ${finding.picture && html`<img src=${`data:image/jpeg;base64,${finding.picture}`} alt="" width="160" />`}
  </li>`;
