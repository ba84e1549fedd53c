/** Is the camera well placed, and where is the back? Then: which practice. */
import { classes, html, useRef } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { Held, usePalm } from "../parts/by_palm.js";
import { GestureRings } from "../parts/gesture.js";
import { Icon } from "../parts/icons.js";
import { DragHow, DragLayer, Touched, TouchGuide } from "../parts/marking.js";
import { Outline } from "../parts/outline.js";
import { Preview } from "../parts/preview.js";
import { Shell } from "../parts/shell.js";
import { UnseenSteps } from "../parts/unseen_steps.js";
import { CameraTrouble } from "./camera.js";
import { AskMirrored, Cameras, PlaceChoice, PlaceRow } from "./place.js";

/** @typedef {import("../lib/types.js").Place[]} Places */
/** @typedef {import("../parts/by_palm.js").PalmAnswer} PalmAnswer */

const MODES = /** @type {const} */ (["guided", "free", "exam"]);
const MODE_ICONS = { guided: "guide", free: "free", exam: "exam" };
const RANKS = { bad: 0, unknown: 1, ok: 2 };
const TOLD_ELSEWHERE = new Set(["setup_wait", "setup_back_unmarked"]); // that the back is to be marked is what the page asks for
const ICONS = { ok: "tick", bad: "warn", unknown: "dots" };

/** @param {{app: import("../app.js").App}} props */
export function Setup({ app }) {
  if (app.local.setup === "cameras") return html`<${Cameras} app=${app} />`;
  if (app.local.setup === "mode" && isMarked(app)) return html`<${Modes} app=${app} />`;
  return asksPlace(app) ? html`<${PlaceChoice} app=${app} />` : html`<${CameraCheck} app=${app} />`;
}

/** @param {import("../app.js").App} app */
const isMarked = (app) => app.state?.marking.marked === true;

/** Whether it is not known yet where the camera stands; of the sample, and of a back that is marked already, nobody asks. @param {import("../app.js").App} app */
const asksPlace = ({ state }) => state?.place?.layout === null && !state.camera.sampled && !state.marking.marked && !state.marking.guess && state.marking.way === null;

/** Whether the view offers the start, by its button or by the palm's ring. @param {import("../app.js").App} app */
export const mayStart = (app) => isMarked(app) && app.local.setup !== "drag";

/** @param {{app: import("../app.js").App}} props */
function CameraCheck({ app }) {
  const state = /** @type {import("../lib/types.js").State} */ (app.state);
  const dragging = app.local.setup === "drag";
  const seen = state.camera.state === "ok";
  const marked = isMarked(app);
  const touch = state.marking.way === "touch" && state.marking.point !== null;
  const points = useRef(/** @type {Places | null} */ (null)); // while they are dragged
  const mirrored = !dragging && app.state?.place?.asks_mirrored === true; // before all else: nothing that is marked holds until that is known
  const asked = !dragging && state.marking.guess !== null; // a question comes before what only tells
  usePalm(app, seen && !dragging ? palmOf(app, marked) : null);
  const foot = html`
    <div class="row">
      ${!dragging && html`<${Button} id="to-consent" kind="plain" icon="previous" label=${app.t("back")} onClick=${() => app.say({ t: "back" })}>${app.t("back")}</${Button}>`}
      <${Button} id="to-mode" kind="first big" icon="next" disabled=${!marked} onClick=${() => app.go({ setup: "mode" })}>${app.t("continue")}</${Button}>
      <span class="soft" role="status">${marked ? "" : app.t("mark_first")}</span>
    </div>`;
  return html`
    <${Shell} app=${app} current="camera" kind="with-stage" foot=${foot}>
      <div class="stage">
        ${seen
          ? html`<${Preview} app=${app} label=${app.t("preview_label")}>
              ${dragging && html`<${DragLayer} app=${app} points=${points} />`}
              ${state.marking.guess && !dragging && html`<${Guess} app=${app} corners=${state.marking.guess} />`}
              ${unfilled(app) && html`<${Outline} layout=${state.place?.layout} over=${app.local.otherSide} ...${sizeOf(app)} />`}
              ${!dragging && touch && html`<${Touched} app=${app} points=${state.marking.points} />`}
              ${!dragging && !touch && html`<${GestureRings} app=${app} />`}
            </${Preview}>`
          : html`<${CameraTrouble} app=${app} />`}
      </div>
      <div class="panel">
        ${touch && !dragging
          ? html`<${TouchGuide} app=${app} />`
          : mirrored
            ? html`<h1>${app.t("setup_title")}</h1><${AskMirrored} app=${app} />`
            : html`
              ${!dragging && html`<h1>${app.t("setup_title")}</h1><${Tracker} app=${app} /><${Sampled} app=${app} />`}
              ${asked && html`<${Ways} key="ways" app=${app} dragging=${false} marked=${marked} points=${points} />`}
              ${!dragging && html`<${PlaceRow} app=${app} turnsOver=${unfilled(app)} /><${UnseenSteps} app=${app} /><${Checks} app=${app} />`}
              ${!asked && html`<${Ways} key="ways" app=${app} dragging=${dragging} marked=${marked} points=${points} />`}`}
      </div>
    </${Shell}>`;
}

/** What a palm may answer: whether the picture is mirrored, or whether the guess fits. Who lifts her right hand answers the first by where it is seen. @param {import("../app.js").App} app @param {boolean} marked */
function palmOf(app, marked) {
  const [yes, no] = [app.t("palm_yes"), app.t("palm_no")];
  const mark = (/** @type {string} */ way) => () => app.say({ t: "mark", way });
  const mirrored = (/** @type {boolean} */ on) => () => app.say({ t: "mirrored", on });
  if (app.state?.place?.asks_mirrored) return { question: "mirrored", answers: /** @type {[PalmAnswer, PalmAnswer]} */ ([{ icon: "tick", word: yes, act: mirrored(true) }, { icon: "cross", word: no, act: mirrored(false) }]) };
  if (marked || !app.state?.marking.guess) return null;
  return { question: "guess", answers: /** @type {[PalmAnswer, PalmAnswer]} */ ([{ icon: "cross", word: no, act: mark("touch") }, { icon: "tick", word: yes, act: mark("accept") }]) };
}

/** The picture's size in px. @param {import("../app.js").App} app */
const sizeOf = (app) => ({ w: app.painter.last?.frame.w ?? 640, h: app.painter.last?.frame.h ?? 480 });

/** Whether the outline waits for a back to fill it. @param {import("../app.js").App} app */
function unfilled({ state, local }) {
  const marking = state?.marking;
  return !!state?.place?.layout && local.setup !== "drag" && !marking?.marked && !marking?.guess && marking?.way !== "touch";
}

/** Without its tracker the coach sees no hands at all. @param {{app: import("../app.js").App}} props */
const Tracker = ({ app }) => app.state?.tracker === "failed" && html`<${Note} kind="stop" icon="warn" role="alert"><p>${app.t("tracker_failed")}</p></${Note}>`;

/** It is not her own camera that is seen. @param {{app: import("../app.js").App}} props */
const Sampled = ({ app }) => app.state?.camera.sampled && html`
  <div class="note calm sampled"><p class="grow">${app.t("sample_plays")}</p>
    <${Button} id="own-camera" icon="camera" onClick=${() => app.leaveBrowserCamera()}>${app.t("own_camera")}</${Button}></div>`;

/** What needs something comes first: the list may be longer than its place. @param {{app: import("../app.js").App}} props */
const Checks = ({ app }) => html`
  <ul class="checks" aria-label=${app.t("checks_label")} tabindex="0">
    ${/* A row that is green no more is drawn anew: Chromium keeps its sign green where it is moved as well. */
    [...(app.state?.setup ?? [])].sort((one, other) => RANKS[one.state] - RANKS[other.state]).map(({ id, state, key, values }) => {
      const asks = state === "bad" || (state === "unknown" && key !== null && !TOLD_ELSEWHERE.has(key) && app.words.has(key));
      return html`
      <li class=${classes(state, asks && "asks")} key=${`${id} ${state}`} data-check=${id}>
        <${Icon} name=${ICONS[state]} />
        <div>
          <span class="name">${app.t(`check_${id}`)}</span>
          <span class="unseen-text">${app.t(`check_is_${state}`)}</span>
          ${asks && html`<span class="todo">${app.words.has(key) ? app.words.said({ key: /** @type {string} */ (key), values }) : app.t("check_bad")}</span>`}
        </div>
      </li>`;
    })}
  </ul>`;

/** @param {{app: import("../app.js").App, dragging: boolean, marked: boolean, points: {current: Places | null}}} props */
function Ways({ app, dragging, marked, points }) {
  const off = app.state?.camera.state !== "ok";
  const guess = app.state?.marking.guess;
  const drag = (/** @type {boolean} */ on) => {
    window.scrollTo(0, 0); // the picture is what is looked at now
    app.go({ setup: on ? "drag" : "camera" });
  };
  // Nobody fills it to a finger's breadth: the points begin at the outline, and are asked about.
  const outline = unfilled(app) && app.state?.marking.way !== "pose";
  const fits = () => {
    if (!marked && points.current) app.say({ t: "mark", way: "drag", kind: "body", points: points.current }); // none had to be moved
    drag(false);
  };
  if (dragging) {
    return html`<section key="drag" class="stack tight drag-how">
      <h1>${app.t("marking_title")}</h1>
      <${DragHow} app=${app} />
      <div><${Button} id="drag-done" kind="first" icon="tick" onClick=${fits}>${app.t("mark_fits")}</${Button}></div>
    </section>`;
  }
  // Two keys: else the button that has the focus would become another one, which begins something.
  return html`<section key="ways" class="stack tight">
    <h2>${app.t("marking_title")}</h2>
    <p role="status">${app.t(leadOf(app))}</p>
    <div class=${classes("ways", (guess || outline) && "four")}>
      ${guess && html`<${Button} id="accept" kind="first" icon="tick" onClick=${() => app.say({ t: "mark", way: "accept" })}>${app.t("mark_accept")}<${Held} app=${app} answer=${1} /></${Button}>`}
      ${outline && html`<${Button} id="outline-fits" kind="first" icon="tick" disabled=${off} onClick=${() => drag(true)}>${app.t("mark_filled")}</${Button}>`}
      <${Button} id="mark-drag" icon="drag" disabled=${off} onClick=${() => drag(true)}>${app.t(guess ? "mark_move" : "mark_drag")}</${Button}>
      <${Button} id="mark-pose" icon="person" disabled=${off} onClick=${() => app.say({ t: "mark", way: "pose" })}>${app.t("mark_pose")}</${Button}>
      <${Button} id="mark-touch" kind=${marked || guess || outline || app.state?.marking.way === "pose" ? "" : "first"} icon="hand" disabled=${off} onClick=${() => app.say({ t: "mark", way: "touch" })}>${app.t("mark_touch")}</${Button}>
    </div>
  </section>`;
}

/** What there is to do about the mark. @param {import("../app.js").App} app */
function leadOf(app) {
  const marking = app.state?.marking;
  if (marking?.guess) return marking.remembered ? "mark_remembered" : "mark_guess";
  if (marking?.way === "pose") return "mark_guessing";
  if (marking?.marked) return "mark_kept";
  if (marking?.vain) return "mark_vain";
  return app.state?.place?.layout ? "mark_fill" : "mark_lead";
}

/** @param {{app: import("../app.js").App, corners: import("../lib/types.js").Place[]}} props */
function Guess({ app, corners }) {
  const { w, h } = app.painter.last?.frame ?? { w: 640, h: 480 };
  const middle = [0, 1].map((k) => [(corners[k * 3][0] + corners[k ? 2 : 1][0]) / 2, (corners[k * 3][1] + corners[k ? 2 : 1][1]) / 2]);
  return html`<svg class="guess" viewBox=${`0 0 ${w} ${h}`} aria-hidden="true">
    <polygon points=${corners.map((corner) => corner.join(",")).join(" ")} />
    <line x1=${middle[0][0]} y1=${middle[0][1]} x2=${middle[1][0]} y2=${middle[1][1]} />
  </svg>`;
}

/** @param {{app: import("../app.js").App}} props */
function Modes({ app }) {
  const state = /** @type {import("../lib/types.js").State} */ (app.state);
  const bad = state.setup.filter((check) => check.state === "bad").length;
  const tracker = state.tracker ?? "ok";
  const ready = state.camera.state === "ok" && tracker === "ok";
  const planned = (state.plan?.steps.length ?? 0) > 0;
  const start = () => app.say({ t: "start" });
  const other = () => app.say({ t: "mode", mode: MODES[(MODES.indexOf(state.mode) + 1) % MODES.length] });
  usePalm(app, ready ? { question: "mode", answers: [planned ? null : { icon: "repeat", word: app.t("palm_other"), act: other }, { icon: "play", word: app.t("gesture_start"), act: start }] } : null);
  const foot = html`<div class="row">
    <${Button} id="back" kind="plain" icon="previous" label=${app.t("back")} onClick=${() => app.go({ setup: "camera" })}>${app.t("back")}</${Button}>
    <${Button} id="start" kind="first big" icon="play" disabled=${!ready} onClick=${start}>${app.t("start")}<${Held} app=${app} answer=${1} /></${Button}>
    <span class="soft" role="status">${tracker === "loading" ? app.t("tracker_loading") : tracker === "ok" ? app.t("start_any") : ""}</span>
  </div>`;
  return html`
    <${Shell} app=${app} current="practise" kind="with-stage" foot=${foot}>
      <div class="stage">
        ${state.camera.state === "ok"
          ? html`<${Preview} app=${app} label=${app.t("preview_label")}><${GestureRings} app=${app} /></${Preview}>`
          : html`<${CameraTrouble} app=${app} />`}
      </div>
      <div class="panel">
        <h1>${app.t(planned ? "mode_planned" : "mode_title")}</h1>
        <${Tracker} app=${app} />
        <${UnseenSteps} app=${app} />
        <${Sampled} app=${app} />
        ${planned && state.plan ? html`<${Planned} app=${app} plan=${state.plan} />` : html`<fieldset class="modes">
          <legend class="unseen-text">${app.t("mode_title")}</legend>
          ${MODES.map((mode) => html`
            <label class=${classes("tick mode", state.mode === mode && "on")} key=${mode}>
              <input type="radio" name="mode" value=${mode} checked=${state.mode === mode} onChange=${() => app.say({ t: "mode", mode })} />
              <${Icon} name=${MODE_ICONS[mode]} />
              <span><strong>${app.t(`mode_${mode}`)}</strong><br />${app.t(`mode_${mode}_what`)}
                ${mode === "exam" && state.code === "" && html`<br />${app.t("mode_exam_uncoded")}`}</span>
            </label>`)}
        </fieldset>`}
        ${bad > 0 && html`<${Note} kind="warn" icon="warn"><p>${app.t("setup_still_bad", { count: bad })}</p></${Note}>`}
      </div>
    </${Shell}>`;
}

/** The steps that were chosen, and with how much help they are practised. @param {{app: import("../app.js").App, plan: {steps: string[], stage: string}}} props */
const Planned = ({ app, plan }) => html`
  <ol class="planned">${plan.steps.map((id) => html`<li key=${id}>${app.words.segment(id)}</li>`)}</ol>
  <p class="lead"><strong>${app.t(`stage_${plan.stage}`)}.</strong> ${app.t(`stage_${plan.stage}_what`)}</p>`;
