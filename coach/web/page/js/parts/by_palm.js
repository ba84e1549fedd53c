/** A question that an open palm answers, besides keys and clicks: where the server is sure of it, and never in a hurry. */
import { html, useEffect, useLayoutEffect, useRef } from "../lib/ui.js";

/** @typedef {{icon: string, word: string, act: () => void}} PalmAnswer */
/** @typedef {{question: string, answers: [PalmAnswer | null, PalmAnswer | null]}} ByPalm  the left one first, as it is shown */

/** Which answer a corner of the camera's picture gives: the one at the side where the corner is shown. @param {string} corner @param {number} turn  quarter turns to the left */
export const answerAt = (corner, turn) => ((corner === "top_left") === (turn !== 2) ? 0 : 1);

/** Whether palms can be seen, and may be: the camera was agreed to. @param {import("../app.js").App} app */
export const seesPalms = (app) => app.state?.camera.state === "ok" && !app.state.camera.browser && (app.state.tracker ?? "ok") === "ok";

/** Lets palms answer while this is shown. @param {import("../app.js").App} app @param {ByPalm | null} palm */
export function usePalm(app, palm) {
  const own = useRef(/** @type {ByPalm | null} */ (null));
  useLayoutEffect(() => app.askPalm(own.current = palm)); // with each drawing: what an answer does may have changed
  useEffect(() => () => { if (app.palm === own.current) app.askPalm(null); }, []); // what came in its place asks already
}

/** How long a palm is held for an answer, as a bar on its button. @param {{app: import("../app.js").App, answer: 0 | 1}} props */
export function Held({ app, answer }) {
  const gesture = app.state?.gesture;
  const own = gesture?.kind === "answer" && app.palm && answerAt(gesture.corner, app.state?.camera.turn ?? 0) === answer;
  return own ? html`<span class="held" aria-hidden="true"><span style=${`width: ${Math.round(100 * gesture.progress)}%`}></span></span>` : null;
}
