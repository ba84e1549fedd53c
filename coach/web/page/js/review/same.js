/** The same session in two windows: what is changed in one is seen in the other at once. */
import { get } from "../lib/api.js";

const ASK_MS = 3000; // another browser, or another program, changes a session more seldom than another window

/**
 * Follows what happens to a session elsewhere, as long as its page is open.
 * @param {import("./desk.js").Desk} desk
 */
export function follow(desk) {
  const windows = new BroadcastChannel(`coach.session.${desk.id}`);
  let over = false;

  /** Fetches the session anew where it is another than this page has; not over a change of this page's own. */
  async function look() {
    if (over || document.hidden || desk.blind || desk.queue.waiting.length) return;
    const found = (await get(`${desk.base}/revision`)).revision;
    if (found !== desk.session.revision && !desk.queue.waiting.length) await desk.refresh();
  }

  const looked = () => look().catch((error) => {
    if (!error.say || error.status === 0 || error.status >= 500) return; // away for a moment: the next time tells
    over = true; // deleted, or the server was started anew
    desk.go({ toast: error.say(desk.words) }); // it stays: nothing can be done here any more
  });
  windows.onmessage = looked;
  document.addEventListener("visibilitychange", looked);
  setInterval(looked, ASK_MS);
  queueMicrotask(looked); // once it is known whether one rates blindly
  return {
    /** Something was changed here. */
    tell: () => {
      looked();
      windows.postMessage("changed");
    },
    /** It is being deleted: there is nothing to follow any more, unless that fails. @param {boolean} now */
    end: (now) => {
      over = now;
    },
  };
}
