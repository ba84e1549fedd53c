/** Whose session it is, how it stands, and what can be done with it as a whole. */
import { classes, html, useState } from "../lib/ui.js";
import { aboutOf } from "../parts/about.js";
import { Button } from "../parts/common.js";
import { Icon } from "../parts/icons.js";
import { when } from "./events.js";
import { MovedCamera, movedAndFound } from "./moved.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** @param {{desk: Desk}} props */
export function Title({ desk }) {
  const { row } = desk.session;
  const person = desk.about.people.find((one) => one.code === row.kader);
  const name = row.name || person?.name;
  const whose = row.kader ? (name ? `${name} (${row.kader})` : row.kader) : desk.t("rv_no_kader");
  const about = [when(desk, row.held || row.created), how(desk), ...aboutOf(desk.words, row), row.posyandu, row.origin, desk.words.title(desk.session.protocol.title)].filter(Boolean).join(" · ");
  return html`
    <div class="who">
      <h1 title=${whose}>${whose}</h1>
      <p class="soft" title=${about}>${about}</p>
    </div>`;
}

/** How a live session was done, and what held it up. @param {Desk} desk */
function how(desk) {
  const { row, machine } = desk.session;
  const practice = desk.blind ? null : machine?.practice;
  return [
    row.source === "sample" && desk.t("how_sample"),
    row.mode && desk.t(`how_${row.mode}`),
    practice?.pauses && desk.t("how_pauses", { count: practice.pauses, seconds: practice.paused_s }),
    practice?.pain && desk.t(`how_pain_${practice.pain}`),
    ...movedAndFound(desk),
  ].filter(Boolean).join(" · ");
}

/** @param {{desk: Desk}} props */
export function Score({ desk }) {
  const score = desk.session.stands?.score;
  if (!score) return null;
  const { percent, passed, points, max_points, left_out } = score;
  const verdict = desk.session.stands?.verdict;
  const provisional = verdict?.state === "provisional";
  const proposed = proposedBy(desk);
  const before = desk.session.machine?.score?.percent;
  const changed = before !== undefined && before !== null && percent !== null && before.toFixed(1) !== percent.toFixed(1);
  return html`
    <div class=${classes("nilai", passed && !provisional ? "passed" : "not-yet")} id="nilai" role="status" aria-label=${desk.t("score_label")}>
      <span class="percent">${percent === null ? "–" : desk.t("rv_percent", { percent })}</span>
      <span class="words"><strong><${Icon} name=${passed === null ? "eye_off" : provisional ? "dots" : passed ? "tick" : "up"} />${verdict && desk.t(`verdict_state_${verdict.state}`)}</strong>
        <span>${verdict?.text?.[desk.words.lang]} ${verdict?.scope?.[desk.words.lang]}</span>
        ${proposed.length > 0 ? html`<${Proposed} desk=${desk} parts=${proposed} />` : html`
        <span>${desk.t("rv_points_of", { points, max_points })}${changed ? ` · ${desk.t("rv_before", { percent: before })}` : ""}</span>
        ${left_out > 0 && html`<span>${desk.t("rv_left_out", { count: left_out })}</span>`}`}</span>
    </div>`;
}

/** The parts that the film shows, where coach proposes to rate these alone. @param {Desk} desk */
function proposedBy(desk) {
  const named = String(desk.session.stands?.verdict?.reason?.values?.parts ?? "").split(", ");
  return desk.session.has_tracks ? desk.session.protocol.parts.filter(({ id }) => named.includes(id)) : [];
}

/** Rates them so by one click. @param {{desk: Desk, parts: ReturnType<typeof proposedBy>}} props */
function Proposed({ desk, parts }) {
  const [busy, setBusy] = useState(false);
  const rate = async () => {
    setBusy(true);
    await desk.rate(parts.map(({ id }) => id));
    setBusy(false);
  };
  return html`<${Button} id="rate-parts" kind="small" icon="repeat" disabled=${busy} onClick=${rate}>${desk.t("rv_rate_parts", { parts: parts.map(({ title }) => desk.words.title(title)).join(", ") })}</${Button}>`;
}

/** @param {{desk: Desk}} props */
export function Head({ desk }) {
  const { local } = desk;
  const people = desk.about.people.filter((one) => one.role === "trainer");
  return html`
    <div class="session-head">
      <a class="button plain icon-only small" href="/sessions" aria-label=${desk.t("rv_back")} title=${desk.t("rv_back")}><${Icon} name="back" /></a>
      <${Title} desk=${desk} />
      ${!desk.blind && html`<${Score} desk=${desk} />`}
      <span class="grow"></span>
      <label class="author"><span>${desk.t(desk.blind ? "rv_rater" : "rv_author")}</span>
        <input id="author" disabled=${desk.blind} list="people" value=${desk.author} maxlength="40" autocomplete="off" onChange=${(/** @type {any} */ event) => desk.setAuthor(event.currentTarget.value)} />
        <datalist id="people">${people.map((one) => html`<option key=${one.code} value=${one.code}>${one.name}</option>`)}</datalist>
      </label>
      ${!desk.blind && html`
        <${Button} id="sheet" kind="small" icon="print" onClick=${() => desk.paper("sheet")}>${desk.t("rv_sheet")}</${Button}>
        <${Button} id="report" kind="small" icon="saved" onClick=${() => desk.paper("report")}>${desk.t("rv_report")}</${Button}>
        <${Button} id="more" kind="small" icon="dots" onClick=${() => desk.go({ dialog: "more" })}>${desk.t("rv_more")}</${Button}>`}
    </div>
    <${MovedCamera} desk=${desk} />
    ${desk.queue.waiting.length > 0 && desk.queue.trouble && html`<${Unsent} desk=${desk} key=${local.dialog} />`}`;
}

/** Changes that are not on the disk yet. @param {{desk: Desk}} props */
function Unsent({ desk }) {
  const { queue } = desk;
  return html`
    <div class="unsent" role="alert">
      <${Icon} name="warn" />
      <span class="grow"><strong>${desk.t("rv_unsent", { count: queue.waiting.length })}</strong> ${queue.trouble?.say(desk.words)}</span>
      <${Button} id="send-again" kind="small first" icon="repeat" onClick=${() => queue.run()}>${desk.t("rv_again")}</${Button}>
      ${queue.refused && html`<${Button} id="send-drop" kind="small" icon="trash" onClick=${() => queue.drop()}>${desk.t("rv_drop")}</${Button}>`}
    </div>`;
}
