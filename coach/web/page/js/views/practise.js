/** The practice itself: the live picture, one step, one count, one hint. */
import { classes, html, useLayoutEffect } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { Held, usePalm } from "../parts/by_palm.js";
import { Diagram } from "../parts/diagram.js";
import { Film } from "../parts/film.js";
import { GestureRings } from "../parts/gesture.js";
import { Icon } from "../parts/icons.js";
import { Preview } from "../parts/preview.js";
import { Shell } from "../parts/shell.js";
import { Tempo } from "../parts/tempo.js";
import { CameraTrouble } from "./camera.js";

/** @typedef {import("../lib/types.js").State} State */

const LONG_TITLE = 28; // letters; more of them go on two lines, and what else can give way does
const LONGEST_TITLE = 48; // a trainer's own protocol may have such: the count needs its room
const LONG_POINT = 14;

/** @param {{app: import("../app.js").App}} props */
export function Practise({ app }) {
  const state = /** @type {State} */ (app.state);
  const narrow = app.narrow.matches; // then the page is longer than the screen, and only the foot is always in view
  const foot = html`<${Voice} app=${app} />
    ${narrow && html`<div class="controls"><${Pause} app=${app} /><${Finish} app=${app} /></div>`}`;
  return html`
    <${Shell} app=${app} current="practise" kind=${classes("with-stage live", state.mode)} foot=${foot}>
      <div class="stage">
        ${state.camera.state === "none"
          ? html`<${CameraTrouble} app=${app} />`
          : swapped(app)
            ? html`<div class="swapped">${swapped(app)}</div>`
            : html`<${Preview} key="camera" app=${app} label=${app.t("preview_label")}>
              ${state.camera.state !== "ok" && html`<div class="over"><${CameraTrouble} app=${app} /></div>`}
              ${state.phase === "paused" && state.camera.state === "ok" && html`<${Paused} app=${app} />`}
              ${state.camera.state === "ok" && html`<${GestureRings} app=${app} />`}
            </${Preview}>`}
      </div>
      <div class="panel">
        <${Milestones} app=${app} />
        ${state.mode === "exam" ? html`<${Exam} app=${app} />` : shownStep(app) ? html`<${Now} app=${app} step=${/** @type {import("../lib/types.js").Step} */ (shownStep(app))} />` : html`<${Idle} app=${app} />`}
        <div class="controls">
          ${!narrow && html`<${Pause} app=${app} />`}
          ${state.mode !== "exam" && !narrow && html`<${Swap} app=${app} />`}
          ${state.mode === "guided" && html`<${Turns} app=${app} />`}
          ${!narrow && html`<${Finish} app=${app} />`}
        </div>
      </div>
    </${Shell}>`;
}

/** The step that is done; in free practice, between two steps, the one before. @param {import("../app.js").App} app */
const shownStep = (app) => app.state?.step ?? (app.state?.mode === "free" ? app.last : null);

/** What shows how a step goes. @param {import("../app.js").App} app @param {import("../lib/types.js").Step} step */
function shows(app, step) {
  const title = app.words.segment(step.segment);
  const film = app.film(step.segment);
  if (film) return html`<${Film} app=${app} step=${step.segment} src=${film} pace=${app.state?.ghost?.pace ?? 1} label=${app.t("film_label", { segment: title })} />`;
  return html`<${Diagram} key=${step.segment} segment=${app.words.segments.get(step.segment) ?? null} letters=${app.letters} moving=${!app.still.matches} label=${app.t("diagram_label", { segment: title })} />`;
}

/** What has the camera's place, where it was given away: never in a pause, nor where the camera is in trouble. @param {import("../app.js").App} app */
function swapped(app) {
  const state = /** @type {State} */ (app.state);
  const step = shownStep(app);
  return app.local.swapped && step && state.phase === "practising" && state.camera.state === "ok" && state.mode !== "exam" ? shows(app, step) : null;
}

/** All steps in a row: done, now, to come. @param {{app: import("../app.js").App}} props */
function Milestones({ app }) {
  const state = /** @type {State} */ (app.state);
  const planned = state.mode === "guided" && state.steps?.length ? new Set(state.steps) : null;
  const segments = app.config.protocol.segments.filter(({ id }) => !planned || planned.has(id));
  const flawed = new Set(state.flawed ?? []);
  const now = state.step?.segment ?? null;
  const done = new Set(state.done_segments);
  if (state.mode === "exam" || state.step?.of === 1) return null; // one step alone, practised again
  return html`
    <div class="milestones" role="img" aria-label=${app.t("track_label", { done: done.size, of: segments.length })}>
      ${segments.map(({ id }) => html`<span key=${id} class=${classes(done.has(id) && "done", flawed.has(id) && "flawed", id === now && "now")}>${done.has(id) && html`<${Icon} name=${flawed.has(id) ? "repeat" : "tick"} />`}</span>`)}
    </div>`;
}

/** @param {{app: import("../app.js").App, step: import("../lib/types.js").Step}} props */
function Now({ app, step }) {
  const state = /** @type {State} */ (app.state);
  const segment = app.words.segments.get(step.segment) ?? null;
  const title = app.words.segment(step.segment);
  const waits = !state.step; // free practice, between two steps
  const place = step.of > 1 ? app.t("step_of", { number: step.index + 1, of: step.of }) : app.t(`stage_${state.stage ?? "trace"}`);
  const where = waits ? app.t("step_waits", { segment: title }) : state.mode === "guided" ? place : app.t("step_seen");
  const proves = state.mode === "guided" && state.stage === "prove";
  return html`
    <div class=${classes("now", waits && "waits")}>
      <p class="soft">${where}</p>
      <h1 aria-live="polite" class=${classes(title.length > LONG_TITLE && "long", title.length > LONGEST_TITLE && "longest")}>${title}</h1>
      <p class="hands"><${Hands} rule=${step.hands} />${app.words.said({ key: `hand_${step.hands}` })}</p>
    </div>
    ${step.flaw
      ? html`<${Flaw} app=${app} step=${step} flaw=${step.flaw} />`
      : html`<div class=${classes("work", proves && "proves")}>
        ${proves ? html`<p class="lead prove">${app.t("prove_what")}</p>` : step.hold ? html`<${Hold} app=${app} step=${step} hold=${step.hold} />` : step.time ? html`<${Lasting} app=${app} step=${step} time=${step.time} />` : html`<${Count} app=${app} step=${step} />`}
        <${Show} app=${app} step=${step} segment=${segment} proves=${proves} />
      </div>
      ${step.tempo && !step.hold && !proves && html`<${Tempo} app=${app} tempo=${step.tempo} />`}`}`;
}

const ROOM = 22; // of the drawing, around the points to press: they are as large as can be
const LEAST = 64; // of the drawing: less of it shows no place

/** The part of the drawing where the points are. @param {import("../lib/types.js").Segment} segment */
function pointsBox(segment) {
  const at = (segment.hold?.points ?? []).map((point) => [point.at[0] * 100, point.at[1] * 122]); // as the drawing has it
  const [left, right, top, bottom] = [Math.min(...at.map(([x]) => x)), Math.max(...at.map(([x]) => x)), Math.min(...at.map(([, y]) => y)), Math.max(...at.map(([, y]) => y))];
  const wide = Math.max(LEAST, right - left + 2 * ROOM);
  const high = Math.max(LEAST, bottom - top + 2 * ROOM);
  return `${(left + right - wide) / 2} ${(top + bottom - high) / 2} ${wide} ${high}`;
}

/** How the step goes, or the camera's picture where the two have changed places. @param {{app: import("../app.js").App, step: import("../lib/types.js").Step, segment: import("../lib/types.js").Segment | null, proves: boolean}} props */
function Show({ app, step, segment, proves }) {
  if (swapped(app)) return html`<div class="show"><div><${Preview} key="camera" app=${app} label=${app.t("preview_label")} /></div></div>`;
  if (proves) return null;
  const points = segment?.hold && app.film(step.segment);
  return html`<div class=${classes("show", points && "with-points")}>
    <div>${shows(app, step)}</div>
    ${points && html`<div><${Diagram} key=${step.segment} segment=${segment} letters=${app.letters} moving=${false} box=${pointsBox(segment)} label=${app.t("diagram_label", { segment: app.words.segment(step.segment) })} /></div>`}
  </div>`;
}

/** It was enough, but for a mistake that lasted: what it was, and to repeat it or go on. @param {{app: import("../app.js").App, step: import("../lib/types.js").Step, flaw: NonNullable<import("../lib/types.js").Step["flaw"]>}} props */
function Flaw({ app, step, flaw }) {
  const [repeat, goOn] = [() => app.say({ t: "repeat" }), () => app.say({ t: "next" })];
  usePalm(app, app.state?.phase === "practising" ? { question: "flaw", answers: [{ icon: "repeat", word: app.t("flaw_repeat"), act: repeat }, { icon: "next", word: app.t("flaw_go_on"), act: goOn }] } : null);
  const told = app.words.has(`flaw_${flaw.key}`) ? app.words.t(`flaw_${flaw.key}`, app.words.named(flaw, step.segment)) : app.words.hint(flaw, step.segment);
  return html`<div class="flaw" role="alert">
    <p>${step.hold ? app.t("flaw_title_points") : app.t("flaw_title", { count: step.count })} <strong>${told}</strong></p>
    <div class="row">
      <${Button} id="flaw-repeat" kind="first big" icon="repeat" onClick=${repeat}>${app.t("flaw_repeat")}<${Held} app=${app} answer=${0} /></${Button}>
      <${Button} id="flaw-go-on" kind="big" icon="next" onClick=${goOn}>${app.t("flaw_go_on")}<${Held} app=${app} answer=${1} /></${Button}>
    </div>
  </div>`;
}

/** Two hands, the one that rests pale; where one is enough, whichever, one sign. @param {{rule: string}} props */
const Hands = ({ rule }) => html`
  <span class=${classes("pair", rule)} aria-hidden="true">
    ${(rule === "either" ? ["one"] : ["left", "right"]).map((hand) => html`<span key=${hand} class=${hand}><${Icon} name="hand" /></span>`)}
  </span>`;

/** @param {{app: import("../app.js").App, step: import("../lib/types.js").Step}} props */
function Count({ app, step }) {
  const [low, high] = step.target ?? [0, 0];
  const enough = step.done || (low > 0 && step.count >= low);
  if (step.side) {
    return html`<div class=${classes("count sides", enough && "enough")} role="status">
      ${(/** @type {const} */ (["left", "right"])).map((hand) => {
        const count = step.side?.[hand] ?? 0;
        return html`<div key=${hand} class=${classes(hand, count >= low && "enough")}>
          <span class="side">${app.t(`side_${hand}`)}</span>
          <span><span class="big">${count}</span><span class="of">/ ${high}</span></span>
        </div>`;
      })}
    </div>`;
  }
  return html`<div class=${classes("count", enough && "enough")} role="status">
    <span><span class="big">${step.count}</span>${high > 0 && html`<span class="of">/ ${high}</span>`}</span>
    <span class="word">${enough ? html`<${Icon} name="tick" />${app.t("count_enough")}` : app.t("count_word")}</span>
  </div>`;
}

/** Minutes and seconds. @param {number} seconds */
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** How long a step has gone on that is to go on for some time. @param {{app: import("../app.js").App, step: import("../lib/types.js").Step, time: NonNullable<import("../lib/types.js").Step["time"]>}} props */
function Lasting({ app, step, time }) {
  const word = step.done ? "count_enough" : time.rests && time.took_s > 0 ? "time_rests" : "time_go_on";
  return html`<div class=${classes("count lasting", step.done && "enough")}>
    <span role="timer" aria-label=${app.t("time_label", { took_s: time.took_s, low_s: time.low_s })}><span class="big">${clock(time.took_s)}</span><span class="of">/ ${clock(time.low_s)}</span></span>
    <span class="word" role="status">${step.done && html`<${Icon} name="tick" />`}${app.t(word)}</span>
  </div>`;
}

/** @param {{app: import("../app.js").App, step: import("../lib/types.js").Step, hold: NonNullable<import("../lib/types.js").Step["hold"]>}} props */
function Hold({ app, step, hold }) {
  const points = app.words.segments.get(step.segment)?.hold?.points ?? [];
  const share = Math.min(1, hold.held_s / hold.needed_s) * 100;
  return html`<div class="hold" tabindex=${app.narrow.matches ? 0 : undefined}>
    <svg class="fill-ring" viewBox="0 0 100 100" role="img" aria-label=${app.t("hold_progress", { held_s: hold.held_s, needed_s: hold.needed_s })}>
      <circle cx="50" cy="50" r="42" class="track" />
      <circle cx="50" cy="50" r="42" class="fill" pathLength="100" stroke-dasharray=${`${share} 100`} transform="rotate(-90 50 50)" />
      <text x="50" y="66">${step.done ? "✓" : hold.held_s.toFixed(0)}</text>
    </svg>
    <ul>${points.map((point) => {
      const done = hold.done.includes(point.id);
      const now = hold.point === point.id;
      const whole = app.words.title(point.title);
      const name = point.hand ? app.t(`side_${point.hand}`) : whole; // the step's title says the rest
      return html`<li key=${point.id} class=${classes(done && "done", now && "now", name.length > LONG_POINT && "long")}>
        <${Icon} name=${done ? "tick" : now ? "target" : "dots"} /><span title=${whole}>${name}</span>
        <span class="unseen-text">${done ? app.t("point_done") : now ? app.t("point_now") : ""}</span>
      </li>`;
    })}</ul>
  </div>`;
}

/** @param {{app: import("../app.js").App}} props */
const Exam = ({ app }) => html`<div class="idle"><${Icon} name="exam" /><h1>${app.t("exam_title")}</h1><p class="lead">${app.t("exam_what")}</p></div>`;

/** @param {{app: import("../app.js").App}} props */
const Idle = ({ app }) => html`<div class="idle"><${Icon} name="free" /><h1>${app.t("free_title")}</h1><p class="lead">${app.t("free_what")}</p></div>`;

/** @param {{app: import("../app.js").App}} props */
function Pause({ app }) {
  const word = app.state?.phase === "paused" ? "resume" : "pause";
  return html`<${Button} id="pause" icon=${word === "pause" ? "pause" : "play"} onClick=${() => app.say({ t: word })}>${app.t(word)}</${Button}>`;
}

/** From step to step. @param {{app: import("../app.js").App}} props */
const Turns = ({ app }) => html`
  <${Button} id="repeat" kind="icon-only" icon="repeat" label=${app.t("repeat")} onClick=${() => app.say({ t: "repeat" })} />
  <${Button} id="previous" kind="icon-only" icon="previous" label=${app.t("previous")} onClick=${() => app.say({ t: "previous" })} />
  <${Button} id="next" kind="icon-only" icon="next" label=${app.t("next")} onClick=${() => app.say({ t: "next" })} />`;

/** The film and the camera's picture change places. @param {{app: import("../app.js").App}} props */
const Swap = ({ app }) => html`<${Button} id="swap" kind="icon-only" icon="loop" label=${app.t("swap")} pressed=${app.local.swapped} onClick=${() => app.go({ swapped: !app.local.swapped })} />`;

/** @param {{app: import("../app.js").App}} props */
const Finish = ({ app }) => html`<${Button} id="finish" icon="flag" onClick=${() => finish(app)}>${app.t("finish")}</${Button}>`;

/**
 * Ends a practice that is paused. One that is under way pauses first and is asked about: an exam's end cannot be taken
 * back, and the button is close to another.
 * @param {import("../app.js").App} app
 */
function finish(app) {
  const asks = app.state?.phase === "practising" && app.state.camera.state === "ok"; // where the camera is lost there is nothing to go on with
  if (asks) app.go({ finishing: true });
  app.say({ t: asks ? "pause" : "finish" });
}

/** Where another camera looks, or it was moved, the back is to be marked in its picture before all else. @param {{app: import("../app.js").App}} props */
function Paused({ app }) {
  const changed = app.state?.camera.changed === true;
  const anew = html`<${Button} key="anew" id="mark-anew" kind=${changed ? "first big" : ""} icon="target" onClick=${() => app.say({ t: "mark", way: "anew" })}>${app.t("mark_anew")}</${Button}>`;
  if (app.local.finishing) return html`<${Finishing} app=${app} />`;
  const resume = html`<${Button} key="resume" id="resume" kind=${changed ? "" : "first big"} icon="play" onClick=${() => app.say({ t: "resume" })}>${app.t("resume")}</${Button}>`;
  return html`
    <div class="over paused"><div class=${classes("trouble", changed && "changed")}>
      <h2><${Icon} name="pause" /> ${app.t("paused_title")}</h2>
      ${changed
        ? html`<${Note} kind="warn" icon="camera" role="status"><p>${app.t(app.state?.camera.moved ? "camera_was_moved" : "camera_changed")}</p></${Note}>`
        : html`<p class="lead">${app.t("paused_how")}</p>${app.state?.mode !== "guided" && !app.narrow.matches && html`<p class="lead">${app.t("paused_finish")}</p>`}`}
      <div class="row">${changed ? [anew, resume] : [resume, anew]}</div>
    </div></div>`;
}

/** Whether she meant to end it. What goes on has the focus: Enter, which brought her here, is the wrong key to end an exam. @param {{app: import("../app.js").App}} props */
function Finishing({ app }) {
  useLayoutEffect(() => document.getElementById("resume")?.focus({ preventScroll: true }), []);
  return html`
    <div class="over paused"><div class="trouble" role="alertdialog" aria-labelledby="finishing" aria-describedby="finishing-what">
      <h2 id="finishing"><${Icon} name="flag" /> ${app.t("finishing_title")}</h2>
      <p class="lead" id="finishing-what">${app.t("finishing_what")}</p>
      <div class="row">
        <${Button} id="finish-sure" kind="first big" icon="flag" onClick=${() => app.say({ t: "finish" })}>${app.t("finishing_yes")}</${Button}>
        <${Button} id="resume" kind="big" icon="play" onClick=${() => app.say({ t: "resume" })}>${app.t("finishing_no")}</${Button}>
      </div>
    </div></div>`;
}

/**
 * The one thing the coach says now. What is told stands in a live region that is always there: screen readers are told
 * of what changes in one, not of one that comes. What only encourages would interrupt them, and stands beside it.
 * @param {{app: import("../app.js").App}} props
 */
function Voice({ app }) {
  const { kind, icon, told, calm } = voice(app);
  return html`<div class=${classes("voice", kind)}><${Icon} name=${icon} /><p><span role="status">${told}</span>${calm}</p></div>`;
}

/** What is told of a step though it is done: that something of it was left out, or something before it. */
const LEFT_OUT = new Set([
  "hint_more", "hint_more_before", "hint_longer", "hint_missing_point", "hint_hold_longer", "hint_point_first", "hint_point_instead", "hint_order", "hint_step_first",
]);

/** @param {import("../app.js").App} app @returns {{kind: string, icon: string, told?: string, calm?: string}} */
function voice(app) {
  const { unseen, hint, step, phase, mode, ghost, camera, slow, next } = /** @type {State} */ (app.state);
  if (camera.state !== "ok") return { kind: "unseen", icon: "no_camera", calm: app.t(camera.state === "opening" ? "camera_opening_title" : "camera_wait") }; // read out above
  if (phase === "paused") return { kind: "calm", icon: "pause", told: app.t("paused_title") };
  const slowed = slow != null && { kind: "unseen", icon: "warn", calm: app.t("slow_laptop", { fps: slow }) };
  if (slowed && unseen) return slowed; // the laptop is at fault, and no moving of the camera mends it
  if (unseen) return { kind: "unseen", icon: "eye_off", told: app.words.has(unseen.key) ? app.words.said(unseen) : app.t("unseen_title") };
  if (mode === "exam") return slowed || { kind: "calm", icon: "exam", calm: app.t("exam_quiet") };
  const over = mode === "guided" && step?.done; // else she goes on with it as long as she likes
  if (hint && !(over && hint.segment === step.segment && !LEFT_OUT.has(hint.key))) return { kind: "hint", icon: "bulb", told: app.words.hint(hint, step?.segment ?? null) };
  if (step?.flaw) return { kind: "hint", icon: "bulb", told: app.words.hint(step.flaw, step.segment) };
  if (step?.done) return { kind: "good", icon: "tick", told: next ? app.t("next_step", { segment: app.words.segment(next) }) : app.t("step_done") };
  return slowed || { kind: "calm", icon: "heart", calm: app.t(ghost ? "follow_ghost" : "go_on") };
}
