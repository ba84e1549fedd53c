/** Two corners of the picture for an open palm: what each does, and a ring that fills while the palm is held. */
import { classes, html } from "../lib/ui.js";
import { answerAt } from "./by_palm.js";
import { Icon } from "./icons.js";

const CORNERS = /** @type {const} */ (["top_left", "top_right"]);
/** @type {Record<string, string>} */
const ICONS = { start: "play", pause: "pause", resume: "play", repeat: "repeat", finish: "flag", stop: "stop" };

/** Round the picture, to the left: where a corner of the camera's picture lies once that is turned. */
const AROUND = ["top_left", "bottom_left", "bottom_right", "top_right"];

/** @param {string} corner @param {number} turn  quarter turns to the left */
const shownAt = (corner, turn) => AROUND[(AROUND.indexOf(corner) + turn) % 4];

/** What a corner means: where no step is asked for, none is repeated, and the same palm ends a practice that is paused. @param {string} corner @param {import("../lib/types.js").State} state */
function usual(corner, { phase, mode }) {
  if (corner === "top_left" && mode !== "guided") return phase === "paused" ? "finish" : null;
  if (corner === "top_left") return phase === "practising" || phase === "paused" ? "repeat" : null;
  return phase === "practising" ? "pause" : phase === "paused" ? "resume" : "start";
}

/** @param {{app: import("../app.js").App}} props */
export function GestureRings({ app }) {
  const turn = app.state?.camera.turn ?? 0;
  const answers = app.palm?.answers;
  const state = /** @type {import("../lib/types.js").State} */ (app.state);
  // The card of the pause covers them, or they its words; and where another camera looks no palm goes on.
  const covered = state.phase === "paused" && (app.narrow.matches || state.camera.changed === true);
  return html`<div class="gestures" aria-hidden="true">
    ${CORNERS.map((corner) => {
      const active = state.gesture && [corner, "both"].includes(state.gesture.corner) ? state.gesture : null;
      const kind = active?.kind ?? (state.phase === "setup" && !state.marking.marked ? null : usual(corner, state));
      const answer = answers?.[answerAt(corner, turn)];
      if (!answers && kind === "answer") return null; // to what is no longer asked
      if (answers ? !answer && active?.kind !== "stop" : !kind || (covered && !active)) return null;
      const [icon, word] = answer && active?.kind !== "stop" ? [answer.icon, answer.word] : [ICONS[kind ?? ""] ?? "hand", app.t(`gesture_${kind}`)];
      return html`
        <div class=${classes("gesture", shownAt(corner, turn), active && "active")} key=${corner}>
          <svg viewBox="0 0 100 100">
            <circle cx="50" cy="50" r="42" class="track" />
            ${active && html`<circle cx="50" cy="50" r="42" class="fill" pathLength="100" stroke-dasharray=${`${active.progress * 100} 100`} transform="rotate(-90 50 50)" />`}
          </svg>
          <span class="what"><${Icon} name=${icon} /></span>
          <span class="word">${word}</span>
        </div>`;
    })}
  </div>`;
}
