/** How far coach and trainers agree, beside how far trainers agree with each other; honest about how little is known. */
import { html } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { useAnswer } from "./asking.js";
import { Differences } from "./differences.js";
import { Filters, filtersOf } from "./filters.js";
import { useSaving } from "./hand_out.js";
import { numeral, Top, Waiting } from "./parts.js";

/** @typedef {import("./app.js").TrainerApp} App */
/** @typedef {[number | null, number | null, number | null]} Figure  value, and the interval's ends */
/** @typedef {{n: number, sessions: number, percent: Figure, linear: Figure, quadratic: Figure}} Agreed */
/** @typedef {{mean: number, low: number, high: number, points: [number, number][]}} Bland */
/**
 * @typedef {object} Answer
 * @property {{id: string, title: import("../lib/types.js").Title, coach: Agreed | null, trainers: Agreed | null}[]} items
 * @property {{coach: Agreed | null, trainers: Agreed | null}} total
 * @property {{coach: Figure | null, trainers: Figure | null}} icc
 * @property {{coach: Bland | null, trainers: Bland | null}} blandaltman
 * @property {number} sessions
 */

const FEW = 20; // sessions below which an interval of kappa is wide whatever the raters do
const SIDES = /** @type {const} */ (["coach", "trainers"]);

/** @param {{app: App}} props */
export function Agreement({ app }) {
  const query = filtersOf(app.query);
  const { data, error, busy } = useAnswer("/api/agreement", query);
  const answer = /** @type {Answer | null} */ (data);
  const { busy: saving, keep } = useSaving(app);
  const sessions = countOf(answer);
  return html`
    <${Top} title=${app.t("tr_agreement_title")} lead=${app.t("tr_agreement_lead")}>
      <${Button} id="print-agreement" icon="paper" disabled=${saving !== "" || !sessions.coach} onClick=${() => keep("agreement", { ...query, lang: app.lang })}>${app.t(saving ? "tr_making" : "tr_print_agreement")}</${Button}>
    </${Top}>
    <${Filters} app=${app} only=${["kader", "posyandu", "when", "protocol"]} />
    ${error && html`<${Note} kind="stop" icon="warn" role="alert"><p>${error.say(app.words)}</p></${Note}>`}
    ${busy && !answer && html`<${Waiting} app=${app} />`}
    ${answer && html`<${Found} app=${app} answer=${answer} sessions=${sessions} />`}`;
}

/** How many sessions each comparison rests on. @param {Answer | null} answer */
function countOf(answer) {
  return { coach: answer?.total.coach?.sessions ?? 0, trainers: answer?.total.trainers?.sessions ?? 0 };
}

/** @param {{app: App, answer: Answer, sessions: {coach: number, trainers: number}}} props */
function Found({ app, answer, sessions }) {
  if (!sessions.coach) return html`<${Note} kind="calm" icon="bulb"><p><strong>${app.t("tr_agreement_none")}</strong></p><p>${app.t("tr_agreement_how")}</p></${Note}>`;
  return html`
    <div class="stack wide-gap">
      ${sessions.coach < FEW
        ? html`<${Note} kind="warn" icon="warn"><p><strong>${app.t("tr_agreement_few", { count: sessions.coach })}</strong> ${app.t("tr_agreement_few_what", { few: FEW })}</p></${Note}>`
        : html`<${Note} kind="calm" icon="bulb"><p>${app.t("tr_agreement_rests", { count: sessions.coach })}</p></${Note}>`}
      <div class="two">${SIDES.map((side) => html`<${Summary} key=${side} app=${app} side=${side} answer=${answer} count=${sessions[side]} />`)}</div>
      <${Meaning} app=${app} />
      <section class="stack tight" aria-labelledby="bland-title">
        <h2 id="bland-title">${app.t("tr_bland_title")}</h2>
        <p class="soft">${app.t("tr_bland_what")}</p>
        <div class="two">${SIDES.map((side) => html`<${Differences} key=${side} app=${app} side=${side} bland=${answer.blandaltman[side]} />`)}</div>
      </section>
      <${Items} app=${app} answer=${answer} />
    </div>`;
}

/** One comparison in large numbers. @param {{app: App, side: "coach" | "trainers", answer: Answer, count: number}} props */
function Summary({ app, side, answer, count }) {
  const total = answer.total[side];
  const known = total && total.n > 0;
  return html`
    <section class="card stack tight agreed" data-side=${side} aria-labelledby=${`side-${side}`}>
      <h2 id=${`side-${side}`}>${app.t(`tr_side_${side}`)}</h2>
      ${known
        ? html`<dl class="facts">
            <${Fact} app=${app} name="tr_percent_equal" figure=${total.percent} digits=${0} unit="%" />
            <${Fact} app=${app} name="tr_kappa" figure=${total.linear} digits=${2} />
            <${Fact} app=${app} name="tr_icc" figure=${answer.icc[side]} digits=${2} />
          </dl>
          <p class="soft">${app.t("tr_rests_on", { sessions: count, ratings: total.n })}</p>`
        : html`<p>${app.t(`tr_side_${side}_none`)}</p>`}
    </section>`;
}

/** @param {{app: App, name: string, figure: Figure | null, digits: number, unit?: string}} props */
const Fact = ({ app, name, figure, digits, unit = "" }) => html`
  <div><dt>${app.t(name)}</dt><dd>${figure?.[0] == null ? "–" : `${numeral(app, figure[0], digits)}${unit}`}</dd>
    <dd class="interval">${interval(app, figure, digits)}</dd></div>`;

/** @param {App} app @param {Figure | null | undefined} figure @param {number} digits */
const interval = (app, figure, digits) => (figure?.[1] == null || figure[2] == null
  ? app.t("tr_interval_none")
  : app.t("tr_interval", { low: numeral(app, figure[1], digits), high: numeral(app, figure[2], digits) }));

/** What the numbers mean, for someone who never saw them. @param {{app: App}} props */
const Meaning = ({ app }) => html`
  <details class="card meaning" open>
    <summary><h2>${app.t("tr_meaning_title")}</h2></summary>
    <dl>${["percent", "kappa", "icc", "interval"].map((name) => html`<div key=${name}><dt>${app.t(`tr_meaning_${name}_name`)}</dt><dd>${app.t(`tr_meaning_${name}`)}</dd></div>`)}</dl>
  </details>`;

/** @param {{app: App, answer: Answer}} props */
const Items = ({ app, answer }) => html`
  <section class="stack tight" aria-labelledby="agree-items">
    <h2 id="agree-items">${app.t("tr_agree_items")}</h2>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="agree-items"><table class="plain agree-table">
      <thead>
        <tr><th scope="col" rowspan="2">${app.t("tr_item")}</th>${SIDES.map((side) => html`<th key=${side} scope="colgroup" colspan="3" class="group">${app.t(`tr_side_${side}`)}</th>`)}</tr>
        <tr>${SIDES.map((side) => html`<th key=${`${side}n`} scope="col" class="number group">n</th><th key=${`${side}p`} scope="col" class="number">${app.t("tr_equal_short")}</th><th key=${`${side}k`} scope="col" class="number">κ</th>`)}</tr>
      </thead>
      <tbody>
        ${answer.items.map((item) => html`<tr key=${item.id} data-item=${item.id}><th scope="row">${app.title(item.title) || item.id}</th>${SIDES.map((side) => html`<${Cells} key=${side} app=${app} agreed=${item[side]} />`)}</tr>`)}
        <tr class="total"><th scope="row">${app.t("tr_total")}</th>${SIDES.map((side) => html`<${Cells} key=${side} app=${app} agreed=${answer.total[side]} />`)}</tr>
      </tbody>
    </table></div>
  </section>`;

/** @param {{app: App, agreed: Agreed | null | undefined}} props */
const Cells = ({ app, agreed }) => html`
  <td class="number group">${agreed?.n || "–"}</td>
  <td class="number"><strong>${agreed?.percent?.[0] == null ? "–" : `${numeral(app, agreed.percent[0])}%`}</strong><span class="under">${range(app, agreed?.percent, 0)}</span></td>
  <td class="number"><strong>${numeral(app, agreed?.linear?.[0], 2)}</strong><span class="under">${range(app, agreed?.linear, 2)}</span></td>`;

/** @param {App} app @param {Figure | null | undefined} figure @param {number} digits */
const range = (app, figure, digits) => (figure?.[1] == null ? "" : `${numeral(app, figure[1], digits)}–${numeral(app, figure[2], digits)}`);
