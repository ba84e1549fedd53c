/** The first page: all steps with how far she is, and one large button for what is best done now. */
import { classes, html } from "../lib/ui.js";
import { Button } from "../parts/common.js";
import { Icon } from "../parts/icons.js";
import { Picture } from "../parts/cards.js";
import { Shell } from "../parts/shell.js";

/** @typedef {import("../lib/types.js").Learned} Learned */
/** @typedef {import("../app.js").App} App */

const STATE_ICONS = { new: "dot", practised: "guide", mastered: "tick", repeat: "repeat" };

/** How far she is with a step. @param {App} app @param {string} id @returns {import("../lib/types.js").LearnedStep | null} */
export const stepOf = (app, id) => app.state?.learned?.steps?.[id] ?? null;

/** @param {App} app */
export const masteredOf = (app) => app.config.protocol.segments.filter(({ id }) => stepOf(app, id)?.state === "mastered").length;

/** What is best done now: what is due, else what was left, else all. @param {App} app */
function best(app) {
  const learned = app.state?.learned;
  const names = (/** @type {string[]} */ ids) => ids.map((id) => app.words.segment(id)).join(", ");
  if (learned?.due?.length) return { steps: learned.due, stage: /** @type {const} */ ("alone"), text: app.t("home_due", { steps: names(learned.due) }) };
  if (learned?.left) return { ...learned.left, text: app.t("home_left", { steps: names(learned.left.steps) }) };
  return { steps: [], stage: /** @type {const} */ ("trace"), text: "" };
}

/** @param {{app: App}} props */
export function Home({ app }) {
  const { protocol } = app.config;
  const now = best(app);
  const of = protocol.segments.length;
  const mastered = masteredOf(app);
  const foot = html`<div class="row">
    <${Button} id="begin" kind="first big" icon="play" onClick=${() => app.practise(now.steps, now.stage)}>${now.text ? app.t(app.state?.learned?.due?.length ? "begin" : "continue") : app.t("begin")}</${Button}>
    ${now.text && html`<${Button} id="all" icon="steps" label=${app.t("home_all")} onClick=${() => app.practise([], "trace")}>${app.t("home_all")}</${Button}>`}
    <${Button} id="watch-all" icon="eye" label=${app.t("home_watch")} onClick=${() => app.go({ step: protocol.segments[0].id, watching: true })}>${app.t("home_watch")}</${Button}>
  </div>`;
  return html`
    <${Shell} app=${app} current="" kind="home" foot=${foot}>
      <div class="home-head">
        <div class="grow">
          <h1>${app.t("home_title")}</h1>
          <p class="lead" role="status">${app.state?.occasion ? `${app.t(`occasion_${app.state.occasion}`, { code: app.named(app.state.code ?? "") })} ` : ""}${now.text || (mastered === of ? app.t("home_exam") : mastered ? app.t("home_road", { count: mastered, of }) : app.t("welcome_private"))}</p>
        </div>
        <${Button} id="check-up" kind="icon-only" icon="camera" label=${app.t("check_up")} onClick=${() => app.go({ checking: true })} />
        <${Learner} app=${app} />
      </div>
      <div class="parts" style=${`--parts: ${protocol.parts.length}`}>
        ${protocol.parts.map((part) => html`<${Part} key=${part.id} app=${app} part=${part} />`)}
      </div>
    </${Shell}>`;
}

/** Who practises; another one may take her place until somebody is massaged. @param {{app: App}} props */
function Learner({ app }) {
  const code = app.state?.code ?? "";
  const fixed = app.state?.phase === "finished";
  return html`<button type="button" id="learner" class="learner" disabled=${fixed} aria-label=${code ? `${app.t("home_change")}: ${app.named(code)}` : app.t("home_who")} onClick=${() => app.go({ learner: true })}>
    <${Picture} code=${code} /><span>${code ? app.named(code) : app.t("home_who")}</span>
  </button>`;
}

/** @param {{app: App, part: {id: string, title: import("../lib/types.js").Title}}} props */
function Part({ app, part }) {
  const steps = app.config.protocol.segments.filter((segment) => segment.part === part.id);
  const title = app.words.title(part.title);
  return html`
    <section class="home-part" aria-labelledby=${`part-${part.id}`}>
      <div class="part-head"><h2 id=${`part-${part.id}`} class="grow">${title}</h2>
        <${Button} id=${`part-all-${part.id}`} kind="icon-only" icon="play" label=${`${app.t("home_part")}: ${title}`} onClick=${() => app.practise(steps.map(({ id }) => id), "trace")} />
      </div>
      <ul>${steps.map((segment) => html`<li key=${segment.id}><${StepCard} app=${app} segment=${segment} /></li>`)}</ul>
    </section>`;
}

/** @param {{app: App, segment: import("../lib/types.js").Segment}} props */
function StepCard({ app, segment }) {
  const learned = stepOf(app, segment.id);
  const state = learned?.state ?? "new";
  const counted = learned && state === "practised" && learned.in_row > 0;
  return html`
    <button type="button" class=${classes("step-card", state)} id=${`step-${segment.id}`} onClick=${() => app.go({ step: segment.id })}>
      <span class="mark"><${Icon} name=${STATE_ICONS[state]} /></span>
      <span class="grow"><strong>${app.words.title(segment.title)}</strong>
        <span class=${state === "new" ? "unseen-text" : "soft"}>${counted ? app.t("state_row", { count: learned.in_row, needed: learned.needed }) : app.t(`state_${state}`)}</span></span>
    </button>`;
}
