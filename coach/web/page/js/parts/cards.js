/** Pictures by which somebody is known who would rather not write a code. */
import { html } from "../lib/ui.js";

/** On a field of 24 × 24. @type {Record<string, {colour: string, d: string}>} */
const CARDS = {
  sun: { colour: "#b45309", d: "M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM11 1h2v4h-2zM11 19h2v4h-2zM1 11h4v2H1zM19 11h4v2h-4zM3.5 5l1.5-1.5L7.800 6.300 6.300 7.800zM16.200 17.700l1.500-1.500 2.800 2.800-1.500 1.500zM19 3.500 20.500 5 17.700 7.800 16.200 6.300zM6.300 16.200l1.500 1.500L5 20.500 3.500 19z" },
  moon: { colour: "#4338ca", d: "M15 2a10 10 0 1 0 7 15A9 9 0 0 1 15 2z" },
  star: { colour: "#a16207", d: "M12 2l3 6.500 7 .9-5.100 4.900 1.300 7L12 17.900l-6.200 3.400 1.300-7L2 9.400l7-.9z" },
  house: { colour: "#b3161b", d: "M12 2 1.500 11H5v10h5v-6h4v6h5V11h3.500z" },
  fish: { colour: "#0a62b8", d: "M1.500 12C5 6.500 11 5 16 9.500L22 6v12l-6-3.500C11 19 5 17.500 1.500 12zM6.500 10.200a1.300 1.300 0 1 0 0 2.600 1.300 1.300 0 0 0 0-2.600z" },
  flower: { colour: "#be185d", d: "M12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5zM12 2a3.500 3.500 0 0 1 3 5.300 3.500 3.500 0 1 1 3.500 6 3.500 3.500 0 0 1-3.500 6A3.500 3.500 0 0 1 9 19.300a3.500 3.500 0 0 1-3.500-6 3.500 3.500 0 1 1 3.500-6A3.500 3.500 0 0 1 12 2z" },
  leaf: { colour: "#17633a", d: "M21 3C9 2 3 8 4 16c3-5 7-8 12-9C11 9 7 13 5 20l2 1 1.500-3C17 20 22 13 21 3z" },
  boat: { colour: "#0b5a52", d: "M11 2v11H3zM13 4v9h7zM2 15h20l-3.500 6h-13z" },
};
export const CARD = "kartu-"; // how the code of such a person begins
export const NAMES = Object.keys(CARDS);

/** The card of a code, or "". @param {string} code */
export const cardOf = (code) => (code.startsWith(CARD) && code.slice(CARD.length) in CARDS ? code.slice(CARD.length) : "");

/** @param {{code: string}} props */
export function Picture({ code }) {
  const card = CARDS[cardOf(code)];
  return html`<svg class="picture" viewBox="0 0 24 24" aria-hidden="true">
    ${card
      ? html`<path d=${card.d} fill=${card.colour} fill-rule="evenodd" />`
      : html`<path d="M12 3.500a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 21c.600-4.300 3.600-6.500 7.500-6.500s6.900 2.200 7.500 6.500z" fill="currentColor" />`}
  </svg>`;
}
