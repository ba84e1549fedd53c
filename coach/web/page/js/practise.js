/** The practice page: fetches what it shows once, then follows the server's state. */
import { App } from "./app.js";
import { letGo, meaning } from "./keys.js";
import { keepFocus, useIntoView } from "./lib/focus.js";
import { once } from "./lib/once.js";
import { begun } from "./lib/start.js";
import { html, render, useLayoutEffect } from "./lib/ui.js";
import { Button } from "./parts/common.js";
import { Consent } from "./views/consent.js";
import { MarkAnew } from "./views/mark_anew.js";
import { Practise } from "./views/practise.js";
import { ResultView } from "./views/result.js";
import { mayStart, Setup } from "./views/setup.js";
import { Stopped } from "./views/stopped.js";
import { Voices } from "./views/voices.js";
import { Home } from "./views/home.js";
import { CheckUp } from "./views/check_up.js";
import { LearnerView } from "./views/learner.js";
import { LessonView } from "./views/lesson.js";

const EACH = "#next, #previous, #stop"; // from step to step each press counts, and for pain every one

/** What is shown now. @param {App} app */
function viewOf(app) {
  const phase = app.state?.phase ?? "welcome";
  if (app.state?.marking.anew) return MarkAnew;
  if (phase === "stopped") return app.local.seeResult ? ResultView : Stopped;
  if (!app.resting) return Practise;
  if (app.local.voices) return Voices;
  if (phase === "setup") return Setup;
  if (app.local.checking) return CheckUp;
  if (app.local.learner) return LearnerView;
  if (app.local.step) return LessonView;
  if (phase === "finished") return app.local.home ? Home : ResultView;
  return phase === "consent" || app.local.asked ? Consent : Home;
}

/** What any key does, and an open palm: what the view that is shown offers. @param {App} app @returns {"start" | "pause" | "resume" | null} */
function anyKey(app) {
  const shown = viewOf(app);
  if (shown === Practise && app.state?.phase === "paused") return app.state.camera.changed ? null : "resume"; // first the back is marked, or it is meant to go on without
  if (shown === Practise) return "pause";
  return shown === Setup && mayStart(app) ? "start" : null;
}

/** @param {{app: App}} props */
function View({ app }) {
  const Shown = viewOf(app);
  useIntoView(Shown);
  return html`<${Shown} app=${app} />`;
}

/** Whether the page is without its server, and everything on it of no use. @param {App} app */
const veiled = (app) => app.link === "elsewhere" || app.link === "closed";

/** The page without its server. @param {{app: App}} props */
function Veil({ app }) {
  useLayoutEffect(() => {
    const on = /** @type {HTMLElement | null} */ (document.activeElement);
    if (app.link === "elsewhere") document.getElementById("here")?.focus();
    return veiled(app) ? () => on?.isConnected && on.focus({ preventScroll: true }) : undefined;
  }, [app.link]);
  if (app.link === "elsewhere") {
    return html`<div class="veil"><div class="card stack" role="alert"><h1>${app.t("elsewhere_title")}</h1>
      <${Button} id="here" kind="first big" onClick=${() => app.line.here()}>${app.t("elsewhere_here")}</${Button}></div></div>`;
  }
  if (app.link !== "closed") return null;
  return html`<div class="veil"><div class="card stack" role="alert"><h1>${app.t("closed_title")}</h1><p class="lead">${app.t("closed_what")}</p></div></div>`;
}

/** @param {{app: App}} props */
const Page = ({ app }) => html`<div class="view" inert=${veiled(app)}><${View} app=${app} /></div>
  <${Veil} app=${app} />
  <div role="status">${app.local.toast && html`<div class="toast">${app.local.toast}</div>`}</div>`;

/** What one key turns: in practice the film and the camera's picture, where a step is looked at the film from near. @param {App} app */
const turned = (app) => new Map([[Practise, /** @type {const} */ ("swapped")], [LessonView, /** @type {const} */ ("near")]]).get(viewOf(app));

/** Whether the key changes pictures. @param {KeyboardEvent} event */
const turns = (event) => event.key.toLowerCase() === "t" && !event.ctrlKey && !event.altKey && !event.metaKey && !(/** @type {Element | null} */ (event.target)?.closest("input, textarea"));

async function start() {
  const config = await begun(`/api/practise${location.search}`);
  const place = /** @type {HTMLElement} */ (document.getElementById("app"));
  let asked = false;
  const draw = () => {
    if (asked) return;
    asked = true;
    queueMicrotask(() => {
      asked = false;
      render(html`<${Page} app=${app} />`, place);
      app.occupy(anyKey(app) === null && viewOf(app) !== MarkAnew); // there the server knows what a palm may do
    });
  };
  const app = new App(config, draw);
  app.speak(app.lang);
  app.line.open();
  draw();
  once(EACH);
  keepFocus();
  document.addEventListener("keydown", (event) => {
    const phase = app.state?.phase ?? "welcome";
    const turning = turns(event) && turned(app);
    if (turning) return app.go({ [turning]: !app.local[turning] });
    const word = meaning(event, anyKey(app), app.state?.mode === "guided");
    const stops = ["setup", "practising", "paused", "stopped", "finished"].includes(phase) || app.state?.marking.anew;
    if (!word || (word === "stop" && !stops)) return undefined;
    event.preventDefault();
    if (word === "stop") app.stop();
    else app.say({ t: word });
    return undefined;
  });
  document.addEventListener("click", ({ detail }) => {
    if (detail > 0 && anyKey(app)) letGo(); // 0: pressed with a key
  });
  document.addEventListener("click", ({ detail }) => {
    if (detail > 1 && anyKey(app)) letGo(); // no more than that comes of a second one, which is pressed by nobody
  }, true);
}

start();
