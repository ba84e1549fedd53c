/** Who is to practise and what for, as the address says it: the trainer's page leads here from a training day or a visit. */

/** @typedef {{code: string, event: string, visit: string, by: string, exam: boolean}} Appointment */

/** @param {string} search  of the address @returns {Appointment | null} */
export function appointment(search) {
  const given = new URLSearchParams(search);
  const code = given.get("code");
  if (!code) return null;
  return { code, event: given.get("event") ?? "", visit: given.get("visit") ?? "", by: given.get("by") ?? "", exam: given.get("mode") === "exam" };
}
