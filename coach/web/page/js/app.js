/** What the page knows and can do; the views only read it and call it. */
import { appointment } from "./lib/appointment.js";
import { Awake } from "./lib/awake.js";
import { BrowserCamera } from "./lib/camera.js";
import { cardOf } from "./parts/cards.js";
import { Line } from "./lib/socket.js";
import { Speaker } from "./lib/speaker.js";
import { answerAt } from "./parts/by_palm.js";
import { Words } from "./lib/words.js";
import { Painter } from "./live/painter.js";
import { timing } from "./live/timing.js";

/** Why there is no camera, by the browser's word for it. On Windows one program alone has a camera, Zoom say. @type {Record<string, string>} */
const CAMERA_REFUSED = { NotAllowedError: "browser_camera_denied", NotReadableError: "browser_camera_busy", AbortError: "browser_camera_busy" };
const ALONE_MS = 20 * 60_000; // after so long without a massage nobody is there any more
const TOAST_MS = 6000;
const LETTER_MS = 80; // a long sentence stays as long as it takes to read

/**
 * @typedef {object} Asked
 * @property {"mother" | "friend" | "pillow" | null} receiver  who is massaged; of a pillow nothing is asked but the video
 * @property {number} at  the question
 * @property {Record<string, boolean>} ticked  what was answered
 * @property {string | null} refused  the question whose answer forbids it
 */
/** @type {Asked} */
const NOTHING_ASKED = { receiver: null, at: 0, ticked: {}, refused: null };

/**
 * @typedef {object} Local  what only this page knows
 * @property {boolean} asked  the steps were left: safety and consent are shown
 * @property {boolean} learner  it is asked who practises
 * @property {boolean} checking  this laptop is checked
 * @property {string | null} step  the step that is looked at
 * @property {boolean} watching  one step after the other
 * @property {boolean} home  after a practice: the steps are looked at
 * @property {boolean} sheet  the result's checklist is open
 * @property {boolean} near  a step's film is seen from near
 * @property {boolean} swapped  the film has the place of the camera's picture
 * @property {"camera" | "cameras" | "drag" | "mode"} setup
 * @property {boolean} voices
 * @property {Asked} consent  what is ticked so far
 * @property {boolean} seeResult  after a stop: the result is looked at
 * @property {boolean} finishing  it was paused to ask whether it is to end
 * @property {boolean} otherSide  of her the camera stands at, than the outline shows
 * @property {string | null} toast
 * @property {string | null} cameraRefused
 */

export class App {
  /** @param {import("./lib/types.js").Config} config @param {() => void} changed */
  constructor(config, changed) {
    this.config = config;
    this.changed = changed;
    /** @type {import("./lib/types.js").State | null} */
    this.state = null;
    /** @type {"opening" | "open" | "closed" | "elsewhere"} */
    this.link = "opening";
    /** @type {Local} */
    this.local = { asked: false, learner: false, checking: false, step: null, watching: false, home: false, sheet: false, near: false, swapped: false, setup: "camera", voices: false, consent: NOTHING_ASKED, seeResult: false, finishing: false, otherSide: false, toast: null, cameraRefused: null };
    this.words = new Words(config, /** @type {any} */ (config).lang ?? "id");
    this.speaker = new Speaker(() => this.lang, () => this.changed());
    this.painter = new Painter((n) => this.line.say({ t: "ack", n }));
    this.line = new Line({
      frame: (frame, jpeg, received_ms) => this.painter.take(frame, jpeg, received_ms),
      text: (message) => this.hear(message),
      link: (link) => this.linked(link),
    }, config.run);
    this.camera = new BrowserCamera(this.line, (error) => this.cameraRefused(error));
    this.awake = new Awake();
    this.sent = appointment(location.search);
    this.since_ms = 0; // when the phase began
    /** @type {import("./lib/types.js").Step | null} */
    this.last = null; // the step that was shown last in this practice
    this.left = false; // the browser's camera was given up, which the server has not told yet
    this.shown = "";
    /** @type {import("./parts/by_palm.js").ByPalm | null} */
    this.palm = null; // what a palm may answer now
    this.answered = -1; // the newest answer that was taken
    this.occupied = false; // with what takes no start, neither by a key nor by a palm
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.narrow = matchMedia("(max-width: 899px)"); // as in practise.css
    this.narrow.addEventListener("change", () => this.changed());
  }

  /** @returns {import("./lib/types.js").Lang} */
  get lang() {
    return this.words.lang;
  }

  /** @param {string} key @param {import("./lib/types.js").Values} [values] */
  t(key, values) {
    return this.words.t(key, values);
  }

  /** @param {object} message */
  say(message) {
    this.line.say(message);
  }

  /** Tells the server, which sees the palms, whether what is shown takes a start. @param {boolean} on */
  occupy(on) {
    if (on === this.occupied) return;
    this.occupied = on;
    this.say({ t: "occupied", on });
  }

  /** From now on palms may answer this, or nothing. @param {import("./parts/by_palm.js").ByPalm | null} palm */
  askPalm(palm) {
    const [before, question] = [this.palm?.question ?? "", palm?.question ?? ""];
    const told = (/** @type {import("./parts/by_palm.js").ByPalm | null} */ one) => JSON.stringify(one && [one.question, one.answers.map((answer) => answer?.word)]);
    const same = told(this.palm) === told(palm);
    this.palm = palm;
    if (question !== before) this.say({ t: "asks", question });
    if (!same) this.changed(); // the rings in the picture tell what a palm answers
  }

  /** Takes what a palm has answered; only what is still asked, and once. @param {import("./lib/types.js").State} state */
  hearPalm({ answer, camera }) {
    const fresh = !!answer && answer.n > this.answered && this.answered >= 0;
    this.answered = answer?.n ?? 0;
    if (answer && fresh && this.palm?.question === answer.question) this.palm.answers[answerAt(answer.side, camera.turn ?? 0)]?.act();
  }

  /** Whether no massage is under way. */
  get resting() {
    return !["practising", "paused", "stopped"].includes(this.state?.phase ?? "welcome") && !this.state?.marking.anew;
  }

  /** Goes to practise steps, all where there are none. @param {string[]} steps @param {"trace" | "alone" | "prove"} stage */
  practise(steps, stage) {
    const over = this.state?.phase === "finished" || this.state?.phase === "stopped";
    if (over && steps.length) return this.say({ t: "again", segment: steps.join(","), stage });
    const code = this.state?.code ?? "";
    if (over) {
      this.say({ t: "new" }); // all is asked anew, but who she is
      if (code) this.say({ t: "learner", code });
    }
    this.say({ t: "plan", steps, stage });
    return this.go({ step: null, watching: false, home: false, asked: true });
  }

  /** The name of somebody's code: a picture has one. @param {string} code */
  named(code) {
    const card = cardOf(code);
    return card ? this.t(`card_${card}`) : code;
  }

  /** Where the film of a step is. @param {string} id @returns {string | null} */
  film(id) {
    return this.config.demonstrations[id] ?? null;
  }

  /** A trainer has put another film in its place. @param {string} _id @param {Pick<import("./lib/types.js").Config, "demonstrations" | "own_films">} told */
  filmed(_id, told) {
    Object.assign(this.config, told);
    this.changed();
  }

  /** Changes what only this page knows. @param {Partial<Local>} change */
  go(change) {
    this.local = { ...this.local, ...change };
    this.changed();
  }

  /** @param {"open" | "closed" | "elsewhere"} link */
  linked(link) {
    this.link = link;
    if (link === "elsewhere") this.camera.stop();
    this.stayAwake();
    if (link === "open") {
      this.speaker.fresh = true;
      this.say({ t: "hello", lang: this.lang });
      if (this.speaker.muted) this.say({ t: "mute", on: true });
      if (this.camera.on) this.say({ t: "browser_camera", on: true });
      if (this.occupied) this.say({ t: "occupied", on: true });
      if (this.palm) this.say({ t: "asks", question: this.palm.question });
      this.answered = -1; // what the server tells at first was answered before
    }
    this.changed();
  }

  /** @param {any} message */
  hear(message) {
    if (message.t === "state") this.take(message);
    else if (message.t === "refused") this.toast(message.key, message.values);
  }

  /** @param {import("./lib/types.js").State} state */
  take(state) {
    const before = this.state?.phase;
    const step = this.state?.step?.segment;
    if (this.state?.marking.anew !== state.marking.anew) window.scrollTo(0, 0);
    this.state = state;
    timing.state = state;
    if (state.lang !== this.lang) this.speak(state.lang);
    if (before !== state.phase) {
      this.since_ms = performance.now();
      if (state.phase === "welcome" && before && before !== "stopped") this.nobodyAsked(); // the first state may come after the click
      if (before && !state.agreed) this.camera.stop();
      this.local.seeResult = false;
      if (!["welcome", "finished"].includes(state.phase)) Object.assign(this.local, { step: null, watching: false, home: false, learner: false, checking: false });
      this.local.sheet = false;
      if (state.phase !== "practising" && state.phase !== "paused") this.last = null;
      if (state.phase !== "paused") this.local.finishing = false;
      if (state.phase === "setup" && before !== "setup") this.local.setup = "camera";
      window.scrollTo(0, 0);
    }
    if (state.step) this.last = state.step;
    this.lookAgain(state);
    this.hearPalm(state);
    this.stayAwake();
    if (before === "practising" && state.phase !== before) this.speaker.hush(); // it is about hands that are to stop
    this.appoint(state);
    if (step !== state.step?.segment) this.speaker.forget(["hint", "count", "how"]); // of the step before: no longer true
    this.speaker.hear(state.say ?? []);
    timing.said = this.speaker.played;
    this.stage();
    const shown = JSON.stringify({ ...state, say: null, ghost: state.ghost?.pace ?? !!state.ghost });
    if (shown !== this.shown) this.changed(); // the ghost moves ten times a second; only the painter needs to know
    this.shown = shown;
  }

  /** Who was sent here from a training day or a visit is the one who practises, once nobody else does. @param {import("./lib/types.js").State} state */
  appoint(state) {
    if (!this.sent || !["welcome", "consent", "finished", "stopped"].includes(state.phase)) return;
    const { exam, ...who } = this.sent;
    this.sent = null;
    history.replaceState(null, "", location.pathname); // a page that is loaded anew asks for nobody
    if (state.phase !== "welcome") this.say({ t: "new" });
    this.say({ t: "learner", ...who });
    if (!exam) return;
    this.say({ t: "mode", mode: "exam" }); // the steps, where it is said what it is for, are left at once
    this.toast(who.visit ? "occasion_visit" : "occasion_event", { code: who.code });
  }

  /** From the camera's set-up to the result nobody touches the laptop. */
  stayAwake() {
    const phase = this.link === "open" ? this.state?.phase : "";
    const waiting = ["setup", "paused", "stopped"].includes(phase ?? "") && performance.now() - this.since_ms < ALONE_MS;
    this.awake.keep(phase === "practising" || waiting);
  }

  /** The next person is asked everything anew. */
  nobodyAsked() {
    this.go({ asked: false, consent: NOTHING_ASKED });
  }

  /** Gives the painter what it draws over the picture. */
  stage() {
    const { state, painter } = this;
    if (!state) return;
    const live = state.phase === "practising";
    painter.stage({
      ghost: live ? state.ghost : null,
      segment: this.words.segments.get(state.step?.segment ?? "") ?? null,
      hold: live && state.mode !== "exam" ? (state.step?.hold ?? null) : null,
      strong: state.phase === "setup" || state.marking.anew === true,
      moving: !this.still.matches,
      faint: state.fading ?? 0,
      letters: this.letters,
    });
  }

  /** The hands' short names. */
  get letters() {
    return { left: this.t("letter_left"), right: this.t("letter_right") };
  }

  /** @param {import("./lib/types.js").Lang} lang */
  choose(lang) {
    this.speak(lang);
    this.say({ t: "lang", lang });
    this.stage();
    this.changed();
  }

  /** @param {import("./lib/types.js").Lang} lang */
  speak(lang) {
    this.words = new Words(this.config, lang);
    document.documentElement.lang = lang;
    document.title = this.t("page_title");
  }

  /** @param {boolean} on */
  mute(on) {
    this.speaker.mute(on);
    this.say({ t: "mute", on });
  }

  /** A page that was loaded anew, or whose next person has agreed, takes up the camera that it gave before. @param {import("./lib/types.js").State} state */
  lookAgain(state) {
    if (!state.camera.browser) this.left = false;
    if (!state.agreed) return; // it may be somebody else by now
    if (state.camera.browser && !this.left && !this.camera.wanted && !this.local.cameraRefused) this.useBrowserCamera();
  }

  /** The stop for pain. Where the result is looked at after a stop, it is what to do then that is shown again. */
  stop() {
    const stopped = this.state?.phase === "stopped";
    if (stopped) this.go({ seeResult: false });
    if (!stopped || this.state?.marking.anew) this.say({ t: "stop" }); // what is being marked is given up
  }

  /** Plays the sample; no other camera is needed. */
  playSample() {
    this.camera.stop();
    this.left = true;
    this.say({ t: "sample" });
  }

  async useBrowserCamera() {
    this.left = false;
    try {
      await this.camera.start();
      this.go({ cameraRefused: null });
    } catch (error) {
      this.cameraRefused(/** @type {Error} */ (error));
    }
  }

  /** @param {Error} error */
  cameraRefused(error) {
    this.go({ cameraRefused: CAMERA_REFUSED[error.name] ?? "browser_camera_missing" });
  }

  /** Back to the program's own camera. */
  leaveBrowserCamera() {
    this.camera.stop();
    this.left = true;
    this.say({ t: "browser_camera", on: false });
  }

  /** @param {string} key @param {import("./lib/types.js").Values} [values] */
  toast(key, values = {}) {
    if (!this.words.has(key)) return;
    const text = this.t(key, values);
    this.go({ toast: text });
    const read_ms = Math.max(TOAST_MS, LETTER_MS * text.length);
    setTimeout(() => this.local.toast === text && this.go({ toast: null }), read_ms);
  }
}
