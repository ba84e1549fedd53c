/** The live picture: a canvas that the painter draws on, with whatever lies over it. */
import { html, useLayoutEffect, useRef } from "../lib/ui.js";

/** @param {{app: import("../app.js").App, label: string, children?: any}} props */
export function Preview({ app, label, children }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useLayoutEffect(() => {
    app.painter.show(canvas.current);
    return () => app.painter.show(null);
  }, [app]);
  return html`
    <div class="preview">
      <canvas ref=${canvas} width="640" height="480" role="img" aria-label=${label}></canvas>
      ${children}
    </div>`;
}
