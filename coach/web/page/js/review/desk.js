/** What one can do on the review page: choose, correct, take back. */
import { post } from "../lib/api.js";
import * as acts from "./acts.js";
import { Loaded } from "./loaded.js";
import { Queue } from "./queue.js";
import { follow } from "./same.js";

/** @typedef {import("./types.js").Act} Act @typedef {import("./types.js").What} What @typedef {import("./types.js").Span} Span */

const AUTHOR = "coach.trainer";
const ASKED = "coach.trainer.day"; // on which it was said who corrects
const KEYS_OFF = "coach.keys.off";

export class Desk extends Loaded {
  /** @param {string} id @param {import("./types.js").About} about @param {import("./types.js").Session} session @param {import("./types.js").Lang} lang @param {() => void} draw */
  constructor(id, about, session, lang, draw) {
    super(id, about, session, lang, draw);
    this.author = localStorage.getItem(AUTHOR) ?? about.trainer ?? "";
    this.keysOff = localStorage.getItem(KEYS_OFF) === "1";
    this.before = Promise.resolve(); // undo and redo that are under way
    /** What is to be done once it is known who corrects. @type {(() => void)[]} */
    this.unsigned = [];
    this.queue = new Queue(id, (sent) => this.send(sent), (fresh, event) => this.sent(fresh, event));
    this.others = follow(this);
    this.speak(lang);
  }

  // ------------------------------------------------------------------ what is chosen

  get chosen() {
    return acts.find(this.acts, this.local.chosen);
  }

  /** The segment at a moment; between segments the chosen one's, else the nearest. @param {number} at_s */
  matchAt(at_s) {
    const inside = (/** @type {Span} */ one) => one.start_s <= at_s && at_s < one.end_s;
    const chosen = this.chosen?.match ?? null;
    if (chosen && inside(chosen)) return chosen;
    const nearest = acts.matchAt(this.session.stands, at_s);
    return nearest && inside(nearest) ? nearest : (chosen ?? nearest);
  }

  /** The segment that the panels speak of. */
  get segment() {
    return this.matchAt(this.player.time_s)?.id ?? null;
  }

  /** @param {Act | null} act @param {boolean} [seek] */
  choose(act, seek = false) {
    this.go({ chosen: act && acts.keyOf(act), drawing: null });
    if (act && seek) {
      this.player.go(act.start_s);
      this.view.show(act);
      this.changed();
    }
  }

  /** The next or the previous act. @param {number} way */
  walk(way) {
    const chosen = this.chosen;
    const at = chosen ? this.acts.indexOf(chosen) : this.acts.findLastIndex((act) => act.start_s <= this.player.time_s);
    const next = this.acts[Math.max(0, Math.min(this.acts.length - 1, at + way))];
    if (next) this.choose(next, true);
  }

  // ------------------------------------------------------------------ changes

  /** @param {string} author */
  setAuthor(author) {
    this.author = author.trim();
    localStorage.setItem(AUTHOR, this.author);
    localStorage.setItem(ASKED, today());
    this.draw();
  }

  /** Whether it was said today who corrects: tomorrow somebody else may sit here. */
  get signed() {
    return this.author !== "" && localStorage.getItem(ASKED) === today();
  }

  /** Who corrects; what waited for it is sent. @param {string} author */
  sign(author) {
    const waiting = this.unsigned.splice(0); // first: the question forgets them when it closes
    this.setAuthor(author);
    this.go({ dialog: null });
    for (const act of waiting) act();
  }

  /** Asks who corrects; nothing is changed where nobody says it. @param {() => void} then */
  askAuthor(then) {
    this.unsigned = [...this.unsigned, then];
    this.go({ dialog: "author" });
    return Promise.resolve();
  }

  /** @param {boolean} off */
  setKeysOff(off) {
    this.keysOff = off;
    localStorage.setItem(KEYS_OFF, off ? "1" : "0");
    this.draw();
  }

  /** @param {import("./queue.js").Sent} sent @returns {Promise<import("./types.js").Session>} */
  send(sent) {
    return post(`${this.base}/events`, sent);
  }

  /** A change on its way that the page shows already, such as a tick. @param {string} kind @param {string} field @param {string} id */
  queued(kind, field, id) {
    return this.queue.waiting.findLast(({ event }) => event.do === kind && event[field] === id)?.event ?? null;
  }

  /** @param {What | null} event @param {acts.Key | null} [next]  what is chosen afterwards */
  change(event, next) {
    if (!event || this.blind) return Promise.resolve();
    if (!this.signed) return this.askAuthor(() => this.change(event, next));
    if (next !== undefined) this.go({ chosen: next });
    this.turns += 1;
    const sent = this.queue.add(event, this.author);
    this.draw();
    return sent;
  }

  /** @param {import("./types.js").Session | null} fresh @param {What | null} event */
  sent(fresh, event) {
    if (!fresh) return this.changed();
    this.take(fresh);
    this.others.tell();
    const last = fresh.events?.at(-1);
    if (event && last && fresh.missed?.includes(last.id)) this.toast("rv_missed");
  }

  /** Scores the session again by some of the parts alone. @param {string[]} parts */
  async rate(parts) {
    try {
      await post(`${this.base}/rescore`, { parts });
      await this.refresh();
      this.others.tell();
    } catch (error) {
      this.tell(/** @type {import("../lib/api.js").Refusal} */ (error).say?.(this.words) ?? String(error));
    }
  }

  /** @param {Act} act @param {Span} span */
  move(act, span) {
    const next = { ...acts.keyOf(act), at_s: acts.middle(span) };
    return this.change(acts.moved(act, span), next);
  }

  /** The chosen act begins or ends at the cursor. @param {"start_s" | "end_s"} edge */
  setEdge(edge) {
    const act = this.chosen;
    if (!act) return this.toast("rv_choose_first");
    const span = { start_s: act.start_s, end_s: act.end_s, [edge]: this.player.time_s };
    if (span.end_s <= span.start_s) return this.toast("rv_edge_order");
    return this.move(act, span);
  }

  remove() {
    const act = this.chosen;
    if (!act) return this.toast("rv_choose_first");
    const left = this.acts[this.acts.indexOf(act) - 1];
    return this.change(acts.deleted(act), act.kind === "segment" || !left ? null : acts.keyOf(left));
  }

  split() {
    const at_s = this.player.time_s;
    const inside = (/** @type {Act} */ act) => act.kind !== "hold" && act.start_s < at_s && at_s < act.end_s;
    const act = this.chosen && inside(this.chosen) ? this.chosen : this.acts.find((one) => one.kind === "segment" && inside(one));
    if (!act) return this.toast("rv_split_where");
    return this.change(acts.cut(act, at_s), null);
  }

  /** Adds what is being drawn. @param {Span} span */
  add(span) {
    const { drawing, adding } = this.local;
    if (!drawing || span.end_s <= span.start_s) return;
    this.go({ drawing: null });
    const key = { kind: drawing, at_s: acts.middle(span), point: null, hand: /** @type {any} */ (null) };
    if (drawing === "segment") return this.change(acts.segmentAdded(adding, span), { ...key, segment: adding });
    const match = this.matchAt(acts.middle(span));
    if (!match) return this.toast("rv_no_segment_here");
    if (drawing === "repetition") return this.change(acts.repetitionAdded(match.id, span, adding), { ...key, segment: match.id, hand: /** @type {any} */ (adding) });
    const point = this.words.segments.get(match.id)?.hold?.points.find((one) => one.id === adding);
    const hand = point?.hand ?? "right";
    return this.change(acts.holdAdded(match.id, span, adding, hand), { ...key, segment: match.id, point: adding, hand });
  }

  undo() {
    return this.takeBack((events) => acts.toUndo(events, this.author));
  }

  redo() {
    return this.takeBack((events) => acts.toRedo(events, this.author));
  }

  /** One after the other: what is meant is known once everything before is kept. @param {(events: import("./types.js").Happened[]) => import("./types.js").Happened | null} find */
  takeBack(find) {
    this.before = this.before.then(async () => {
      await this.queue.running;
      const last = this.queue.waiting.length ? null : find(this.session.events ?? []);
      if (last) await this.change({ do: "undo", event: last.id });
    });
    return this.before;
  }
}

/** The day, as the person's own clock has it. */
const today = () => new Date().toDateString();
