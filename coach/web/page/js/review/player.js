/** Where one is in the session: the frame that is shown, playing, loops; and seeks that find the very frame. */

/** @typedef {import("./types.js").Span} Span */

const TRIES = 3; // a seek that showed a neighbour is made again, a little beside the middle
const BESIDE = [0.5, 0.3, 0.7, 0.5]; // share of the frame's own time
const LAST_S = 1 / 30; // how long the last frame lasts, if nothing tells
const LOST_MS = 700; // browsers tell of most frames, not of all: so long after it should be there, one is sought anew
export const RATES = [0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];

export class Player {
  constructor() {
    this.times = /** @type {ArrayLike<number>} */ ([0]); // of the frames, growing
    this.index = 0; // of the frame that is wanted: the cursor
    this.shown = -1; // of the frame that the picture shows
    this.going = 0; // 1 forward, -1 backward, 0 still
    this.rate = 1;
    this.loop = /** @type {Span | null} */ (null);
    this.video = /** @type {HTMLVideoElement | null} */ (null);
    this.first_s = NaN; // the browser's time of the first frame, which is not always nought; nothing is sought before it is known
    this.tries = 0;
    this.misses = 0; // seeks that showed another frame at first
    this.lost = 0; // frames that the browser did not tell of
    this.told = false; // the browser tells which frame is on the screen
    this.timer = 0;
    this.pending = false;
    this.position_s = 0; // between frames, while a clock of our own runs
    this.listeners = /** @type {Set<() => void>} */ (new Set());
  }

  get time_s() {
    return this.times[this.index];
  }

  /** The browser's clock of the video minus the table's. */
  get offset_s() {
    return Number.isNaN(this.first_s) ? 0 : this.first_s - this.times[0];
  }

  get end_s() {
    return this.times[this.times.length - 1] ?? 0;
  }

  /** @param {() => void} listener  told at every change of the frame, of playing, of the loop */
  listen(listener) {
    this.listeners.add(listener);
    return () => { this.listeners.delete(listener); };
  }

  tell() {
    for (const listener of this.listeners) listener();
  }

  /** @param {ArrayLike<number>} times */
  setTimes(times) {
    const at_s = this.time_s ?? 0;
    this.times = times.length ? times : [0];
    this.shown = this.video && !Number.isNaN(this.first_s) ? this.nearest(this.video.currentTime - this.offset_s) : -1;
    this.index = this.indexAt(at_s);
    this.tell();
  }

  /** The frame that is on the screen at a moment. @param {number} time_s */
  indexAt(time_s) {
    let low = 0;
    let high = this.times.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.times[middle] <= time_s + 1e-6) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** A moment at which a frame begins. @param {number} time_s */
  snap(time_s) {
    return this.times[this.indexAt(time_s)];
  }

  /** @param {HTMLVideoElement | null} video */
  attach(video) {
    this.video = video;
    this.first_s = NaN;
    this.shown = -1;
    this.tries = 0;
    clearTimeout(this.timer);
    this.told = video !== null && "requestVideoFrameCallback" in video;
    if (!video) return;
    video.addEventListener("seeked", () => this.onSeeked());
    video.addEventListener("loadeddata", () => this.expect());
    video.addEventListener("ended", () => (this.loop && this.going > 0 ? this.again() : this.pause()));
    if (this.told) this.watch(video);
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) this.expect();
  }

  /** @param {HTMLVideoElement} video */
  watch(video) {
    video.requestVideoFrameCallback((_now, { mediaTime }) => {
      if (this.video !== video) return;
      this.onFrame(mediaTime);
      this.watch(video);
    });
  }

  /** A frame is on the screen. @param {number} mediaTime_s */
  onFrame(mediaTime_s) {
    this.told = true;
    if (Number.isNaN(this.first_s)) {
      this.first_s = mediaTime_s;
      if (this.pending || (this.index && !this.going)) this.seek(false);
    }
    this.shown = this.nearest(mediaTime_s - this.offset_s);
    if (this.going > 0) {
      if (!this.pending) this.index = this.shown;
      this.turn();
    } else if (this.shown !== this.index && !this.video?.seeking && !this.pending && this.tries < TRIES) {
      this.tries += 1;
      this.misses += 1;
      this.seek(false);
    }
    this.tell();
  }

  /** @param {number} time_s */
  nearest(time_s) {
    const k = this.indexAt(time_s);
    const next = this.times[k + 1];
    return next !== undefined && next - time_s < time_s - this.times[k] ? k + 1 : k;
  }

  /** @param {number} time_s */
  go(time_s) {
    this.show(this.indexAt(time_s));
  }

  /** @param {number} index */
  show(index) {
    this.index = Math.max(0, Math.min(this.times.length - 1, index));
    this.position_s = this.time_s;
    this.tries = 0;
    this.seek(true);
    this.tell();
  }

  /** Between the frame's own time and the next one's: no rounding leads to a neighbour. @param {boolean} fresh */
  seek(fresh) {
    const video = this.video;
    if (!video) {
      this.shown = this.index;
      return;
    }
    if ((this.told && Number.isNaN(this.first_s)) || (video.seeking && fresh)) {
      this.pending = true;
      return;
    }
    this.pending = false;
    const from_s = this.time_s;
    const to_s = this.times[this.index + 1] ?? from_s + LAST_S;
    video.currentTime = Math.max(0, from_s + BESIDE[this.tries] * (to_s - from_s) + this.offset_s);
  }

  onSeeked() {
    if (this.pending) this.seek(false);
    else if (this.told) this.expect();
    else if (this.video) {
      this.shown = this.index;
      this.tell();
    }
  }

  /** A frame should be on the screen: the browser will tell which, or it is asked again. */
  expect() {
    clearTimeout(this.timer);
    if (this.told) this.timer = setTimeout(() => this.ask(), LOST_MS);
  }

  /** Seeks anew where the browser did not tell of the wanted frame; after some tries it is believed to be there. */
  ask() {
    const { video } = this;
    const known = !Number.isNaN(this.first_s);
    if (!video || (known && (this.going > 0 || video.seeking || this.pending || this.shown === this.index))) return;
    if (document.hidden) { // nothing is drawn, nor told
      this.expect();
      return;
    }
    this.lost += 1;
    if (this.tries < TRIES) {
      this.tries += 1;
      if (known) this.seek(false);
      else video.currentTime += 1e-3; // still the first frame
      this.expect();
    } else {
      this.told = false;
      if (!known) this.first_s = this.times[0];
      if (this.pending) this.seek(false);
      else this.onSeeked();
    }
  }

  /** @param {number} frames */
  step(frames) {
    this.pause();
    this.show(this.index + frames);
  }

  /** @param {number} seconds */
  skip(seconds) {
    this.go(Math.max(0, this.time_s + seconds));
  }

  /** @param {number} way */
  play(way = 1) {
    if (this.going) this.pause();
    if (way > 0 && this.index >= this.times.length - 1) this.show(0);
    this.going = way;
    this.position_s = this.time_s;
    if (this.video && way > 0) {
      this.video.playbackRate = this.rate;
      this.video.play().catch(() => this.pause());
    } else this.run();
    this.tell();
  }

  pause() {
    if (!this.going) return;
    this.going = 0;
    this.video?.pause();
    if (this.video) this.show(this.index); // the very frame again
    this.tell();
  }

  toggle() {
    if (this.going) this.pause();
    else this.play();
  }

  /** The next of the rates; the fastest is the last. */
  faster() {
    this.setRate(RATES.find((rate) => rate > this.rate) ?? this.rate);
  }

  /** @param {number} rate */
  setRate(rate) {
    this.rate = rate;
    if (this.video) this.video.playbackRate = rate;
    this.tell();
  }

  /** @param {Span | null} span */
  setLoop(span) {
    this.loop = span;
    if (span && (this.time_s < span.start_s || this.time_s >= span.end_s)) this.go(span.start_s);
    this.tell();
  }

  again() {
    if (!this.loop) return;
    this.show(this.indexAt(this.loop.start_s));
    if (this.video?.paused && this.going > 0) this.video.play().catch(() => this.pause());
  }

  /** Back to the loop's other end where one has come to its end. */
  turn() {
    if (!this.loop || this.pending || this.video?.seeking) return;
    if (this.going > 0 && this.time_s >= this.loop.end_s) this.again();
    if (this.going < 0 && this.time_s < this.loop.start_s) this.show(this.indexAt(this.loop.end_s));
  }

  /** A clock of our own: without a video, and backward, which no browser plays. */
  run() {
    const way = this.going;
    let before = performance.now();
    const tick = (/** @type {number} */ now) => {
      if (this.going !== way) return;
      this.position_s += (way * this.rate * Math.max(0, now - before)) / 1000;
      before = now;
      const index = this.indexAt(Math.max(0, this.position_s));
      if (index !== this.index && !(this.video?.seeking)) {
        const kept = this.position_s;
        this.show(index);
        this.position_s = kept;
        this.turn();
      }
      if ((way < 0 && this.position_s <= this.times[0]) || (way > 0 && !this.loop && this.position_s >= this.end_s)) this.pause();
      else if (way > 0 && this.loop && this.position_s >= Math.min(this.loop.end_s, this.end_s)) this.again();
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }
}
