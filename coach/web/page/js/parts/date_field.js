/** A day as people here write it, 31/12/2026, in whatever language the browser is: its own field would follow that. */
import { html, useState } from "../lib/ui.js";

/** A day as it is kept, 2026-12-31; empty for an empty text, null for what is no day. @param {string} text */
export function dayOf(text) {
  if (!text.trim()) return "";
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text);
  const own = /^\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})\s*$/.exec(text);
  const [year, month, day] = iso ? iso.slice(1).map(Number) : own ? own.slice(1).map(Number).reverse() : [0, 0, 0];
  const found = new Date(Date.UTC(year, month - 1, day));
  if (!year || found.getUTCMonth() !== month - 1 || found.getUTCDate() !== day) return null;
  return found.toISOString().slice(0, 10);
}

/** @param {string} iso */
const written = (iso) => iso.split("-").reverse().join("/");

/** @param {{id: string, name: string, value: string, about?: string, invalid: boolean, required?: boolean, onInput: (iso: string) => void, more?: object}} props  `value`: as it is kept */
export function DateField({ id, name, value, about, invalid, required, onInput, more = {} }) {
  const [typed, setTyped] = useState(/** @type {string | null} */ (null)); // while it is no day yet
  const input = (/** @type {any} */ event) => {
    const text = event.currentTarget.value;
    const day = dayOf(text);
    setTyped(text);
    if (day !== null && day !== value) onInput(day);
  };
  const leave = () => setTyped((text) => (text !== null && dayOf(text) === null ? text : null));
  const bad = invalid || (typed !== null && dayOf(typed) === null);
  return html`<span class="date-field">
    <input id=${id} name=${name} type="text" inputmode="numeric" placeholder="31/12/2026" value=${typed ?? written(value)} required=${required} autocomplete="off" maxlength="10"
      aria-describedby=${about} aria-invalid=${bad ? "true" : undefined} onInput=${input} onBlur=${leave} ...${more} />
    <input type="date" class="calendar" tabindex="-1" aria-hidden="true" value=${value} onInput=${(/** @type {any} */ event) => { setTyped(null); onInput(event.currentTarget.value); }} />
  </span>`;
}
