/** What needs a trainer's eye: items without full points, where they rest on, and the notes. */

/** @typedef {import("./types.js").Session} Session @typedef {import("./types.js").ReportItem} ReportItem */

/** @typedef {{at_s: number, end_s: number, kind: "improve" | "missed" | "note", item: string | null, note: import("./types.js").Note | null}} Mark */

/** @param {ReportItem} item */
export const flawed = (item) => item.status === "scored" && (item.points ?? 0) < item.max_points;

/** The segments with something to improve, and how bad it is. @param {Session} session @returns {Map<string, number>} */
export function flawsOf(session) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const item of session.stands?.items ?? []) {
    if (item.segment && flawed(item)) found.set(item.segment, Math.max(found.get(item.segment) ?? 0, item.max_points - (item.points ?? 0)));
  }
  return found;
}

/** @param {Session} session @returns {Mark[]} */
export function marksOf(session) {
  /** @type {Mark[]} */
  const marks = [];
  const ends = new Map((session.stands?.segments ?? []).map((match) => [match.id, match]));
  for (const item of session.stands?.items ?? []) {
    if (!flawed(item)) continue;
    const match = ends.get(item.segment ?? "");
    const spans = item.evidence.length ? item.evidence : match ? [match] : [];
    const first = spans[0];
    if (first) marks.push({ at_s: first.start_s, end_s: first.end_s, kind: item.points ? "improve" : "missed", item: item.id, note: null });
  }
  for (const note of session.notes ?? []) marks.push({ at_s: note.at_s, end_s: note.at_s, kind: "note", item: null, note });
  return marks.sort((a, b) => a.at_s - b.at_s);
}

/** Marks that would lie upon each other are put side by side. @param {Mark[]} marks @param {(time_s: number) => number} x @returns {{mark: Mark, x: number}[]} */
export function placed(marks, x) {
  let free = -Infinity;
  return marks.map((mark) => {
    const at = Math.max(x(mark.at_s), free);
    free = at + 13;
    return { mark, x: at };
  });
}
