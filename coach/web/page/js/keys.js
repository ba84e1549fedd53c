/**
 * Keys and pedals: any key starts, pauses and goes on; Esc is the stop for pain.
 *
 * Not among them are the browser's own keys, those for the loudness, the light or the power of a laptop, those with which what has the focus is worked, and those that scroll where
 * there is more than fits on the screen. PageUp and PageDown count all the same: they are what most pedals send.
 */
import { isSecond } from "./lib/once.js";

const SYSTEM = new Set(["Tab", "Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "NumLock", "ContextMenu", "Dead", "Process", "Unidentified",
  "Fn", "FnLock", "Hyper", "Super", "Symbol", "SymbolLock", "ScrollLock", "PrintScreen", "Eject", "Power", "PowerOff", "Sleep", "Standby", "Hibernate",
  "WakeUp", "LogOff"]);
/** What a laptop's other keys are called: pressed for the loudness, say, they are not meant for the practice. */
const MACHINE = /^(Audio|Media|Microphone|Speaker|Volume|Brightness|Keyboard|Display|Zoom|Browser|Launch|App|Camera|Privacy)/;
const PEDAL = /^F(1[3-9]|2[0-4])$/; // on no keyboard, so pedals send them; F1 to F12 are the browser's
const PRESSES = new Set(["Enter", " "]);
const SCROLLS = new Set(["ArrowUp", "ArrowDown", "Home", "End"]);
const MOVES = new Set([...SCROLLS, "ArrowLeft", "ArrowRight"]);
const CHOICES = "input[type=radio], input[type=checkbox]";
const BUTTONS = "button, a, summary, video[controls], [role=button]";
const SCROLLED = "html, .panel, .checks"; // what scrolls where it is too long

/** Whether what has the focus is worked with this key. @param {Element | null} on @param {string} key */
function worked(on, key) {
  if (on?.closest(CHOICES)) return key === " " || MOVES.has(key);
  if (on?.closest("input, textarea, select")) return true;
  return !!on?.closest(BUTTONS) && (PRESSES.has(key) || MOVES.has(key));
}

/** Whether the key shows what is not in view. @param {string} key */
function scrolls(key) {
  return SCROLLS.has(key) && [...document.querySelectorAll(SCROLLED)].some((box) => box.scrollHeight > box.clientHeight + 1); // 1: rounding
}

/** Whether the key is the browser's, or only goes with others. @param {KeyboardEvent} event */
function foreign({ key, code, ctrlKey, altKey, metaKey }) {
  if (PEDAL.test(key) || PEDAL.test(code)) return false; // Linux has other names for some
  return ctrlKey || altKey || metaKey || SYSTEM.has(key) || MACHINE.test(key) || /^F\d+$/.test(key);
}

/**
 * What a key means now, or null.
 * @param {KeyboardEvent} event
 * @param {"start" | "pause" | "resume" | null} any  what the view offers to any key
 * @param {boolean} repeats  whether it offers to repeat the step
 */
export function meaning(event, any, repeats) {
  if (event.key === "Escape") return "stop";
  if (isSecond(event) || foreign(event) || scrolls(event.key)) return null;
  if (worked(/** @type {Element | null} */ (event.target), event.key)) return null;
  return any === "pause" && repeats && event.key.toLowerCase() === "r" ? "repeat" : any;
}

/**
 * Takes the focus from what was pressed with the pointer: a pedal would press it again. Tab goes on from there all the same.
 */
export function letGo() {
  const on = /** @type {HTMLElement | null} */ (document.activeElement);
  if (on?.matches(`${BUTTONS}, ${CHOICES}`)) on.blur();
}
