/** A short film of a step that goes round and round, whole in its frame. */
import { html } from "../lib/ui.js";

/** @param {{app: import("../app.js").App, src: string, label: string}} props */
export const Film = ({ app, src, label }) => html`
  <video class="film" src=${src} key=${src} muted autoplay=${!app.still.matches} controls=${app.still.matches} loop playsinline aria-label=${label}></video>`;
