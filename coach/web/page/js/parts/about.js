/** On which occasion a session was: what kind of session, which visit, with which mother. */

export const OCCASIONS = ["first", "last", "visit", "exam", "practice"];

/** In words, what is known of it. @param {import("../lib/words.js").Words} words @param {{visit?: number, mother?: string, occasion?: string}} row */
export const aboutOf = (words, { visit, mother, occasion }) => [
  occasion ? words.t(`rv_occasion_${occasion}`) : "",
  visit ? words.t("rv_visit_number", { number: visit }) : "",
  mother ? words.t("rv_mother_code", { code: mother }) : "",
].filter(Boolean);
