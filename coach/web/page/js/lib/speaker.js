/** Spoken prompts: recorded clips, one at a time. What waits longer than its turn is forgotten: a late count is a wrong one. */

const KEPT = "coach.muted";
const STALE_MS = 2500;

export class Speaker {
  /** @param {() => import("./types.js").Lang} lang @param {() => void} changed */
  constructor(lang, changed) {
    this.lang = lang;
    this.changed = changed;
    this.muted = localStorage.getItem(KEPT) === "yes";
    this.blocked = false; // the browser wants a click before the first sound
    /** @type {HTMLAudioElement | null} */
    this.playing = null;
    /** @type {{clip: string, since_ms: number} | null} */
    this.next = null;
    this.last = -1;
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
    if (this.playing) this.next = { clip, since_ms: performance.now() };
    else this.play(clip);
  }

  /** @param {string} clip @param {import("./types.js").Lang} [lang] */
  play(clip, lang = this.lang()) {
    const audio = new Audio(`/clips/${lang}/${clip}.ogg`);
    this.playing = audio;
    const ended = () => {
      if (this.playing !== audio) return;
      this.playing = null;
      const next = this.next;
      this.next = null;
      if (next && performance.now() - next.since_ms < STALE_MS) this.play(next.clip);
    };
    audio.onended = audio.onerror = ended;
    audio.play().then(
      () => { this.played = [...this.played.slice(-49), clip]; this.setBlocked(false); },
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
    this.next = null;
    this.playing?.pause();
    this.playing = null;
  }
}
