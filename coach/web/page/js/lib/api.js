/** Talking to the server: answers as JSON, refusals as errors that carry a sentence in both languages. */

// Browsers drop what is under way when a network comes or goes, even what is asked of this machine: so a question is
// asked again after so many milliseconds. What changes something is not: it may have arrived.
const AGAIN_MS = [200, 1000];

/** @typedef {import("./types.js").Lang} Lang */

const FORBIDDEN = 403; // the page's token is that of a coach that has ended

/** A refusal. `text` is what a person reads; without one the page says it in its own words (`key`). */
export class Refusal extends Error {
  /** @param {number} status  0: the server was not reached @param {{key?: string, values?: object, text?: Record<Lang, string>, mistakes?: any[]}} told */
  constructor(status, told = {}) {
    super(told.key ?? `status ${status}`);
    this.status = status;
    this.key = told.key ?? (status === FORBIDDEN ? "tr_restarted" : status ? "tr_fault" : "tr_unreached");
    this.values = /** @type {import("./types.js").Values} */ (told.values ?? {});
    this.text = told.text ?? null;
    this.told = told;
  }

  /** The sentence in a language; the page's own where the server's speaks of the command line. @param {import("./words.js").Words} words */
  say(words) {
    const own = `tr_refused_${this.key}`;
    if (words.has(own)) return words.t(own, this.values);
    return this.text?.[words.lang] ?? words.t(this.key.startsWith("tr_") ? this.key : "tr_fault");
  }
}

/**
 * The address of what is asked for, without the values that are empty.
 * @param {string} path @param {Record<string, string | number | boolean | null | undefined>} [values]
 */
export function address(path, values = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== "" && value != null) query.set(name, String(value));
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** An answer as it comes. @param {string} path @param {RequestInit} [options] @returns {Promise<Response>} */
export async function answered(path, options) {
  const answer = await reached(path, options, options?.method ? [] : AGAIN_MS);
  if (!answer.ok) throw new Refusal(answer.status, await answer.json().catch(() => ({})));
  return answer;
}

/** @param {string} path @param {RequestInit | undefined} options @param {number[]} again  waits (ms) before it is asked again @returns {Promise<Response>} */
async function reached(path, options, again) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (/** @type {Error} */ (error).name === "AbortError") throw error;
    if (!again.length) throw new Refusal(0);
  }
  await new Promise((over) => setTimeout(over, again[0]));
  return reached(path, options, again.slice(1));
}

/** @param {string} path @param {RequestInit} [options] @returns {Promise<any>} */
async function asked(path, options) {
  const answer = await answered(path, options);
  return answer.status === 204 ? null : answer.json();
}

/** @param {string} method @param {unknown} body @returns {RequestInit} */
const sending = (method, body) => ({
  method,
  ...(body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
});

/** @param {string} path @param {Parameters<typeof address>[1]} [values] @param {AbortSignal} [signal] @returns {Promise<any>} */
export const get = (path, values, signal) => asked(address(path, values), { signal });
/** @param {string} path @returns {Promise<string>} */
export const text = async (path) => (await answered(path)).text();
/** Bytes, such as the tracks of a session. @param {string} path @returns {Promise<ArrayBuffer>} */
export const bytes = async (path) => (await answered(path)).arrayBuffer();
/** @param {string} path @param {unknown} [body] @returns {Promise<any>} */
export const post = (path, body) => asked(path, sending("POST", body));
/** @param {string} path @param {unknown} body @returns {Promise<any>} */
export const put = (path, body) => asked(path, sending("PUT", body));
/** @param {string} path @returns {Promise<any>} */
export const remove = (path) => asked(path, sending("DELETE", undefined));

/**
 * Sends a file and tells how much of it has gone; `fetch` cannot tell that.
 * @param {string} path @param {File} file @param {(share: number) => void} progress
 * @returns {{done: Promise<any>, stop: () => void}}
 */
export function upload(path, file, progress) {
  const request = new XMLHttpRequest();
  const done = new Promise((resolve, reject) => {
    request.open("POST", path);
    request.responseType = "json";
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-Name", encodeURIComponent(file.name));
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => (request.status < 300 ? resolve(request.response) : reject(new Refusal(request.status, request.response ?? {})));
    request.onerror = request.onabort = () => reject(new Refusal(0));
    request.send(file);
  });
  return { done, stop: () => request.abort() };
}

/** Lets the browser save a file that the server makes; it names it. @param {string} path */
export function download(path) {
  const link = document.createElement("a");
  link.href = path;
  link.download = "";
  document.body.append(link);
  link.click();
  link.remove();
}
