/** The back's rectangle that goes with four places on the body: the server works it out. */
import { get } from "./api.js";

/** @typedef {import("./types.js").Place} Place */

/**
 * The corners (0,0) (1,0) (1,1) (0,1) for C7, the left and the right shoulder point and L5.
 * @param {Place[]} body @param {number} width @param {number} height  of the picture that the places lie in
 * @returns {Promise<Place[]>}
 */
export const cornersOf = async (body, width, height) => (await outlineOf(body, width, height)).corners;

/**
 * The same, and the key of what is wrong with the places, such as shoulders that are exchanged.
 * @param {Place[]} body @param {number} width @param {number} height
 * @returns {Promise<{corners: Place[], trouble: string | null}>}
 */
export function outlineOf(body, width, height) {
  const numbers = body.flat().map((value) => value.toFixed(2));
  return get("/api/back", { body: numbers.join(","), size: `${width.toFixed(0)},${height.toFixed(0)}` });
}

/**
 * Asks for one place after the other while they are dragged: never two questions at a time, and always for the last.
 * @param {(corners: Place[], trouble: string | null) => void} show
 */
export function outliner(show) {
  let wanted = /** @type {Parameters<typeof cornersOf> | null} */ (null);
  let asking = false;
  let over = false;
  const ask = async () => {
    asking = true;
    while (wanted && !over) {
      const [body, width, height] = wanted;
      wanted = null;
      const outline = await outlineOf(body, width, height).catch(() => null);
      if (outline && !over) show(outline.corners, outline.trouble);
    }
    asking = false;
  };
  return {
    /** @param {Parameters<typeof cornersOf>} places */
    for(...places) {
      wanted = places;
      if (!asking) ask();
    },
    close() { over = true; },
  };
}
