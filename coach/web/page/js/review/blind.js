/** Rating before seeing what coach says, and afterwards both side by side. */
import { post } from "../lib/api.js";
import { classes, html, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { Icon } from "../parts/icons.js";
import { bySegment, Choice, pointOptions } from "./checklist.js";
import { who } from "./events.js";

/** @typedef {import("./desk.js").Desk} Desk @typedef {import("./types.js").Rating} Rating */

/** @param {string} id @param {string} rater */
const draftName = (id, rater) => `coach.rating.${id}.${rater}`;

/** Who rates: asked before anything of the session is fetched. @param {{words: import("../lib/words.js").Words, people: import("./types.js").Person[], usual: string, onRater: (code: string) => void}} props */
export function Rater({ words, people, usual, onRater }) {
  const [code, setCode] = useState(usual);
  const ready = code.trim() !== "";
  return html`
    <form class="card stack rater" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); if (ready) onRater(code.trim()); }}>
      <h1>${words.t("rv_blind_title")}</h1>
      <p>${words.t("rv_blind_lead")}</p>
      <label class="field">${words.t("rv_rater")}
        <input id="rater" list="raters" value=${code} maxlength="40" autocomplete="off" onInput=${(/** @type {any} */ event) => setCode(event.currentTarget.value)} />
        <datalist id="raters">${people.filter((one) => one.role === "trainer").map((one) => html`<option key=${one.code} value=${one.code}>${one.name}</option>`)}</datalist>
      </label>
      <div class="row"><button type="submit" class="button first" id="rater-go" disabled=${!ready}>${words.t("rv_blind_begin")}</button></div>
    </form>`;
}

/** @param {Desk} desk */
const itemsOf = (desk) => new Map((desk.session.stands?.items ?? []).map((item) => [item.id, item]));

/** An item under its segment's name: its kind alone. @param {Desk} desk @param {string} id */
function shortName(desk, id) {
  const item = itemsOf(desk).get(id);
  return item?.segment ? desk.t(`kind_${item.kind}`) : desk.itemName(id);
}

/** @param {{desk: Desk, onRated: (session: import("./types.js").Session) => void}} props */
export function BlindSheet({ desk, onRated }) {
  const { session, words } = desk;
  const name = draftName(desk.id, desk.author);
  const [given, setGiven] = useState(/** @type {Record<string, string>} */ (JSON.parse(localStorage.getItem(name) ?? "{}")));
  const [told, tell] = useState("");
  const [busy, setBusy] = useState(false);
  const ids = session.checklist.flatMap((group) => group.items);
  const items = itemsOf(desk);
  const done = ids.filter((id) => id in given).length;
  const pick = (/** @type {string} */ id, /** @type {string} */ value) => {
    setGiven((before) => {
      const next = { ...before, [id]: value };
      localStorage.setItem(name, JSON.stringify(next)); // a closed tab or a flat battery loses none of it
      return next;
    });
  };
  const submit = async () => {
    setBusy(true);
    const items = Object.fromEntries(ids.map((id) => [id, given[id] === undefined || given[id] === "na" ? null : Number(given[id])]));
    try {
      const fresh = await post(`${desk.base}/ratings`, { rater: desk.author, items, blind: true });
      localStorage.removeItem(name);
      onRated(fresh);
    } catch (error) {
      tell(/** @type {import("../lib/api.js").Refusal} */ (error).say?.(words) ?? String(error));
      setBusy(false);
    }
  };
  const options = pointOptions(desk).map(([value, text, long]) => (value === "na" ? [value, "–", desk.t("rv_not_rated")] : [value, text, long]));
  return html`
    <div class="checklist blind">
      ${session.checklist.map((group) => html`
        <section key=${group.id} class="group"><h3>${words.title(group.title)}</h3>
          ${bySegment(group.items, items).map(({ segment, ids: part }) => html`
            ${segment && html`<h4 key=${segment}>${words.segment(segment)}</h4>`}
            <ul key=${`${segment} items`}>${part.map((id) => html`
              <li key=${id} class="item manual" id=${`item-${id}`}><span class="name grow">${shortName(desk, id)}</span>
                <${Choice} name=${id} label=${desk.itemName(id)} value=${given[id] ?? ""} options=${options} onPick=${(/** @type {string} */ value) => pick(id, value)} /></li>`)}</ul>`)}
        </section>`)}
    </div>
    <div class="submit">
      ${told && html`<${Note} kind="warn" icon="warn" role="alert"><p>${told}</p></${Note}>`}
      <p role="status">${desk.t("rv_blind_done", { done, of: ids.length })}</p>
      <${Button} id="rate" kind="first" icon="tick" disabled=${busy || !done} onClick=${submit}>${desk.t("rv_blind_submit")}</${Button}>
      ${done < ids.length && html`<p class="soft small">${desk.t("rv_blind_rest")}</p>`}
    </div>`;
}

/** @param {number | null | undefined} points */
const shown = (points) => (points === null || points === undefined ? "–" : String(points));

/** One rater's points beside coach's, item by item. @param {{desk: Desk}} props */
export function Compared({ desk }) {
  const { session, words } = desk;
  const ratings = session.ratings ?? [];
  const latest = [...new Map(ratings.map((one) => [one.rater, one])).values()];
  const own = latest.find((one) => one.rater === desk.author) ?? latest.at(-1);
  if (!own) return html`<p class="soft empty">${desk.t("rv_no_ratings")}</p>`;
  const columns = [own, ...latest.filter((one) => one !== own)];
  const machine = new Map((session.machine?.items ?? []).map((item) => [item.id, item.status === "scored" ? item.points : null]));
  const ids = session.checklist.flatMap((group) => group.items);
  const items = itemsOf(desk);
  const both = ids.filter((id) => own.items[id] != null && machine.get(id) != null);
  const same = both.filter((id) => own.items[id] === machine.get(id)).length;
  return html`
    <div class="compared" id="compared">
      <p class="sum">${both.length ? desk.t("rv_same", { same, of: both.length, percent: Math.round((100 * same) / both.length) }) : desk.t("rv_same_none")}</p>
      <table class="plain-table">
        <thead><tr><th scope="col">${desk.t("column_item")}</th>${columns.map((one) => html`<th scope="col" key=${one.rater}><span title=${who(desk, one.rater)}>${one === own && one.rater === desk.author ? desk.t("rv_you") : one.rater}${one.blind ? "" : "*"}</span></th>`)}<th scope="col">coach</th><th scope="col"><span class="unseen-text">${desk.t("rv_differs")}</span></th></tr></thead>
        ${session.checklist.flatMap((group) => bySegment(group.items, items).map(({ segment, ids: part }) => html`<tbody key=${`${group.id} ${segment}`}>
          <tr class="of"><th scope="rowgroup" colspan=${columns.length + 3}>${segment ? words.segment(segment) : words.title(group.title)}</th></tr>
          ${part.map((id) => {
          const coach = machine.get(id);
          const differs = own.items[id] != null && coach != null && own.items[id] !== coach;
          return html`<tr key=${id} class=${classes(differs && "differs")} data-item=${id}>
            <th scope="row">${shortName(desk, id)}</th>${columns.map((one) => html`<td key=${one.rater}>${shown(one.items[id])}</td>`)}<td>${shown(coach)}</td>
            <td>${differs && html`<span class="differs-mark" title=${desk.t("rv_differs")}><${Icon} name="warn" /><span class="unseen-text">${desk.t("rv_differs")}</span></span>`}</td></tr>`;
          })}</tbody>`))}
      </table>
      ${columns.some((one) => !one.blind) && html`<p class="soft small">${desk.t("rv_not_blind")}</p>`}
      <p class="soft small">${words.t("rv_compare_hint")}</p>
    </div>`;
}
