/** Asking the server for what a view shows: again when the question changes, never an older answer over a newer one. */
import { get } from "../lib/api.js";
import { useEffect, useState } from "../lib/ui.js";

/**
 * @template T
 * @param {string} path @param {Record<string, string>} query @param {unknown} [again]  ask again when it changes
 * @returns {{data: T | null, error: import("../lib/api.js").Refusal | null, busy: boolean}}
 */
export function useAnswer(path, query, again) {
  const [state, setState] = useState(/** @type {any} */ ({ data: null, error: null, busy: true }));
  const question = JSON.stringify([path, query]);
  useEffect(() => {
    const stop = new AbortController();
    setState((/** @type {any} */ before) => ({ ...before, busy: true }));
    get(path, query, stop.signal).then(
      (data) => !stop.signal.aborted && setState({ data, error: null, busy: false }),
      (error) => {
        if (error.name !== "AbortError") setState({ data: null, error, busy: false });
      },
    );
    return () => stop.abort();
  }, [question, again]);
  return state;
}
