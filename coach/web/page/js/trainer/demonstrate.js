/** A protocol from what a trainer showed: choose the session and the step, look at the proposal, keep it. */
import { get, post } from "../lib/api.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { Shown } from "./shown.js";
import { SaveProtocol } from "./save_protocol.js";
import { clock, Field, moment, numeral, Select, Top } from "./parts.js";

/** @typedef {import("./app.js").TrainerApp} App @typedef {import("../lib/types.js").Place} Place */
/** @typedef {{protocol: {id: string, version: string}, shown: {start_s: number, end_s: number, path: Place[]}[], changes: [(string | number)[], any][],
 *   numbers: import("./numbers.js").Entry[], preview: import("./shown.js").Targets}} Proposal */

const CHOICE = "1000"; // sessions of one answer, the most that the server gives

/** @param {{app: App, entry: import("./protocols.js").Entry}} props */
export function Demonstrate({ app, entry }) {
  const [session, setSession] = useState(app.query.session ?? "");
  const [segment, setSegment] = useState("");
  const [span, setSpan] = useState({ from: "", to: "" });
  const [proposal, setProposal] = useState(/** @type {Proposal | null} */ (null));
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const [saving, setSaving] = useState(false);
  const data = useSessions(entry.id);
  const found = useFound(session);
  const segments = found?.segments ?? [];
  const chosen = segments.find((one) => one.id === segment);
  const times = found?.spans.get(segment);
  const choose = (/** @type {(value: string) => void} */ set) => (/** @type {string} */ value) => {
    set(value);
    setSpan({ from: "", to: "" });
    setProposal(null);
    setError("");
  };
  useEffect(() => { // what coach did not find has to be pointed at: the whole session to begin with
    if (found && segment && !times) setSpan({ from: "0", to: numeral(app, found.duration_s, 1) });
  }, [found, segment]);
  const ask = async () => {
    setBusy(true);
    setError("");
    const from_s = Number(span.from.replace(",", "."));
    const to_s = Number(span.to.replace(",", "."));
    const spanned = span.from.trim() && span.to.trim() ? { from_s, to_s } : {};
    try {
      setProposal(await post("/api/demonstrate", { session, segment, ...spanned }));
    } catch (refused) {
      setProposal(null);
      setError(/** @type {import("../lib/api.js").Refusal} */ (refused).say(app.words));
    }
    setBusy(false);
  };
  const rows = data?.rows ?? [];
  return html`
    <${Top} title=${app.t("tr_demonstrate_title", { title: app.title(entry.title) })} lead=${app.t("tr_demonstrate_lead")}>
      <${Button} kind="plain" icon="previous" onClick=${() => app.filter({ demonstrate: "", session: "" })}>${app.t("back")}</${Button}>
    </${Top}>
    <div class="demonstrate">
      <section class="card stack">
        <${Select} label=${app.t("tr_demonstrate_session")} name="session" value=${session} onChange=${choose(setSession)}
          options=${[["", app.t("tr_choose")], ...rows.map((/** @type {any} */ row) => [row.id, `${moment(app, row.created)} · ${row.name || row.kader || row.origin || row.id}`])]} />
        <${Select} label=${app.t("tr_demonstrate_segment")} name="segment" value=${segment} onChange=${choose(setSegment)}
          options=${[["", app.t("tr_choose")], ...segments.map((one) => [one.id, found && !found.spans.has(one.id) ? app.t("tr_step_unseen", { step: app.title(one.title) }) : app.title(one.title)])]} />
        <div class="row">
          <${Field} label=${app.t("tr_from_s")} name="from" value=${span.from} onInput=${(/** @type {string} */ from) => setSpan({ ...span, from })} kind="short" more=${{ inputmode: "decimal" }} />
          <${Field} label=${app.t("tr_to_s")} name="to" value=${span.to} onInput=${(/** @type {string} */ to) => setSpan({ ...span, to })} kind="short" more=${{ inputmode: "decimal" }} />
        </div>
        <p class="soft">${times ? app.t("tr_span_found", { from: numeral(app, times.start_s, 1), to: numeral(app, times.end_s, 1) }) : app.t(segment && found ? "tr_span_unseen" : "tr_span_what")}</p>
        ${session && html`<p><a href=${`/sessions/${session}`} target="_blank" rel="noopener">${app.t("tr_see_session")}</a></p>`}
        <div><${Button} id="demonstrate-ask" kind="first" icon="hand" disabled=${!session || !segment || busy} onClick=${ask}>${app.t(busy ? "tr_making" : "tr_demonstrate_ask")}</${Button}></div>
        ${error && html`<${Note} kind="warn" icon="warn" role="alert"><p>${error}</p></${Note}>`}
      </section>
      ${proposal && html`
        <section class="card stack proposal" aria-labelledby="proposal-title">
          <h2 id="proposal-title">${app.t("tr_proposal_title", { segment: app.title(chosen?.title), count: proposal.shown.length })}</h2>
          <div class="proposal-body">
            <${Shown} app=${app} preview=${proposal.preview} shown=${proposal.shown} label=${app.t("tr_proposal_picture", { count: proposal.shown.length })} />
            <div class="stack tight">
              <h3>${app.t("tr_proposal_numbers")}</h3>
              <${Changes} app=${app} proposal=${proposal} />
              <h3>${app.t("tr_proposal_shown")}</h3>
              <ol class="shown-list">${proposal.shown.map((one, k) => html`<li key=${k}>${app.t("tr_shown_line", { at: clock(one.start_s), length: numeral(app, one.end_s - one.start_s, 1) })}</li>`)}</ol>
              <div class="row"><${Button} id="proposal-accept" kind="first big" icon="tick" onClick=${() => setSaving(true)}>${app.t("tr_proposal_accept")}</${Button}></div>
            </div>
          </div>
        </section>`}
    </div>
    ${saving && proposal && html`<${SaveProtocol} app=${app} base=${{ session }} id=${proposal.protocol.id} version=${proposal.protocol.version} changes=${proposal.changes} onClose=${() => setSaving(false)}
      onMistakes=${(/** @type {any[]} */ mistakes) => { setSaving(false); setError(mistakes.map((one) => one.text[app.lang] ?? one.text).join(" ")); }} />`}`;
}

/** All the sessions that a protocol scored. @param {string} protocol */
function useSessions(protocol) {
  const [rows, setRows] = useState(/** @type {import("./rows.js").Row[] | null} */ (null));
  useEffect(() => {
    let closed = false;
    const more = async (/** @type {import("./rows.js").Row[]} */ before) => {
      const answer = await get("/api/sessions", { limit: CHOICE, offset: before.length, protocol, state: "finished" });
      if (closed) return;
      const known = [...before, ...answer.rows];
      setRows(known);
      if (answer.rows.length && known.length < answer.total) await more(known);
    };
    more([]).catch(() => {});
    return () => { closed = true; };
  }, [protocol]);
  return rows && { rows };
}

/** What was found in a session: its steps and when they were done. @param {string} session */
function useFound(session) {
  const [found, setFound] = useState(/** @type {{duration_s: number, segments: {id: string, title: any}[], spans: Map<string, {start_s: number, end_s: number}>} | null} */ (null));
  useEffect(() => {
    setFound(null);
    if (!session) return undefined;
    let closed = false;
    get(`/api/sessions/${session}`).then((view) => {
      if (!closed) setFound({ duration_s: view.row.duration_s, segments: view.protocol.segments, spans: new Map((view.stands ?? view.machine)?.segments.map((/** @type {any} */ one) => [one.id, one])) });
    }, () => {});
    return () => { closed = true; };
  }, [session]);
  return found;
}

/** The numbers that would change, without the long lists of places. @param {{app: App, proposal: Proposal}} props */
const Changes = ({ app, proposal }) => html`<table class="plain">
  <thead><tr><th scope="col">${app.t("tr_number")}</th><th scope="col">${app.t("tr_before")}</th><th scope="col">${app.t("tr_after")}</th></tr></thead>
  <tbody>${proposal.changes.map(([place, value]) => html`<tr key=${place.join("/")}><th scope="row">${place.slice(2).map((step) => (app.words.has(`tr_num_${step}`) ? app.t(`tr_num_${step}`) : step)).join(" › ")}</th>
    <td>${short(app, before(proposal, place))}</td><td><strong>${short(app, value)}</strong></td></tr>`)}</tbody>
</table>`;

/** What stands at a place of the file now: a number, or those of the table that it names. @param {Proposal} proposal @param {(string | number)[]} place */
function before({ numbers }, place) {
  const key = place.join("/");
  const inside = numbers.filter((one) => one.place.join("/").startsWith(`${key}/`));
  if (inside.length) return Object.fromEntries(inside.map((one) => [one.place[place.length], one.value]));
  return numbers.find((one) => one.place.join("/") === key)?.value ?? "–";
}

/** @param {App} app @param {any} value @returns {string} */
function short(app, value) {
  if (typeof value === "number") return numeral(app, value, 2);
  if (Array.isArray(value) && value.length > 3) return app.t("tr_places", { count: value.length });
  if (Array.isArray(value)) return value.map((each) => short(app, each)).join(Array.isArray(value[0]) ? " → " : "; ");
  if (value && typeof value === "object") return Object.entries(value).map(([name, each]) => `${app.words.has(`tr_num_${name}`) ? app.t(`tr_num_${name}`) : name} ${short(app, each)}`).join(", ");
  return String(value);
}
