/** The keyboard of the review page. */
import { toggleLoop, togglePen, zoom } from "./controls.js";
import { addHere, startDrawing } from "./edit.js";

/** @typedef {import("./desk.js").Desk} Desk */

export const SKIP_S = 1;

/** @type {Record<string, (desk: Desk, event: KeyboardEvent) => unknown>} */
const MOVES = {
  ArrowLeft: ({ player }, { shiftKey }) => (shiftKey ? player.skip(-SKIP_S) : player.step(-1)),
  ArrowRight: ({ player }, { shiftKey }) => (shiftKey ? player.skip(SKIP_S) : player.step(1)),
  Home: ({ player }) => player.show(0),
  End: ({ player }) => player.show(player.times.length - 1),
  PageUp: (desk) => pan(desk, -0.6),
  PageDown: (desk) => pan(desk, 0.6),
  Escape: (desk) => desk.go({ drawing: null, pen: false, strokes: [], chosen: null }),
};

/** @type {Record<string, (desk: Desk) => unknown>} */
const LETTERS = {
  " ": ({ player }) => player.toggle(),
  j: ({ player }) => player.play(-1),
  k: ({ player }) => player.pause(),
  l: ({ player }) => (player.going > 0 ? player.faster() : player.play(1)),
  "+": (desk) => zoom(desk, 1.6),
  "=": (desk) => zoom(desk, 1.6),
  "-": (desk) => zoom(desk, 1 / 1.6),
  0: (desk) => { desk.view.fit(); desk.player.tell(); },
  f: (desk) => { if (desk.chosen) desk.view.fitTo(desk.chosen); desk.player.tell(); },
  r: toggleLoop,
  "?": (desk) => desk.go({ dialog: "keys" }),
};

/** Those that change something: not while one rates blindly. @type {Record<string, (desk: Desk) => unknown>} */
const CHANGES = {
  "[": (desk) => desk.walk(-1),
  "]": (desk) => desk.walk(1),
  i: (desk) => desk.setEdge("start_s"),
  o: (desk) => desk.setEdge("end_s"),
  s: (desk) => desk.split(),
  1: (desk) => startDrawing(desk, "segment"),
  2: (desk) => startDrawing(desk, "repetition"),
  3: (desk) => startDrawing(desk, "hold"),
  Enter: (desk) => addHere(desk),
  Delete: (desk) => desk.remove(),
  n: (desk) => { desk.go({ tab: "notes" }); setTimeout(() => document.getElementById("note-text")?.focus()); },
  d: togglePen,
};

const MOVES_ON = new Set(["+", "=", "-", "[", "]"]); // goes on while it is held; all else would be done again and again

/** What the help lists: keys and the sentence about them. */
export const HELP = [
  ["Space", "play"], ["J K L", "jkl"], ["← →", "arrows"], ["Shift ← →", "shift"], ["Home End", "home"], ["R", "loop"],
  ["+ − 0 F", "zoom"], ["PgUp PgDn", "pan"], ["[ ]", "walk"], ["I O", "edges"], ["S", "split"], ["1 2 3", "add"],
  ["Enter", "enter"], ["Del", "delete"], ["N", "note"], ["D", "draw"], ["Ctrl Z", "undo"], ["Ctrl Shift Z", "redo"], ["Esc", "escape"],
];

/** @param {Desk} desk @param {number} share */
function pan(desk, share) {
  desk.view.pan(share);
  desk.player.tell();
}

/** @param {Desk} desk @param {KeyboardEvent} event */
export function press(desk, event) {
  if (desk.local.dialog || event.altKey || event.metaKey) return;
  const on = /** @type {Element | null} */ (event.target);
  if (on?.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey) {
    const what = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : null;
    if (!what || desk.blind) return;
    event.preventDefault();
    desk[what]();
    return;
  }
  if (on?.closest("button, a, summary, label, [role=button], [role=tab], input") && ["Enter", " "].includes(key)) return;
  if (on?.closest("input[type=radio], [role=tab]") && key.startsWith("Arrow")) return;
  const act = MOVES[key] ?? (desk.keysOff && key.length === 1 && !on?.closest("#timeline") ? null : LETTERS[key] ?? (desk.blind ? null : CHANGES[key]));
  if (!act) return;
  event.preventDefault();
  if (!event.repeat || MOVES[key] || MOVES_ON.has(key)) act(desk, event);
}
