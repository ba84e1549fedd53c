/**
 * Who presses twice means it once. Many press everything as they would open a folder; what comes of the first press
 * would lie under the second one: another view's button, or the same one that takes it back. A key that is held down
 * presses once too.
 */

const TWICE_MS = 500; // what Windows takes for a double click, as the browser does
const PRESSED = "button, a, summary, label, input[type=checkbox], input[type=radio]";
const TYPED = "input:not([type=checkbox], [type=radio]), textarea, select";
const PRESSES = new Set(["Enter", " "]);

/** @type {WeakSet<Event>} */
const second = new WeakSet();
let last = { key: "", at_ms: -Infinity };

/** Whether the key was pressed just before as well, or is held. @param {KeyboardEvent} event */
export const isSecond = (event) => second.has(event);

/** @param {KeyboardEvent} event */
function note(event) {
  const { key, repeat, timeStamp } = event;
  if (repeat || (key === last.key && timeStamp - last.at_ms < TWICE_MS)) second.add(event);
  last = { key, at_ms: timeStamp };
}

/** Begins to watch. @param {string} [each]  selector of what is meant each time that it is pressed */
export function once(each = ":not(*)") {
  /** Whether a press on this is not meant again. @param {EventTarget | null} target */
  const single = (target) => {
    const on = /** @type {Element | null} */ (target);
    return !!on?.closest(PRESSED) && !on.matches(TYPED) && !on.closest(each);
  };
  document.addEventListener("keydown", (event) => {
    note(event);
    if (second.has(event) && PRESSES.has(event.key) && single(event.target)) event.preventDefault();
  }, true);
  document.addEventListener("click", (event) => {
    if (event.detail < 2 || !single(event.target)) return; // the browser counts the clicks at one place
    event.preventDefault();
    event.stopPropagation();
  }, true);
}
