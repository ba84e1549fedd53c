/** The Bland–Altman picture: for each session the two nilai's mean and their difference, with the mean and the limits. */
import { html } from "../lib/ui.js";
import { numeral } from "./parts.js";

const W = 520;
const H = 300;
const LEFT = 56;
const RIGHT = 132;
const TOP = 16;
const FOOT = 48;

/** Round steps that cover a span. @param {number} span */
function stepOf(span) {
  const wanted = span / 4;
  const ten = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 5, 10].map((k) => k * ten).find((step) => step >= wanted) ?? wanted;
}

/** @param {{app: import("./app.js").TrainerApp, side: "coach" | "trainers", bland: import("./agreement.js").Bland | null}} props */
export function Differences({ app, side, bland }) {
  const title = app.t(`tr_side_${side}`);
  if (!bland) return html`<figure class="card differences" data-side=${side}><figcaption><h3>${title}</h3></figcaption><p class="soft">${app.t("tr_bland_none")}</p></figure>`;
  const most = Math.max(5, ...[bland.low, bland.high, ...bland.points.map(([, d]) => d)].map(Math.abs)) * 1.12;
  const means = bland.points.map(([mean]) => mean);
  const low = Math.max(0, Math.floor((Math.min(...means) - 5) / 10) * 10);
  const high = Math.min(100, Math.ceil((Math.max(...means) + 5) / 10) * 10);
  const x = (/** @type {number} */ value) => LEFT + ((value - low) / (high - low || 1)) * (W - LEFT - RIGHT);
  const y = (/** @type {number} */ value) => TOP + (0.5 - value / (2 * most)) * (H - TOP - FOOT);
  const step = stepOf(2 * most);
  const levels = Array.from({ length: 2 * Math.floor(most / step) + 1 }, (_, k) => (k - Math.floor(most / step)) * step);
  const across = stepOf(high - low);
  const ticks = Array.from({ length: Math.floor((high - low) / across) + 1 }, (_, k) => low + k * across);
  const values = { mean: numeral(app, bland.mean, 1), low: numeral(app, bland.low, 1), high: numeral(app, bland.high, 1), count: bland.points.length };
  const lines = apart([["high", bland.high], ["mean", bland.mean], ["low", bland.low]], y);
  return html`
    <figure class="card differences" data-side=${side}>
      <figcaption><h3>${title}</h3></figcaption>
      <svg viewBox=${`0 0 ${W} ${H}`} role="img" aria-label=${`${title}. ${app.t("tr_bland_label", values)}`}>
        ${levels.map((value) => html`<g key=${value}><line class=${value ? "level" : "zero"} x1=${LEFT} x2=${W - RIGHT} y1=${y(value)} y2=${y(value)} /><text class="level-name" x=${LEFT - 8} y=${y(value) + 5}>${numeral(app, value)}</text></g>`)}
        ${ticks.map((value) => html`<text key=${value} class="tick-name" x=${x(value)} y=${H - FOOT + 20}>${numeral(app, value)}</text>`)}
        ${lines.map(([name, value, at]) => html`<g key=${name} class=${`limit ${name}`}><line x1=${LEFT} x2=${W - RIGHT} y1=${y(value)} y2=${y(value)} /><text x=${W - RIGHT + 8} y=${at + 5}>${app.t(`tr_bland_${name}`, { value: numeral(app, value, 1) })}</text></g>`)}
        ${bland.points.map(([mean, difference], k) => html`<circle key=${k} cx=${x(mean)} cy=${y(difference)} r="6" />`)}
        <text class="axis" x=${(LEFT + W - RIGHT) / 2} y=${H - 6}>${app.t("tr_bland_x")}</text>
        <text class="axis" transform=${`translate(14 ${(TOP + H - FOOT) / 2}) rotate(-90)`}>${app.t(`tr_bland_y_${side}`)}</text>
      </svg>
      <p>${app.t(side === "coach" ? `tr_bland_says_coach_${direction(bland.mean)}` : "tr_bland_says_trainers", { ...values, mean: numeral(app, Math.abs(bland.mean), 1) })}</p>
    </figure>`;
}

/** Which of the two gives more. @param {number} mean */
const direction = (mean) => (Math.abs(mean) < 0.05 ? "same" : mean > 0 ? "more" : "less");

/** Where the names of the lines stand, so that none lies on another. @param {[string, number][]} lines @param {(value: number) => number} y @returns {[string, number, number][]} */
function apart(lines, y) {
  let before = -Infinity;
  return lines.map(([name, value]) => {
    before = Math.max(y(value), before + 19);
    return [name, value, before];
  });
}
