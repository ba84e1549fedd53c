/** The steps that coach will likely not see from where the camera stands. */
import { html } from "../lib/ui.js";
import { Note } from "./common.js";

/** @param {{app: import("../app.js").App}} props */
export function UnseenSteps({ app }) {
  const steps = app.state?.unseen_steps ?? [];
  if (!steps.length) return null;
  return html`<${Note} kind="warn" icon="eye_off">
    <div id="unseen-steps" role="status">
      <p>${app.t("unseen_steps", { count: steps.length })}</p>
      <details><summary>${app.t("unseen_steps_which")}</summary>
        <p>${steps.map((id) => app.words.segment(id)).join(" · ")}</p><p class="soft">${app.t(`unseen_steps_${app.state?.place?.layout}`)}</p></details>
    </div></${Note}>`;
}
