/** How kaders get on: each over time, which steps the group still needs, and item by item. */
import { classes, html } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { useAnswer } from "./asking.js";
import { Course, Spark } from "./chart.js";
import { Filters, filtersOf } from "./filters.js";
import { useSaving } from "./hand_out.js";
import { day, numeral, Top, Verdict, Waiting } from "./parts.js";
import { Arrow } from "./rescore.js";

/** @typedef {import("./app.js").TrainerApp} App @typedef {import("../lib/types.js").Title} Title */
/** @typedef {{session: string, when: string, percent: number | null, passed: boolean | null, verdict: string, scope: string}} Standing */
/** @typedef {{kader: string, name?: string, posyandu: string, count: number, scores: number[], verdict: string, sessions: Standing[], needs: string[]}} Kader  `scores`: of the sessions that compare with the last; `sessions`: where one kader was asked for */
/** @typedef {{segment: string, rated: number, share: number | null, first_share: number | null, kaders: string[]}} Step */
/** @typedef {{kaders: Kader[], segments: Step[], items: Record<string, {rated: number, share: number | null}>, titles: Record<string, Title>, protocol: {pass_mark: number} | null}} Answer */

const NEEDS_SHOWN = 3;

/** @param {{app: App}} props */
export function Progress({ app }) {
  const query = filtersOf(app.query);
  const { data, error, busy } = useAnswer("/api/progress", query);
  const { busy: saving, keep } = useSaving(app);
  const answer = /** @type {Answer | null} */ (data);
  const print = () => keep("recap", { ...query, lang: app.lang });
  const one = query.kader && answer?.kaders.length === 1 && answer.kaders[0].sessions.length ? answer.kaders[0] : null; // not while the former answer is still there
  return html`
    <${Top} title=${app.t("tr_page_progress")} lead=${app.t("tr_progress_lead")}>
      <${Button} id="print-recap" icon="paper" disabled=${saving !== "" || !answer?.kaders.length} onClick=${print}>${app.t(saving ? "tr_making" : "tr_print_recap")}</${Button}>
    </${Top}>
    <${Filters} app=${app} only=${["kader", "posyandu", "when", "protocol"]} />
    ${error && html`<${Note} kind="stop" icon="warn" role="alert"><p>${error.say(app.words)}</p></${Note}>`}
    ${busy && !answer && html`<${Waiting} app=${app} />`}
    ${answer && answer.kaders.length === 0 && html`<${Note} kind="calm" icon="bulb"><p>${app.t("tr_progress_none")}</p></${Note}>`}
    ${answer && answer.kaders.length > 0 && html`
      <div class="stack wide-gap">
        ${one ? html`<${OneKader} app=${app} answer=${answer} kader=${one} />` : html`<${Group} app=${app} answer=${answer} /><${Kaders} app=${app} answer=${answer} />`}
        <${Steps} app=${app} answer=${answer} />
        <${Items} app=${app} answer=${answer} />
      </div>`}`;
}

/** Only sessions in which the same parts are rated as in the last compare. @param {Kader} kader */
const alike = ({ sessions }) => sessions.filter((one) => one.percent !== null && one.scope === sessions.at(-1)?.scope);

/** The group in four numbers. @param {{app: App, answer: Answer}} props */
function Group({ app, answer }) {
  const kaders = answer.kaders;
  const passed = kaders.filter((kader) => kader.verdict === "passed").length;
  const sessions = kaders.reduce((sum, kader) => sum + kader.count, 0);
  const mean = (/** @type {(list: number[]) => number | undefined} */ pick) => {
    const known = kaders.map((kader) => pick(kader.scores)).filter((value) => typeof value === "number");
    return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
  };
  const facts = [
    ["tr_group_kaders", String(kaders.length)], ["tr_group_sessions", String(sessions)], ["tr_group_passed", app.t("tr_of", { some: passed, all: kaders.length })],
    ["tr_group_first", numeral(app, mean((list) => list[0]))], ["tr_group_last", numeral(app, mean((list) => list.at(-1)))],
  ];
  return html`<dl class="facts">${facts.map(([key, value]) => html`<div key=${key}><dt>${app.t(key)}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** @param {{app: App, answer: Answer}} props */
const Kaders = ({ app, answer }) => html`
  <section class="stack tight" aria-labelledby="kaders-title">
    <h2 id="kaders-title">${app.t("tr_kaders_title")}</h2>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="kaders-title"><table class="plain kaders">
      <thead><tr><th scope="col">${app.t("tr_kader")}</th><th scope="col">${app.t("tr_posyandu")}</th><th scope="col" class="number">${app.t("tr_sessions_count")}</th>
        <th scope="col">${app.t("tr_course")}</th><th scope="col">${app.t("tr_first_last")}</th><th scope="col">${app.t("tr_result")}</th><th scope="col">${app.t("tr_needs")}</th></tr></thead>
      <tbody>${answer.kaders.map((kader) => html`<${KaderLine} key=${kader.kader} app=${app} answer=${answer} kader=${kader} />`)}</tbody>
    </table></div>
  </section>`;

/** @param {{app: App, answer: Answer, kader: Kader}} props */
function KaderLine({ app, answer, kader }) {
  const own = kader.scores;
  const name = kader.name || app.nameOf(kader.kader);
  const open = (/** @type {MouseEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    app.filter({ kader: kader.kader });
    window.scrollTo(0, 0);
  };
  return html`<tr data-kader=${kader.kader}>
    <th scope="row"><a href=${`/progress?kader=${encodeURIComponent(kader.kader)}`} onClick=${open}>${kader.kader}</a>${name && html`<span class="under">${name}</span>`}</th>
    <td>${kader.posyandu || "–"}</td><td class="number">${kader.count}</td>
    <td><${Spark} app=${app} kader=${kader.kader} values=${own} mark=${answer.protocol?.pass_mark ?? 80} /></td>
    <td class="from-to">${own.length > 1 && html`${numeral(app, own[0])} <${Arrow} app=${app} /> `}<strong>${numeral(app, own.at(-1))}</strong></td>
    <td><${Verdict} app=${app} state=${kader.verdict} /></td>
    <td><${Needs} app=${app} answer=${answer} needs=${kader.needs} /></td>
  </tr>`;
}

/** @param {{app: App, answer: Answer, needs: string[], all?: boolean}} props */
function Needs({ app, answer, needs, all }) {
  if (!needs.length) return html`<span class="soft">${app.t("tr_needs_none")}</span>`;
  const shown = all ? needs : needs.slice(0, NEEDS_SHOWN);
  return html`<span class="needs">${shown.map((id) => html`<span class="pill" key=${id}>${titleOf(app, answer, id)}</span>`)}
    ${needs.length > shown.length && html`<span class="soft">${app.t("tr_needs_more", { count: needs.length - shown.length })}</span>`}</span>`;
}

/** @param {App} app @param {Answer} answer @param {string} id */
const titleOf = (app, answer, id) => app.title(answer.titles?.[id]) || id;

/** @param {{app: App, answer: Answer, kader: Kader}} props */
function OneKader({ app, answer, kader }) {
  const name = kader.name || app.nameOf(kader.kader);
  return html`
    <section class="card stack" aria-labelledby="kader-title">
      <div class="row"><h2 id="kader-title" class="grow">${kader.kader}${name ? ` · ${name}` : ""}</h2><${Verdict} app=${app} state=${kader.verdict} />
        <${Button} kind="plain" icon="previous" onClick=${() => app.filter({ kader: "" })}>${app.t("tr_all_kaders")}</${Button}></div>
      <${Course} app=${app} sessions=${alike(kader)} mark=${answer.protocol?.pass_mark ?? 80} label=${app.t("tr_course_of", { kader: kader.kader })} />
      <ul class="visits">${kader.sessions.map((one) => html`<li key=${one.session}><a href=${`/sessions/${one.session}`}>${day(app, one.when)}</a> <strong>${numeral(app, one.percent)}</strong> <${Verdict} app=${app} state=${one.verdict} /></li>`)}</ul>
      <p><strong>${app.t("tr_needs")}:</strong> <${Needs} app=${app} answer=${answer} needs=${kader.needs} all=${true} /></p>
    </section>`;
}

/** @param {{app: App, answer: Answer}} props */
const Steps = ({ app, answer }) => html`
  <section class="stack tight" aria-labelledby="steps-title">
    <h2 id="steps-title">${app.t("tr_steps_title")}</h2>
    <p class="soft">${app.t("tr_steps_what")}</p>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="steps-title"><table class="plain steps-table">
      <thead><tr><th scope="col">${app.t("tr_step")}</th><th scope="col" class="number">${app.t("tr_first")}</th><th scope="col" class="number">${app.t("tr_last")}</th>
        <th scope="col"><span class="unseen-text">${app.t("tr_picture")}</span></th><th scope="col">${app.t("tr_who_needs")}</th></tr></thead>
      <tbody>${answer.segments.map((step) => html`
        <tr key=${step.segment} data-step=${step.segment}>
          <th scope="row">${titleOf(app, answer, step.segment)}</th>
          <td class="number">${percent(app, step.first_share)}</td><td class="number"><strong>${percent(app, step.share)}</strong></td>
          <td><${Share} first=${step.first_share} last=${step.share} /></td>
          <td>${step.rated === 0 ? html`<span class="soft">${app.t("tr_not_rated")}</span>` : step.kaders.join(", ") || html`<span class="soft">${app.t("tr_needs_none")}</span>`}</td>
        </tr>`)}</tbody>
    </table></div>
  </section>`;

/** @param {App} app @param {number | null} share */
const percent = (app, share) => (share === null ? "–" : `${numeral(app, share * 100)}%`);

/** The last share as a full bar, the first as a line across it. @param {{first: number | null, last: number | null}} props */
const Share = ({ first, last: now }) => html`<svg class="share" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
  <rect class="ground" width="100" height="14" rx="3" />
  ${now !== null && html`<rect class=${classes("full", now >= 0.8 ? "good" : "low")} width=${now * 100} height="14" rx="3" />`}
  ${first !== null && html`<rect class="was" x=${Math.min(98.4, first * 100)} width="1.6" height="14" />`}
</svg>`;

/** Every item of the sheet: steps down, kinds across. @param {{app: App, answer: Answer}} props */
function Items({ app, answer }) {
  const kinds = [...new Set(Object.keys(answer.items).map((id) => id.split(".")[1]).filter(Boolean))];
  const steps = answer.segments.filter((step) => kinds.some((kind) => answer.items[`${step.segment}.${kind}`]));
  if (!steps.length) return null;
  return html`
    <section class="stack tight" aria-labelledby="items-title">
      <h2 id="items-title">${app.t("tr_items_title")}</h2>
      <p class="soft">${app.t("tr_items_what")}</p>
      <div class="scroll" tabindex="0" role="group" aria-labelledby="items-title"><table class="plain grid-table">
        <thead><tr><th scope="col">${app.t("tr_step")}</th>${kinds.map((kind) => html`<th scope="col" key=${kind} class="number">${app.words.has(`kind_${kind}`) ? app.t(`kind_${kind}`) : kind}</th>`)}</tr></thead>
        <tbody>${steps.map((step) => html`<tr key=${step.segment}><th scope="row">${titleOf(app, answer, step.segment)}</th>
          ${kinds.map((kind) => html`<${Cell} key=${kind} app=${app} item=${answer.items[`${step.segment}.${kind}`]} />`)}</tr>`)}</tbody>
      </table></div>
    </section>`;
}

/** @param {{app: App, item?: {rated: number, share: number | null}}} props */
function Cell({ app, item }) {
  if (!item) return html`<td class="none"></td>`;
  const { rated: count, share } = item;
  const grade = share === null ? "unknown" : share >= 0.9 ? "good" : share >= 0.6 ? "middle" : "low";
  return html`<td class=${`number grade ${grade}`} title=${app.t("tr_rated_times", { count })}>${percent(app, share)}</td>`;
}
