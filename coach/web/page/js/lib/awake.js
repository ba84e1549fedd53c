/**
 * Keeps the screen on while somebody practises: her hands are on the back, and no key is pressed for a quarter of an hour.
 * The system takes this back where the page is hidden or the battery is low, so it is asked for again.
 */
export class Awake {
  constructor() {
    this.wanted = this.asking = false;
    /** @type {WakeLockSentinel | null} */
    this.lock = null;
    document.addEventListener("visibilitychange", () => this.see());
  }

  /** @param {boolean} wanted */
  keep(wanted) {
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    this.see();
  }

  async see() {
    if (this.asking) return;
    this.asking = true;
    if (this.wanted && document.visibilityState === "visible" && (!this.lock || this.lock.released)) {
      this.lock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null; // an old browser, or not allowed
    }
    this.asking = false;
    const { lock } = this;
    if (this.wanted || !lock) return;
    this.lock = null;
    await lock.release().catch(() => null);
  }
}
