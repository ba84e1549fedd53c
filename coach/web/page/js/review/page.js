/** How the review page is laid out. */
import { classes, html } from "../lib/ui.js";
import { TrainerBar } from "../parts/trainer_bar.js";
import { BackPanel } from "./back.js";
import { BlindSheet, Compared } from "./blind.js";
import { Checklist } from "./checklist.js";
import { Controls, UnderLine } from "./controls.js";
import { EditBar } from "./edit.js";
import { Events } from "./events.js";
import { Head } from "./head.js";
import { Timeline } from "./line/timeline.js";
import { Dialogs } from "./more.js";
import { Notes } from "./notes.js";
import { Side } from "./side.js";
import { Stage } from "./stage.js";

/** @typedef {import("./desk.js").Desk} Desk */

const PANELS = /** @type {const} */ ({ list: Checklist, notes: Notes, events: Events, ratings: Compared });

/** Tabs as the platforms have them: arrows move, the panel follows. @param {{desk: Desk, name: string, tabs: [string, string][], current: string, onPick: (tab: string) => void}} props */
function Tabs({ desk, name, tabs, current, onPick }) {
  const move = (/** @type {KeyboardEvent} */ event) => {
    const way = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const at = tabs.findIndex(([id]) => id === current);
    const next = tabs[(at + way + tabs.length) % tabs.length][0];
    onPick(next);
    setTimeout(() => document.getElementById(`tab-${next}`)?.focus());
  };
  return html`<div class="tabs" role="tablist" aria-label=${desk.t(name)} onKeyDown=${move}>
    ${tabs.map(([id, text]) => html`<button type="button" key=${id} role="tab" id=${`tab-${id}`} aria-selected=${String(id === current)} aria-controls=${`${name}-panel`}
      tabindex=${id === current ? 0 : -1} class=${classes(id === current && "on")} onClick=${() => onPick(id)}>${text}</button>`)}
  </div>`;
}

/** @param {{desk: Desk}} props */
function Panel({ desk }) {
  const { session, local } = desk;
  const counted = (/** @type {string} */ key, /** @type {number} */ count) => (count ? `${desk.t(key)} (${count})` : desk.t(key));
  /** @type {[string, string][]} */
  const tabs = [["list", desk.t("rv_tab_list")], ["notes", counted("rv_tab_notes", session.notes?.length ?? 0)], ["events", counted("rv_tab_events", (session.events ?? []).filter(({ event }) => event.do !== "undo").length)]];
  if (session.ratings?.length) tabs.push(["ratings", desk.t("rv_tab_ratings")]);
  const current = tabs.some(([id]) => id === local.tab) ? local.tab : "list";
  const Shown = PANELS[current];
  return html`
    <${Tabs} desk=${desk} name="rv_panels" tabs=${tabs} current=${current} onPick=${(/** @type {any} */ tab) => desk.go({ tab, ...(tab === "notes" ? {} : { pen: false }) })} />
    <div class="panel-body" id="rv_panels-panel" role="tabpanel" aria-labelledby=${`tab-${current}`} tabindex="0"><${Shown} desk=${desk} /></div>`;
}

/** @param {{desk: Desk, onRated: (session: import("./types.js").Session) => void}} props */
const BlindPanel = ({ desk, onRated }) => html`
  <div class="blind-head"><h2>${desk.t("rv_blind_title")}</h2><p class="soft small">${desk.t("rv_blind_how")}</p></div>
  <div class="panel-body" tabindex="0" role="region" aria-label=${desk.t("rv_tab_list")}><${BlindSheet} desk=${desk} onRated=${onRated} /></div>`;

/** @param {{desk: Desk}} props */
function Beside({ desk }) {
  const tabs = /** @type {[string, string][]} */ ([["back", desk.t("rv_tab_back")], ["side", desk.t("rv_tab_side")]]);
  return html`
    <section class="beside" aria-label=${desk.t("rv_beside")}>
      <${Tabs} desk=${desk} name="rv_beside" tabs=${tabs} current=${desk.local.beside} onPick=${(/** @type {any} */ beside) => desk.go({ beside })} />
      <div class="beside-body" id="rv_beside-panel" role="tabpanel" aria-labelledby=${`tab-${desk.local.beside}`} tabindex="0">
        ${desk.local.beside === "back" ? html`<${BackPanel} desk=${desk} />` : html`<${Side} desk=${desk} />`}
      </div>
    </section>`;
}

/** @param {{desk: Desk, onLang: (lang: import("../lib/types.js").Lang) => void, onRated: (session: import("./types.js").Session) => void}} props */
export function Page({ desk, onLang, onRated }) {
  return html`
    <div class=${classes("review", desk.blind && "is-blind")}>
      <${TrainerBar} words=${desk.words} current="sessions" onLang=${onLang} />
      <main id="main" tabindex="-1">
        <${Head} desk=${desk} />
        <div class="work">
          <div class="watch">
            <div class="top">
              <section class="stage-box" aria-label=${desk.t("rv_stage")}><${Stage} desk=${desk} /><${Controls} desk=${desk} /></section>
              ${!desk.blind && html`<${Beside} desk=${desk} />`}
            </div>
            ${!desk.blind && html`<${EditBar} desk=${desk} />`}
            <div class="lines"><${Timeline} desk=${desk} />
<${UnderLine} desk=${desk} /></div>
          </div>
          <aside class="side-panel" aria-label=${desk.t("rv_panels")}>${desk.blind ? html`<${BlindPanel} desk=${desk} onRated=${onRated} />` : html`<${Panel} desk=${desk} />`}</aside>
        </div>
      </main>
      <${Dialogs} desk=${desk} />
      <div role="status">${desk.local.toast && html`<div class="toast">${desk.local.toast}</div>`}</div>
    </div>`;
}

/** Nothing but a sentence. @param {{words: any, text: string, onLang: (lang: any) => void}} props */
export const Nothing = ({ words, text, onLang }) => html`
  <div class="review"><${TrainerBar} words=${words} current="sessions" onLang=${onLang} />
    <main id="main" class="alone" tabindex="-1"><div class="card stack" role="alert"><h1>${text}</h1><div class="row"><a class="button first" href="/sessions">${words.t("rv_back")}</a></div></div></main></div>`;

