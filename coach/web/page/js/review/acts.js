/** What stands on the timeline, and the events that change it. */

/** @typedef {import("./types.js").Act} Act @typedef {import("./types.js").Report} Report @typedef {import("./types.js").Span} Span @typedef {import("./types.js").What} What */

/** @param {Span} span */
export const middle = ({ start_s, end_s }) => (start_s + end_s) / 2;

/** All acts of a report in the order of their time; segments before what lies in them. @param {Report | null | undefined} report @returns {Act[]} */
export function actsOf(report) {
  const acts = [];
  for (const match of report?.segments ?? []) {
    const { id, start_s, end_s } = match;
    acts.push(/** @type {Act} */ ({ kind: "segment", segment: id, start_s, end_s, hand: null, whole: true, point: null, match }));
    const inside = [
      ...[...match.repetitions, ...match.partial].map((one) => ({ ...one, kind: "repetition", segment: id, point: null, match })),
      ...match.holds.map((one) => ({ ...one, kind: "hold", segment: id, whole: true, match })),
    ];
    acts.push(.../** @type {Act[]} */ (inside.sort((a, b) => a.start_s - b.start_s)));
  }
  return acts;
}

/** A name that still finds the act, or the nearest like it, when the result has changed. @param {Act} act */
export const keyOf = (act) => ({ kind: act.kind, segment: act.segment, point: act.point, hand: act.hand, at_s: middle(act) });

/** @typedef {ReturnType<typeof keyOf>} Key */

/** @param {Act[]} acts @param {Key | null} key @returns {Act | null} */
export function find(acts, key) {
  if (!key) return null;
  const like = acts.filter((act) => act.kind === key.kind && act.segment === key.segment && act.point === key.point);
  const away = (/** @type {Act} */ act) => Math.abs(middle(act) - key.at_s) + (act.hand === key.hand ? 0 : 0.001);
  const best = like.sort((a, b) => away(a) - away(b))[0];
  return best && (away(best) < 2.5 || (best.start_s <= key.at_s && key.at_s <= best.end_s)) ? best : null;
}

/** @param {number} value */
const ms = (value) => Math.round(Math.max(0, value) * 1000) / 1000;

/** @param {Span} span */
const stretch = ({ start_s, end_s }) => ({ start_s: ms(start_s), end_s: ms(end_s) });

/** How an event names an act. @param {Act} act */
const meant = (act) => ({ segment: act.segment, at_s: ms(middle(act)), ...(act.kind === "hold" ? { point: act.point } : {}) });

/** @param {Act} act @param {Span} span @returns {What} */
export const moved = (act, span) => ({ do: `move_${act.kind}`, ...meant(act), ...stretch(span) });

/** @param {Act} act @returns {What} */
export const deleted = (act) => ({ do: `delete_${act.kind}`, ...meant(act) });

/** Cut at a moment; a press cannot be cut. @param {Act} act @param {number} cut_s @returns {What | null} */
export function cut(act, cut_s) {
  if (act.kind === "hold" || cut_s <= act.start_s || cut_s >= act.end_s) return null;
  return { do: `split_${act.kind}`, ...meant(act), cut_s: ms(cut_s) };
}

/** Another name: another segment, or another point of a press. @param {Act} act @param {string} to @returns {What} */
export const renamed = (act, to) => ({ do: `rename_${act.kind}`, ...meant(act), to });

/** @param {Act} act @param {string | null} hand @param {boolean} whole @returns {What} */
export const changed = (act, hand, whole) => ({ do: "change_repetition", ...meant(act), hand, whole });

/** @param {string} segment @param {Span} span @returns {What} */
export const segmentAdded = (segment, span) => ({ do: "add_segment", segment, ...stretch(span) });

/** @param {string} segment @param {Span} span @param {string} hand @returns {What} */
export const repetitionAdded = (segment, span, hand) => ({ do: "add_repetition", segment, ...stretch(span), hand, whole: true });

/** @param {string} segment @param {Span} span @param {string} point @param {string} hand @returns {What} */
export const holdAdded = (segment, span, point, hand) => ({ do: "add_hold", segment, ...stretch(span), point, hand });

/** The match at a moment, or the nearest. @param {Report | null | undefined} report @param {number} at_s */
export function matchAt(report, at_s) {
  const away = (/** @type {Span} */ one) => Math.max(one.start_s - at_s, at_s - one.end_s, 0);
  return [...(report?.segments ?? [])].sort((a, b) => away(a) - away(b))[0] ?? null;
}

/**
 * Which events stand: those that were not taken back; an undo that was undone takes nothing back.
 * @param {import("./types.js").Happened[]} events
 */
export function standing(events) {
  /** @type {Map<string, string[]>} */
  const undoes = new Map();
  for (const { id, event } of events) if (event.do === "undo") undoes.set(event.event, [...(undoes.get(event.event) ?? []), id]);
  /** @param {string} id @param {string[]} asked @returns {boolean} */
  const taken = (id, asked) => {
    const wider = [...asked, id];
    return (undoes.get(id) ?? []).some((/** @type {string} */ by) => !wider.includes(by) && !taken(by, wider));
  };
  return new Set(events.filter(({ id }) => !taken(id, [])).map(({ id }) => id));
}

/** The event that Ctrl+Z takes back: the last of one's own. @param {import("./types.js").Happened[]} events @param {string} author */
export function toUndo(events, author) {
  const stands = standing(events);
  return events.findLast(({ id, author: by, event }) => by === author && event.do !== "undo" && stands.has(id)) ?? null;
}

/** The undo that Ctrl+Shift+Z takes back: none once one did something new. @param {import("./types.js").Happened[]} all @param {string} author */
export function toRedo(all, author) {
  const stands = standing(all);
  const events = all.filter(({ author: by }) => by === author);
  const kinds = new Map(all.map(({ id, event }) => [id, event.do]));
  const lastNew = events.findLastIndex(({ event }) => event.do !== "undo");
  return events.findLast(({ id, event }, k) => k > lastNew && event.do === "undo" && stands.has(id) && kinds.get(event.event) !== "undo") ?? null;
}
