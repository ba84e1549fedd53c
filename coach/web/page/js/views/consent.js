/** Before the first picture: is it safe for her, and does she agree? */
import { html } from "../lib/ui.js";
import { Button, Note, Tick } from "../parts/common.js";
import { Shell } from "../parts/shell.js";

/** @param {{app: import("../app.js").App}} props */
export function Consent({ app }) {
  const { safety } = app.config;
  const { ticked, video, code, pillow } = app.local.consent; // not this view's own: it stays while another one is looked at
  const set = (/** @type {Partial<import("../app.js").Asked>} */ change) => app.go({ consent: { ...app.local.consent, ...change } });
  const missing = pillow ? 0 : [...safety, "agreed"].filter((id) => !ticked[id]).length;
  const tick = (/** @type {string} */ id) => (/** @type {boolean} */ on) => set({ ticked: { ...app.local.consent.ticked, [id]: on } });
  const agree = () => {
    const checks = pillow ? ["no_person"] : [...safety, "agreed"];
    app.say({ t: "consent", checks, video, code: code.trim() });
  };
  const back = () => {
    if (app.state?.phase === "consent") app.say({ t: "back" });
    app.nobodyAsked();
  };
  const foot = html`
    <div class="row">
      <${Button} id="to-welcome" kind="plain" icon="previous" label=${app.t("back")} onClick=${back}>${app.t("back")}</${Button}>
      <${Button} id="agree" kind="first big" icon="tick" disabled=${missing > 0} onClick=${agree}>${app.t("agree")}</${Button}>
      <span class="soft" role="status">${missing ? app.t("ticks_missing", { count: missing }) : ""}</span>
    </div>`;
  return html`
    <${Shell} app=${app} current="safe" foot=${foot}>
      <div class="consent">
        <section class="stack tight" aria-labelledby="safety-title">
          <h1 id="safety-title">${app.t("safety_title")}</h1>
          <p class="soft">${app.t("safety_lead")}</p>
          ${safety.map((id) => html`<${Tick} key=${id} name=${id} checked=${!!ticked[id]} onChange=${tick(id)}>${app.t(`safety_${id}`)}</${Tick}>`)}
          <${Note} kind="warn" icon="warn"><p><strong>${app.t("never_title")}</strong> ${app.t("never_list")}</p></${Note}>
        </section>
        <section class="stack tight" aria-labelledby="consent-title">
          <h2 id="consent-title">${app.t("consent_title")}</h2>
          <${Note} kind="calm" icon="camera"><p>${app.t("consent_picture")}</p></${Note}>
          <${Tick} name="agreed" checked=${!!ticked.agreed} onChange=${tick("agreed")}><strong>${app.t("consent_agreed")}</strong></${Tick}>
          <${Tick} name="video" checked=${video} onChange=${(/** @type {boolean} */ on) => set({ video: on })}>${app.t("consent_video")}</${Tick}>
          <${Tick} name="no_person" checked=${pillow} onChange=${(/** @type {boolean} */ on) => set({ pillow: on })}>${app.t("practice_alone")}</${Tick}>
          <label class="field">${app.t("consent_code")}
            <input name="code" value=${code} maxlength="64" autocomplete="off" onInput=${(/** @type {any} */ event) => set({ code: event.currentTarget.value })} />
          </label>
        </section>
      </div>
    </${Shell}>`;
}
