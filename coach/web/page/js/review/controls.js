/** Play, frames, speed, loop, and the buttons of the timeline. */
import { html, useState } from "../lib/ui.js";
import { Button } from "../parts/common.js";
import { toRedo, toUndo } from "./acts.js";
import { clock } from "./line/rows.js";
import { RATES } from "./player.js";
import { usePlayer } from "./use.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** @param {{desk: Desk}} props */
export function Controls({ desk }) {
  const { player } = desk;
  const events = desk.session.events ?? [];
  const { going, rate, loop } = usePlayer(desk, () => ({ going: player.going, rate: player.rate, loop: player.loop }));
  const icon = (/** @type {string} */ name, /** @type {string} */ key, /** @type {() => void} */ act, /** @type {boolean | undefined} */ pressed) => html`
    <${Button} id=${`rv-${name}`} kind="plain icon-only small" icon=${name} label=${desk.t(key)} pressed=${pressed} onClick=${act} />`;
  return html`
    <div class="controls" role="group" aria-label=${desk.t("rv_controls")}>
      ${icon("frame_back", "rv_frame_back", () => player.step(-1), undefined)}
      ${icon("reverse", "rv_reverse", () => (going < 0 ? player.pause() : player.play(-1)), going < 0)}
      <${Button} id="rv-play" kind="first icon-only small" icon=${going ? "pause" : "play"} label=${desk.t(going ? "rv_pause" : "rv_play")} onClick=${() => player.toggle()} />
      ${icon("frame_on", "rv_frame_on", () => player.step(1), undefined)}
      <${Clock} desk=${desk} />
      <select id="rv-rate" class="pick" aria-label=${desk.t("rv_rate")} value=${String(rate)}
        onChange=${(/** @type {any} */ event) => player.setRate(Number(event.currentTarget.value))}>
        ${RATES.map((one) => html`<option key=${one} value=${String(one)}>${desk.t("rv_times", { value: one })}</option>`)}
      </select>
      ${icon("loop", loop ? "rv_loop_off" : "rv_loop_on", () => toggleLoop(desk), !!loop)}
      <span class="grow"></span>
      ${desk.session.video && icon(desk.local.overlay ? "eye" : "eye_off", "rv_overlay", () => desk.go({ overlay: !desk.local.overlay }), desk.local.overlay)}
      ${!desk.blind && html`
        ${icon("pen", "rv_pen", () => togglePen(desk), desk.local.pen)}
        <${Button} id="undo" kind="plain icon-only small" icon="undo" label=${desk.t("rv_undo")} disabled=${!toUndo(events, desk.author)} onClick=${() => desk.undo()} />
        <${Button} id="redo" kind="plain icon-only small" icon="redo" label=${desk.t("rv_redo")} disabled=${!toRedo(events, desk.author)} onClick=${() => desk.redo()} />`}
    </div>`;
}

/** What lies under the timeline: its legend, nearer and farther, the keys. @param {{desk: Desk}} props */
export function UnderLine({ desk }) {
  const [open, setOpen] = useState(false);
  const icon = (/** @type {string} */ name, /** @type {string} */ key, /** @type {() => void} */ act) => html`
    <${Button} id=${`rv-${name}`} kind="plain icon-only tiny" icon=${name} label=${desk.t(key)} onClick=${act} />`;
  return html`
    <div class="under">
      <button type="button" class="linkish" id="legend" aria-expanded=${String(open)} onClick=${() => setOpen(!open)}>${desk.t("rv_legend")}</button>
      ${open && html`<p class="legend" role="note">${desk.t("rv_legend_words")}</p>`}
      <span class="grow"></span>
      ${icon("zoom_out", "rv_zoom_out", () => zoom(desk, 1 / 1.6))}
      ${icon("zoom_in", "rv_zoom_in", () => zoom(desk, 1.6))}
      ${icon("all", "rv_zoom_all", () => { desk.view.fit(); desk.player.tell(); })}
      ${icon("keys", "rv_keys_open", () => desk.go({ dialog: "keys" }))}
    </div>`;
}

/** @param {{desk: Desk}} props */
function Clock({ desk }) {
  const { player, words } = desk;
  const [at, of, frame] = usePlayer(desk, () => [clock(player.time_s, 2, words.decimal), clock(player.end_s, 0, words.decimal), player.index]);
  return html`<span class="clock" id="rv-clock" data-frame=${frame}><strong>${at}</strong> / ${of}</span>`;
}

/** Loops what is chosen; without that what is around the cursor. @param {Desk} desk */
export function toggleLoop(desk) {
  const { player } = desk;
  if (player.loop) return player.setLoop(null);
  const at_s = player.time_s;
  const act = desk.chosen ?? desk.acts.findLast((one) => one.start_s <= at_s && at_s < one.end_s);
  if (!act) return desk.toast("rv_choose_first");
  return player.setLoop({ start_s: act.start_s, end_s: act.end_s });
}

/** @param {Desk} desk @param {number} times */
export function zoom(desk, times) {
  const { view, player } = desk;
  const inside = player.time_s >= view.from_s && player.time_s <= view.to_s;
  view.zoom(times, inside ? player.time_s : (view.from_s + view.to_s) / 2);
  player.tell();
}

/** @param {Desk} desk */
export function togglePen(desk) {
  desk.player.pause();
  desk.go({ pen: !desk.local.pen, strokes: [], tab: desk.local.pen ? desk.local.tab : "notes" });
}
