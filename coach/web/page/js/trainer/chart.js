/** Small charts as our own SVG: a kader's nilai from session to session, with the line where one passes. */
import { classes, html } from "../lib/ui.js";
import { day, numeral } from "./parts.js";

/** @typedef {import("./app.js").TrainerApp} App */

const W = 132;
const H = 40;

/** How far down a value lies, where the line's foot is at `low`. @param {number} value @param {number} low */
const down = (value, low) => 5 + (1 - (value - low) / (100 - low)) * (H - 10);

/** A line as small as a word. @param {{app: App, kader: string, values: number[], mark: number}} props */
export function Spark({ app, kader, values, mark }) {
  if (!values.length) return html`<span class="soft">–</span>`;
  const x = (/** @type {number} */ k) => (values.length === 1 ? W / 2 : 6 + (k / (values.length - 1)) * (W - 12));
  const low = Math.max(0, Math.min(mark, ...values) - 10);
  const label = app.t("tr_spark_label", { kader, values: values.map((value) => numeral(app, value)).join(", ") });
  return html`
    <svg class="spark" viewBox=${`0 0 ${W} ${H}`} role="img" aria-label=${label}>
      <line class="mark" x1="0" x2=${W} y1=${down(mark, low)} y2=${down(mark, low)} />
      <polyline points=${values.map((value, k) => `${x(k).toFixed(1)},${down(value, low).toFixed(1)}`).join(" ")} />
      <circle cx=${x(values.length - 1)} cy=${down(values[values.length - 1], low)} r="4.5" class=${classes(values[values.length - 1] >= mark && "passed")} />
    </svg>`;
}

const CW = 720;
const CH = 240;
const LEFT = 44;
const FOOT = 30;
const TOP = 22;

/** @param {{app: App, sessions: {session: string, when: string, percent: number | null}[], mark: number, label: string}} props */
export function Course({ app, sessions, mark, label }) {
  if (!sessions.length) return null;
  const times = sessions.map((one) => new Date(one.when).getTime());
  const span = times[times.length - 1] - times[0];
  const x = (/** @type {number} */ k) => LEFT + 30 + (span ? (times[k] - times[0]) / span : 0.5) * (CW - LEFT - 60);
  const y = (/** @type {number} */ value) => TOP + (1 - value / 100) * (CH - TOP - FOOT);
  const at = sessions.map((one, k) => /** @type {const} */ ([x(k), y(one.percent ?? 0)]));
  const told = sessions.map((one) => `${day(app, one.when)}: ${numeral(app, one.percent)}`).join("; ");
  return html`
    <svg class="course" viewBox=${`0 0 ${CW} ${CH}`} role="img" aria-label=${`${label}. ${told}`}>
      ${[0, 50, 100].map((value) => html`<g key=${value}><line class="level" x1=${LEFT} x2=${CW} y1=${y(value)} y2=${y(value)} /><text class="level-name" x=${LEFT - 8} y=${y(value) + 5}>${value}</text></g>`)}
      <line class="mark" x1=${LEFT} x2=${CW} y1=${y(mark)} y2=${y(mark)} /><text class="mark-name" x=${CW - 4} y=${y(mark) - 6}>${app.t("tr_pass_mark", { mark })}</text>
      <polyline points=${at.map(([a, b]) => `${a.toFixed(1)},${b.toFixed(1)}`).join(" ")} />
      ${sessions.map((one, k) => html`<g key=${one.session}><circle cx=${at[k][0]} cy=${at[k][1]} r="7" class=${classes((one.percent ?? 0) >= mark && "passed")} />
        ${apart(at, k) && html`<text x=${at[k][0]} y=${at[k][1] - 12}>${numeral(app, one.percent)}</text>`}</g>`)}
      <text class="day" x=${at[0][0]} y=${CH - 8}>${day(app, sessions[0].when)}</text>
      ${sessions.length > 1 && span > 0 && html`<text class="day" x=${at[at.length - 1][0]} y=${CH - 8}>${day(app, sessions[sessions.length - 1].when)}</text>`}
    </svg>`;
}

/** Whether there is room for a number at a point: not too close to the one before, but always at the last. @param {readonly (readonly [number, number])[]} at @param {number} k */
const apart = (at, k) => k === at.length - 1 || (at[k + 1][0] - at[k][0] > 34 && (!k || at[k][0] - at[k - 1][0] > 20));
