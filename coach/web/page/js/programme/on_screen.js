/** The test on the screen: one statement at a time, three large buttons, no keyboard, and no word on what is right. */
import { html, useEffect, useState } from "../lib/ui.js";
import { Button, Tick } from "../parts/common.js";
import { Icon } from "../parts/icons.js";
import { Dialog } from "../trainer/parts.js";
import { called, send } from "./doing.js";

const SILENT = "coach.programme.silent";

/** @param {{desk: import("./doing.js").Desk, event: any, people: any[], occasion: string, onClose: () => void}} props */
export function OnScreen({ desk, event, people, occasion, onClose }) {
  const { app } = desk;
  const order = event.sheet.order[occasion];
  const [who, setWho] = useState(/** @type {any} */ (null));
  const [answers, setAnswers] = useState(/** @type {Record<string, string>} */ ({}));
  const [auto, setAuto] = useState(localStorage.getItem(SILENT) === null);
  const listen = (/** @type {boolean} */ on) => {
    if (on) localStorage.removeItem(SILENT);
    else localStorage.setItem(SILENT, "yes");
    setAuto(on);
  };
  const left = order.filter((/** @type {string} */ id) => !(id in answers));
  const begin = (/** @type {any} */ one) => { setAnswers({}); setWho(one); };
  const say = (/** @type {string} */ value) => setAnswers((before) => ({ ...before, [left[0]]: value }));
  const undo = () => setAnswers((before) => Object.fromEntries(Object.entries(before).slice(0, -1)));
  const save = async () => {
    if (await send(desk, `/events/${event.id}/tests`, { occasion, mode: "screen", helped: true, people: { [who.id]: answers } })) setWho(null);
  };
  const statement = who && left.length ? app.title(event.sheet.statements[left[0]]) : "";
  return html`<${Dialog} app=${app} kind="wide on-screen" title=${who ? called(who) : app.t(`pr_test_${occasion}_screen`)} onClose=${onClose}>
    ${!who && html`<p>${app.t("pr_screen_who")}</p><${Tick} name="aloud" checked=${auto} onChange=${listen}>${app.t("pr_aloud_always")}</${Tick}><div class="taps">${people.map((one) => html`
      <button type="button" key=${one.id} class=${`tap ${event.tests[occasion][one.id] ? "present" : ""}`} data-person=${one.code} onClick=${() => begin(one)}><strong>${one.name || one.code}</strong><span>${event.tests[occasion][one.id] ? app.t("pr_done") : app.t("pr_waits")}</span></button>`)}</div>`}
    ${statement && html`
      <p class="soft">${app.t("pr_screen_of", { number: order.length - left.length + 1, of: order.length })}</p>
      <p class="statement">${statement} <${Aloud} key=${left[0]} app=${app} text=${statement} clip=${event.sheet.aloud[left[0]]?.[app.lang]} auto=${auto} /></p>
      <div class="answers">${["true", "false", "unknown"].map((value) => html`<${Button} key=${value} kind=${`large answer-${value}`} icon=${{ true: "tick", false: "cross", unknown: "dots" }[value]} onClick=${() => say(value)}>${app.t(`pr_${value}`)}</${Button}>`)}</div>
      ${left.length < order.length && html`<${Button} kind="plain" icon="undo" onClick=${undo}>${app.t("pr_before")}</${Button}>`}`}
    ${who && !left.length && html`<p class="statement">${app.t("pr_screen_over")}</p><div class="row"><${Button} id="test-save" kind="first large" icon="saved" onClick=${save}>${app.t("tr_save")}</${Button}><${Button} kind="plain" icon="undo" onClick=${undo}>${app.t("pr_before")}</${Button}></div>`}
  </${Dialog}>`;
}

/**
 * Reads a statement aloud: by coach's own clip, which needs no voice on the machine; of a statement that has none, by a voice of
 * the machine itself. Nothing is asked of a network.
 * @param {{app: any, text: string, clip?: string, auto: boolean}} props
 */
function Aloud({ app, text, clip, auto }) {
  const voice = globalThis.speechSynthesis?.getVoices().find((one) => one.localService && one.lang.startsWith(app.lang));
  const hush = () => {
    playing?.pause();
    playing = null;
    globalThis.speechSynthesis?.cancel();
  };
  const speak = () => {
    hush();
    if (clip) {
      playing = new Audio(`/api/programme/aloud/${app.lang}/${clip}`);
      playing.play().catch(() => {}); // no sound device: it is there to be read
    } else if (voice) {
      const said = new SpeechSynthesisUtterance(text);
      said.voice = voice;
      speechSynthesis.speak(said);
    }
  };
  useEffect(() => {
    if (auto) speak();
    return hush; // the next statement is not spoken over
  }, [text, app.lang]);
  if (!clip && !voice) return null;
  return html`<button type="button" class="button plain icon-only" data-clip=${clip} aria-label=${app.t("pr_aloud")} onClick=${speak}><${Icon} name="sound" /></button>`;
}

/** What is heard. @type {HTMLAudioElement | null} */
let playing = null;
