/** The sheet beside the picture: items with their reasons; a click leads to the moment an item rests on. */
import { classes, html, useEffect, useState } from "../lib/ui.js";
import { untold } from "../lib/words.js";
import { Button } from "../parts/common.js";
import { Icon } from "../parts/icons.js";
import { flawed } from "./marks.js";

/** @typedef {import("./desk.js").Desk} Desk @typedef {import("./types.js").ReportItem} ReportItem */

const OUT = "out_of_scope"; // why an item of a part that nobody asked for is not rated

/** @param {{desk: Desk}} props */
export function Checklist({ desk }) {
  const { session, words } = desk;
  const items = new Map((session.stands?.items ?? []).map((item) => [item.id, item]));
  const machine = new Map((session.machine?.items ?? []).map((item) => [item.id, item]));
  const outcomes = session.protocol.outcomes ?? [];
  if (!session.stands) return html`<p class="soft empty">${desk.t("rv_no_result")}</p>`;
  const asked = session.checklist.map((group) => ({ ...group, items: group.items.filter((id) => items.get(id)?.reason.key !== OUT) }));
  const left = session.checklist.filter((_, k) => !asked[k].items.length);
  return html`
    <div class="checklist">
      ${session.feedback && html`<div class="feedback" role="note" aria-label=${desk.t("rv_feedback")}>
        <p><${Icon} name="star" /><span>${words.written({ text: session.feedback.strength })}</span></p>
        ${session.machine?.practice?.pain !== "ended" && html`<p class=${session.feedback.faultless ? "" : "warn-text"}><${Icon} name=${session.feedback.faultless ? "tick" : "up"} /><span>${words.written({ text: session.feedback.improve })}</span></p>`}
      </div>`}
      ${asked.filter((group) => group.items.length).map((group) => html`
        <section key=${group.id} class="group">
          <h3>${words.title(group.title)}</h3>
          ${bySegment(group.items, items).map(({ segment, ids }) => html`
            ${segment && html`<h4 key=${segment}>${words.segment(segment)}</h4>`}
            <ul key=${`${segment} items`}>${ids.map((id) => html`<${Item} key=${id} desk=${desk} item=${items.get(id)} before=${machine.get(id)} />`)}</ul>`)}
        </section>`)}
      ${left.length > 0 && html`<p class="soft out-of-scope">${desk.t("status_out_of_scope")}: ${left.map(({ title }) => words.title(title)).join(", ")}</p>`}
      ${outcomes.length > 0 && html`
        <section class="group">
          <h3>${desk.t("outcomes_title")}</h3>
          <ul>${outcomes.map((outcome) => html`<${Outcome} key=${outcome.id} desk=${desk} outcome=${outcome} />`)}</ul>
        </section>`}
    </div>`;
}

/** @param {{desk: Desk, outcome: {id: string, title: import("./types.js").Title}}} props */
function Outcome({ desk, outcome }) {
  const title = desk.words.title(outcome.title);
  const queued = desk.queued("tick_outcome", "outcome", outcome.id);
  return html`<li class="item manual"><span class="name grow">${title}</span>
    <${Choice} name=${`outcome-${outcome.id}`} label=${title} value=${yesOf(queued ? queued.yes : desk.session.outcomes?.[outcome.id])}
      options=${[["yes", desk.t("paper_yes")], ["no", desk.t("paper_no")]]}
      onPick=${(/** @type {string} */ value) => desk.change({ do: "tick_outcome", outcome: outcome.id, yes: value === "yes" })} /></li>`;
}

/** The items of a group, those of one segment together. @param {string[]} ids @param {Map<string, ReportItem>} items */
export function bySegment(ids, items) {
  /** @type {{segment: string | null, ids: string[]}[]} */
  const parts = [];
  for (const id of ids) {
    const item = items.get(id);
    if (!item) continue;
    const last = parts.at(-1);
    if (last && last.segment === item.segment) last.ids.push(id);
    else parts.push({ segment: item.segment, ids: [id] });
  }
  return parts;
}

/** @param {boolean | null | undefined} yes */
const yesOf = (yes) => (yes === true ? "yes" : yes === false ? "no" : "");

/** @param {{desk: Desk, item: ReportItem, before: ReportItem | undefined}} props */
function Item({ desk, item, before }) {
  const { session, words } = desk;
  const open = desk.local.item === item.id;
  const manual = item.kind === "manual";
  const given = session.by_trainer?.includes(item.id);
  const reason = words.written({ text: session.words?.[item.id] });
  const differs = given && !manual && before && (before.points !== item.points || before.status !== item.status);
  useEffect(() => {
    if (open) document.getElementById(`item-${item.id}`)?.scrollIntoView({ block: "nearest" });
  }, [open]);
  if (manual) {
    const queued = desk.queued("tick_item", "item", item.id);
    const value = queued ? (queued.points === null ? "na" : String(queued.points)) : pointsWord(item);
    return html`<li class=${classes("item manual", open && "open")} id=${`item-${item.id}`}>
      <span class="name grow">${desk.itemName(item.id)}</span>
      <${Choice} name=${item.id} label=${desk.itemName(item.id)} value=${value} options=${pointOptions(desk)}
        onPick=${(/** @type {string} */ value) => desk.change({ do: "tick_item", item: item.id, points: value === "na" ? null : Number(value) })} />
    </li>`;
  }
  return html`
    <li class=${classes("item", open && "open", flawed(item) && (item.points ? "improve" : "missed"))} id=${`item-${item.id}`}>
      <button type="button" class="open-item" data-item=${item.id} aria-expanded=${String(open)} onClick=${() => jump(desk, item)}>
        <${Points} desk=${desk} item=${item} />
        <span class="grow"><span class="name">${desk.t(`kind_${item.kind}`)}</span> <span class="why">${reason}</span>
          ${differs && html`<span class="was"><${Icon} name="person" />${desk.t("rv_was", { points: pointsText(desk, before) })}</span>`}</span>
      </button>
      ${open && html`<${Override} desk=${desk} item=${item} key=${item.id} />`}
    </li>`;
}

/** To the moment; a second click loops it. @param {Desk} desk @param {ReportItem} item */
export function jump(desk, item) {
  const match = desk.session.stands?.segments.find((one) => one.id === item.segment);
  const span = item.evidence[0] ?? match;
  const again = desk.local.item === item.id;
  if (again && span) {
    if (desk.player.loop) desk.player.setLoop(null);
    else {
      desk.player.setLoop({ start_s: span.start_s, end_s: span.end_s });
      if (!desk.player.going) desk.player.play();
    }
    return;
  }
  desk.player.setLoop(null);
  desk.go({ item: item.id, edit: false });
  if (!span) return desk.toast("rv_no_moment");
  desk.player.go(span.start_s);
  desk.view.show(span);
  desk.changed();
}

/** @param {ReportItem} item */
export const pointsWord = (item) => (item.status === "scored" ? String(item.points) : item.status === "not_applicable" ? "na" : "");

/** @param {Desk} desk @param {ReportItem | undefined} item */
export const pointsText = (desk, item) =>
  !item ? "–" : item.status === "scored" ? String(item.points) : desk.t(item.status === "not_applicable" ? "status_not_applicable" : item.status === "manual" ? "status_manual" : untold(item) ? "status_either" : "status_not_visible");

/** @param {Desk} desk @returns {[string, string, string?][]} */
export const pointOptions = (desk) => [["0", "0", desk.t("rv_points_0")], ["1", "1", desk.t("rv_points_1")], ["2", "2", desk.t("rv_points_2")], ["na", desk.t("sheet_not_applicable_short"), desk.t("status_not_applicable")]];

/** 0, 1 or 2 as a number and a shape. @param {{desk: Desk, item: ReportItem}} props */
export function Points({ desk, item }) {
  const scored = item.status === "scored";
  const kind = !scored ? "none" : item.points === item.max_points ? "full" : item.points ? "half" : "zero";
  const word = scored ? String(item.points) : item.status === "not_applicable" ? desk.t("sheet_not_applicable_short") : item.status === "not_visible" ? desk.t("sheet_unseen_short") : "–";
  return html`<span class=${classes("score-box", kind)} title=${pointsText(desk, item)}>${word}</span>`;
}

/** A few choices in a row: radio buttons that look like one. @param {{name: string, label: string, value: string, options: [string, string, string?][], onPick: (value: string) => void}} props */
export const Choice = ({ name, label, value, options, onPick }) => html`
  <span class="choice" role="radiogroup" aria-label=${label}>
    ${options.map(([one, text, long]) => html`
      <label key=${one} class=${classes(one === value && "on")} title=${long}>
        <input type="radio" name=${name} value=${one} checked=${one === value} onChange=${() => onPick(one)} /><span aria-hidden=${long ? "true" : undefined}>${text}</span>${long && html`<span class="unseen-text">${long}</span>`}
      </label>`)}
  </span>`;

/** Other points, with the reason. @param {{desk: Desk, item: ReportItem}} props */
function Override({ desk, item }) {
  const [points, setPoints] = useState(pointsWord(item));
  const [reason, setReason] = useState("");
  const ready = points !== "" && reason.trim() !== "";
  const save = () => {
    if (!ready) return;
    setReason("");
    desk.change({ do: "override_item", item: item.id, points: points === "na" ? null : Number(points), reason: reason.trim() });
  };
  return html`
    <div class="override">
      ${item.evidence.length > 0 && html`<p class="soft small">${desk.t("rv_loop_hint")}</p>`}
      <div class="row">
        <span>${desk.t("rv_override")}</span>
        <${Choice} name=${`override-${item.id}`} label=${desk.t("rv_override")} value=${points} options=${pointOptions(desk)} onPick=${setPoints} />
      </div>
      <form class="row" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); save(); }}>
        <input class="line grow" id="override-reason" maxlength="2000" placeholder=${desk.t("rv_reason")} aria-label=${desk.t("rv_reason")} value=${reason} onInput=${(/** @type {any} */ event) => setReason(event.currentTarget.value)} />
        <${Button} id="override-save" kind="small first" disabled=${!ready} onClick=${save}>${desk.t("rv_save")}</${Button}>
      </form>
    </div>`;
}
