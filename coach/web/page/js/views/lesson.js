/** One step: see it, follow it, do it alone, prove it. */
import { classes, html, useEffect } from "../lib/ui.js";
import { Button } from "../parts/common.js";
import { Diagram } from "../parts/diagram.js";
import { Film, useHands } from "../parts/film.js";
import { Icon } from "../parts/icons.js";
import { OwnFilm } from "../parts/own_film.js";
import { Shell } from "../parts/shell.js";
import { stepOf } from "./home.js";

const STAGES = /** @type {const} */ (["trace", "alone", "prove"]);
const STAGE_ICONS = { trace: "hand", alone: "person", prove: "exam" };
const WATCHED_MS = 12_000; // how the step is done is said in eight seconds, and the film has shown it twice

/** @param {{app: import("../app.js").App}} props */
export function LessonView({ app }) {
  const { segments } = app.config.protocol;
  const at = Math.max(0, segments.findIndex(({ id }) => id === app.local.step));
  const segment = segments[at];
  const following = segments[at + 1];
  const on = () => (following ? app.go({ step: following.id }) : app.go({ step: null, watching: false }));
  useEffect(() => {
    if (!app.speaker.muted) app.speaker.play(`how_${segment.id}`);
    return () => app.speaker.hush();
  }, [segment.id, app.lang]);
  useEffect(() => {
    if (!app.local.watching) return undefined;
    const timer = setTimeout(on, WATCHED_MS);
    return () => clearTimeout(timer);
  }, [segment.id, app.local.watching]);
  const title = app.words.title(segment.title);
  const film = app.film(segment.id);
  const hands = useHands(app, segment.id);
  const turn = () => app.go({ near: !app.local.near });
  return html`
    <${Shell} app=${app} current="" kind="lesson" foot=${html`<${Foot} app=${app} segment=${segment} on=${following && on} />`}>
      <div class=${classes("lesson-film", hands && "switches")} onClick=${hands && !app.still.matches ? turn : undefined}>
        ${film
          ? html`<${Film} app=${app} step=${segment.id} src=${film} near=${app.local.near} label=${app.t("film_label", { segment: title })} />`
          : html`<${Diagram} segment=${segment} letters=${app.letters} moving=${!app.still.matches} label=${app.t("diagram_label", { segment: title })} />`}
      </div>
      <div class="lesson-words">
        <p class="soft">${app.t("step_of", { number: at + 1, of: segments.length })}</p>
        <h1>${title}</h1>
        ${segment.how && html`<p class="how" id="how">${app.words.title(segment.how)}</p>`}
        <div class="row">
          <${Button} id="hear" icon="sound" onClick=${() => app.speaker.play(`how_${segment.id}`)}>${app.t("lesson_hear")}</${Button}>
          ${film && hands && html`<${Button} id="near" icon="zoom_in" pressed=${app.local.near} onClick=${turn}>${app.t("lesson_near")} <kbd>T</kbd></${Button}>`}
          <${OwnFilm} app=${app} segment=${segment.id} />
        </div>
        ${film && html`<${Diagram} segment=${segment} letters=${app.letters} moving=${false} label=${app.t("diagram_label", { segment: title })} />`}
      </div>
    </${Shell}>`;
}

/** @param {{app: import("../app.js").App, segment: import("../lib/types.js").Segment, on?: () => void}} props */
function Foot({ app, segment, on }) {
  const leave = () => app.go({ step: null, watching: false });
  const back = html`<${Button} id="to-home" kind="plain" icon="previous" label=${app.t("home_back")} onClick=${leave}>${app.t("back")}</${Button}>`;
  if (app.local.watching) {
    return html`<div class="row">
      <${Button} id="stop-watching" icon="cross" onClick=${leave}>${app.t("lesson_stop")}</${Button}>
      ${on && html`<${Button} id="watch-next" kind="first big" icon="next" onClick=${on}>${app.t("lesson_next")}</${Button}>`}
    </div>`;
  }
  const suggested = stepOf(app, segment.id)?.stage ?? "trace";
  return html`<div class="row stages">${back}
    ${STAGES.map((stage) => html`
      <button type="button" key=${stage} id=${`stage-${stage}`} class=${classes("button stage-button", stage === suggested && "first")} onClick=${() => app.practise([segment.id], stage)}>
        <${Icon} name=${STAGE_ICONS[stage]} /><span><strong>${app.t(`stage_${stage}`)}</strong><small>${app.t(`stage_${stage}_what`)}</small></span>
      </button>`)}
  </div>`;
}
