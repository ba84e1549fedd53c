/** The programme's page: today, roster, training days, home visits, certificates and the teaching chain. */
import { classes, html, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { useAnswer } from "../trainer/asking.js";
import { Field, Top, Waiting } from "../trainer/parts.js";
import { Certificates } from "./certificates.js";
import { AUTHOR } from "./doing.js";
import { EventPage, Events } from "./events.js";
import { Instruments } from "./instruments.js";
import { Laptops } from "./laptops.js";
import { Roster } from "./roster.js";
import { Today } from "./today.js";
import { Visits } from "./visits.js";

/** @typedef {import("../trainer/app.js").TrainerApp} App */
/** @typedef {any} Programme  what /api/programme gives */

const TABS = { today: Today, roster: Roster, events: Events, visits: Visits, certificates: Certificates, instruments: Instruments, laptops: Laptops };

/** @param {{app: App}} props */
export function ProgrammePage({ app }) {
  const [again, setAgain] = useState(0);
  const [author, setAuthor] = useState(localStorage.getItem(AUTHOR) ?? app.about.trainer);
  const { data, error } = useAnswer("/api/programme", {}, again);
  const tab = /** @type {keyof typeof TABS} */ (app.query.tab in TABS ? app.query.tab : "today");
  const write = (/** @type {string} */ value) => {
    localStorage.setItem(AUTHOR, value);
    setAuthor(value);
  };
  if (error) return html`<${Note} kind="stop" icon="warn" role="alert"><p>${error.say(app.words)}</p></${Note}>`;
  if (!data) return html`<${Waiting} app=${app} />`;
  const desk = { app, data, author, reload: () => setAgain((n) => n + 1) };
  const View = tab === "events" && app.query.event ? EventPage : TABS[tab];
  return html`
    <${Top} title=${app.t("tr_page_programme")} lead=${app.t("pr_lead", { laptop: data.laptop })}>
      <${Field} kind="author" label=${app.t("pr_author")} name="author" value=${author} choices=${app.about.people.map((one) => one.code)} onInput=${write} />
    </${Top}>
    <nav class="tabs" aria-label=${app.t("tr_page_programme")}><ul>${Object.keys(TABS).map((name) => html`
      <li key=${name}><${Button} kind=${classes("plain", name === tab && "current")} pressed=${name === tab} onClick=${() => app.go("/programme", { tab: name })}>${app.t(`pr_tab_${name}`)}</${Button}></li>`)}</ul></nav>
    ${data.instruments.drafts.length > 0 && html`<${Note} kind="calm" icon="warn"><p>${app.t("pr_draft")}</p>${tab !== "instruments" && html`<${Button} id="to-instruments" kind="plain" icon="right" onClick=${() => app.go("/programme", { tab: "instruments" })}>${app.t("pr_tab_instruments")}</${Button}>`}</${Note}>`}
    <${View} desk=${desk} />`;
}
