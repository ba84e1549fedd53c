/** A back seen from behind, and what is done on it: our own drawing, 100 wide from shoulder to shoulder. */
import { mirror } from "../lib/plane.js";
import { html } from "../lib/ui.js";

/** @typedef {import("../lib/types.js").Place} Place */
/** @typedef {import("../lib/types.js").Segment} Segment */

const X = 100;
const Y = 122;
export const BODY = "M39-32C40-17 36-9 22-4 6 0-8 2-14 18-21 38-25 64-27 88-28 108-29 128-24 150L-2 150C-8 130-6 70 5 46 7 78 13 100 11 132L89 132C87 100 93 78 95 46 106 70 108 130 102 150L124 150C129 128 128 108 127 88 125 64 121 38 114 18 108 2 94 0 78-4 64-9 60-17 61-32Z";
export const EARS = "M25-64C19-66 18-52 25-50ZM75-64C81-66 82-52 75-50Z";
export const HAIR = "M50-92C29-92 24-76 25-60 26-44 36-33 50-33S74-44 75-60C76-76 71-92 50-92Z";
export const CLOTH = "M9 116C24 122 36 119 50 122S78 119 91 116L94 150 6 150Z";
const COIL = 9; // how far the small circles go out

/** @param {Place} place @returns {Place} */
const at = ([x, y]) => [x * X, y * Y];

/** A smooth line through places (Catmull-Rom as Bézier curves). @param {Place[]} path */
function line(path) {
  const places = path.map(at);
  const near = (/** @type {number} */ k) => places[Math.min(places.length - 1, Math.max(0, k))];
  return places.map(([x, y], k) => {
    if (!k) return `M${x.toFixed(1)} ${y.toFixed(1)}`;
    const [a, b, c] = [near(k - 2), near(k - 1), near(k + 1)];
    const bends = [b[0] + (x - a[0]) / 6, b[1] + (y - a[1]) / 6, x - (c[0] - b[0]) / 6, y - (c[1] - b[1]) / 6, x, y];
    return `C${bends.map((bend) => bend.toFixed(1)).join(" ")}`;
  }).join("");
}

/** @param {Place} centre @param {Place} radii */
function ring([cx, cy], [rx, ry]) {
  const [x, y] = at([cx, cy]);
  return `M${x} ${y - ry * Y}a${rx * X} ${ry * Y} 0 1 1-.01 0z`;
}

/** Small circles that travel along a path. @param {Place[]} path @param {number} turns */
function coil(path, turns) {
  const [x0, y0] = at(path[0]);
  const [x1, y1] = at(path[path.length - 1]);
  const steps = turns * 16;
  const side = x0 > 50 ? 1 : -1;
  return Array.from({ length: steps + 1 }, (_, k) => {
    const angle = (k / 16) * 2 * Math.PI;
    const x = x0 + (x1 - x0) * (k / steps) + side * COIL * (1 - Math.cos(angle)) * 0.5;
    const y = y0 + (y1 - y0) * (k / steps) - COIL * Math.sin(angle);
    return `${k ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
  }).join("");
}

/** The drawn lines of a step, one for each hand that moves. @param {Segment} segment @returns {{hand: "left" | "right" | "none", d: string}[]} */
export function lines(segment) {
  if (segment.circle) return [{ hand: "none", d: ring(segment.circle.centre, segment.circle.radii) }];
  if (!segment.path) return [];
  const path = segment.path;
  const turns = segment.circles_per_pass;
  const draw = (/** @type {Place[]} */ places) => (turns ? coil(places, Math.max(4, turns + 1)) : line(places));
  const right = { hand: /** @type {const} */ ("right"), d: draw(path) };
  const left = { hand: /** @type {const} */ ("left"), d: draw(segment.mirrored ? path.map(mirror) : path) };
  if (segment.hands === "right") return [right];
  if (segment.hands === "left") return [left];
  return [left, right];
}

/** @param {{segment: Segment | null, letters: {left: string, right: string}, moving: boolean, label: string, mark?: string | null, children?: any, box?: string}} props */
export function Diagram({ segment, letters, moving, label, mark, children, box = "-32 -98 164 240" }) {
  return html`
    <svg class="diagram" viewBox=${box} role="img" aria-label=${label}>
      <defs>
        <marker id="tip" viewBox="0 0 10 10" refX="6" refY="5" markerWidth="3.6" markerHeight="3.6" orient="auto">
          <path d="M1 1l8 4-8 4z" fill="context-stroke" />
        </marker>
      </defs>
      <path d=${BODY} class="skin" />
      <path d=${EARS} class="skin" /><path d=${HAIR} class="hair" /><circle cx="50" cy="-84" r="12" class="hair bun" />
      <path d=${CLOTH} class="cloth" />
      <path d="M50 2V112" class="spine" />
      <path d="M36 14C24 18 17 28 16 40 18 48 24 52 28 48 34 40 37 26 36 14ZM64 14C76 18 83 28 84 40 82 48 76 52 72 48 66 40 63 26 64 14Z" class="blade" />
      ${segment && html`<${Moves} segment=${segment} letters=${letters} moving=${moving} />`}
      ${mark && html`<${Landmarks} mark=${mark} />`}
      ${children}
    </svg>`;
}

/** @param {{segment: Segment, letters: {left: string, right: string}, moving: boolean}} props */
function Moves({ segment, letters, moving }) {
  const period = Math.max(2.4, (segment.tempo?.shortest_s ?? 2) * 1.6);
  const alternating = segment.hands === "alternating";
  return html`<g>
    ${lines(segment).map(({ hand, d }, k) => html`
      <g class=${`move ${hand}`} key=${d}>
        <path d=${d} class="rim" /><path d=${d} class="way" marker-end="url(#tip)" />
        ${moving && html`<g class="runner">
          <circle r="11" /><text y="4.2">${hand === "none" ? "" : letters[hand]}</text>
          <animateMotion dur=${`${alternating ? period * 2 : period}s`} repeatCount="indefinite" path=${d} calcMode="linear"
            keyTimes=${alternating ? (k ? "0;0.5;1" : "0;0.5;1") : "0;1"} keyPoints=${alternating ? (k ? "0;1;1" : "0;0;1") : "0;1"} />
        </g>`}
      </g>`)}
    ${(segment.hold?.points ?? []).map((point, k) => {
      const [x, y] = at(point.at);
      const ordered = segment.hold?.sequence === "in_order";
      return html`<g class=${`press ${point.hand ?? "none"}`} key=${point.id}>
        <circle cx=${x} cy=${y} r="9" /><text x=${x} y=${y + 4}>${point.hand ? letters[point.hand] : ordered ? point.id : k + 1}</text>
      </g>`;
    })}
  </g>`;
}

/** @type {Record<string, Place>} */
const PLACES = { c7: [50, 0], left: [-2, 8], right: [102, 8], l5: [50, 118] };

/** The four places that mark the back; the one that is meant now is large. @param {{mark: string}} props */
const Landmarks = ({ mark }) => html`<g class="landmarks">
  ${Object.entries(PLACES).map(([name, [x, y]], k) => html`
    <g class=${name === mark ? "now" : ""} key=${name}><circle cx=${x} cy=${y} r=${name === mark ? 12 : 8} /><text x=${x} y=${y + 4}>${k + 1}</text></g>`)}
</g>`;
