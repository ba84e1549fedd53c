/** Small parts that every view uses. */
import { classes, html } from "../lib/ui.js";
import { Icon } from "./icons.js";

/** @typedef {{icon?: string, kind?: string, onClick?: () => void, disabled?: boolean, children?: any, label?: string, id?: string, pressed?: boolean}} ButtonProps */

/** @param {ButtonProps} props */
export const Button = ({ icon, kind = "", onClick, disabled, children, label, id, pressed }) => html`
  <button type="button" id=${id} class=${classes("button", kind)} onClick=${onClick} disabled=${disabled} aria-label=${label} title=${label}
    aria-pressed=${pressed === undefined ? undefined : String(pressed)}>
    ${icon && html`<${Icon} name=${icon} />`}${children && html`<span>${children}</span>`}
  </button>`;

/** @param {{kind: string, icon: string, children?: any, role?: string}} props */
export const Note = ({ kind, icon, children, role }) => html`
  <div class=${classes("note", kind)} role=${role}><${Icon} name=${icon} /><div class="grow">${children}</div></div>`;

/** A large box to tick. @param {{checked: boolean, onChange: (on: boolean) => void, children?: any, name: string}} props */
export const Tick = ({ checked, onChange, children, name }) => html`
  <label class="tick">
    <input type="checkbox" name=${name} checked=${checked} onChange=${(/** @type {any} */ event) => onChange(event.currentTarget.checked)} />
    <span>${children}</span>
  </label>`;

/** "?": the handbook at the place where one is. @param {{lang: string, label: string, page: string, place: string}} props */
export const Help = ({ lang, label, page, place }) => html`
  <a class="button plain help" id="help" href=${`/handbook/${lang}/${page}.html#${place}`} target="_blank" rel="noopener" aria-label=${label} title=${label}><span aria-hidden="true">?</span></a>`;
