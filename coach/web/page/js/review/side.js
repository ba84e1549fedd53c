/** Beside a reference: an example film, or an earlier session of the same kader, moved by the same player. */
import { bytes, get } from "../lib/api.js";
import { html, useEffect, useRef, useState } from "../lib/ui.js";
import { alongLoop, alongPairs } from "./phase.js";
import { when } from "./events.js";
import { lying, paintScene } from "./stage.js";
import { Tracks } from "./tracks.js";
import { usePlayer } from "./use.js";

/** @typedef {import("./desk.js").Desk} Desk */

const DRIFT_S = 0.12; // while both play, farther apart than this they are brought together again
const EXAMPLE = "example";

/** What can be beside it. @param {Desk} desk */
function useChoices(desk) {
  const [rows, setRows] = useState(/** @type {any[]} */ ([]));
  const { kader, id } = desk.session.row;
  useEffect(() => {
    if (!kader) return;
    get("/api/sessions", { kader, limit: 30 }).then((found) => setRows(found.rows.filter((/** @type {any} */ row) => row.id !== id && row.kader === kader)), () => {});
  }, [kader, id]);
  return rows;
}

/** @param {{desk: Desk}} props */
export function Side({ desk }) {
  const rows = useChoices(desk);
  const segment = usePlayer(desk, () => desk.segment) ?? "";
  const films = desk.about.demonstrations ?? {};
  const [picked, pick] = useState("");
  const choice = picked || (films[segment] ? EXAMPLE : (rows[0]?.id ?? ""));
  return html`
    <div class="row compare-pick">
      <select id="reference" class="pick" aria-label=${desk.t("rv_reference")} value=${choice} onChange=${(/** @type {any} */ event) => pick(event.currentTarget.value)}>
        ${films[segment] && html`<option value=${EXAMPLE}>${desk.t("rv_example")}</option>`}
        ${rows.map((row) => html`<option key=${row.id} value=${row.id}>${when(desk, row.created)}${row.percent == null ? "" : ` · ${desk.t("rv_percent", { percent: row.percent })}`}</option>`)}
      </select>
      <span class="soft small">${desk.words.segment(segment)}</span>
    </div>
    ${choice === EXAMPLE && films[segment] && html`<${Example} key=${segment} desk=${desk} segment=${segment} url=${films[segment]} />`}
    ${choice && choice !== EXAMPLE && html`<${Other} key=${`${choice} ${segment}`} desk=${desk} segment=${segment} id=${choice} />`}
    ${!choice && html`<p class="soft">${desk.t("rv_no_reference")}</p>`}`;
}

/** Keeps a film where a map of times wants it. @param {Desk} desk @param {{current: HTMLVideoElement | null}} film @param {(time_s: number) => number | null} map */
function useLed(desk, film, map) {
  const now = useRef(map);
  now.current = map;
  useEffect(() => {
    const video = /** @type {HTMLVideoElement} */ (film.current);
    let wanted = /** @type {number | null} */ (null);
    const seek = () => {
      if (wanted === null || video.seeking || video.readyState < 1) return;
      const at_s = wanted;
      wanted = null;
      video.currentTime = at_s;
    };
    const follow = () => {
      const { player } = desk;
      const at_s = now.current(player.time_s);
      if (at_s === null) return video.pause();
      const ahead_s = now.current(player.time_s + 0.2);
      const rate = ahead_s === null ? 0 : ((ahead_s - at_s) / 0.2) * player.rate;
      if (player.going > 0 && rate > 0.0625 && rate < 8) {
        video.playbackRate = rate;
        if (video.paused) video.play().catch(() => {});
        if (Math.abs(video.currentTime - at_s) <= DRIFT_S) return undefined;
      } else video.pause();
      wanted = at_s;
      return seek();
    };
    const stop = desk.player.listen(follow);
    video.addEventListener("seeked", seek);
    video.addEventListener("loadedmetadata", follow);
    follow();
    return () => {
      stop();
      video.removeEventListener("seeked", seek);
      video.removeEventListener("loadedmetadata", follow);
    };
  }, [desk, film.current]);
}

/** One clean repetition, led through the phase of each of the kader's. @param {{desk: Desk, segment: string, url: string}} props */
function Example({ desk, segment, url }) {
  const film = useRef(/** @type {HTMLVideoElement | null} */ (null));
  useLed(desk, film, (time_s) => {
    const length_s = film.current?.duration ?? NaN;
    const matches = (desk.session.stands?.segments ?? []).filter((match) => match.id === segment);
    return Number.isFinite(length_s) ? alongLoop(matches, length_s, time_s) : null;
  });
  return html`<div class="picture"><video ref=${film} src=${url} muted playsinline preload="auto" id="example" aria-label=${desk.t("rv_example")}></video></div>
    <p class="soft small">${desk.t("rv_example_how")}</p>`;
}

/** Another session of this kader. @param {{desk: Desk, segment: string, id: string}} props */
function Other({ desk, segment, id }) {
  const [other, setOther] = useState(/** @type {any} */ (null));
  const [pairs, setPairs] = useState(/** @type {[number, number][] | null} */ (null));
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const film = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const tracks = useRef(/** @type {Tracks | null} */ (null));
  const map = (/** @type {number} */ time_s) => (pairs?.length ? alongPairs(pairs, time_s) : null);
  const current = useRef(map);
  current.current = map;

  useEffect(() => {
    let here = true;
    const base = `/api/sessions/${id}`;
    get(base).then((found) => here && setOther(found), () => here && setOther(false));
    get(`${desk.base}/align`, { segment, other: id, other_segment: segment }).then((found) => here && setPairs(found.pairs), () => here && setPairs([]));
    bytes(`${base}/tracks`).then((packed) => {
      tracks.current = new Tracks(packed);
      desk.player.tell();
    }, () => {});
    return () => { here = false; };
  }, [id, segment]);

  useEffect(() => {
    if (!other) return undefined;
    const draw = () => {
      const at_s = current.current(desk.player.time_s);
      const sheet = canvas.current;
      if (sheet && at_s !== null) paintScene(sheet, { size: other.size, corners: other.corners, tracks: tracks.current, video: !!other.video, overlay: desk.local.overlay, letters: desk.letters }, film.current && !film.current.paused ? film.current.currentTime : at_s);
    };
    draw();
    return desk.player.listen(draw);
  }, [other, pairs]);

  if (other === null || pairs === null) return html`<p class="soft" role="status">${desk.t("rv_loading")}</p>`;
  if (!other || !pairs.length) return html`<p class="soft" role="status">${desk.t("rv_not_alignable")}</p>`;
  return html`<div ...${lying(other, false)} id="other">
      ${other.video && html`<${Led} desk=${desk} film=${film} url=${other.video.url} map=${map} />`}
      <canvas ref=${canvas} role="img" aria-label=${desk.t("rv_other")}></canvas></div>
    <p class="soft small">${desk.t("rv_other_how", { kader: other.row.kader })}</p>`;
}

/** @param {{desk: Desk, film: {current: HTMLVideoElement | null}, url: string, map: (time_s: number) => number | null}} props */
function Led({ desk, film, url, map }) {
  useLed(desk, film, map);
  return html`<video ref=${film} src=${url} muted playsinline preload="auto" tabindex="-1" aria-label=${desk.t("rv_other")}></video>`;
}
