/** What can be done with the sessions that are ticked. */
import { html, useState } from "../lib/ui.js";
import { Button } from "../parts/common.js";
import { HandOut } from "./hand_out.js";
import { Remove } from "./remove.js";
import { Rescore } from "./rescore.js";

/** @typedef {import("./app.js").TrainerApp} App */

/**
 * @param {{app: App, rows: import("./rows.js").Rows, ids: string[] | null, onClear: () => void, onChanged: () => void}} props
 *   `ids`: null where all that match are meant
 */
export function Chosen({ app, rows, ids, onClear, onChanged }) {
  const [open, setOpen] = useState(/** @type {{kind: string, ids: string[]} | null} */ (null));
  const count = ids ? ids.length : (rows.total ?? 0);
  const start = (/** @type {string} */ kind) => async () => {
    try {
      setOpen({ kind, ids: ids ?? (kind === "hand-out" ? [] : await rows.ids()) });
    } catch (error) {
      app.told(error);
    }
  };
  const close = (/** @type {boolean} */ changed) => {
    setOpen(null);
    if (changed) onChanged();
  };
  return html`
    <div class="foot chosen-bar" role="region" aria-label=${app.t("tr_chosen", { count })}>
      <strong role="status">${app.t("tr_chosen", { count })}</strong>
      <div class="row">
        <${Button} id="hand-out" kind="first" icon="paper" onClick=${start("hand-out")}>${app.t("tr_hand_out")}</${Button}>
        <${Button} id="rescore" icon="repeat" onClick=${start("rescore")}>${app.t("tr_rescore")}</${Button}>
        <${Button} id="remove" icon="trash" onClick=${start("remove")}>${app.t("tr_delete")}</${Button}>
        <${Button} id="unchoose" kind="plain" icon="cross" onClick=${onClear}>${app.t("tr_unchoose")}</${Button}>
      </div>
    </div>
    ${open?.kind === "hand-out" && html`<${HandOut} app=${app} ids=${ids} count=${count} rows=${rows} onClose=${() => close(false)} />`}
    ${open?.kind === "rescore" && html`<${Rescore} app=${app} ids=${open.ids} rows=${rows} onClose=${close} />`}
    ${open?.kind === "remove" && html`<${Remove} app=${app} ids=${open.ids} onClose=${close} />`}`;
}
