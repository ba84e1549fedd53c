/** A table of any length: only the rows in sight are in the page, the others are empty height. */
import { classes, html, useEffect, useLayoutEffect, useRef, useState } from "../lib/ui.js";
import { aboutOf } from "../parts/about.js";
import { Icon } from "../parts/icons.js";
import { sessionPath } from "./blind.js";
import { clock, moment, numeral, Verdict } from "./parts.js";

/** @typedef {import("./app.js").TrainerApp} App @typedef {import("./rows.js").Row} Row */

const MORE = 8; // rows above and below what is in sight

/** Which rows are in sight, by the place of the body and the height of a row. @param {{current: HTMLElement | null}} body @param {number} total */
function useWindow(body, total) {
  const [span, setSpan] = useState({ from: 0, to: 40, height: 60 });
  useLayoutEffect(() => {
    let asked = 0;
    const look = () => {
      asked = 0;
      if (!body.current) return;
      const row = body.current.querySelector("tr[data-row]");
      const height = row?.getBoundingClientRect().height || 60;
      const above = -body.current.getBoundingClientRect().top;
      const from = Math.max(0, Math.min(total, Math.floor(above / height) - MORE));
      const to = Math.max(from, Math.min(total, Math.ceil((above + innerHeight) / height) + MORE));
      setSpan((before) => (before.from === from && before.to === to && before.height === height ? before : { from, to, height }));
    };
    const soon = () => { asked ||= requestAnimationFrame(look); };
    look();
    document.fonts.addEventListener("loadingdone", soon); // in the page's own font all rows are of another height
    addEventListener("scroll", soon, { passive: true });
    addEventListener("resize", soon);
    return () => {
      cancelAnimationFrame(asked);
      document.fonts.removeEventListener("loadingdone", soon);
      removeEventListener("scroll", soon);
      removeEventListener("resize", soon);
    };
  }, [total]);
  return span;
}

/**
 * @param {{app: App, rows: import("./rows.js").Rows, chosen: Set<string>, all: boolean, onChoose: (id: string, on: boolean) => void, onAll: (on: boolean) => void}} props
 */
export function SessionTable({ app, rows, chosen, all, onChoose, onAll }) {
  const body = useRef(/** @type {HTMLElement | null} */ (null));
  const total = rows.total ?? 0;
  const { from, to, height } = useWindow(body, total);
  useEffect(() => rows.want(from, Math.max(to, 1)), [rows, from, to]);
  const last = Math.min(to, total);
  const shown = Array.from({ length: Math.max(0, last - from) }, (_, k) => from + k);
  return html`
    <table class=${classes("sessions", app.query.blind && "blind")} aria-rowcount=${total + 1} aria-label=${app.t("tr_page_sessions")}>
      <thead><tr aria-rowindex="1">
        <th class="pick" scope="col"><label><input type="checkbox" name="all" checked=${all} onChange=${(/** @type {any} */ event) => onAll(event.currentTarget.checked)} />
          <span class="unseen-text">${app.t("tr_choose_all", { count: total })}</span></label></th>
        <th class="when" scope="col">${app.t("tr_when")}</th><th class="kader" scope="col">${app.t("tr_kader")}</th><th class="posyandu" scope="col">${app.t("tr_posyandu")}</th>
        <th class="protocol" scope="col">${app.t("tr_protocol")}</th><th class="number" scope="col">${app.t("tr_length")}</th>
        <th class="number" scope="col">${app.t("tr_score")}</th><th class="verdict" scope="col">${app.t("tr_result")}</th><th class="marks" scope="col">${app.t("tr_marks")}</th>
      </tr></thead>
      <tbody ref=${body}>
        ${from > 0 && html`<${Gap} key="above" height=${from * height} />`}
        ${shown.map((k) => html`<${Line} key=${k} app=${app} index=${k} row=${rows.at(k)} chosen=${all || chosen.has(rows.at(k)?.id ?? "")} onChoose=${onChoose} />`)}
        ${last < total && html`<${Gap} key="below" height=${(total - last) * height} />`}
      </tbody>
    </table>`;
}

/** The height of the rows that are not in the page. @param {{height: number}} props */
function Gap({ height }) {
  const cell = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => cell.current?.style.setProperty("height", `${height}px`), [height]);
  return html`<tr class="gap" aria-hidden="true"><td ref=${cell} colspan="9"></td></tr>`;
}

/** @param {{app: App, index: number, row: Row | null, chosen: boolean, onChoose: (id: string, on: boolean) => void}} props */
function Line({ app, index, row, chosen, onChoose }) {
  if (!row) return html`<tr data-row=${index} aria-rowindex=${index + 2} class="to-come"><td colspan="9"><span class="soft">${app.t("tr_row_to_come")}</span></td></tr>`;
  const open = sessionPath(app, row.id);
  const name = row.name || app.nameOf(row.kader);
  const when = moment(app, row.held || row.created);
  const how = [row.source === "sample" && app.t("how_sample"), row.mode && app.t(`how_${row.mode}`), ...aboutOf(app.words, row), row.origin].filter(Boolean).join(" · ");
  const follow = (/** @type {MouseEvent} */ event) => {
    const on = /** @type {Element} */ (event.target);
    if (!on.closest("a, input, label") && !getSelection()?.toString()) location.assign(open);
  };
  return html`
    <tr data-row=${index} data-session=${row.id} aria-rowindex=${index + 2} class=${classes(chosen && "chosen")} onClick=${follow}>
      <td class="pick"><label><input type="checkbox" checked=${chosen} aria-label=${app.t("tr_choose_one", { when, kader: name || row.kader || "–" })}
        onChange=${(/** @type {any} */ event) => onChoose(row.id, event.currentTarget.checked)} /></label></td>
      <td class="when"><a href=${open}>${when}</a>${how && html`<span class="under">${how}</span>`}</td>
      <td class="kader"><strong>${row.kader || "–"}</strong>${name && html`<span class="under">${name}</span>`}</td>
      <td class="posyandu">${row.posyandu || "–"}</td>
      <td class="protocol">${app.protocolTitle(row.protocol_id)}<span class="under">${row.protocol_version}</span></td>
      <td class="number length">${clock(row.duration_s)}</td>
      <td class="number nilai"><strong>${numeral(app, row.percent)}</strong></td>
      <td class="verdict">${row.state === "recording"
        ? html`<span class="pill stop"><${Icon} name="pause" />${app.t("tr_unfinished")}</span>`
        : app.query.blind && row.percent === null
          ? html`<span class="pill"><${Icon} name="eye_off" />${app.t("tr_blind_hidden")}</span>`
          : row.stopped
            ? html`<span class="pill">${app.t("how_pain_ended")}</span>`
            : html`<${Verdict} app=${app} state=${row.verdict} />`}</td>
      <td class="marks">
        ${row.corrected && html`<${Mark} icon="pencil" text=${app.t("tr_corrected")} />`}
        ${row.video && html`<${Mark} icon="camera" text=${app.t("tr_video_kept")} />`}
      </td>
    </tr>`;
}

/** @param {{icon: string, text: string}} props */
const Mark = ({ icon, text }) => html`<span class="mark" title=${text}><${Icon} name=${icon} /><span>${text}</span></span>`;
