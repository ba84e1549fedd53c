/** Files that the server makes: fetched, then kept by the browser under the name that the server gives. */
import { address, answered } from "../lib/api.js";

/** @param {string} path @param {Record<string, string>} [values] */
export async function save(path, values = {}) {
  const answer = await answered(address(path, values));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = nameIn(answer.headers.get("Content-Disposition") ?? "");
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** @param {string} header */
export function nameIn(header) {
  const coded = /filename\*=(?:UTF-8'')([^;]+)/i.exec(header)?.[1];
  if (coded) return decodeURIComponent(coded);
  return /filename="?([^";]+)"?/i.exec(header)?.[1] ?? "coach";
}
