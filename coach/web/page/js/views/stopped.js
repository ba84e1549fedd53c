/** After the stop for pain: rest first, nothing goes on by itself. */
import { html } from "../lib/ui.js";
import { Button } from "../parts/common.js";
import { Icon } from "../parts/icons.js";
import { Head } from "../parts/shell.js";

/** @param {{app: import("../app.js").App}} props */
export function Stopped({ app }) {
  const begun = app.state?.busy || app.state?.result; // else it was stopped before the massage began
  return html`
    <div class="shell stopped">
      <${Head} app=${app} current=${begun ? "practise" : app.state?.agreed ? "camera" : "safe"} />
      <main class="main" id="main" tabindex="-1">
        <div class="halt" role="alert">
          <${Icon} name="stop" />
          <h1>${app.t("stopped_title")}</h1>
          <ol>${["stopped_lift", "stopped_ask", "stopped_help"].map((key) => html`<li key=${key}>${app.t(key)}</li>`)}</ol>
        </div>
        <div class="row">
          ${begun && html`<${Button} id="see-result" kind="big first" icon="flag" onClick=${() => app.go({ seeResult: true })}>${app.t("stopped_result")}</${Button}>`}
          <${Button} id="resume" kind=${begun ? "big" : "big first"} icon="play" onClick=${() => app.say({ t: "resume" })}>${app.t("stopped_resume")}</${Button}>
          <${Button} id="new" kind="big" icon="repeat" disabled=${Boolean(app.state?.busy)} onClick=${() => { app.nobodyAsked(); app.say({ t: "new" }); }}>${app.t("new_session")}</${Button}>
        </div>
      </main>
    </div>`;
}
