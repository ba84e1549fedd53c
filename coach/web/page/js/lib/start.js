/** A page's first question. The words come with its answer, so until then the page itself says what it waits for. */
import { get, Refusal } from "./api.js";

const AGAIN_MS = 2000;

/** Asks until there is an answer, and says meanwhile why there is none. @param {string} path @returns {Promise<any>} */
export async function begun(path) {
  const waiting = /** @type {HTMLElement} */ (document.getElementById("waiting"));
  const why = /** @type {HTMLElement} */ (waiting.querySelector(".why"));
  for (;;) {
    try {
      const answer = await get(path);
      waiting.hidden = true;
      return answer;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const told = `${error.text?.id ?? ""}\n${error.text?.en ?? ""}`.trim(); // both: which one is read is not known yet
      if (why.textContent !== told) why.textContent = told;
      waiting.hidden = false;
    }
    await new Promise((over) => setTimeout(over, AGAIN_MS));
  }
}
