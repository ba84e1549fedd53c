/** Before the first picture, one thing at a time: who is massaged, is it safe for her, does she agree, is all prepared? */
import { classes, html, useEffect, useLayoutEffect } from "../lib/ui.js";
import { Held, seesPalms, usePalm } from "../parts/by_palm.js";
import { Button, Note } from "../parts/common.js";
import { GestureRings } from "../parts/gesture.js";
import { Icon } from "../parts/icons.js";
import { Preview } from "../parts/preview.js";
import { Shell } from "../parts/shell.js";

/** @typedef {import("../app.js").Asked} Asked */

const RECEIVERS = /** @type {const} */ (["mother", "friend", "pillow"]);
const AGREED = "agreed";
const VIDEO = "video";
const PREPARE = "prepare_item_";

/** What is asked, in its order. @param {import("../app.js").App} app */
export function questions(app) {
  const { receiver } = app.local.consent;
  if (!receiver) return [];
  return receiver === "pillow" ? [VIDEO] : [AGREED, ...app.config.safety, VIDEO]; // once the camera may look, palms answer
}

/** @param {{app: import("../app.js").App}} props */
export function Consent({ app }) {
  const { receiver, at, refused } = app.local.consent;
  const asked = questions(app);
  if (!receiver) return html`<${Who} app=${app} />`;
  if (refused) return html`<${Refused} app=${app} id=${refused} />`;
  if (at < asked.length) return html`<${Question} app=${app} id=${asked[at]} number=${at + 1} of=${asked.length} key=${asked[at]} />`;
  return html`<${Prepare} app=${app} />`;
}

/** @param {import("../app.js").App} app @param {Partial<Asked>} change */
const set = (app, change) => app.go({ consent: { ...app.local.consent, ...change } });

/** One step back; from the first, to the steps. @param {import("../app.js").App} app */
function back(app) {
  const { receiver, at, refused } = app.local.consent;
  if (refused) return set(app, { refused: null });
  if (receiver && at > 0) return set(app, { at: at - 1 });
  if (receiver) return set(app, { receiver: null });
  if (app.state?.phase === "consent") app.say({ t: "back" });
  return app.nobodyAsked();
}

/** Says what a view asks, and lets keys with a number answer. @param {import("../app.js").App} app @param {string} clip @param {(() => void)[]} answers */
function useAsked(app, clip, answers) {
  useEffect(() => {
    if (!app.speaker.muted) app.speaker.play(clip);
    return () => app.speaker.hush();
  }, [clip, app.lang]);
  useLayoutEffect(() => { // with the question itself: a key that comes at once answers this one, not the one before
    const press = (/** @type {KeyboardEvent} */ event) => {
      const answer = answers[Number(event.key) - 1];
      if (!answer || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      answer();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });
}

/** @param {{app: import("../app.js").App, clip: string}} props */
const Foot = ({ app, clip }) => html`<div class="row">
  <${Button} id="to-welcome" kind="plain" icon="previous" label=${app.t("back")} onClick=${() => back(app)}>${app.t("back")}</${Button}>
  <${Button} id="hear" icon="sound" label=${app.t("ask_again")} onClick=${() => app.speaker.play(clip)}>${app.t("ask_again")}</${Button}>
</div>`;

/** An answer: large, and with the key that gives it. @param {{id: string, kind?: string, icon: string, number: number, onClick: () => void, children?: any, held?: any}} props */
const Answer = ({ id, kind = "", icon, number, onClick, children, held }) => html`
  <button type="button" id=${id} class=${`answer ${kind}`} onClick=${onClick}><${Icon} name=${icon} /><span>${children}</span><kbd aria-hidden="true">${number}</kbd>${held}</button>`;

/** @param {{app: import("../app.js").App}} props */
function Who({ app }) {
  const choose = (/** @type {Asked["receiver"]} */ receiver) => set(app, { receiver, at: 0, refused: null });
  useAsked(app, "ask_receiver", RECEIVERS.map((one) => () => choose(one)));
  return html`
    <${Shell} app=${app} current="safe" kind="asked" foot=${html`<${Foot} app=${app} clip="ask_receiver" />`}>
      <h1 class="question">${app.t("ask_receiver")}</h1>
      <div class="answers three">
        ${RECEIVERS.map((one, k) => html`<${Answer} key=${one} id=${`receiver-${one}`} icon=${one} number=${k + 1} onClick=${() => choose(one)}>${app.t(`receiver_${one}`)}</${Answer}>`)}
      </div>
      <p class="soft">${app.t("ask_keys_three")}</p>
    </${Shell}>`;
}

/** @param {{app: import("../app.js").App, id: string, number: number, of: number}} props */
function Question({ app, id, number, of }) {
  const { ticked, at } = app.local.consent;
  const may = id === VIDEO; // "no" is an answer too
  const clip = `ask_${id}`;
  const yes = () => set(app, { ticked: { ...ticked, [id]: true }, at: at + 1 });
  const no = () => set(app, { ticked: { ...ticked, [id]: false }, ...(may ? { at: at + 1 } : { refused: id }) });
  useAsked(app, clip, [yes, no]);
  const other = app.t(may ? "answer_no" : "answer_unsure");
  const palms = id !== AGREED && palmsMay(app);
  usePalm(app, palms ? { question: id, answers: [{ icon: "tick", word: app.t("palm_yes"), act: yes }, { icon: "cross", word: app.t("palm_no"), act: no }] } : null);
  const text = app.t([AGREED, VIDEO].includes(id) ? `consent_${id}` : `safety_${id}`);
  return html`
    <${Shell} app=${app} current="safe" kind="asked" foot=${html`<${Foot} app=${app} clip=${clip} />`}>
      <p class="soft">${app.t("ask_of", { number, of })}</p>
      <h1 class="question" data-question=${id}>${text}</h1>
      ${id === AGREED && html`<p class="lead">${app.t("consent_picture")}</p>`}
      <div class=${classes("answers", palms && "palms")}>
        <${Answer} id="answer-yes" kind=${ticked[id] ? "given" : ""} icon="tick" number=${1} onClick=${yes} held=${palms && html`<${Held} app=${app} answer=${0} />`}>${app.t("answer_yes")}</${Answer}>
        ${palms && html`<div class="asked-picture"><${Preview} app=${app} label=${app.t("preview_label")}><${GestureRings} app=${app} /></${Preview}></div>`}
        <${Answer} id="answer-no" kind=${may && ticked[id] === false ? "given" : ""} icon="cross" number=${2} onClick=${no} held=${palms && html`<${Held} app=${app} answer=${1} />`}>${other}</${Answer}>
      </div>
      <p class="soft">${app.t(palms ? "ask_palms" : "ask_keys")}</p>
    </${Shell}>`;
}

/** Whether palms may answer: they are seen, and whoever is before the camera agreed to it, or is nobody but the trainee herself. @param {import("../app.js").App} app */
function palmsMay(app) {
  const { receiver, ticked } = app.local.consent;
  return (receiver === "pillow" || ticked[AGREED] === true) && seesPalms(app);
}

/** Not safe, or not agreed: what can be done instead. @param {{app: import("../app.js").App, id: string}} props */
function Refused({ app, id }) {
  const camera = id === AGREED;
  const foot = html`<div class="row">
    <${Button} id="to-welcome" kind="plain" icon="previous" label=${app.t("back")} onClick=${() => back(app)}>${app.t("refused_back")}</${Button}>
    <${Button} id="use-pillow" kind="first big" icon="pillow" onClick=${() => set(app, { receiver: "pillow", at: 0, refused: null })}>${app.t("refused_pillow")}</${Button}>
  </div>`;
  return html`
    <${Shell} app=${app} current="safe" kind="asked" foot=${foot}>
      <h1 class="question" role="alert">${app.t(camera ? "refused_camera" : "refused_title")}</h1>
      <p class="lead">${app.t(camera ? "refused_camera_what" : "refused_what")}</p>
    </${Shell}>`;
}

/** What is scored afterwards is shown before the first touch. @param {{app: import("../app.js").App}} props */
function Prepare({ app }) {
  const { receiver, ticked } = app.local.consent;
  const pillow = receiver === "pillow";
  const agree = () => {
    const checks = pillow ? ["no_person", "pillow"] : [...app.config.safety, AGREED];
    app.say({ t: "consent", checks, video: !!ticked[VIDEO], code: app.state?.code ?? "" });
  };
  const palms = palmsMay(app);
  useAsked(app, "ask_prepare", [agree]);
  usePalm(app, palms ? { question: "prepare", answers: [null, { icon: "tick", word: app.t("gesture_resume"), act: agree }] } : null);
  const items = Object.keys(app.config.messages[app.lang]).filter((key) => key.startsWith(PREPARE)).map((key) => key.slice(PREPARE.length));
  const foot = html`<div class="row">
    <${Button} id="to-welcome" kind="plain" icon="previous" label=${app.t("back")} onClick=${() => back(app)}>${app.t("back")}</${Button}>
    <${Button} id="agree" kind="first big" icon="tick" onClick=${agree}>${app.t("agree")}${palms && html`<${Held} app=${app} answer=${1} />`}</${Button}>
    ${palms && html`<span class="soft">${app.t("palm_ready")}</span>`}
  </div>`;
  return html`
    <${Shell} app=${app} current="safe" kind="asked prepare" foot=${foot}>
      <h1>${app.t("prepare_title")}</h1>
      <div class=${classes("prepare-body", palms && "palms")}>
        <ul class="prepared">${items.map((item) => html`<li key=${item}><${Icon} name=${item} /><span>${app.t(pillow && item === "pillow" ? "prepare_pillow" : `prepare_item_${item}`)}</span></li>`)}</ul>
        ${palms && html`<div class="asked-picture"><${Preview} app=${app} label=${app.t("preview_label")}><${GestureRings} app=${app} /></${Preview}></div>`}
      </div>
      <${Note} kind="calm" icon="hand"><p>${app.t("welcome_hands")}</p></${Note}>
      ${!pillow && html`<${Note} kind="warn" icon="warn"><p><strong>${app.t("never_title")}</strong> ${app.t("never_list")}</p></${Note}>`}
    </${Shell}>`;
}
