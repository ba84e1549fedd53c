/** A trainer's own voice, clip by clip. */
import { classes, html, useEffect, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { Shell } from "../parts/shell.js";

const LONGEST_MS = 8000;
const LARGEST = 1024 * 1024; // bytes

/** Records until it is told to stop. @returns {Promise<{stop: () => Promise<Blob>}>} */
async function record() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true, echoCancellation: true } });
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: 48_000 });
  /** @type {Blob[]} */
  const pieces = [];
  recorder.ondataavailable = (event) => pieces.push(event.data);
  const ended = new Promise((resolve) => { recorder.onstop = () => resolve(null); });
  recorder.start();
  return {
    stop: async () => {
      if (recorder.state !== "inactive") recorder.stop();
      await ended;
      for (const track of stream.getTracks()) track.stop();
      return new Blob(pieces, { type: recorder.mimeType });
    },
  };
}

/** @param {{app: import("../app.js").App}} props */
export function Voices({ app }) {
  const { lang, config } = app;
  const [own, setOwn] = useState(() => new Set(config.clips.flatMap(({ clip, own: langs }) => langs.map((kept) => `${kept}/${clip}`))));
  const [recording, setRecording] = useState(/** @type {{clip: string, stop: () => Promise<Blob>} | null} */ (null));
  const [trouble, setTrouble] = useState(/** @type {string | null} */ (null));

  useEffect(() => {
    if (!recording) return undefined;
    const timer = setTimeout(() => finish(recording), LONGEST_MS);
    return () => clearTimeout(timer);
  }, [recording]);

  const keep = (/** @type {string} */ clip, /** @type {boolean} */ on) => {
    const kept = new Set(own);
    kept[on ? "add" : "delete"](`${lang}/${clip}`);
    setOwn(kept);
    const entry = config.clips.find((candidate) => candidate.clip === clip);
    if (entry) entry.own = on ? [...new Set([...entry.own, lang])] : entry.own.filter((other) => other !== lang);
  };
  const begin = async (/** @type {string} */ clip) => {
    setTrouble(null);
    app.speaker.hush();
    try {
      setRecording({ clip, ...(await record()) });
    } catch {
      setTrouble("voices_no_mic");
    }
  };
  const finish = async (/** @type {{clip: string, stop: () => Promise<Blob>}} */ { clip, stop }) => {
    setRecording(null);
    const blob = await stop();
    if (blob.size > LARGEST) return setTrouble("voices_not_kept");
    const answer = await fetch(`/api/clips/${lang}/${clip}`, { method: "PUT", body: blob, headers: { "Content-Type": blob.type || "audio/webm" } }).catch(() => null);
    if (!answer?.ok) return setTrouble("voices_not_kept");
    keep(clip, true);
    return app.speaker.play(clip);
  };
  const forget = async (/** @type {string} */ clip) => {
    const answer = await fetch(`/api/clips/${lang}/${clip}`, { method: "DELETE" }).catch(() => null);
    if (answer?.ok) keep(clip, false);
    else setTrouble("voices_not_kept");
  };

  const foot = html`<${Button} id="voices-close" kind="first big" icon="previous" onClick=${() => app.go({ voices: false })}>${app.t("back")}</${Button}>`;
  return html`
    <${Shell} app=${app} current="safe" foot=${foot}>
      <div class="stack">
        <h1>${app.t("voices_title")}</h1>
        <p class="lead">${app.t("voices_lead")}</p>
        ${trouble && html`<${Note} kind="warn" icon="warn" role="alert"><p>${app.t(trouble)}</p></${Note}>`}
        <ul class="clips">
          ${config.clips.map(({ clip, text }) => {
            const mine = own.has(`${lang}/${clip}`);
            const now = recording?.clip === clip;
            return html`<li key=${clip} class=${classes(mine && "own", now && "now")} data-clip=${clip}>
              <span class="grow" lang=${lang}>“${text[lang]}” ${mine && html`<span class="pill good">${app.t("voices_own")}</span>`}</span>
              <${Button} kind="icon-only" icon="play" label=${app.t("voices_play", { text: text[lang] })} disabled=${!!recording} onClick=${() => app.speaker.play(clip)} />
              ${now
                ? html`<${Button} kind="stop" icon="tick" onClick=${() => finish(recording)}>${app.t("voices_stop")}</${Button}>`
                : html`<${Button} icon="mic" disabled=${!!recording} label=${app.t("voices_record_one", { text: text[lang] })} onClick=${() => begin(clip)}>${app.t("voices_record")}</${Button}>`}
              ${mine && html`<${Button} kind="icon-only" icon="trash" label=${app.t("voices_delete", { text: text[lang] })} disabled=${!!recording} onClick=${() => forget(clip)} />`}
            </li>`;
          })}
        </ul>
      </div>
    </${Shell}>`;
}
