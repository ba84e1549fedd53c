/** Keys and pedals: any key starts, pauses and goes on; Esc is the stop for pain. */

const SYSTEM = new Set(["Tab", "Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "NumLock", "ContextMenu", "Dead", "Process", "Unidentified"]);
const PRESSES = new Set(["Enter", " "]);
const MOVES = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);

/** Whether what has the focus is worked with this key. @param {Element | null} on @param {string} key */
function worked(on, key) {
  if (on?.closest("input[type=radio], input[type=checkbox]")) return key === " " || MOVES.has(key);
  if (on?.closest("input, textarea, select")) return true;
  return !!on?.closest("button, a, summary, [role=button]") && (PRESSES.has(key) || MOVES.has(key));
}

/** What a key means now, or null. @param {KeyboardEvent} event @param {string} phase @param {boolean} ready  the practice may start */
export function meaning(event, phase, ready) {
  if (event.key === "Escape") return "stop";
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || SYSTEM.has(event.key) || /^F\d+$/.test(event.key)) return null;
  if (worked(/** @type {Element | null} */ (event.target), event.key)) return null;
  if (phase === "practising") return event.key === "r" || event.key === "R" ? "repeat" : "pause";
  if (phase === "paused") return "resume";
  if (phase === "setup" && ready) return "start";
  return null;
}
