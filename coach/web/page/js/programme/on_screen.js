/** The test on the screen: one statement at a time, three large buttons, no keyboard, and no word on what is right. */
import { html, useState } from "../lib/ui.js";
import { Button } from "../parts/common.js";
import { Icon } from "../parts/icons.js";
import { Dialog } from "../trainer/parts.js";
import { called, send } from "./doing.js";

/** @param {{desk: import("./doing.js").Desk, event: any, people: any[], occasion: string, onClose: () => void}} props */
export function OnScreen({ desk, event, people, occasion, onClose }) {
  const { app } = desk;
  const order = event.sheet.order[occasion];
  const [who, setWho] = useState(/** @type {any} */ (null));
  const [answers, setAnswers] = useState(/** @type {Record<string, string>} */ ({}));
  const left = order.filter((/** @type {string} */ id) => !(id in answers));
  const begin = (/** @type {any} */ one) => { setAnswers({}); setWho(one); };
  const say = (/** @type {string} */ value) => setAnswers((before) => ({ ...before, [left[0]]: value }));
  const undo = () => setAnswers((before) => Object.fromEntries(Object.entries(before).slice(0, -1)));
  const save = async () => {
    if (await send(desk, `/events/${event.id}/tests`, { occasion, mode: "screen", helped: true, people: { [who.id]: answers } })) setWho(null);
  };
  const statement = who && left.length ? app.title(event.sheet.statements[left[0]]) : "";
  return html`<${Dialog} app=${app} kind="wide on-screen" title=${who ? called(who) : app.t(`pr_test_${occasion}_screen`)} onClose=${onClose}>
    ${!who && html`<p>${app.t("pr_screen_who")}</p><div class="taps">${people.map((one) => html`
      <button type="button" key=${one.id} class=${`tap ${event.tests[occasion][one.id] ? "present" : ""}`} data-person=${one.code} onClick=${() => begin(one)}><strong>${one.name || one.code}</strong><span>${event.tests[occasion][one.id] ? app.t("pr_done") : app.t("pr_waits")}</span></button>`)}</div>`}
    ${statement && html`
      <p class="soft">${app.t("pr_screen_of", { number: order.length - left.length + 1, of: order.length })}</p>
      <p class="statement">${statement} <${Aloud} app=${app} text=${statement} /></p>
      <div class="answers">${["true", "false", "unknown"].map((value) => html`<${Button} key=${value} kind=${`large answer-${value}`} icon=${{ true: "tick", false: "cross", unknown: "dots" }[value]} onClick=${() => say(value)}>${app.t(`pr_${value}`)}</${Button}>`)}</div>
      ${left.length < order.length && html`<${Button} kind="plain" icon="undo" onClick=${undo}>${app.t("pr_before")}</${Button}>`}`}
    ${who && !left.length && html`<p class="statement">${app.t("pr_screen_over")}</p><div class="row"><${Button} id="test-save" kind="first large" icon="saved" onClick=${save}>${app.t("tr_save")}</${Button}><${Button} kind="plain" icon="undo" onClick=${undo}>${app.t("pr_before")}</${Button}></div>`}
  </${Dialog}>`;
}

/** Reads a statement aloud where the machine itself has a voice for the language; nothing is asked of a network. @param {{app: any, text: string}} props */
function Aloud({ app, text }) {
  const voice = globalThis.speechSynthesis?.getVoices().find((one) => one.localService && one.lang.startsWith(app.lang));
  if (!voice) return null;
  const speak = () => {
    const said = new SpeechSynthesisUtterance(text);
    said.voice = voice;
    speechSynthesis.cancel();
    speechSynthesis.speak(said);
  };
  return html`<button type="button" class="button plain icon-only" aria-label=${app.t("pr_aloud")} onClick=${speak}><${Icon} name="sound" /></button>`;
}
