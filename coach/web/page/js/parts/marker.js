/** Four labelled points on the picture, to drag with a finger, a mouse or the arrow keys. */
import { outliner } from "../lib/marks.js";
import { html, useEffect, useRef, useState } from "../lib/ui.js";

/** @typedef {import("../lib/types.js").Place} Place */

export const NAMES = ["c7", "left", "right", "l5"];
const KEYS = /** @type {Record<string, Place>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] });
const STEP = 2; // px of the picture for one press of a key; ten times as much with Shift

/** Where the points start: in the middle of the picture. @param {number} w @param {number} h @returns {Place[]} */
export const firstGuess = (w, h) => [[w * 0.5, h * 0.22], [w * 0.3, h * 0.27], [w * 0.7, h * 0.27], [w * 0.5, h * 0.86]];

/** @param {{app: import("../app.js").App, width: number, height: number, start: Place[], onMarked: (points: Place[]) => void, onTrouble?: (key: string | null) => void, shown?: {current: Place[] | null}}} props  shown: where the points are told as they are */
export function Marker({ app, width, height, start, onMarked, onTrouble, shown }) {
  const [points, setPoints] = useState(start);
  const svg = useRef(/** @type {SVGSVGElement | null} */ (null));
  const held = useRef(-1);
  const now = useRef(points);
  now.current = points;
  if (shown) shown.current = points;

  const outline = useRef(/** @type {ReturnType<typeof outliner> | null} */ (null));
  useEffect(() => {
    outline.current = outliner((corners, trouble) => {
      app.painter.scene.corners = corners;
      onTrouble?.(trouble);
      app.painter.redraw();
    });
    return () => {
      outline.current?.close();
      app.painter.scene.corners = null;
    };
  }, []);
  useEffect(() => outline.current?.for(points, width, height), [points]);

  const move = (/** @type {number} */ k, /** @type {Place} */ [x, y]) => {
    const place = /** @type {Place} */ ([clamp(x, -width * 0.2, width * 1.2), clamp(y, -height * 0.2, height * 1.2)]);
    const moved = now.current.map((point, other) => (other === k ? place : point));
    now.current = moved;
    setPoints(moved);
  };
  const drag = (/** @type {PointerEvent} */ event) => {
    if (held.current < 0 || !svg.current) return;
    const matrix = svg.current.getScreenCTM()?.inverse();
    if (!matrix) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    move(held.current, [x, y]);
  };
  const drop = () => {
    if (held.current >= 0) onMarked(now.current);
    held.current = -1;
  };
  const press = (/** @type {KeyboardEvent} */ event, /** @type {number} */ k) => {
    const way = KEYS[event.key];
    if (!way) return;
    event.preventDefault();
    const step = event.shiftKey ? STEP * 10 : STEP;
    move(k, [now.current[k][0] + way[0] * step, now.current[k][1] + way[1] * step]);
    onMarked(now.current);
  };

  return html`
    <svg class="marker" ref=${svg} viewBox=${`0 0 ${width} ${height}`} role="group" aria-label=${app.t("mark_drag")}
      onPointerMove=${drag} onPointerUp=${drop} onPointerCancel=${drop}>
      ${points.map(([x, y], k) => html`
        <g class="grip" key=${k} role="button" tabindex="0" data-point=${NAMES[k]} transform=${`translate(${x} ${y})`}
          aria-label=${app.t("mark_grip", { name: app.t(`point_${NAMES[k]}`), x: Math.round(x), y: Math.round(y) })}
          onKeyDown=${(/** @type {KeyboardEvent} */ event) => press(event, k)}
          onPointerDown=${(/** @type {any} */ event) => {
            held.current = k;
            event.currentTarget.setPointerCapture?.(event.pointerId);
            event.preventDefault();
            event.currentTarget.focus();
          }}>
          <circle r="26" class="reach" /><circle r="13" class="ring" /><text y="5" class="number">${k + 1}</text>
          <${Flag} text=${app.t(`point_${NAMES[k]}`)} left=${NAMES[k] === "left" ? x > 140 : x > width - 160} />
        </g>`)}
    </svg>`;
}

/** @param {{text: string, left: boolean}} props */
function Flag({ text, left }) {
  const wide = text.length * 8.6 + 16;
  return html`<g class="flag" transform=${`translate(${left ? -wide - 18 : 18} -13)`}>
    <rect width=${wide} height="26" rx="7" /><text x=${wide / 2} y="18">${text}</text>
  </g>`;
}

/** @param {number} value @param {number} low @param {number} high */
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
