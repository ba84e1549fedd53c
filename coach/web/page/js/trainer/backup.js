/** The backup: one click once the stick is plugged in, and a reminder after fourteen days. */
import { post } from "../lib/api.js";
import { html, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { useAnswer } from "./asking.js";
import { Field } from "./parts.js";

/** @typedef {import("./app.js").TrainerApp} App */

/** @param {{app: App}} props */
export function Backup({ app }) {
  const [again, setAgain] = useState(0);
  const [typed, setTyped] = useState(/** @type {string | null} */ (null));
  const [state, setState] = useState(/** @type {{busy?: boolean, done?: string, error?: string}} */ ({}));
  const { data } = useAnswer("/api/backup", {}, again);
  const folder = typed ?? data?.places?.[0] ?? "";
  const start = async () => {
    setState({ busy: true });
    try {
      const { path, files, bytes, sessions } = await post("/api/backup", { folder });
      setState({ done: app.t("backup_done", { path, files, sessions, mb: bytes / 1e6 }) });
      setAgain((n) => n + 1);
    } catch (refused) {
      setState({ error: /** @type {import("../lib/api.js").Refusal} */ (refused).say(app.words) });
    }
  };
  return html`
    <section class="card stack" aria-labelledby="backup-title">
      <h2 id="backup-title">${app.t("tr_backup")}</h2>
      <p class="soft">${app.t("tr_backup_what")}</p>
      ${typeof data?.overdue_days === "number" && html`<${Note} kind="warn" icon="warn"><p>${app.t("tr_backup_due", { days: data.overdue_days })}</p></${Note}>`}
      <${Field} label=${app.t("tr_backup_folder")} name="backup-folder" value=${folder} choices=${data?.places ?? []} onInput=${setTyped} />
      <div class="row"><${Button} id="backup-start" kind="first" disabled=${state.busy || !folder.trim()} onClick=${start}>${app.t(state.busy ? "tr_backup_busy" : "tr_backup_start")}</${Button}></div>
      <div role="status">${state.done && html`<p>${state.done}</p>`}</div>
      ${state.error && html`<${Note} kind="stop" icon="warn" role="alert"><p>${state.error}</p></${Note}>`}
    </section>`;
}
