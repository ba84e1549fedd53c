/** A stack of paper tests, entered by keys: B, S, T; a row a kader, a column a statement in the order of the sheet. */
import { classes, html, useRef, useState } from "../lib/ui.js";
import { Form, called, send } from "./doing.js";

/** @type {Record<string, Record<string, string>>}  what a key says, by language */
const KEYS = {
  id: { b: "true", s: "false", t: "unknown", "-": "blank" },
  en: { t: "true", f: "false", d: "unknown", "-": "blank" },
};
/** @type {Record<string, string>} */
const SIGNS = { true: "✓", false: "✗", unknown: "?", blank: "–" };

/** @param {{desk: import("./doing.js").Desk, event: any, people: any[], occasion: string, onClose: () => void}} props */
export function Grid({ desk, event, people, occasion, onClose }) {
  const { app } = desk;
  const order = event.sheet.order[occasion];
  const table = useRef(/** @type {HTMLTableElement | null} */ (null));
  const [answers, setAnswers] = useState(() => Object.fromEntries(people.map((one) => [one.id, { ...(event.tests[occasion][one.id]?.answers ?? {}) }])));
  const to = (/** @type {number} */ cell) => /** @type {HTMLElement | null} */ (table.current?.querySelector(`[data-cell="${cell}"]`))?.focus();
  const typed = (/** @type {KeyboardEvent} */ event_, /** @type {number} */ row, /** @type {number} */ column) => {
    const cell = row * order.length + column;
    const moves = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowLeft: -1, ArrowDown: order.length, ArrowUp: -order.length });
    const said = KEYS[app.lang][event_.key.toLowerCase()];
    if (event_.key in moves) to(cell + moves[event_.key]);
    else if (event_.key === "Backspace") { put(row, column, ""); to(cell - 1); }
    else if (said) { put(row, column, said); to(cell + 1); }
    else return;
    event_.preventDefault();
  };
  const put = (/** @type {number} */ row, /** @type {number} */ column, /** @type {string} */ value) => setAnswers((/** @type {Record<string, Record<string, string>>} */ before) => {
    const own = /** @type {Record<string, string>} */ ({ ...before[people[row].id], [order[column]]: value });
    if (!value) delete own[order[column]];
    return { ...before, [people[row].id]: own };
  });
  const given = Object.fromEntries(Object.entries(answers).filter(([, own]) => Object.keys(own).length));
  const open = people.reduce((sum, one) => sum + (Object.keys(answers[one.id]).length ? order.length - Object.keys(answers[one.id]).length : 0), 0);
  return html`<${Form} desk=${desk} kind="wide" title=${app.t(`pr_test_${occasion}_paper`)} onClose=${onClose} ready=${Object.keys(given).length > 0} onSave=${() => send(desk, `/events/${event.id}/tests`, { occasion, mode: "paper", people: given })}>
    <p>${app.t("pr_grid_lead")} ${app.t("pr_grid_code", { code: event.sheet.code[occasion] })}</p>
    <div class="scroll"><table class="plain grid" ref=${table}><thead><tr><th scope="col">${app.t("tr_kader")}</th>${order.map((/** @type {string} */ id, /** @type {number} */ k) => html`<th key=${id} scope="col" title=${app.title(event.sheet.statements[id])}>${k + 1}</th>`)}</tr></thead>
      <tbody>${people.map((one, row) => html`<tr key=${one.id}><th scope="row">${called(one)}</th>${order.map((/** @type {string} */ id, /** @type {number} */ column) => {
        const said = answers[one.id][id];
        return html`<td key=${id} class=${classes("cell", !said && "unread")}><button type="button" data-cell=${row * order.length + column} aria-label=${app.t("pr_cell", { who: one.code, number: column + 1, said: said ? app.t(`pr_${said}`) : app.t("pr_unread") })} onKeyDown=${(/** @type {KeyboardEvent} */ event_) => typed(event_, row, column)}>${SIGNS[said] ?? ""}</button></td>`;
      })}</tr>`)}</tbody></table></div>
    <p class="soft" role="status">${open ? app.t("pr_grid_open", { count: open }) : app.t("pr_grid_whole")}</p>
  </${Form}>`;
}
