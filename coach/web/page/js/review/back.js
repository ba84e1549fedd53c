/** A segment on the back: where the hands went, where they should, and in which parts of the way it went wrong. */
import { get } from "../lib/api.js";
import { classes, html, useEffect, useState } from "../lib/ui.js";
import { Diagram } from "../parts/diagram.js";
import { Icon } from "../parts/icons.js";
import { usePlayer } from "./use.js";

/** @typedef {import("./desk.js").Desk} Desk @typedef {import("./types.js").Place} Place @typedef {import("./types.js").Hand} Hand */

/**
 * @typedef {object} OnBack  places in back coordinates
 * @property {Record<Hand, {lines: Place[][], points: {id: string, at: Place, tolerance?: number}[]} | null>} target
 * @property {Record<Hand, {start_s: number, end_s: number, whole: boolean, path: Place[]}[]>} done
 * @property {{point: string, hand: Hand, at: Place | null, off: number | null}[]} presses
 * @property {Record<Hand, number | null>} coverage
 * @property {Record<Hand, {line: Place[], off: number | null, wrong: boolean}[]>} sectors
 */

const HANDS = /** @type {const} */ (["left", "right"]);
const CLOSE = "-28 -58 156 184"; // of the drawing: from behind the ears to the waist
const X = 100;
const Y = 122;

/** @param {Place[]} places */
const line = (places) => places.map(([x, y], k) => `${k ? "L" : "M"}${(x * X).toFixed(1)} ${(y * Y).toFixed(1)}`).join("");

const REST_MS = 150; // while the cursor runs through the segments, nothing is asked

/** What was told already, until something changes. @type {WeakMap<object, Map<string, OnBack>>} */
const known = new WeakMap();

/** Asks for what is shown, anew after a change. @param {Desk} desk @param {string | null} segment */
function useBack(desk, segment) {
  const [failed, fail] = useState(/** @type {string | null} */ (null));
  const [, again] = useState(0);
  const { session } = desk;
  const found = segment ? known.get(session)?.get(segment) : undefined;
  useEffect(() => {
    if (!segment || found) return undefined;
    const keep = (/** @type {OnBack} */ data) => {
      known.set(session, (known.get(session) ?? new Map()).set(segment, data));
      again((count) => count + 1);
    };
    const timer = setTimeout(() => get(`${desk.base}/back/${segment}`).then(keep, () => fail(segment)), REST_MS);
    return () => clearTimeout(timer);
  }, [segment, session]);
  return found ?? (failed === segment ? null : undefined);
}

/** @param {{desk: Desk}} props */
export function BackPanel({ desk }) {
  const segment = usePlayer(desk, () => desk.segment) ?? desk.session.protocol.segments[0]?.id ?? null;
  const data = useBack(desk, segment);
  const at = usePlayer(desk, () => data ? HANDS.map((hand) => data.done[hand]?.findIndex((one) => one.start_s <= desk.player.time_s && desk.player.time_s < one.end_s) ?? -1) : [-1, -1]);
  const name = desk.words.segment(segment);
  if (!segment) return html`<p class="soft empty">${desk.t("rv_back_none")}</p>`;
  return html`
    <h3 class="back-title">${name}</h3>
    <div class="on-back">
      <${Diagram} segment=${null} letters=${desk.letters} moving=${false} box=${CLOSE} label=${desk.t("rv_back_label", { segment: name })}>
        ${data && html`<g class="on">${HANDS.map((hand, k) => html`<${OneHand} key=${hand} data=${data} hand=${hand} now=${at[k]} letter=${desk.letters[hand]} />`)}
          <${Presses} desk=${desk} segment=${segment} data=${data} /></g>`}
      </${Diagram}>
      <div class="facts" tabindex="0" role="region" aria-label=${desk.t("rv_facts")}>${data ? html`<${Facts} desk=${desk} data=${data} segment=${segment} />` : html`<p class="soft">${desk.t(data === null ? "rv_back_failed" : "rv_loading")}</p>`}</div>
    </div>`;
}

/** @param {{data: OnBack, hand: Hand, now: number, letter: string}} props */
function OneHand({ data, hand, now, letter }) {
  const target = data.target[hand];
  const done = data.done[hand] ?? [];
  const wrong = (data.sectors[hand] ?? []).filter((sector) => sector.wrong);
  const first = (done[Math.max(0, now)] ?? done[0])?.path[0];
  return html`<g class=${hand}>
    ${(target?.lines ?? []).map((places, k) => html`<path key=${k} d=${line(places)} class="goal" />`)}
    ${done.map((one, k) => html`<path key=${k} d=${line(one.path)} class=${classes("done", k === now && "now", !one.whole && "partial")} />`)}
    ${wrong.map((sector, k) => html`<g key=${k} class="off"><path d=${line(sector.line)} /><${Cross} at=${sector.line[sector.line.length >> 1]} /></g>`)}
    ${first && html`<g class="letter"><circle cx=${first[0] * X} cy=${first[1] * Y} r="4.6" /><text x=${first[0] * X} y=${first[1] * Y + 1.9}>${letter}</text></g>`}
  </g>`;
}

/** @param {{at: Place}} props */
const Cross = ({ at: [x, y] }) => html`<path class="cross" d=${`M${x * X - 3.5} ${y * Y - 3.5}l7 7m0-7l-7 7`} />`;

/** @param {OnBack} data */
const pointsOf = (data) => [...new Map(HANDS.flatMap((hand) => data.target[hand]?.points ?? []).map((point) => [point.id, point])).values()];

/** One press in words. @param {{desk: Desk, segment: string, press: OnBack["presses"][0], point: {tolerance?: number} | undefined}} props */
function Press({ desk, segment, press, point }) {
  const off = press.off !== null && (!point || press.off > (point.tolerance ?? Infinity));
  return html`<div class=${`fact ${press.hand}`}><strong>${desk.words.point(segment, press.point)}</strong>
    <span>${desk.t(`hand_${press.hand}`)}</span>
    ${press.off !== null && html`<span class=${off ? "warn-text" : "good-text"}><${Icon} name=${off ? "up" : "tick"} />${off ? desk.t("rv_press_off", { off: press.off }) : desk.t("rv_press_right")}</span>`}</div>`;
}

/** @param {{desk: Desk, segment: string, data: OnBack}} props */
function Presses({ desk, segment, data }) {
  const unique = pointsOf(data);
  return html`<g class="presses">
    ${unique.map((point) => html`<g key=${point.id}><circle class="point" cx=${point.at[0] * X} cy=${point.at[1] * Y} r="6"><title>${desk.words.point(segment, point.id)}</title></circle></g>`)}
    ${data.presses.filter((press) => press.at).map((press, k) => html`<path key=${k} class=${`press-mark ${press.hand}`} d=${`M${/** @type {Place} */ (press.at)[0] * X - 4} ${/** @type {Place} */ (press.at)[1] * Y}h8m-4-4v8`} />`)}
  </g>`;
}

/** The same in words. @param {{desk: Desk, data: OnBack, segment: string}} props */
function Facts({ desk, data, segment }) {
  const hands = HANDS.filter((hand) => data.done[hand]?.length || (data.sectors[hand]?.length ?? 0) || data.target[hand]?.lines.length);
  const points = pointsOf(data);
  const items = (desk.session.stands?.items ?? []).filter((item) => item.segment === segment);
  const unreached = items.length > 0 && items.every((item) => item.reason.key === "not_reached"); // a stop for pain came before
  const any = HANDS.some((hand) => data.done[hand]?.length) || data.presses.length > 0;
  return html`
    ${!any && html`<p><strong>${desk.t(unreached ? "status_not_reached" : "status_skipped")}</strong></p>`}
    ${hands.map((hand) => {
      const done = data.done[hand] ?? [];
      const sectors = data.sectors[hand] ?? [];
      const wrong = sectors.map((sector, k) => (sector.wrong ? k + 1 : 0)).filter(Boolean);
      if (!done.length) return null;
      return html`<div key=${hand} class=${`fact ${hand}`}>
        <strong>${desk.t(`side_${hand}`)}</strong>
        <span>${desk.t("rv_back_count", { count: done.filter((one) => one.whole).length })}</span>
        ${data.coverage[hand] != null && html`<span>${desk.t("rv_coverage", { percent: 100 * Number(data.coverage[hand]) })}</span>`}
        ${sectors.length > 0 && html`<span class=${wrong.length ? "warn-text" : "good-text"}><${Icon} name=${wrong.length ? "up" : "tick"} />${wrong.length ? desk.t("rv_sectors_wrong", { parts: wrong.join(", "), of: sectors.length }) : desk.t("rv_sectors_right")}</span>`}
      </div>`;
    })}
    ${data.presses.map((press, k) => html`<${Press} key=${k} desk=${desk} segment=${segment} press=${press} point=${points.find((one) => one.id === press.point)} />`)}
    ${any && points.filter((point) => !data.presses.some((press) => press.point === point.id)).map((point) => html`<div key=${point.id} class="fact"><strong>${desk.words.point(segment, point.id)}</strong>
      <span class="warn-text"><${Icon} name="up" />${desk.t("rv_press_missing")}</span></div>`)}
    <details class="soft small"><summary>${desk.t("rv_legend")}</summary>${desk.t("rv_back_legend")}</details>`;
}
