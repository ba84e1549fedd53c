/**
 * Spoken prompts: recorded clips, one at a time. What waits longer than its turn is forgotten: a late count is a wrong one.
 * Only what has happened to the whole practice, a stop for pain above all, waits for nothing and cuts short what is being said.
 */

const KEPT = "coach.muted";
/** How long a clip waits for its turn, ms, by the first word of its name. @type {Record<string, number>} */
const WAITS_MS = { count: 700, segment: 5000 };
const USUALLY_WAITS_MS = 2500;
const AT_ONCE = "phase";
/** No clip is longer. One that has not ended by then hangs with the sound's device, and would keep all others waiting. */
const LONGEST_MS = 9000;

/** How a step goes takes longer to say than these may wait. */
const CUTS = new Set(["hint", "unseen", "enough", "count"]);

/** Several clips that are said one after the other are joined by "+"; the one that asks for something gives the sort. @param {string} clip */
function sortOf(clip) {
  const pieces = clip.split("+");
  return (pieces.find((piece) => piece.startsWith("hint_")) ?? pieces[0]).split("_", 1)[0];
}

export class Speaker {
  /** @param {() => import("./types.js").Lang} lang @param {() => void} changed */
  constructor(lang, changed) {
    this.lang = lang;
    this.changed = changed;
    this.muted = localStorage.getItem(KEPT) === "yes";
    this.blocked = false; // the browser wants a click before the first sound
    /** @type {HTMLAudioElement | null} */
    this.playing = null;
    this.saying = ""; // the sort of what is played
    /** @type {{clip: string, until_ms: number}[]} */
    this.waiting = []; // one of each sort, the newest
    this.last = -1;
    this.listening = false; // a trainer records: only a stop is said into it
    this.fresh = true; // nothing heard since the page opened, or since the server came back
    /** @type {string[]} */
    this.played = [];
  }

  /** Takes the state's list; what was on it when the page opened counts as heard. @param {{id: number, clip: string}[]} list */
  hear(list) {
    const unheard = this.fresh ? [] : list.filter((entry) => entry.id > this.last);
    this.last = Math.max(this.fresh ? -1 : this.last, ...list.map((entry) => entry.id));
    this.fresh = false;
    for (const entry of unheard) this.say(entry.clip);
  }

  /** @param {string} clip */
  say(clip) {
    if (this.muted) return;
    const sort = sortOf(clip);
    if (sort === AT_ONCE) return this.play(clip);
    if (this.listening) return;
    this.waiting = this.waiting.filter((other) => sortOf(other.clip) !== sort);
    this.waiting.push({ clip, until_ms: performance.now() + (WAITS_MS[sort] ?? USUALLY_WAITS_MS) });
    const over = sort === "enough" && ["segment", "enough", "hint"].includes(this.saying); // the step that is named is over already
    if (this.playing && (over || (this.saying === "how" && CUTS.has(sort)))) this.quiet();
    if (!this.playing) this.goOn();
  }

  /** What waits of these sorts is no longer true. @param {string[]} sorts */
  forget(sorts) {
    this.waiting = this.waiting.filter(({ clip }) => !sorts.includes(sortOf(clip)));
    if (this.playing && sorts.includes(this.saying)) {
      this.quiet();
      this.goOn();
    }
  }

  /** Plays a clip now, in place of whatever else was to be heard. @param {string} clip @param {import("./types.js").Lang} [lang] */
  play(clip, lang = this.lang()) {
    this.hush();
    this.begin(clip, lang);
  }

  /** Plays what has waited longest and is still worth saying. */
  goOn() {
    this.waiting = this.waiting.filter((waiting) => performance.now() <= waiting.until_ms);
    const next = this.waiting.shift();
    if (next) this.begin(next.clip, this.lang());
  }

  /** @param {string} clip @param {import("./types.js").Lang} lang */
  begin(clip, lang) {
    this.saying = sortOf(clip);
    this.piece(clip.split("+"), lang, clip);
  }

  /** @param {string[]} pieces  the first now, the others after it @param {import("./types.js").Lang} lang @param {string} [whole]  what begins */
  piece([first, ...others], lang, whole) {
    const audio = new Audio(`/clips/${lang}/${first}.ogg`);
    this.playing = audio;
    const ended = () => {
      if (this.playing !== audio) return;
      this.playing = null;
      if (others.length) this.piece(others, lang);
      else this.goOn();
    };
    audio.onended = audio.onerror = ended;
    setTimeout(() => { if (this.playing === audio) audio.pause(); ended(); }, LONGEST_MS);
    audio.play().then(
      () => { if (whole) this.played = [...this.played.slice(-49), whole]; this.setBlocked(false); },
      (error) => { if (error.name === "NotAllowedError") this.setBlocked(true); ended(); },
    );
  }

  /** @param {boolean} blocked */
  setBlocked(blocked) {
    if (blocked === this.blocked) return;
    this.blocked = blocked;
    this.changed();
  }

  /** @param {boolean} muted */
  mute(muted) {
    this.muted = muted;
    this.setBlocked(false);
    localStorage.setItem(KEPT, muted ? "yes" : "no");
    if (muted) this.hush();
    this.changed();
  }

  hush() {
    this.waiting = [];
    this.quiet();
  }

  /** Ends what is played. */
  quiet() {
    this.playing?.pause();
    this.playing = null;
  }
}
