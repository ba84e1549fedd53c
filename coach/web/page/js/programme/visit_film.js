/** A visit that is judged by a live session or a film: where it comes from, and how it gets to its visit. */
import { post } from "../lib/api.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { moment, numeral, Select } from "../trainer/parts.js";
import { AUTHOR, send } from "./doing.js";
import { practise } from "./practices.js";

/** @typedef {import("./doing.js").Desk} Desk @typedef {import("../trainer/app.js").TrainerApp} App */

/** Gives a film that is being taken in to the visit that it was asked for. @param {App} app @param {string} session */
export async function filmed(app, session) {
  if (!app.query.visit) return false;
  await post(`/api/programme/visits/${app.query.visit}`, { author: localStorage.getItem(AUTHOR) || app.about.trainer, session, form: "video" });
  app.go("/programme", { tab: "visits" });
  app.toast(app.t("pr_film_bound"));
  return true;
}

/** What a film was asked for, above the place for files. @param {{app: App}} props */
export const FilmFor = ({ app }) => (app.query.visit ? html`<${Note} kind="good" icon="camera"><p>${app.t("pr_film_for", { kader: app.query.kader ?? "", mother: app.query.mother ?? "" })}</p></${Note}>` : null);

/**
 * Once it is safe: by the form, live, or by a film. What is chosen keeps the answers to the safety questions.
 * @param {{desk: Desk, visit: any, screening: Record<string, boolean>, onChanged: () => void}} props
 */
export function How({ desk, visit, screening, onChanged }) {
  const { app } = desk;
  const [busy, setBusy] = useState(false);
  const [address, setAddress] = useState("");
  const [begun, setBegun] = useState(false);
  useEffect(() => { // who comes back from the practice's window sees what came of it
    if (!begun) return undefined;
    addEventListener("focus", onChanged);
    return () => removeEventListener("focus", onChanged);
  }, [begun, onChanged]);
  const doing = async (/** @type {() => Promise<unknown>} */ work) => {
    setBusy(true);
    await work();
    setBusy(false);
  };
  const safe = () => send(desk, `/visits/${visit.id}`, { screening });
  const live = () => doing(async () => { setAddress(await practise(desk, { visit: visit.id, screening })); setBegun(true); });
  const film = () => doing(async () => { if (await safe()) app.go("/import", { visit: visit.id, kader: visit.code, mother: visit.mother, ordinal: String(visit.ordinal ?? "") }); });
  const choose = (/** @type {string} */ session) => session && doing(async () => { if (await send(desk, `/visits/${visit.id}`, { screening, session, form: "video" })) onChanged(); });
  /** @type {[string, string][]} */
  const known = [["", app.t("pr_session_none")], ...visit.sessions.map((/** @type {any} */ one) => [one.id, `${moment(app, one.when)} – ${app.t(one.mode === "exam" ? "pr_exam" : "pr_practice")} – ${numeral(app, one.percent)}`])];
  const ready = Boolean(visit.session?.ready);
  return html`<section class="stack tight how"><h3>${app.t("pr_how")}</h3><p class="soft">${app.t("pr_how_lead")}</p>
    <div class="row"><${Button} id="visit-live" icon="hands" disabled=${busy} onClick=${live}>${app.t("pr_how_live")}</${Button}>
      <${Button} id="visit-film" icon="camera" disabled=${busy} onClick=${film}>${app.t("pr_how_film")}</${Button}></div>
    ${address && html`<a id="practice-open" class="button first" href=${address} target="coach-practise">${app.t("pr_open")}</a>`}
    ${visit.sessions.length > 0 && html`<${Select} label=${app.t("pr_session")} name="visit-session" value=${visit.session?.id ?? ""} onChange=${choose} options=${known} />`}
    ${(visit.session || begun) && html`<${Note} kind=${ready ? "good" : "calm"} icon=${ready ? "tick" : "slow"}><p>${app.t(ready ? "pr_session_ready" : "pr_session_waits", { percent: numeral(app, visit.session?.percent) })}</p>
      <div class="row">${ready ? html`<a class="button plain" href=${`/sessions/${visit.session.id}`}>${app.t("tr_open_session")}</a>` : html`<${Button} id="session-again" kind="plain" icon="repeat" onClick=${onChanged}>${app.t("pr_again")}</${Button}>`}</div></${Note}>`}
  </section>`;
}
