/** A window over the page: the browser's own dialog, which keeps the focus in and closes with Esc. */
import { html, useLayoutEffect, useRef } from "../lib/ui.js";
import { Button } from "../parts/common.js";

/** What opened the first of the windows, one of which may lead to another. @type {HTMLElement | null} */
let opener = null;

/** Gives the focus back once no window is open. */
function giveBack() {
  if (document.querySelector("dialog[open]")) return;
  opener?.focus();
  opener = null;
}

/** @param {{desk: import("./desk.js").Desk, title: string, children?: any, wide?: boolean}} props */
export function Dialog({ desk, title, children, wide }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useLayoutEffect(() => {
    const on = /** @type {HTMLElement | null} */ (document.activeElement);
    if (on !== document.body && !on?.closest("dialog")) opener = on;
    dialog.current?.showModal();
    return () => queueMicrotask(giveBack); // after the window is gone
  }, []);
  const close = () => desk.go({ dialog: null });
  return html`
    <dialog class=${wide ? "window wide" : "window"} ref=${dialog} aria-labelledby="dialog-title" onClose=${close}>
      <div class="window-head"><h2 id="dialog-title">${title}</h2>
        <${Button} id="dialog-close" kind="plain icon-only small" icon="cross" label=${desk.t("rv_close")} onClick=${() => dialog.current?.close()} /></div>
      ${children}
    </dialog>`;
}
