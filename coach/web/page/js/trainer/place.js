/** Where a number of a protocol file stands, and what is said of that place. */

/** @typedef {(string | number)[]} Place @typedef {{place: string, line?: number | null, text: Record<import("../lib/types.js").Lang, string>}} Mistake */

/** @param {Place} place */
export const keyOf = (place) => place.join("/");

/** The name of the number itself. @param {Place} place @returns {string} */
export const fieldOf = (place) => String(place.filter((step) => typeof step === "string" && Number.isNaN(Number(step))).at(-1) ?? "");

/** What is wrong, without the line and the place in the file: it is said at the number. @param {import("./app.js").TrainerApp} app @param {Mistake} mistake */
export const sayMistake = (app, mistake) => mistake.text[app.lang].split(`${mistake.place}: `).slice(-1)[0];

/** The next version: its last number one higher. @param {string} version */
export function nextVersion(version) {
  const parts = version.split(".");
  const last = Number(parts.pop());
  return Number.isInteger(last) ? [...parts, last + 1].join(".") : `${version}.1`;
}
