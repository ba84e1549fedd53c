/** What can be done with the chosen segment, repetition or press; the same by mouse, keyboard and screen reader. */
import { html } from "../lib/ui.js";
import { Button } from "../parts/common.js";
import * as acts from "./acts.js";
import { clock } from "./line/rows.js";
import { usePlayer } from "./use.js";

/** @typedef {import("./desk.js").Desk} Desk @typedef {import("./types.js").Act} Act */

const HANDS = ["left", "right", "both"];
const KINDS = /** @type {const} */ (["segment", "repetition", "hold"]);

/** @param {{desk: Desk}} props */
export function EditBar({ desk }) {
  const act = desk.chosen;
  const { drawing } = desk.local;
  const told = drawing
    ? `${desk.t(`rv_add_${drawing}_long`)}. ${desk.t("rv_draw_hint")}`
    : act ? desk.t("rv_chosen", { kind: desk.t(`rv_kind_${act.kind}`), name: desk.nameOf(act), start: clock(act.start_s, 1, desk.words.decimal), end: clock(act.end_s, 1, desk.words.decimal) }) : "";
  return html`
    <div class="edit" role="group" aria-label=${desk.t("rv_edit")}>
      <span class="unseen-text" role="status">${told}</span>
      ${drawing ? html`<${Drawing} desk=${desk} />` : html`
        <div class="row add">${KINDS.map((kind) => html`
          <${Button} key=${kind} id=${`add-${kind}`} kind="small" icon="plus" label=${desk.t(`rv_add_${kind}_long`)} onClick=${() => startDrawing(desk, kind)}>${desk.t(`rv_add_${kind}`)}</${Button}>`)}
        </div>
        ${act ? html`<${Chosen} desk=${desk} act=${act} />` : html`<p class="soft hint">${desk.t("rv_choose_hint")}</p>`}`}
    </div>`;
}

/** @param {{desk: Desk, act: Act}} props */
function Chosen({ desk, act }) {
  const { words } = desk;
  const points = words.segments.get(act.segment)?.hold;
  const named = (/** @type {any} */ event) => {
    const to = event.currentTarget.value;
    return desk.change(acts.renamed(act, to), { ...acts.keyOf(act), ...(act.kind === "segment" ? { segment: to } : { point: to }) });
  };
  const time = (/** @type {number} */ at_s) => clock(at_s, 2, words.decimal);
  return html`
    <div class="row chosen" data-kind=${act.kind}>
      <strong class="kind">${desk.t(`rv_kind_${act.kind}`)}</strong>
      ${act.kind === "segment" && html`<${Pick} id="rename" label=${desk.t("rv_rename")} value=${act.segment} onPick=${named}
        options=${desk.session.protocol.segments.map(({ id }) => [id, words.segment(id)])} />`}
      ${act.kind === "hold" && html`<${Pick} id="rename" label=${desk.t("rv_rename_point")} value=${act.point ?? ""} onPick=${named}
        options=${[...(points?.points ?? []), ...(points?.confusable ?? [])].map((point) => [point.id, words.title(point.title)])} />`}
      ${act.kind === "repetition" && html`<${Pick} id="hand" label=${desk.t("rv_hand")} value=${act.hand ?? "right"}
          onPick=${(/** @type {any} */ event) => desk.change(acts.changed(act, event.currentTarget.value, act.whole), { ...acts.keyOf(act), hand: event.currentTarget.value })}
          options=${HANDS.map((hand) => [hand, desk.t(`hand_${hand}`)])} />
        <label class="check"><input type="checkbox" id="whole" checked=${act.whole}
          onChange=${() => desk.change(acts.changed(act, act.hand, !act.whole), acts.keyOf(act))} />${desk.t("rv_whole")}</label>`}
      <span class="when">${time(act.start_s)} – ${time(act.end_s)}</span>
      <${Button} id="start-here" kind="small icon-only" icon="from_here" label=${desk.t("rv_start_here")} onClick=${() => desk.setEdge("start_s")} />
      <${Button} id="end-here" kind="small icon-only" icon="to_here" label=${desk.t("rv_end_here")} onClick=${() => desk.setEdge("end_s")} />
      ${act.kind !== "hold" && html`<${Button} id="split" kind="small icon-only" icon="scissors" label=${desk.t("rv_split")} onClick=${() => desk.split()} />`}
      <${Button} id="delete" kind="small icon-only" icon="trash" label=${desk.t(`rv_delete_${act.kind}`)} onClick=${() => desk.remove()} />
    </div>`;
}

/** @param {{id: string, label: string, value: string, options: [string, string][], onPick: (event: any) => void}} props */
export const Pick = ({ id, label, value, options, onPick }) => html`
  <select id=${id} class="pick" aria-label=${label} title=${label} value=${value} onChange=${onPick}>
    ${options.map(([name, text]) => html`<option key=${name} value=${name} selected=${name === value}>${text}</option>`)}
  </select>`;

/** @param {Desk} desk @param {"segment" | "repetition" | "hold"} kind */
export function startDrawing(desk, kind) {
  const choices = choicesOf(desk, kind);
  if (!choices.length) return desk.toast(kind === "hold" ? "rv_no_points_here" : "rv_no_segment_here");
  const match = desk.matchAt(desk.player.time_s);
  const usual = kind === "repetition" ? match?.repetitions[0]?.hand : kind === "segment" ? missing(desk) : null;
  desk.player.pause();
  return desk.go({ drawing: kind, adding: usual ?? choices[0][0] });
}

/** The first segment of the protocol that was not found. @param {Desk} desk */
const missing = (desk) => desk.session.protocol.segments.find(({ id }) => !desk.session.stands?.segments.some((match) => match.id === id))?.id;

/** What may be added: segments, hands, or the points of the segment here. @param {Desk} desk @param {"segment" | "repetition" | "hold"} kind @returns {[string, string][]} */
function choicesOf(desk, kind) {
  const { words, session } = desk;
  if (kind === "segment") return session.protocol.segments.map(({ id }) => [id, words.segment(id)]);
  const match = desk.matchAt(desk.player.time_s);
  if (!match) return [];
  if (kind === "repetition") return HANDS.map((hand) => [hand, desk.t(`hand_${hand}`)]);
  return (words.segments.get(match.id)?.hold?.points ?? []).map((point) => [point.id, words.title(point.title)]);
}

const USUAL_S = { segment: 5, repetition: 1.5, hold: 2.5 }; // what is added at the cursor, without a mouse

/** Adds at the cursor. @param {Desk} desk */
export function addHere(desk) {
  const kind = desk.local.drawing;
  if (!kind) return;
  const start_s = desk.player.time_s;
  desk.add({ start_s, end_s: Math.min(desk.view.length_s, start_s + USUAL_S[kind]) });
}

/** @param {{desk: Desk}} props */
function Drawing({ desk }) {
  const kind = /** @type {"segment" | "repetition" | "hold"} */ (desk.local.drawing);
  const where = usePlayer(desk, () => (kind === "segment" ? "" : (desk.segment ?? "")));
  return html`
    <div class="row drawing">
      <strong class="kind">${desk.t(`rv_add_${kind}`)}</strong>
      <${Pick} id="adding" label=${desk.t(`rv_adding_${kind}`)} value=${desk.local.adding} options=${choicesOf(desk, kind)}
        onPick=${(/** @type {any} */ event) => desk.go({ adding: event.currentTarget.value })} />
      <span class="soft hint">${desk.t("rv_draw_hint")}${where ? ` (${desk.words.segment(where)})` : ""}</span>
      <${Button} id="add-here" kind="small first" onClick=${() => addHere(desk)}>${desk.t("rv_add_here")}</${Button}>
      <${Button} id="add-cancel" kind="small plain" onClick=${() => desk.go({ drawing: null })}>${desk.t("rv_cancel")}</${Button}>
    </div>`;
}
