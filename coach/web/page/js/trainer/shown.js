/** A demonstration on a drawn back: each repetition as a thin line, the proposed path as a thick one. */
import { html } from "../lib/ui.js";
import { Diagram } from "../parts/diagram.js";

/** @typedef {import("../lib/types.js").Place} Place */

const X = 100;
const Y = 122; // of the drawing, for one back

/** @param {Place[]} places */
const line = (places) => places.map(([x, y], k) => `${k ? "L" : "M"}${(x * X).toFixed(1)} ${(y * Y).toFixed(1)}`).join("");

/**
 * @typedef {{lines: Place[][], points: {id: string, at: Place, tolerance: number}[]} | null} Target
 * @typedef {{left: Target, right: Target}} Targets
 */

const HANDS = /** @type {const} */ (["left", "right"]);

/** @param {{app: import("./app.js").TrainerApp, preview: Targets, shown: {path: Place[]}[], label: string}} props  `shown`: as the right hand would have it */
export function Shown({ app, preview, shown, label }) {
  const letters = { left: app.t("letter_left"), right: app.t("letter_right") };
  return html`
    <${Diagram} segment=${null} letters=${letters} moving=${false} label=${label}>
      <g class="shown">${shown.map(({ path }, k) => path.length > 1 && html`<path key=${k} class="one" d=${line(path)} />`)}</g>
      ${HANDS.map((hand) => html`<g class=${`shown ${hand}`} key=${hand}>
        ${(preview[hand]?.lines ?? []).map((path, k) => html`<g key=${`t${k}`}><path class="rim" d=${line(path)} /><path class="target" d=${line(path)} /></g>`)}
        ${(preview[hand]?.points ?? []).map(({ id, at: [x, y], tolerance }) => html`<g key=${id}><ellipse class="near" cx=${x * X} cy=${y * Y} rx=${tolerance * X} ry=${tolerance * Y} /><circle class="target" cx=${x * X} cy=${y * Y} r="4" /></g>`)}
      </g>`)}
    </${Diagram}>`;
}
