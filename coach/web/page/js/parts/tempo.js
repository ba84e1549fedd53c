/** How fast the last repetition was: too fast, right, too slow; in words and on a bar. */
import { classes, html } from "../lib/ui.js";
import { Icon } from "./icons.js";

const FAST_END = 28; // % of the bar
const SLOW_START = 82;

/** Where a time lies on the bar, in %. @param {number} seconds @param {number} shortest @param {number} longest */
export function place(seconds, shortest, longest) {
  if (seconds < shortest) return Math.max(4, FAST_END * (seconds / shortest));
  if (seconds > longest) return Math.min(96, SLOW_START + (100 - SLOW_START) * (1 - longest / seconds));
  const share = Math.log(seconds / shortest) / Math.log(longest / shortest);
  return FAST_END + 3 + share * (SLOW_START - FAST_END - 6);
}

/** @param {{app: import("../app.js").App, tempo: NonNullable<import("../lib/types.js").Step["tempo"]>}} props */
export function Tempo({ app, tempo }) {
  const { last_s, shortest_s, longest_s, state } = tempo;
  const word = state ? app.t(`speed_${state}`) : app.t("speed_none");
  return html`
    <div class=${classes("tempo", state ?? "none")}>
      <div class="words"><span>${app.t("speed_title")}</span><strong role="status">${state && html`<${Icon} name=${state === "ok" ? "tick" : "slow"} />`}${word}</strong></div>
      <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
        <rect x="0" y="3" width=${FAST_END} height="6" class="fast" /><rect x=${FAST_END} y="3" width=${SLOW_START - FAST_END} height="6" class="right" />
        <rect x=${SLOW_START} y="3" width=${100 - SLOW_START} height="6" class="slow" />
        ${last_s !== null && html`<rect x=${place(last_s, shortest_s, longest_s) - 1} y="0" width="2" height="12" class="needle" />`}
      </svg>
      <div class="ends" aria-hidden="true"><span>${app.t("speed_end_fast")}</span><span>${app.t("speed_end_slow")}</span></div>
    </div>`;
}
