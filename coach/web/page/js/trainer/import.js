/** Bringing in videos and session files: drop, mark the back, say whose it is, wait. */
import { classes, html, useEffect, useRef, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { Icon } from "../parts/icons.js";
import { FilmFor } from "../programme/visit_film.js";
import { MarkAnew, TakeMarkAway } from "./mark_anew.js";
import { Marking } from "./marking.js";
import { Bar, left, Top } from "./parts.js";
import { Who } from "./who.js";

/** @typedef {import("./app.js").TrainerApp} App @typedef {import("./queue.js").Entry} Entry */

/** @param {{app: App}} props */
export function Import({ app }) {
  const { queue } = app;
  useEffect(() => { queue.follow(); }, []);
  const marked = app.query.mark ? queue.entries.find((entry) => entry.id === app.query.mark && entry.state === "marking") : undefined;
  const asks = queue.entries.filter((entry) => entry.state === "marking");
  useEffect(() => { // a video that has just come: on with it, but only once, and not while another one is marked
    const fresh = asks.find((entry) => entry.key.startsWith("own-") && !queue.shown.has(entry.key));
    asks.forEach((entry) => queue.shown.add(entry.key));
    if (fresh && !marked) app.filter({ mark: fresh.id ?? "" });
  }, [asks.map((entry) => entry.key).join()]);
  if (app.query.session && app.query.away_s) return html`<${TakeMarkAway} app=${app} session=${app.query.session} from_s=${Number(app.query.away_s) || 0} />`;
  if (app.query.session) return html`<${MarkAnew} key=${app.query.session} app=${app} session=${app.query.session} from_s=${Number(app.query.from_s) || 0} />`;
  if (marked) return html`<${Marking} key=${marked.id} app=${app} entry=${marked} others=${asks.length - 1} />`;
  return html`
    <${Top} title=${app.t("tr_import_title")} lead=${app.t("tr_import_lead")} />
    <div class="import stack">
      <${FilmFor} app=${app} />
      <${DropPlace} app=${app} />
      <div class="unseen-text" role="status" aria-atomic="false">${queue.entries.map((entry) => html`<p key=${entry.key}>${stateOf(app, entry)}</p>`)}</div>
      ${queue.entries.length > 0 && html`
        <section class="stack tight" aria-labelledby="queue-title">
          <h2 id="queue-title">${app.t("tr_queue")}</h2>
          <ul class="queue">${queue.entries.map((entry) => html`<${Line} key=${entry.key} app=${app} entry=${entry} />`)}</ul>
        </section>`}
      <${Note} kind="calm" icon="bulb"><p>${app.t("tr_import_private")}</p></${Note}>
    </div>`;
}

/** @param {{app: App}} props */
function DropPlace({ app }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const take = (/** @type {any} */ event) => {
    app.queue.add([...event.currentTarget.files]);
    event.currentTarget.value = ""; // the same file may be chosen again
  };
  return html`
    <section class=${classes("drop", app.queue.entries.length > 0 && "small")} aria-labelledby="drop-title">
      <${Icon} name="up" />
      <h2 id="drop-title">${app.t("tr_drop")}</h2>
      <p class="soft">${app.t("tr_drop_what")}</p>
      <${Button} id="choose-files" kind="first big" icon="up" onClick=${() => input.current?.click()}>${app.t("tr_choose_files")}</${Button}>
      <input ref=${input} type="file" name="files" multiple hidden accept="video/*,.mp4,.mov,.mkv,.webm,.avi,.m4v,.zip" onChange=${take} />
    </section>`;
}

/** @type {Record<string, string>} */
const ICONS = { queued: "dots", uploading: "up", asking: "warn", marking: "target", waiting: "dots", reviewing: "slow", done: "tick", failed: "warn" };

/** One file, and where it is on its way. @param {{app: App, entry: Entry}} props */
function Line({ app, entry }) {
  const [busy, setBusy] = useState(false);
  const moving = entry.state === "uploading" || entry.state === "reviewing";
  const drop = async () => {
    setBusy(true);
    await app.queue.drop(entry).catch((error) => app.told(error));
    setBusy(false);
  };
  return html`
    <li class=${`entry ${entry.state}`} data-state=${entry.state}>
      <span class="state"><${Icon} name=${ICONS[entry.state] ?? "dot"} /></span>
      <div class="grow">
        <strong class="file">${entry.name}</strong>
        <p role=${entry.state === "failed" ? "alert" : undefined}>${saying(app, entry)}</p>
        ${entry.state === "asking" && html`<${Who} app=${app} entry=${entry} />`}
        ${moving && html`<${Bar} share=${entry.share} label=${app.t(`tr_state_${entry.state}`)} />`}
      </div>
      <div class="row">
        ${entry.state === "marking" && html`<${Button} kind="first" icon="target" onClick=${() => app.filter({ mark: entry.id ?? "" })}>${app.t("tr_mark_back")}</${Button}>`}
        ${entry.state === "done" && entry.session && html`<a class="button first" href=${`/sessions/${entry.session}`}>${app.t("tr_open_session")}</a>`}
        ${entry.state === "done" || entry.state === "failed"
          ? html`<${Button} kind="plain icon-only" icon="cross" disabled=${busy} label=${app.t("tr_queue_hide", { name: entry.name })} onClick=${drop} />`
          : html`<${Button} kind="plain" icon="trash" disabled=${busy} onClick=${drop}>${app.t("tr_cancel")}</${Button}>`}
      </div>
    </li>`;
}

/** What came of a session file. @param {App} app @param {Entry} entry */
function merged(app, entry) {
  const { state = "new", people = [], erased = 0 } = entry.plan ?? {};
  const more = [people.length > 0 && app.t("tr_merged_people", { people: people.join(", ") }), erased > 0 && app.t("tr_merged_erased", { count: erased })];
  return [app.t(state === "new" ? "tr_state_merged" : `tr_merged_${state}`), ...more].filter(Boolean).join(" ");
}

/** What is told once of a file that has come so far; where it has failed the line itself is read out. @param {App} app @param {Entry} entry */
function stateOf(app, entry) {
  if (entry.state === "failed") return "";
  return `${entry.name}: ${app.t(entry.state === "done" && entry.kind === "session" ? "tr_state_merged" : `tr_state_${entry.state}`)}`;
}

/** @param {App} app @param {Entry} entry */
function saying(app, entry) {
  const percent = Math.floor(entry.share * 100);
  if (entry.state === "failed") {
    if (typeof entry.error?.say === "function") return entry.error.say(app.words);
    return entry.error?.text?.[app.lang] ?? app.title(entry.error) ?? app.t("tr_fault");
  }
  if (entry.state === "uploading" || entry.state === "reviewing") return app.t("tr_progress_line", { what: app.t(`tr_state_${entry.state}`), percent, left: left(app, entry.left_s) });
  if (entry.state === "done" && entry.kind === "session") return merged(app, entry);
  return app.t(`tr_state_${entry.state}`);
}
