/** Notes at a moment, and what is drawn on that picture. */
import { html, useState } from "../lib/ui.js";
import { Button } from "../parts/common.js";
import { Icon } from "../parts/icons.js";
import { clock } from "./line/rows.js";
import { usePlayer } from "./use.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** @param {{desk: Desk}} props */
export function Notes({ desk }) {
  const [text, setText] = useState("");
  const { words, local, player } = desk;
  const at = usePlayer(desk, () => clock(player.time_s, 2, words.decimal));
  const ready = text.trim() !== "" || local.strokes.length > 0;
  const save = () => {
    if (!ready) return;
    if (!desk.signed) return void desk.askAuthor(save);
    desk.change({ do: "note", at_s: Math.round(player.time_s * 1000) / 1000, text: text.trim(), drawing: local.strokes });
    setText("");
    desk.go({ strokes: [], pen: false });
  };
  const saveByKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    save();
  };
  return html`
    <div class="notes">
      <form class="stack tight" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); save(); }}>
        <label class="field" for="note-text">${desk.t("rv_note_at", { at })}</label>
        <textarea id="note-text" rows="2" maxlength="2000" value=${text} onInput=${(/** @type {any} */ event) => setText(event.currentTarget.value)} onKeyDown=${saveByKey}></textarea>
        <div class="row">
          <${Button} id="note-pen" kind="small" icon="pen" pressed=${local.pen} onClick=${() => { player.pause(); desk.go({ pen: !local.pen }); }}>${desk.t(local.pen ? "rv_pen_on" : "rv_pen")}</${Button}>
          ${local.strokes.length > 0 && html`<${Button} id="note-unstroke" kind="small plain" icon="undo" onClick=${() => desk.go({ strokes: local.strokes.slice(0, -1) })}>${desk.t("rv_unstroke")}</${Button}>`}
          <span class="grow"></span>
          <${Button} id="note-save" kind="small first" disabled=${!ready} onClick=${save}>${desk.t("rv_save")}</${Button}>
        </div>
      </form>
      <ul class="list">${[...(desk.session.notes ?? [])].sort((a, b) => a.at_s - b.at_s).map((note) => html`
        <li key=${note.event} class="note-row">
          <button type="button" class="to" onClick=${() => { player.pause(); player.go(note.at_s); desk.view.show({ start_s: note.at_s, end_s: note.at_s }); desk.changed(); }}>
            <strong>${clock(note.at_s, 1, words.decimal)}</strong> <span>${note.text || desk.t("rv_drawing")}</span>${note.drawing.length > 0 && html`<${Icon} name="pen" />`}
          </button>
          <${Button} kind="small icon-only plain" icon="trash" label=${desk.t("rv_delete_note")} onClick=${() => desk.change({ do: "undo", event: note.event })} />
        </li>`)}</ul>
      ${!desk.session.notes?.length && html`<p class="soft empty">${desk.t("rv_no_notes")}</p>`}
    </div>`;
}
