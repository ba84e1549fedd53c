/** Small parts of the trainer's pages: fields, a window that asks, waiting, and how dates and numbers are written. */
import { classes, html, useLayoutEffect, useRef } from "../lib/ui.js";
import { Button } from "../parts/common.js";
import { DateField } from "../parts/date_field.js";
import { Icon } from "../parts/icons.js";

/** @typedef {import("./app.js").TrainerApp} App */

/** @param {any} event @returns {string} */
const valueOf = (event) => event.currentTarget.value;

/**
 * A field with its name above. `choices` are offered while one types.
 * @param {{label: string, name: string, value: string, onInput: (value: string) => void, type?: string, choices?: string[], hint?: string, error?: string, required?: boolean, kind?: string, more?: object}} props
 */
export function Field({ label, name, value, onInput, type = "text", choices, hint, error, required, kind = "", more = {} }) {
  const id = `field-${name}`;
  const about = classes(hint && `${id}-hint`, error && `${id}-error`) || undefined;
  return html`
    <div class=${classes("field", kind, error && "asks")}>
      <label for=${id}>${label}</label>
      ${type === "date" ? html`<${DateField} id=${id} name=${name} value=${value} about=${about} invalid=${!!error} required=${required} onInput=${onInput} more=${more} />` : html`
      <input id=${id} name=${name} type=${type} value=${value} list=${choices && `${id}-list`} required=${required} autocomplete="off" maxlength="120" spellcheck=${false}
        aria-describedby=${about} aria-invalid=${error ? "true" : undefined} onInput=${(/** @type {any} */ event) => onInput(valueOf(event))} ...${more} />`}
      ${choices && html`<datalist id=${`${id}-list`}>${choices.map((choice) => html`<option key=${choice} value=${choice} />`)}</datalist>`}
      ${hint && html`<span class="hint" id=${`${id}-hint`}>${hint}</span>`}
      ${error && html`<span class="error" id=${`${id}-error`}><${Icon} name="warn" />${error}</span>`}
    </div>`;
}

/** @param {{label: string, name: string, value: string, onChange: (value: string) => void, options: [string, string][], kind?: string}} props */
export const Select = ({ label, name, value, onChange, options, kind = "" }) => html`
  <div class=${classes("field", kind)}>
    <label for=${`field-${name}`}>${label}</label>
    <select id=${`field-${name}`} name=${name} onChange=${(/** @type {any} */ event) => onChange(valueOf(event))}>
      ${options.map(([id, text]) => html`<option key=${id} value=${id} selected=${id === value}>${text}</option>`)}
    </select>
  </div>`;

/**
 * A window over the page; Esc closes it, and the focus goes back to where it was.
 * @param {{app: App, title: string, onClose: () => void, children?: any, kind?: string, busy?: boolean}} props
 */
export function Dialog({ app, title, onClose, children, kind = "", busy = false }) {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useLayoutEffect(() => {
    const own = box.current;
    own?.showModal();
    return () => own?.close(); // gives the focus back
  }, []);
  const cancel = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!busy) onClose();
  };
  return html`
    <dialog ref=${box} class=${classes("box", kind)} aria-labelledby="box-title" onCancel=${cancel}>
      <div class="box-head">
        <h2 id="box-title">${title}</h2>
        <${Button} kind="plain icon-only" icon="cross" label=${app.t("tr_close")} disabled=${busy} onClick=${onClose} />
      </div>
      <div class="box-body stack">${children}</div>
    </dialog>`;
}

/** @param {{app: App}} props */
export const Waiting = ({ app }) => html`<p class="waiting soft" role="status">${app.t("tr_waiting")}</p>`;

/** A share of 0 to 1 as a bar. @param {{share: number, label: string}} props */
export const Bar = ({ share, label }) => html`<progress class="bar-share" max="1" value=${share} aria-label=${label}></progress>`;

/** What a session comes to, in a word; nothing where there is no result. @param {{app: App, state?: string}} props */
export function Verdict({ app, state = "" }) {
  if (!state) return null;
  const [kind, icon] = VERDICTS[state] ?? ["", "eye_off"];
  return html`<span class=${classes("pill", kind)}><${Icon} name=${icon} />${app.t(`verdict_state_${state}`)}</span>`;
}

/** @type {Record<string, [string, string]>} kind and icon of a verdict's state */
const VERDICTS = { passed: ["good", "tick"], not_passed: ["warn", "up"], provisional: ["", "dots"] };

/** A title, what the page is for, and what can be done with all of it. @param {{title: string, lead?: string, children?: any}} props */
export const Top = ({ title, lead, children }) => html`
  <div class="top">
    <div class="grow"><h1>${title}</h1><p class="soft" role="status">${lead}</p></div>
    <div class="row">${children}</div>
  </div>`;

/** Day and time as people here write them. @param {App} app @param {string} iso */
export function moment(app, iso) {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return new Intl.DateTimeFormat(app.lang === "id" ? "id-ID" : "en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }).format(time);
}

/** @param {App} app @param {string} iso */
export function day(app, iso) {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : new Intl.DateTimeFormat(app.lang === "id" ? "id-ID" : "en-GB", { day: "numeric", month: "short", year: "numeric" }).format(time);
}

/** Minutes and seconds. @param {number} seconds */
export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** A number with the language's decimal sign. @param {App} app @param {number | null | undefined} value @param {number} [digits] */
export const numeral = (app, value, digits = 0) => (value === null || value === undefined || Number.isNaN(value) ? "–" : value.toFixed(digits).replace(/^-(?=0?[.]?0*$)/, "").replace("-", "−").replace(".", app.words.decimal));

/** How long it still takes, in words. @param {App} app @param {number | null | undefined} seconds */
export function left(app, seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return app.t("tr_left_unknown");
  if (seconds < 60) return app.t("tr_left_seconds", { seconds: Math.max(1, Math.round(seconds)) });
  return app.t("tr_left_minutes", { minutes: Math.round(seconds / 60) });
}
