/** The daftar tilik, one strength, one thing to practise first. */
import { classes, html } from "../lib/ui.js";
import { Held, seesPalms, usePalm } from "../parts/by_palm.js";
import { Button, Note } from "../parts/common.js";
import { Film } from "../parts/film.js";
import { GestureRings } from "../parts/gesture.js";
import { Icon } from "../parts/icons.js";
import { Preview } from "../parts/preview.js";
import { Shell } from "../parts/shell.js";
import { masteredOf, stepOf } from "./home.js";

/** @typedef {import("../lib/types.js").ReportItem} ReportItem */

/** @param {{app: import("../app.js").App}} props */
export function ResultView({ app }) {
  const result = app.state?.result;
  const saved = app.state?.saved;
  const busy = Boolean(app.state?.busy); // what leaves the page now would lose the result
  const palms = answersOf(app);
  usePalm(app, palms);
  const foot = html`<div class="row">
    ${app.state?.sheet && html`<${Button} id="to-sheet" kind="big" icon="previous" disabled=${busy} onClick=${() => app.say({ t: "sheet" })}>${app.t("back_to_sheet")}</${Button}>`}
    ${app.state?.phase === "finished" && html`<${Button} id="to-home" kind="first big" icon="steps" disabled=${busy} onClick=${() => app.go({ home: true })}>${app.t("home_back")}<${Held} app=${app} answer=${1} /></${Button}>`}
    <${Button} id="new" kind=${app.state?.phase === "finished" ? "" : "first big"} icon="repeat" disabled=${busy} onClick=${() => { app.nobodyAsked(); app.say({ t: "new" }); }}>${app.t("new_session")}</${Button}>
    ${app.state?.phase === "stopped" && html`<${Button} id="resume" icon="play" onClick=${() => app.say({ t: "resume" })}>${app.t("stopped_resume")}</${Button}>`}
  </div>`;
  if (result?.error) return html`<${Shell} app=${app} current="result" foot=${foot}><${Note} kind="warn" icon="warn" role="alert"><p>${app.t(result.error)}</p></${Note}></${Shell}>`;
  if (!result || busy) return html`<${Shell} app=${app} current="result" foot=${foot}><h1 class="lead" role="status">${app.t("result_wait")}</h1></${Shell}>`;
  return html`
    <${Shell} app=${app} current="result" kind="result" foot=${foot}>
      ${app.state?.camera.sampled && html`<${Note} kind="calm" icon="bulb"><p>${app.t("result_sample")}</p></${Note}>`}
      <div class=${classes("verdicts", palms && "palms")}>
        <div class="stack tight">
          <${About} app=${app} result=${result} />
          ${result.segment && html`<h1>${result.segment.split(",").map((id) => app.words.segment(id)).join(", ")}</h1>`}
          ${(!result.segment || result.verdict.scope[app.words.lang]) && html`<${Score} app=${app} result=${result} />`}
        </div>
        ${palms && html`<div class="asked-picture"><${Preview} app=${app} label=${app.t("preview_label")}><${GestureRings} app=${app} /></${Preview}></div>`}
      </div>
      <${Debrief} app=${app} result=${result} />
      <div class="kept">
      ${saved?.session && !saved.key && html`<p class="saved" role="status"><${Icon} name="saved" />${app.t(savedAs(saved))}</p>`}
      ${saved?.key && html`<${Note} kind="warn" icon="warn" role="status"><p><strong>${app.t("saved_not")}</strong> ${app.t(saved.key, saved.values)}</p></${Note}>`}
      <${Button} id="show-sheet" icon="paper" pressed=${app.local.sheet} onClick=${() => app.go({ sheet: !app.local.sheet })}>${app.t(app.local.sheet ? "debrief_hide" : "debrief_sheet")}</${Button}>
      </div>
      ${app.local.sheet && html`<h2>${app.t("sheet_heading")}</h2><${Sheet} app=${app} items=${result.items} steps=${result.steps ?? {}} />`}
    </${Shell}>`;
}

/** What a palm may answer once the result stands: practise what comes first, or look at the steps. After a stop for pain nothing begins so easily. @param {import("../app.js").App} app @returns {import("../parts/by_palm.js").ByPalm | null} */
function answersOf(app) {
  const { result, busy, phase } = app.state ?? {};
  if (phase !== "finished" || busy || !result || result.error || !seesPalms(app)) return null;
  const first = firstOf(app, result);
  const home = { icon: "steps", word: app.t("palm_steps"), act: () => app.go({ home: true }) };
  return { question: "end", answers: [first && { icon: "repeat", word: app.t("palm_train"), act: first.again }, home] };
}

/** The step to practise first, and how it is begun. @param {import("../app.js").App} app @param {import("../lib/types.js").Result} result */
function firstOf(app, result) {
  const segment = result.practice?.pain === "ended" || !result.feedback ? null : toPractise(result);
  return segment ? { segment, again: () => app.practise([segment], stepOf(app, segment)?.stage ?? "trace") } : null;
}

/** @param {NonNullable<import("../lib/types.js").State["saved"]>} saved */
function savedAs(saved) {
  if (saved.video_lost) return "saved_video_lost";
  if (!saved.video) return "saved_note";
  return saved.no_person ? "saved_video_pillow" : "saved_video";
}

/** How it was done, by whom and when. @param {{app: import("../app.js").App, result: import("../lib/types.js").Result}} props */
function About({ app, result }) {
  const { practice, began } = result;
  const told = practice ? [app.t(`how_${practice.mode}`)] : [];
  if (practice?.pauses) told.push(app.t("how_pauses", { count: practice.pauses, seconds: practice.paused_s }));
  if (practice?.pain) told.push(app.t(`how_pain_${practice.pain}`));
  if (app.state?.code) told.push(app.named(app.state.code));
  if (began) told.push(new Intl.DateTimeFormat(app.words.lang === "id" ? "id-ID" : "en-GB", { dateStyle: "long", timeStyle: "short" }).format(new Date(began)));
  return told.length ? html`<p class="about soft">${told.join(" · ")}</p>` : null;
}

/** The verdict and its reason; a number only where there is one. @param {{app: import("../app.js").App, result: import("../lib/types.js").Result}} props */
function Score({ app, result }) {
  const { percent, points, max_points, left_out } = result.score;
  const { state, text, scope } = result.verdict;
  const { pass_mark: mark } = app.config.protocol.scoring;
  const lang = app.words.lang;
  return html`
    <section class=${classes("card score", state === "passed" ? "passed" : percent === null ? "unjudged" : "not-yet")} aria-label=${app.t("score_label")}>
      <h1 class="verdict"><${Icon} name=${VERDICT_OF[state] ?? "eye_off"} />${app.t(`verdict_state_${state}`)}</h1>
      ${percent !== null && html`<p class="percent">${app.t("score_number", { percent })}</p>`}
      <p>${text[lang]}</p>
      ${scope[lang] && html`<p class="soft">${scope[lang]}</p>`}
      ${percent !== null && html`<p class="soft">${app.t("score_points", { points, max_points })} · ${app.t("score_mark", { mark })}</p>`}
      ${left_out > 0 && html`<p class="soft">${app.t("score_left_out", { count: left_out })}</p>`}
    </section>`;
}

/** @type {Record<string, string>} */
const VERDICT_OF = { passed: "tick", not_passed: "up", provisional: "dots" };

/** What went well, the one thing to practise first, and how far it is to the exam. @param {{app: import("../app.js").App, result: import("../lib/types.js").Result}} props */
function Debrief({ app, result }) {
  const stopped = result.practice?.pain === "ended";
  const { feedback } = result;
  const first = firstOf(app, result);
  return html`
    <div class=${classes("debrief", first && "with-film")}>
      <${Well} app=${app} result=${result} />
      ${feedback && !stopped && html`<${First} app=${app} feedback=${feedback} first=${first} />`}
      ${!stopped && html`<${Road} app=${app} />`}
    </div>`;
}

/** The step to practise first: the one that the advice is about, or the only one. @param {import("../lib/types.js").Result} result */
const toPractise = ({ feedback, segment }) => (segment && !segment.includes(",") ? segment : (feedback?.improve.segment ?? null));

/** @param {{app: import("../app.js").App, result: import("../lib/types.js").Result}} props */
function Well({ app, result }) {
  const right = app.config.protocol.segments.filter(({ id }) => result.steps?.[id] === "right");
  const mastered = right.filter(({ id }) => stepOf(app, id)?.state === "mastered");
  const named = (/** @type {import("../lib/types.js").Segment[]} */ steps) => steps.map(({ title }) => app.words.title(title)).join(", ");
  const rest = right.filter((step) => !mastered.includes(step));
  return html`<${Note} kind="good" icon="star">
    ${mastered.length > 0 && html`<h2>${app.t("debrief_mastered")}</h2><p>${named(mastered)}</p>`}
    ${rest.length > 0 && html`<h2>${app.t("debrief_right")}</h2><p>${named(rest)}</p>`}
    ${!right.length && html`<h2>${app.t("strength_title")}</h2><p>${(result.feedback && app.words.written(result.feedback.strength)) || app.t("debrief_none")}</p>`}
  </${Note}>`;
}

/** @param {{app: import("../app.js").App, feedback: NonNullable<import("../lib/types.js").Result["feedback"]>, first: ReturnType<typeof firstOf>}} props */
function First({ app, feedback, first }) {
  const segment = first?.segment ?? null;
  const film = segment && app.film(segment);
  return html`<section class="note warn first-thing" aria-labelledby="improve-title">
    ${film && html`<div class="first-film"><${Film} app=${app} step=${segment} src=${film} label=${app.t("film_label", { segment: app.words.segment(segment) })} /></div>`}
    <div class="grow">
      <h2 id="improve-title">${app.t("improve_title")}</h2>
      <p>${app.words.written(feedback.improve)}</p>
      ${first && html`<div class="row">
        <${Button} id="again" kind="big" icon="repeat" onClick=${first.again}>${app.t("train_this")}<${Held} app=${app} answer=${0} /></${Button}>
        <${Button} id="see-step" icon="eye" onClick=${() => app.go({ step: first.segment })}>${app.t("stage_watch")}</${Button}>
      </div>`}
    </div>
  </section>`;
}

/** @param {{app: import("../app.js").App}} props */
function Road({ app }) {
  const { segments } = app.config.protocol;
  const count = masteredOf(app);
  return html`<section class="road" aria-labelledby="road-title">
    <h2 id="road-title">${app.t("debrief_road")}</h2>
    <ol aria-hidden="true">${segments.map(({ id }) => html`<li key=${id} class=${stepOf(app, id)?.state ?? "new"}></li>`)}</ol>
    <p>${count === segments.length ? app.t("home_exam") : app.t("home_road", { count, of: segments.length })}</p>
  </section>`;
}

/** @param {{app: import("../app.js").App, items: ReportItem[], steps: Record<string, string>}} props */
function Sheet({ app, items, steps }) {
  const { parts, segments, manual } = app.config.protocol;
  const rated = new Set(items.filter((item) => item.reason.key !== "out_of_scope").map((item) => item.segment)); // one alone where one was practised again
  const shown = segments.filter((segment) => rated.has(segment.id));
  return html`
    <div class="sheet">
      ${parts.filter((part) => shown.some((segment) => segment.part === part.id)).map((part) => html`
        <section key=${part.id} class="part">
          <h3>${app.words.title(part.title)}</h3>
          ${shown.filter((segment) => segment.part === part.id).map((segment) => html`
            <${SegmentRows} key=${segment.id} app=${app} segment=${segment} verdict=${steps[segment.id] ?? "not_visible"} items=${items.filter((item) => item.segment === segment.id)} />`)}
        </section>`)}
      ${manual.length > 0 && items.some((item) => item.status === "manual") && html`
        <section class="part"><h3>${app.t("manual_heading")}</h3>
          <ul class="manual">${manual.map((entry) => html`<li key=${entry.id}><span class="box" aria-hidden="true"></span>${app.words.title(entry.title)}</li>`)}</ul>
        </section>`}
    </div>`;
}

/** @param {{app: import("../app.js").App, segment: import("../lib/types.js").Segment, items: ReportItem[], verdict: string}} props */
function SegmentRows({ app, segment, items, verdict }) {
  const scored = items.filter((item) => item.status === "scored");
  const points = scored.reduce((sum, item) => sum + (item.points ?? 0), 0);
  const most = scored.reduce((sum, item) => sum + item.max_points, 0);
  const flawed = items.filter((item) => !isFull(item) && (verdict !== "skipped" || item.kind === "performed") && item.reason.key !== "not_reached");
  const told = [...new Set(flawed.map((item) => app.words.written(item)))];
  if (items.some((item) => item.status === "not_visible") && app.state?.unseen_steps?.includes(segment.id)) told.push(app.t("unseen_from_here"));
  return html`
    <details class=${classes("segment", verdict)} data-segment=${segment.id}>
      <summary>
        <span class="state"><${Icon} name=${VERDICT_ICONS[verdict] ?? "eye_off"} /></span>
        <span class="grow"><strong>${app.words.title(segment.title)}</strong>${told.map((text) => html`<span class="remark" key=${text}>${text}</span>`)}</span>
        <span class="word">${app.t(`status_${verdict}`)}</span>
        <span class="points"><span class="unseen-text">${app.t("points_label")} </span>${scored.length ? `${points}/${most}` : "–"}</span>
        <${Icon} name="down" />
      </summary>
      <ul class="items">${items.map((item) => html`
        <li key=${item.id}><${Dots} item=${item} /><span class="kind">${app.t(`kind_${item.kind}`)}</span><span>${app.words.written(item)}</span></li>`)}</ul>
    </details>`;
}

/** @type {Record<string, string>} of what a step came to (coach.score.step) */
const VERDICT_ICONS = { right: "tick", partly_seen: "tick", improve: "up", skipped: "cross", not_reached: "dots" };

/** @param {ReportItem} item */
const isFull = (item) => item.status === "not_applicable" || (item.status === "scored" && item.points === item.max_points);

/** 0, 1 or 2, as a number and as filled dots. @param {{item: ReportItem}} props */
const Dots = ({ item }) => html`<span class="dots">
  <strong>${item.points ?? "–"}</strong>
  <svg viewBox="0 0 30 12" aria-hidden="true">${[0, 1].map((k) => html`<circle cx=${7 + 15 * k} cy="6" r="5" class=${classes(k < (item.points ?? 0) && "on")} />`)}</svg>
</span>`;
