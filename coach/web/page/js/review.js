/** The review page: fetches the session, then shows it; the tracks follow. */
import { get } from "./lib/api.js";
import { keepFocus } from "./lib/focus.js";
import { once } from "./lib/once.js";
import { begun } from "./lib/start.js";
import { html, render } from "./lib/ui.js";
import { Words } from "./lib/words.js";
import { langOf, speak, TrainerBar } from "./parts/trainer_bar.js";
import { Rater } from "./review/blind.js";
import { Desk } from "./review/desk.js";
import { press } from "./review/keys.js";
import { Nothing, Page } from "./review/page.js";

/** @typedef {import("./lib/types.js").Lang} Lang */

const id = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const asked = new URLSearchParams(location.search);
const place = /** @type {HTMLElement} */ (document.getElementById("app"));

/** Frame by frame, nearer and nearer, one change after the other: each press counts. */
const EACH = "#rv-frame_back, #rv-frame_on, #rv-zoom_in, #rv-zoom_out, #undo, #redo, #note-unstroke";
const NO_RULES = { id: "", version: "", title: { id: "", en: "" }, parts: [], segments: [], manual: [], outcomes: [] }; // a session whose rules are lost

/** @param {import("./review/types.js").About} about @param {Lang} lang */
const wordsOf = (about, lang) => new Words(/** @type {any} */ ({ ...about, protocol: { segments: [] } }), lang);

/** @param {import("./review/types.js").About} about @param {import("./review/types.js").Session} session @param {string} rater */
function open(about, session, rater) {
  const blind = rater !== "" && session.blind_open === true;
  let waiting = false;
  const draw = () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      if (!desk) return;
      render(html`<${Page} desk=${desk} onLang=${(/** @type {Lang} */ lang) => desk.speak(lang)} onRated=${rated} />`, place);
      if (!performance.getEntriesByName("usable").length) performance.mark("usable"); // measured in the tests
    });
  };
  const rated = (/** @type {import("./review/types.js").Session} */ fresh) => {
    desk.blind = false;
    history.replaceState(null, "", location.pathname);
    desk.local.tab = "ratings";
    desk.take(fresh);
  };
  const desk = new Desk(id, about, session, langOf(about.lang), draw);
  if (rater) desk.setAuthor(rater);
  desk.blind = blind;
  if (rater && !blind) desk.local.tab = "ratings";
  draw();
  document.addEventListener("keydown", (event) => press(desk, event));
  Object.assign(window, { __review: desk });
  desk.load();
  if (desk.queue.waiting.length && !blind) desk.queue.run();
}

/** Asks who rates, before anything of the session is fetched. @param {import("./review/types.js").About} about @returns {Promise<string>} */
function askRater(about) {
  return new Promise((resolve) => {
    const show = (/** @type {Lang} */ lang) => {
      speak(lang);
      const words = wordsOf(about, lang);
      document.title = words.t("rv_blind_title");
      const usual = asked.get("rater") ?? localStorage.getItem("coach.trainer") ?? about.trainer;
      render(html`<div class="review"><${TrainerBar} words=${words} current="sessions" onLang=${show} />
        <main id="main" class="alone" tabindex="-1"><${Rater} words=${words} people=${about.people} usual=${usual} onRater=${resolve} /></main></div>`, place);
    };
    show(langOf(about.lang));
  });
}

async function start() {
  once(EACH);
  keepFocus();
  const blind = asked.get("blind") === "1";
  const started = begun("/api/trainer");
  const at = `/api/sessions/${encodeURIComponent(id)}`;
  const first = blind ? null : get(at).catch((error) => error);
  const about = await started;
  const rater = blind ? await askRater(about) : "";
  render(null, place);
  const session = blind ? await get(at, { blind: 1, rater }).catch((error) => error) : await first;
  if (session instanceof Error) {
    const show = (/** @type {Lang} */ lang) => {
      speak(lang);
      const words = wordsOf(about, lang);
      document.title = "coach";
      render(html`<${Nothing} words=${words} text=${/** @type {import("./lib/api.js").Refusal} */ (session).say?.(words) ?? String(session)} onLang=${show} />`, place);
    };
    show(langOf(about.lang));
    return;
  }
  if (!session.protocol) session.protocol = NO_RULES;
  open(about, session, rater);
}

start();
