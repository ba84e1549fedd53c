/** Papers and files of the ticked sessions. */
import { html, useState } from "../lib/ui.js";
import { Button, Tick } from "../parts/common.js";
import { Icon } from "../parts/icons.js";
import { Dialog, Select } from "./parts.js";
import { save } from "./saving.js";

/** @typedef {import("./app.js").TrainerApp} App */

/** The kinds, with what each is for in `tr_paper_<kind>` and `tr_paper_<kind>_what`. */
const KINDS = ["sheet", "report", "recap", "xlsx", "csv", "fhir", "json", "zip"];
const ICONS = /** @type {Record<string, string>} */ ({ sheet: "exam", recap: "chart", xlsx: "table", csv: "table", fhir: "code", json: "code", zip: "saved" });

/** Lets a paper be made and kept; says so while it takes long. @param {App} app */
export function useSaving(app) {
  const [busy, setBusy] = useState("");
  const keep = async (/** @type {string} */ kind, /** @type {Record<string, string>} */ values) => {
    setBusy(kind);
    try {
      await save(`/api/papers/${kind}`, values);
      app.toast(app.t("tr_saved"));
    } catch (error) {
      app.told(error);
    }
    setBusy("");
  };
  return { busy, keep };
}

/** Language and separator, chosen once for all files. @param {{app: App, lang: string, setLang: (lang: string) => void, sep: string, setSep: (sep: string) => void}} props */
export const Choices = ({ app, lang, setLang, sep, setSep }) => html`
  <div class="row choices">
    <${Select} label=${app.t("tr_paper_lang")} name="paper-lang" value=${lang} onChange=${setLang} options=${[["id", "Bahasa Indonesia"], ["en", "English"]]} />
    <${Select} label=${app.t("tr_sep")} name="sep" value=${sep} onChange=${setSep} options=${[[";", app.t("tr_sep_semicolon")], [",", app.t("tr_sep_comma")]]} />
  </div>`;

/** @param {{app: App, kind: string, busy: string, onClick: () => void}} props */
export const Paper = ({ app, kind, busy, onClick }) => html`
  <li><button type="button" class="paper" data-paper=${kind} disabled=${busy !== ""} onClick=${onClick}>
    <${PaperIcon} kind=${kind} /><span class="grow"><strong>${app.t(`tr_paper_${kind}`)}</strong><span class="under">${app.t(busy === kind ? "tr_making" : `tr_paper_${kind}_what`)}</span></span>
  </button></li>`;

/** @param {{kind: string}} props */
const PaperIcon = ({ kind }) => html`<${Icon} name=${ICONS[kind] ?? "paper"} />`;

/** @param {{app: App, ids: string[] | null, count: number, rows: import("./rows.js").Rows, onClose: () => void}} props */
export function HandOut({ app, ids, count, rows, onClose }) {
  const [lang, setLang] = useState(/** @type {string} */ (app.lang));
  const [sep, setSep] = useState(";");
  const [video, setVideo] = useState(false);
  const [names, setNames] = useState(false);
  const { busy, keep } = useSaving(app);
  const asked = ids ? { sessions: ids.join(",") } : rows.query;
  const values = { ...asked, lang, sep };
  const kinds = KINDS.filter((kind) => kind !== "report" || count === 1);
  const make = async (/** @type {string} */ kind) => {
    if (kind !== "zip") return keep(kind, values);
    const single = ids ?? (await rows.ids()); // a file for each session, so that they can be told apart
    for (const id of single) await keep(kind, { sessions: id, video: video ? "1" : "", names: names ? "1" : "" });
  };
  return html`
    <${Dialog} app=${app} title=${app.t("tr_hand_out_title", { count })} onClose=${onClose} kind="wide">
      <${Choices} app=${app} lang=${lang} setLang=${setLang} sep=${sep} setSep=${setSep} />
      <ul class="papers">${kinds.map((kind) => html`<${Paper} key=${kind} app=${app} kind=${kind} busy=${busy} onClick=${() => make(kind)} />`)}</ul>
      <fieldset class="stack tight">
        <legend>${app.t("tr_zip_with")}</legend>
        <${Tick} name="zip-video" checked=${video} onChange=${setVideo}>${app.t("tr_zip_video")}</${Tick}>
        <${Tick} name="zip-names" checked=${names} onChange=${setNames}>${app.t("tr_zip_names")}</${Tick}>
      </fieldset>
      <div class="row"><${Button} onClick=${onClose}>${app.t("tr_close")}</${Button}></div>
    </${Dialog}>`;
}
