/** The trainer's pages: one application that shows the page of the address. */
import { keepFocus, useIntoView } from "./lib/focus.js";
import { once } from "./lib/once.js";
import { begun } from "./lib/start.js";
import { html, render } from "./lib/ui.js";
import { Note } from "./parts/common.js";
import { TrainerBar } from "./parts/trainer_bar.js";
import { ProgrammePage } from "./programme/programme.js";
import { Agreement } from "./trainer/agreement.js";
import { TrainerApp } from "./trainer/app.js";
import { Import } from "./trainer/import.js";
import { Sessions } from "./trainer/list.js";
import { Papers } from "./trainer/papers.js";
import { People } from "./trainer/people.js";
import { Progress } from "./trainer/progress.js";
import { Protocols } from "./trainer/protocols.js";

/** @type {Record<string, any>} */
const VIEWS = { sessions: Sessions, import: Import, progress: Progress, agreement: Agreement, people: People, programme: ProgrammePage, protocols: Protocols, papers: Papers };

/** @param {{app: TrainerApp}} props */
function Page({ app }) {
  useIntoView(app.page);
  return html`
    <div class="shell trainer">
      <${TrainerBar} words=${app.words} current=${app.page} onLang=${(/** @type {any} */ lang) => app.choose(lang)} onGo=${(/** @type {string} */ path) => app.go(path)} />
      ${app.over && html`<${Note} kind="stop" icon="warn" role="alert"><p id="page-over">${app.t(app.over)}</p></${Note}>`}
      <main class=${`main page-${app.page}`} id="main" tabindex="-1"><${VIEWS[app.page]} app=${app} /></main>
      <div role="status" aria-live="polite">${app.toastText && html`<div class="toast">${app.toastText}</div>`}</div>
    </div>`;
}

/** Files that are dropped anywhere are imported. @param {TrainerApp} app */
function listenForFiles(app) {
  const carries = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files");
  const mark = (/** @type {boolean} */ on) => document.body.classList.toggle("dropping", on);
  document.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    mark(true);
  });
  document.addEventListener("dragleave", (event) => !event.relatedTarget && mark(false));
  document.addEventListener("drop", (event) => {
    mark(false);
    if (!carries(event)) return;
    event.preventDefault();
    app.queue.add([...(event.dataTransfer?.files ?? [])]);
    if (app.page !== "import") app.go("/import");
  });
}

/** @param {TrainerApp} app */
function listen(app) {
  addEventListener("popstate", () => app.arrive());
  addEventListener("beforeunload", (event) => app.queue.uploading && event.preventDefault());
  listenForFiles(app);
  once();
  keepFocus();
}

async function start() {
  const place = /** @type {HTMLElement} */ (document.getElementById("app"));
  let asked = false;
  const draw = () => {
    if (asked) return;
    asked = true;
    queueMicrotask(() => {
      asked = false;
      render(html`<${Page} app=${app} />`, place);
    });
  };
  const app = new TrainerApp(await begun("/api/trainer"), draw);
  app.spoken();
  listen(app);
  draw();
}

start();
