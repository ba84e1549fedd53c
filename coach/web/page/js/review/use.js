/** Parts of the page that follow the player. */
import { useEffect, useRef, useState } from "../lib/ui.js";

/**
 * Draws a part anew when what it looks at has changed; the cursor moves far more often than most parts need to know.
 * @template T
 * @param {import("./desk.js").Desk} desk @param {() => T} look
 * @returns {T}
 */
export function usePlayer(desk, look) {
  const now = look();
  const [, again] = useState(0);
  const latest = useRef(look);
  latest.current = look;
  useEffect(() => {
    let last = JSON.stringify(latest.current());
    return desk.player.listen(() => {
      const next = JSON.stringify(latest.current());
      if (next === last) return;
      last = next;
      again((count) => count + 1);
    });
  }, [desk]);
  return now;
}
