/** Who changed what, in order; each change can be taken back and brought again. */
import { classes, html } from "../lib/ui.js";
import { Button } from "../parts/common.js";
import { standing } from "./acts.js";
import { clock } from "./line/rows.js";

/** @typedef {import("./desk.js").Desk} Desk @typedef {import("./types.js").Happened} Happened */

/** A moment of the day, short. @param {Desk} desk @param {string} made */
export function when(desk, made) {
  const moment = new Date(made);
  return Number.isNaN(moment.getTime()) ? made : moment.toLocaleString(desk.words.lang === "id" ? "id-ID" : "en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
}

/** A person's name, else the code. @param {Desk} desk @param {string} code */
export function who(desk, code) {
  const person = desk.about.people.find((one) => one.code === code);
  return code ? (person?.name ? `${person.name} (${code})` : code) : desk.t("rv_nobody");
}

/** @param {Desk} desk @param {import("./types.js").What} event */
export function said(desk, event) {
  const { words } = desk;
  const at = (/** @type {number | undefined} */ time_s) => (time_s === undefined ? "" : clock(time_s, 1, words.decimal));
  const points = (/** @type {number | null} */ value) => (value === null ? desk.t("status_not_applicable") : String(value));
  return desk.t(`rv_did_${event.do}`, {
    segment: words.segment(event.segment),
    at: at(event.at_s ?? event.start_s),
    start: at(event.start_s),
    end: at(event.end_s),
    cut: at(event.cut_s),
    to: event.do === "rename_segment" ? words.segment(event.to) : words.point(event.segment ?? null, event.to ?? ""),
    point: words.point(event.segment ?? null, event.point ?? ""),
    hand: event.hand ? desk.t(`hand_${event.hand}`) : "",
    whole: event.whole === false ? desk.t("rv_partial") : desk.t("rv_whole"),
    item: event.item ? desk.itemName(event.item) : "",
    points: "points" in event ? points(event.points) : "",
    reason: event.reason ?? "",
    outcome: words.title(desk.session.protocol.outcomes?.find((one) => one.id === event.outcome)?.title),
    yes: event.yes === null ? "–" : desk.t(event.yes ? "paper_yes" : "paper_no"),
    text: event.text || desk.t("rv_drawing"),
  });
}

/** @param {{desk: Desk}} props */
export function Events({ desk }) {
  const events = desk.session.events ?? [];
  const stands = standing(events);
  const missed = new Set(desk.session.missed ?? []);
  const taken = (/** @type {string} */ id) => events.findLast(({ id: by, event }) => event.do === "undo" && event.event === id && stands.has(by));
  const shown = events.filter(({ event }) => event.do !== "undo").reverse();
  if (!shown.length) return html`<p class="soft empty">${desk.t("rv_no_events")}</p>`;
  return html`<ol class="events" reversed>${shown.map((one) => html`
    <${Row} key=${one.id} desk=${desk} one=${one} stands=${stands.has(one.id)} missed=${missed.has(one.id)} undo=${taken(one.id)} />`)}</ol>`;
}

/** @param {{desk: Desk, one: Happened, stands: boolean, missed: boolean, undo: Happened | undefined}} props */
function Row({ desk, one, stands, missed, undo }) {
  return html`
    <li class=${classes("event", !stands && "taken")}>
      <div class="grow">
        <p>${said(desk, one.event)}</p>
        <p class="soft small">${who(desk, one.author)} · ${when(desk, one.made)}${!stands ? ` · ${desk.t("rv_taken")}` : ""}${missed ? ` · ${desk.t("rv_missed_short")}` : ""}</p>
      </div>
      ${stands
        ? html`<${Button} kind="small icon-only plain" icon="undo" label=${desk.t("rv_undo_one", { what: said(desk, one.event) })} onClick=${() => desk.change({ do: "undo", event: one.id })} />`
        : undo && html`<${Button} kind="small icon-only plain" icon="redo" label=${desk.t("rv_redo_one", { what: said(desk, one.event) })} onClick=${() => desk.change({ do: "undo", event: undo.id })} />`}
    </li>`;
}
