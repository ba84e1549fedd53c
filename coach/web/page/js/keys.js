/** Keys and pedals: any key starts, pauses and goes on; Esc is the stop for pain. */

const SYSTEM = new Set(["Tab", "Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "NumLock", "ContextMenu", "Dead", "Process", "Unidentified"]);
const PRESSES = new Set(["Enter", " "]);
const MOVES = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);

/** What a key means now, or null. @param {KeyboardEvent} event @param {string} phase @param {boolean} ready  the practice may start */
export function meaning(event, phase, ready) {
  if (event.key === "Escape") return "stop";
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || SYSTEM.has(event.key) || /^F\d+$/.test(event.key)) return null;
  const on = /** @type {Element | null} */ (event.target);
  if (on?.closest("input, textarea, select")) return null;
  if (on?.closest("button, a, summary, [role=button]") && (PRESSES.has(event.key) || MOVES.has(event.key))) return null;
  if (phase === "practising") return event.key === "r" || event.key === "R" ? "repeat" : "pause";
  if (phase === "paused") return "resume";
  if (phase === "setup" && ready) return "start";
  return null;
}
