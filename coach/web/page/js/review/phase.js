/** From a moment of this session to that of a reference, by the phase of the repetitions. */

/** @typedef {import("./types.js").Match} Match @typedef {[number, number]} Pair */

/** Along pairs of moments that belong together; none outside of them. @param {Pair[]} pairs @param {number} time_s */
export function alongPairs(pairs, time_s) {
  if (time_s <= pairs[0][0]) return pairs[0][1];
  for (let k = 1; k < pairs.length; k++) {
    const [[a, b], [c, d]] = [pairs[k - 1], pairs[k]];
    if (time_s <= c) return c > a ? b + ((time_s - a) / (c - a)) * (d - b) : d;
  }
  return pairs[pairs.length - 1][1];
}

/** The moments at which a repetition begins, and where the last one ends. @param {Match} match */
function beginnings(match) {
  const all = [...match.repetitions, ...match.partial].sort((a, b) => a.start_s - b.start_s);
  const alternating = new Set(all.map((one) => one.hand)).size > 1;
  const first = alternating ? all.filter((one) => one.hand === all[0].hand || one.hand === "both") : all; // one loop shows both hands in turn
  if (!first.length) return [match.start_s, match.end_s];
  const last = all[all.length - 1];
  return [...first.map((one) => one.start_s), Math.max(last.returned_s ?? last.end_s, last.end_s)];
}

/** The moment of a film that shows one repetition over and over. @param {Match[]} matches @param {number} length_s @param {number} time_s */
export function alongLoop(matches, length_s, time_s) {
  const match = matches.find((one) => time_s >= one.start_s && time_s <= one.end_s) ?? matches[0];
  if (!match) return 0;
  const starts = beginnings(match);
  for (let k = 1; k < starts.length; k++) {
    if (time_s < starts[k]) return time_s < starts[0] ? 0 : Math.min(0.999, (time_s - starts[k - 1]) / (starts[k] - starts[k - 1])) * length_s;
  }
  return 0.999 * length_s;
}
