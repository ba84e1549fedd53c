/** On which occasion a session was: what kind of session, which visit, with which mother. */

export const OCCASIONS = ["first", "last", "visit", "exam", "practice"];

/** The day of a moment by this machine's own clock, 2026-12-31. @param {string} iso */
export function dayOfMoment(iso) {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return "";
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** The same time of another day. @param {string} iso @param {string} day */
export function movedTo(iso, day) {
  const time = new Date(iso);
  const [year, month, date] = day.split("-").map(Number);
  time.setFullYear(year, month - 1, date);
  return time.toISOString();
}

/** In words, what is known of it. @param {import("../lib/words.js").Words} words @param {{visit?: number, mother?: string, occasion?: string}} row */
export const aboutOf = (words, { visit, mother, occasion }) => [
  occasion ? words.t(`rv_occasion_${occasion}`) : "",
  visit ? words.t("rv_visit_number", { number: visit }) : "",
  mother ? words.t("rv_mother_code", { code: mother }) : "",
].filter(Boolean);
