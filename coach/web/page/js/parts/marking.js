/** How the back is marked by hand: by dragging points over the picture, and by touching the places. */
import { classes, html } from "../lib/ui.js";
import { Button } from "./common.js";
import { Diagram } from "./diagram.js";
import { Icon } from "./icons.js";
import { firstGuess, Marker, NAMES } from "./marker.js";
import { outlineBody } from "./outline.js";

/** The four points over the live picture, from where the back is believed to be. @param {{app: import("../app.js").App, points?: {current: import("../lib/types.js").Place[] | null}}} props  points: where they are told as they are */
export function DragLayer({ app, points }) {
  const { w, h } = app.painter.last?.frame ?? { w: 640, h: 480 };
  const layout = app.state?.place?.layout;
  const start = app.state?.marking.body ?? (layout ? outlineBody(layout, w, h, app.local.otherSide) : firstGuess(w, h));
  const mark = (/** @type {import("../lib/types.js").Place[]} */ dragged) => app.say({ t: "mark", way: "drag", kind: "body", points: dragged });
  return html`<${Marker} key=${app.state?.camera.turn ?? 0} app=${app} width=${w} height=${h} start=${start} onMarked=${mark} shown=${points} />`;
}

/** Which point goes where. @param {{app: import("../app.js").App}} props */
export const DragHow = ({ app }) => html`
  <p>${app.t("mark_drag_how")}</p>
  <ol class="points">${NAMES.map((name, k) => html`<li key=${name}><span class="number">${k + 1}</span>${app.t(`point_long_${name}`)}</li>`)}</ol>
  <${Diagram} segment=${null} letters=${app.letters} moving=${false} mark="all" label=${app.t("mark_drag_how")} />`;

/** The places touched so far. @param {{app: import("../app.js").App, points: import("../lib/types.js").Place[]}} props */
export function Touched({ app, points }) {
  const { w, h } = app.painter.last?.frame ?? { w: 640, h: 480 };
  return html`<svg class="touched" viewBox=${`0 0 ${w} ${h}`} aria-hidden="true">
    ${points.map(([x, y], k) => html`<g key=${k} transform=${`translate(${x} ${y})`}><circle r="13" /><text y="5.5">${k + 1}</text></g>`)}
  </svg>`;
}

/** Step by step: touch this place, hold still. @param {{app: import("../app.js").App}} props */
export function TouchGuide({ app }) {
  const { marking } = /** @type {import("../lib/types.js").State} */ (app.state);
  const point = /** @type {string} */ (marking.point);
  const number = NAMES.indexOf(point) + 1;
  const hand = marking.hand ?? "nothing";
  const seen = hand === "nothing" && ["left", "right"].includes(point) ? "side" : hand;
  return html`
    <p class="soft">${app.t("touch_step", { number, of: NAMES.length })}</p>
    <h1 aria-live="polite">${app.t(`touch_${point}`)}</h1>
    <p class="lead">${app.t("touch_hold")}</p>
    <p class=${classes("touch-hand", hand !== "pointing" && "asks")} role="status"><${Icon} name=${hand === "pointing" ? "tick" : "hand"} />${app.t(`touch_hand_${seen}`)}</p>
    <div class="touch-guide">
      <${Diagram} segment=${null} letters=${app.letters} moving=${false} mark=${point} label=${app.t(`point_long_${point}`)} />
      <svg class="fill-ring" viewBox="0 0 100 100" role="img" aria-label=${app.t("touch_progress", { percent: Math.round(marking.progress * 100) })}>
        <circle cx="50" cy="50" r="42" class="track" />
        <circle cx="50" cy="50" r="42" class="fill" pathLength="100" stroke-dasharray=${`${marking.progress * 100} 100`} transform="rotate(-90 50 50)" />
        <text x="50" y="62">${number}</text>
      </svg>
    </div>
    <div class="row">
      ${number > 1 && html`<${Button} id="touch-again" icon="repeat" onClick=${() => app.say({ t: "mark", way: "touch" })}>${app.t("touch_again")}</${Button}>`}
      <${Button} id="mark-clear" icon="cross" onClick=${() => app.say({ t: "mark", way: "clear" })}>${app.t("touch_cancel")}</${Button}>
    </div>`;
}
