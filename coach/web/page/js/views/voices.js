/** A trainer's own voice, clip by clip. */
import { classes, html, useEffect, useRef, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { Shell } from "../parts/shell.js";

const LONGEST_MS = 8000;
const LARGEST = 1024 * 1024; // bytes
const LOUD = 5; // times the mean of a voice near the microphone: the bar is about full
const LEVEL_MS = 100;

/** @typedef {import("../lib/types.js").Lang} Lang */
/**
 * @typedef {object} Recorder
 * @property {() => void} end  lets the microphone go; what was recorded is kept for `stop`
 * @property {() => Promise<Blob>} stop  ends, and gives what was recorded
 * @property {() => number} level  how loud it is just now, 0 to 1
 */
/** @typedef {Recorder & {clip: string, lang: Lang}} Recording */

/** Records until it is told to end. @returns {Promise<Recorder>} */
async function record() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true, echoCancellation: true } });
  const quiet = () => { for (const track of stream.getTracks()) track.stop(); };
  try {
    return recorderOf(stream, quiet);
  } catch (error) {
    quiet(); // a browser that cannot record
    throw error;
  }
}

/** @param {MediaStream} stream @param {() => void} quiet @returns {Recorder} */
function recorderOf(stream, quiet) {
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: 48_000 });
  /** @type {Blob[]} */
  const pieces = [];
  recorder.ondataavailable = (event) => pieces.push(event.data);
  const ended = new Promise((resolve) => { recorder.onstop = () => resolve(null); });
  const heard = hearing(stream);
  recorder.start();
  const end = () => {
    if (recorder.state !== "inactive") recorder.stop();
    heard.end();
    quiet();
  };
  const stop = async () => {
    end();
    await ended;
    return new Blob(pieces, { type: recorder.mimeType });
  };
  return { end, stop, level: heard.level };
}

/** How loud a microphone is just now. @param {MediaStream} stream @returns {{level: () => number, end: () => void}} */
function hearing(stream) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const wave = new Float32Array(analyser.fftSize);
  const level = () => {
    analyser.getFloatTimeDomainData(wave);
    return Math.min(1, LOUD * Math.sqrt(wave.reduce((sum, value) => sum + value * value, 0) / wave.length));
  };
  return { level, end: () => { if (context.state !== "closed") context.close(); } };
}

/** A bar that shows that the microphone hears. @param {{app: import("../app.js").App, level: () => number}} props */
function Level({ app, level }) {
  const [now, setNow] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setNow(level()), LEVEL_MS);
    return () => clearInterval(timer);
  }, [level]);
  return html`<meter class="level" min="0" max="1" low="0.08" value=${now} aria-label=${app.t("voices_level")}></meter>`;
}

/** What a trainer has recorded, as language/clip. @param {import("../lib/types.js").Config} config */
const ownOf = ({ clips }) => new Set(clips.flatMap(({ clip, own }) => own.map((lang) => `${lang}/${clip}`)));

/** @param {{app: import("../app.js").App}} props */
export function Voices({ app }) {
  const { lang, config } = app;
  const [own, setOwn] = useState(() => ownOf(config));
  const [recording, setRecording] = useState(/** @type {Recording | null} */ (null));
  const [trouble, setTrouble] = useState(/** @type {{clip: string, key: string} | null} */ (null)); // is told where the hand just was
  const shown = useRef(true);

  useEffect(() => () => { shown.current = false; }, []);
  useEffect(() => {
    if (!recording) return undefined;
    const timer = setTimeout(() => finish(recording), LONGEST_MS);
    app.speaker.listening = true;
    return () => {
      clearTimeout(timer);
      app.speaker.listening = false;
      recording.end(); // the view may be left, and nobody else would
    };
  }, [recording]);
  useEffect(() => {
    if (app.link === "elsewhere") setRecording(null); // another window is in use
  }, [app.link]);

  const keep = (/** @type {string} */ clip, /** @type {Lang} */ tongue, /** @type {boolean} */ on) => {
    const entry = config.clips.find((candidate) => candidate.clip === clip);
    if (entry) entry.own = on ? [...new Set([...entry.own, tongue])] : entry.own.filter((other) => other !== tongue);
    setOwn(ownOf(config));
  };
  const begin = async (/** @type {string} */ clip) => {
    setTrouble(null);
    app.speaker.hush();
    try {
      const recorder = await record();
      if (shown.current && app.link !== "elsewhere") setRecording({ clip, lang, ...recorder });
      else recorder.end(); // the view was left before the microphone was allowed
    } catch {
      setTrouble({ clip, key: "voices_no_mic" });
    }
  };
  const finish = async (/** @type {Recording} */ recorded) => {
    const { clip, lang: tongue } = recorded; // the page's language may have changed meanwhile
    setRecording(null);
    const blob = await recorded.stop();
    if (blob.size > LARGEST) return setTrouble({ clip, key: "clip_large" });
    const answer = await fetch(`/api/clips/${tongue}/${clip}`, { method: "PUT", body: blob, headers: { "Content-Type": blob.type || "audio/webm" } }).catch(() => null);
    if (!answer?.ok) return setTrouble({ clip, key: await why(answer) });
    keep(clip, tongue, true);
    return app.speaker.play(clip, tongue);
  };
  /** What the server says of a recording that it did not keep. @param {Response | null} answer */
  const why = async (answer) => {
    const told = await answer?.json().catch(() => null);
    return app.words.has(told?.key) ? told.key : "voices_not_kept";
  };
  const forget = async (/** @type {string} */ clip) => {
    setTrouble(null);
    const answer = await fetch(`/api/clips/${lang}/${clip}`, { method: "DELETE" }).catch(() => null);
    if (answer?.ok) {
      keep(clip, lang, false);
      /** @type {HTMLElement | null} */ (document.querySelector(`[data-clip="${clip}"] button`))?.focus(); // the pressed one goes away
    } else setTrouble({ clip, key: await why(answer) });
  };

  const missing = config.clips.filter(({ clip }) => !own.has(`${lang}/${clip}`));
  /** Through the script: the first sentence that is still missing. */
  const next = () => {
    const [{ clip }] = missing;
    document.querySelector(`[data-clip="${clip}"]`)?.scrollIntoView({ block: "center" });
    begin(clip);
  };

  const foot = html`<${Button} id="voices-close" kind="first big" icon="previous" onClick=${() => app.go({ voices: false })}>${app.t("back")}</${Button}>`;
  return html`
    <${Shell} app=${app} current="safe" foot=${foot}>
      <div class="stack">
        <h1>${app.t("voices_title")}</h1>
        <p class="lead">${app.t("voices_lead")}</p>
        <div class="row">
          <p role="status"><strong>${app.t("voices_done", { count: config.clips.length - missing.length, of: config.clips.length })}</strong></p>
          ${missing.length > 0 && html`<${Button} id="voices-next" kind="first" icon="mic" disabled=${!!recording} onClick=${next}>${app.t("voices_next")}</${Button}>`}
        </div>
        <ul class="clips">
          ${config.clips.map(({ clip, text }) => {
            const now = recording?.clip === clip;
            const tongue = now ? recording.lang : lang;
            const mine = own.has(`${tongue}/${clip}`);
            return html`<li key=${clip} class=${classes(mine && "own", now && "now")} data-clip=${clip}>
              <span class="grow" lang=${tongue}>“${text[tongue]}” ${mine && html`<span class="pill good">${app.t("voices_own")}</span>`}</span>
              <${Button} kind="icon-only" icon="play" label=${app.t("voices_play", { text: text[lang] })} disabled=${!!recording} onClick=${() => app.speaker.play(clip)} />
              ${now
                ? html`<${Level} app=${app} level=${recording.level} /><${Button} kind="stop" icon="tick" onClick=${() => finish(recording)}>${app.t("voices_stop")}</${Button}>`
                : html`<${Button} icon="mic" disabled=${!!recording} label=${app.t("voices_record_one", { text: text[lang] })} onClick=${() => begin(clip)}>${app.t("voices_record")}</${Button}>`}
              ${mine && html`<${Button} kind="icon-only" icon="trash" label=${app.t("voices_delete", { text: text[lang] })} disabled=${!!recording} onClick=${() => forget(clip)} />`}
              ${trouble?.clip === clip && html`<${Note} kind="warn" icon="warn" role="alert"><p>${app.t(trouble.key)}</p></${Note}>`}
            </li>`;
          })}
        </ul>
      </div>
    </${Shell}>`;
}
