/** What the review page has of a session: its words, its player, its tracks; all that is read. */
import { address, bytes, download, get } from "../lib/api.js";
import { Words } from "../lib/words.js";
import { speak } from "../parts/trainer_bar.js";
import * as acts from "./acts.js";
import { flawsOf, marksOf } from "./marks.js";
import { Player } from "./player.js";
import { Tracks } from "./tracks.js";
import { View } from "./view.js";

/** @typedef {import("./types.js").Act} Act @typedef {import("./types.js").Span} Span */

const TOAST_MS = 6000;
const EVENLY_S = 1 / 30; // between the moments of a session of which neither video nor tracks are kept

/**
 * @typedef {object} Local
 * @property {acts.Key | null} chosen
 * @property {"segment" | "repetition" | "hold" | null} drawing  what the next drag on the timeline adds
 * @property {string} adding  segment, hand or point of what is added
 * @property {"list" | "notes" | "events" | "ratings"} tab
 * @property {"back" | "side"} beside
 * @property {boolean} overlay
 * @property {boolean} pen
 * @property {import("./types.js").Place[][]} strokes
 * @property {string | null} item  the checklist's item that was clicked last
 * @property {string | null} dialog
 * @property {string | null} toast
 * @property {boolean} edit  the chosen item's points are being changed
 */

export class Loaded {
  /** @param {string} id @param {import("./types.js").About} about @param {import("./types.js").Session} session @param {import("./types.js").Lang} lang @param {() => void} draw */
  constructor(id, about, session, lang, draw) {
    this.id = id;
    this.about = about;
    this.session = session;
    this.draw = draw;
    this.blind = false;
    this.words = new Words(/** @type {any} */ ({ ...about, protocol: session.protocol }), lang);
    this.player = new Player();
    this.view = new View(this.length_s);
    this.tracks = /** @type {Tracks | null} */ (null);
    this.loading = true;
    this.version = 0; // of what the timeline draws
    this.drawn = 0; // times that the timeline was drawn
    this.turns = 0; // answers of the server that were taken, and changes that were queued
    this.gaps = /** @type {Map<string, Span[]>} */ (new Map());
    this.acts = acts.actsOf(session.stands);
    this.flaws = flawsOf(session);
    this.marks = marksOf(session);
    /** @type {Local} */
    this.local = { chosen: null, drawing: null, adding: "", tab: "list", beside: "back", overlay: true, pen: false, strokes: [], item: null, dialog: null, toast: null, edit: false };
  }

  // ------------------------------------------------------------------ words

  /** @param {string} key @param {import("../lib/types.js").Values} [values] */
  t(key, values) {
    return this.words.t(key, values);
  }

  get letters() {
    return { left: this.t("letter_left"), right: this.t("letter_right") };
  }

  /** @param {import("./types.js").Lang} lang */
  speak(lang) {
    speak(lang);
    this.words = new Words(/** @type {any} */ ({ ...this.about, protocol: this.session.protocol }), lang);
    document.title = this.t("rv_page_title", { kader: this.session.row.kader || this.t("rv_no_kader") });
    this.changed();
  }

  /** The act in words. @param {Act} act */
  nameOf(act) {
    if (act.kind === "segment") return this.words.segment(act.segment);
    if (act.kind === "hold") return this.words.point(act.segment, act.point ?? "");
    return this.t(act.whole ? "rv_repetition_of" : "rv_partial_of", { hand: this.t(`hand_${act.hand}`) });
  }

  // ------------------------------------------------------------------ what there is

  get base() {
    return `/api/sessions/${encodeURIComponent(this.id)}`;
  }

  get length_s() {
    const ends = (this.session.stands?.segments ?? []).map((match) => match.end_s);
    return Math.max(this.session.video?.duration_s ?? 0, this.session.row.duration_s ?? 0, ...ends, 1);
  }

  /** Tracks and the frames' times, which may take a moment: the page is of use before. */
  async load() {
    const { video, has_tracks } = this.session;
    const frames = video ? get(`${this.base}/frames`).then(({ time_s }) => this.player.setTimes(time_s)) : null;
    const tracks = has_tracks ? bytes(`${this.base}/tracks`).then((packed) => { this.tracks = new Tracks(packed); }) : null;
    if (!video) this.player.setTimes(Array.from({ length: Math.ceil(this.length_s / EVENLY_S) + 1 }, (_, k) => k * EVENLY_S));
    const done = await Promise.allSettled([frames, tracks]);
    if (!video && this.tracks?.n) this.player.setTimes(this.tracks.time_s);
    if (done.some(({ status }) => status === "rejected")) this.toast("rv_part_missing");
    this.loading = false;
    performance.mark("whole");
    this.view.setLength(Math.max(this.length_s, this.player.end_s));
    this.changed();
  }

  /** @param {import("./types.js").Session} fresh */
  take(fresh) {
    this.turns += 1;
    this.session = fresh;
    this.acts = acts.actsOf(fresh.stands);
    this.flaws = flawsOf(fresh);
    this.marks = marksOf(fresh);
    this.changed();
  }

  /** When a hand was not seen. @param {"left" | "right"} hand */
  unseen(hand) {
    if (!this.tracks) return [];
    let found = this.gaps.get(hand);
    if (!found) this.gaps.set(hand, (found = this.tracks.unseen(hand)));
    return found;
  }

  /** An item in words: its segment and kind. @param {string} id */
  itemName(id) {
    return this.words.title(this.session.item_titles[id]) || id;
  }

  /** @param {import("./marks.js").Mark} mark */
  openMark(mark) {
    if (mark.note) this.go({ tab: "notes" });
    else this.go({ tab: "list", item: mark.item });
  }

  /** Something that the timeline shows has changed. */
  changed() {
    this.version += 1;
    this.draw();
    this.player.tell();
  }

  /** @param {Partial<Local>} change */
  go(change) {
    this.local = { ...this.local, ...change };
    this.version += 1;
    this.draw();
    this.player.tell();
  }

  /** @param {string} key @param {import("../lib/types.js").Values} [values] */
  toast(key, values = {}) {
    this.tell(this.t(key, values));
  }

  /** @param {string} text */
  tell(text) {
    this.go({ toast: text });
    setTimeout(() => this.local.toast === text && this.go({ toast: null }), TOAST_MS);
  }

  /** A paper or a file of this session. @param {string} kind @param {Record<string, number>} [more] */
  paper(kind, more = {}) {
    download(address(`/api/papers/${kind}`, { sessions: this.id, lang: this.words.lang, ...more }));
    this.toast("rv_paper_coming");
  }

  /** Fetches the session anew; what was read before something else was taken, or changed here, is asked for again. */
  async refresh() {
    for (;;) {
      const before = this.turns;
      const fresh = await get(address(this.base));
      if (before === this.turns) return this.take(fresh);
    }
  }
}
