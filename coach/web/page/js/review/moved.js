/** That the camera was moved in this film, and the way to mark the back from there on. */
import { html } from "../lib/ui.js";
import { Button } from "../parts/common.js";
import { Icon } from "../parts/icons.js";

/** @typedef {import("./desk.js").Desk} Desk */

const SETTLED_S = 1; // by then a camera that was pushed stands still

/** Where nobody knows any more where the back was. @param {{desk: Desk}} props */
export function MovedCamera({ desk }) {
  const { session } = desk;
  const lost = (session.moved ?? []).filter((one) => one.lost);
  if (desk.blind || !lost.length) return null;
  const [{ at_s, text }] = lost;
  const mark = () => { location.href = `/import?session=${desk.id}&from_s=${(at_s + SETTLED_S).toFixed(1)}`; };
  return html`
    <div class="unsent moved" role="status" id="moved-camera">
      <${Icon} name="warn" />
      <span class="grow">${text[desk.words.lang]}${lost.length > 1 ? ` ${desk.t("rv_moved_more", { count: lost.length - 1 })}` : ""}</span>
      <${Button} id="moved-look" kind="small" icon="play" onClick=${() => { desk.player.go(at_s); desk.changed(); }}>${desk.t("rv_moved_look")}</${Button}>
      ${session.video && session.has_tracks && html`<${Button} id="moved-mark" kind="small first" icon="target" onClick=${mark}>${desk.t("rv_moved_mark")}</${Button}>`}
    </div>`;
}

/** Where it was found or marked again, in short. @param {Desk} desk */
export const movedAndFound = (desk) => (desk.blind ? [] : (desk.session.moved ?? []).filter((one) => !one.lost).map((one) => one.text[desk.words.lang]));
