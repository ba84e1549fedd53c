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

/**
 * What a key means now, or null.
 * @param {KeyboardEvent} event
 * @param {"start" | "pause" | "resume" | null} any  what the view offers to any key
 * @param {boolean} repeats  whether it offers to repeat the step
 */
export function meaning(event, any, repeats) {
  if (event.key === "Escape") return "stop";
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || SYSTEM.has(event.key) || /^F\d+$/.test(event.key)) return null;
  if (worked(/** @type {Element | null} */ (event.target), event.key)) return null;
  return any === "pause" && repeats && event.key.toLowerCase() === "r" ? "repeat" : any;
}
