/** Two or ten laptops without a network: one file on a USB stick, looked into before it is taken in. */
import { answered, post, remove, upload } from "../lib/api.js";
import { html, useRef, useState } from "../lib/ui.js";
import { Button, Note, Tick } from "../parts/common.js";
import { useAnswer } from "../trainer/asking.js";
import { Field, moment, numeral, Select } from "../trainer/parts.js";
import { send } from "./doing.js";

/** @typedef {import("./doing.js").Desk} Desk */

/** @param {{desk: Desk}} props */
export const Laptops = ({ desk }) => html`<div class="two"><${Carry} desk=${desk} /><${Take} desk=${desk} /></div><${Letter} desk=${desk} />`;

/** Another letter, where two laptops have the same. @param {{desk: Desk}} props */
function Letter({ desk }) {
  const { app, data } = desk;
  const [letter, setLetter] = useState("");
  const save = () => send(desk, "/laptop", { letter: letter.trim().toUpperCase() }, () => setLetter(""));
  return html`<section class="stack tight"><h2>${app.t("pr_letter", { laptop: data.laptop })}</h2><p class="soft">${app.t("pr_letter_lead")}</p>
    <div class="row choices"><${Field} label=${app.t("pr_letter_new")} name="letter" value=${letter} onInput=${setLetter} more=${{ maxlength: 4 }} />
      <${Button} id="letter-save" disabled=${!letter.trim()} onClick=${save}>${app.t("tr_save")}</${Button}></div></section>`;
}

/** Bytes as people read them. @param {any} app @param {number} bytes */
function sized(app, bytes) {
  const mega = bytes / 1e6;
  return app.t("pr_carry_size", { size: numeral(app, Math.max(mega, 0.1), mega < 10 ? 1 : 0) });
}

/** @param {{desk: Desk}} props */
function Carry({ desk }) {
  const { app } = desk;
  const [chosen, setChosen] = useState({ sessions: true, no_tracks: false, names: false, films: false });
  const { data: weighed } = useAnswer("/api/programme/carried", {});
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const tick = (/** @type {string} */ name) => html`<${Tick} key=${name} name=${name} checked=${chosen[/** @type {"names"} */ (name)]} onChange=${(/** @type {boolean} */ on) => setChosen((before) => ({ ...before, [name]: on }))}>${app.t(`pr_carry_${name}`)}</${Tick}>`;
  const locked = chosen.names || (chosen.sessions && chosen.films);
  const parts = ["entries", ...(chosen.sessions ? ["results", ...(chosen.no_tracks ? [] : ["tracks"]), ...(chosen.films ? ["films"] : [])] : [])];
  const asked = { sessions: chosen.sessions, tracks: !chosen.no_tracks, names: chosen.names, films: chosen.sessions && chosen.films };
  const save = async () => {
    setBusy(true);
    try {
      const answer = await answered("/api/programme/carried", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ...asked, passphrase }) });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = `coach-program-${desk.data.laptop}-${desk.data.today}.coach`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } catch (error) {
      app.told(error);
    }
    setBusy(false);
  };
  return html`<section class="stack"><h2>${app.t("pr_carry")}</h2><p class="soft">${app.t("pr_carry_lead")}</p>
    ${["sessions", ...(chosen.sessions ? ["no_tracks", "films"] : []), "names"].map(tick)}
    <${Field} label=${app.t("pr_passphrase")} name="carry-passphrase" type="password" value=${passphrase} onInput=${setPassphrase} hint=${app.t("pr_passphrase_hint")} more=${{ autocomplete: "new-password" }} />
    <div class="row"><${Button} id="carry" kind="first" icon="saved" disabled=${busy || (locked && !passphrase)} onClick=${save}>${app.t("pr_carry_do")}</${Button}>
      ${weighed && html`<span id="carry-size" class="soft" role="status">${sized(app, parts.reduce((sum, part) => sum + weighed.bytes[part], 0))}</span>`}</div></section>`;
}

/** @param {{desk: Desk}} props */
function Take({ desk }) {
  const { app } = desk;
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [found, setFound] = useState(/** @type {any} */ (null));
  const [passphrase, setPassphrase] = useState("");
  const [words, setWords] = useState(/** @type {Record<string, {how: string, code: string}>} */ ({}));
  const [busy, setBusy] = useState(false);
  const doing = async (/** @type {() => Promise<void>} */ work) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      app.told(error);
    }
    setBusy(false);
  };
  const chosen = (/** @type {any} */ event) => {
    const file = event.currentTarget.files[0];
    event.currentTarget.value = "";
    if (file) doing(async () => { setWords({}); setPassphrase(""); setFound(await upload("/api/sticks", file, () => {}).done); });
  };
  const settled = {
    same: Object.entries(words).filter(([, word]) => word.how === "same").map(([code]) => code),
    theirs: Object.entries(words).filter(([, word]) => word.how === "theirs").map(([code]) => code),
    other: Object.fromEntries(Object.entries(words).filter(([, word]) => word.how === "other").map(([code, word]) => [code, word.code.trim()])),
  };
  const open = () => doing(async () => setFound(await post(`/api/programme/sticks/${found.id}`, { passphrase })));
  const take = () => doing(async () => {
    const told = await post(`/api/programme/sticks/${found.id}/taken`, { passphrase, settled });
    setFound(null);
    app.toast(app.t("pr_take_done", told));
    desk.reload();
  });
  const cancel = () => doing(async () => { await remove(`/api/programme/sticks/${found.id}`); setFound(null); });
  const unsettled = (found?.clashes ?? []).some((/** @type {any} */ one) => !words[one.code] || (words[one.code].how === "other" && !words[one.code].code.trim()));
  return html`<section class="stack"><h2>${app.t("pr_take")}</h2><p class="soft">${app.t("pr_take_lead")}</p>
    <input ref=${input} type="file" name="stick" hidden onChange=${chosen} />
    ${!found && html`<div class="row"><${Button} id="stick-choose" icon="down" disabled=${busy} onClick=${() => input.current?.click()}>${app.t("pr_take_choose")}</${Button}></div>`}
    ${found?.locked && html`<p>${app.t("pr_take_locked")}</p><${Field} label=${app.t("pr_passphrase")} name="take-passphrase" type="password" value=${passphrase} onInput=${setPassphrase} />
      <div class="row"><${Button} id="stick-open" kind="first" disabled=${busy || !passphrase} onClick=${open}>${app.t("pr_take_open")}</${Button}><${Button} onClick=${cancel}>${app.t("tr_cancel")}</${Button}></div>`}
    ${found && !found.locked && html`<${Shown} app=${app} found=${found} words=${words} onWord=${(/** @type {string} */ code, /** @type {any} */ word) => setWords((before) => ({ ...before, [code]: word }))} />
      <div class="row"><${Button} id="stick-take" kind="first" icon="tick" disabled=${busy || unsettled} onClick=${take}>${app.t("pr_take_do")}</${Button}><${Button} onClick=${cancel}>${app.t("tr_cancel")}</${Button}></div>`}</section>`;
}

/** What a file would bring. @param {{app: any, found: any, words: Record<string, {how: string, code: string}>, onWord: (code: string, word: {how: string, code: string}) => void}} props */
function Shown({ app, found, words, onWord }) {
  const called = (/** @type {any} */ one) => [one.name || one.code, one.posyandu].filter(Boolean).join(", ");
  const gone = (found.gone ?? 0) + found.erased;
  return html`
    ${found.laptop && html`<p><strong>${app.t("pr_take_from", { laptop: found.laptop, when: moment(app, found.made) })}</strong></p>
      <p>${app.t("pr_take_entries", { new: found.new, known: found.known })}</p>`}
    <p>${app.t("pr_take_sessions", found.sessions)}</p>
    ${gone > 0 && html`<p>${app.t("pr_take_gone", { count: gone })}</p>`}
    ${found.people.length > 0 && html`<p>${app.t("pr_take_people", { codes: found.people.map((/** @type {any} */ one) => one.code).join(", ") })}</p>`}
    ${(found.contradictions ?? []).map((/** @type {any} */ one, /** @type {number} */ k) => html`<${Note} key=${k} kind="calm" icon="warn"><p>${app.t(`pr_clash_${one.kind}`)} ${one.kind === "corrected_twice" ? "" : one.what}</p></${Note}>`)}
    ${found.clashes.map((/** @type {any} */ one) => {
      const word = words[one.code] ?? { how: "", code: "" };
      return html`<${Note} key=${one.code} kind="calm" icon="person"><p>${app.t("pr_take_who", { code: one.code, here: called(one.here), there: called(one.there) })}</p>
        <${Select} label=${app.t("pr_choose")} name=${`who-${one.code}`} value=${word.how} onChange=${(/** @type {string} */ how) => onWord(one.code, { ...word, how })}
          options=${[["", "–"], ["same", app.t("pr_take_same")], ...(one.kind === "unsaid" ? [] : [["theirs", app.t("pr_take_theirs")]]), ...(one.kind === "details" ? [] : [["other", app.t("pr_take_other")]])]} />
        ${word.how === "other" && html`<${Field} label=${app.t("tr_code")} name=${`code-${one.code}`} value=${word.code} onInput=${(/** @type {string} */ code) => onWord(one.code, { ...word, code })} />`}</${Note}>`;
    })}`;
}
