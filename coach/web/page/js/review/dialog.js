/** A window over the page: the browser's own dialog, which keeps the focus in and closes with Esc. */
import { html, useEffect, useRef } from "../lib/ui.js";
import { Button } from "../parts/common.js";

/** @param {{desk: import("./desk.js").Desk, title: string, children?: any, wide?: boolean}} props */
export function Dialog({ desk, title, children, wide }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    dialog.current?.showModal();
    return () => dialog.current?.close();
  }, []);
  const close = () => desk.go({ dialog: null });
  return html`
    <dialog class=${wide ? "window wide" : "window"} ref=${dialog} aria-labelledby="dialog-title" onClose=${close}>
      <div class="window-head"><h2 id="dialog-title">${title}</h2>
        <${Button} id="dialog-close" kind="plain icon-only small" icon="cross" label=${desk.t("rv_close")} onClick=${() => dialog.current?.close()} /></div>
      ${children}
    </dialog>`;
}
