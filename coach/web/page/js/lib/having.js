/**
 * Which of a browser's windows has the practice. It holds a lock, which the browser gives back when that window is
 * closed, however it ends; so the window before it hears of that. Another browser's windows know nothing of the lock.
 */

const LOCK = "coach.practice";
const LOADED_ANEW_MS = 1500; // a window that is only loaded anew has taken it again by then

/** The practice is this window's, whoever had it. */
export function have() {
  navigator.locks?.request(LOCK, { steal: true }, () => new Promise(() => {})).catch(() => {}); // until another window takes it
}

/**
 * Calls once the window that took the practice is gone, and no other one has it.
 * @param {() => void} act
 * @returns {() => void} gives up waiting
 */
export function whenLeft(act) {
  const given = new AbortController();
  const wait = () => {
    let mine = true;
    const held = async () => {
      await new Promise((over) => setTimeout(over, LOADED_ANEW_MS));
      if (mine && !given.signal.aborted) act();
    };
    navigator.locks?.request(LOCK, { signal: given.signal }, held).catch(() => { // another window took it, or it is given up
      mine = false;
      if (!given.signal.aborted) wait();
    });
  };
  wait();
  return () => given.abort();
}
