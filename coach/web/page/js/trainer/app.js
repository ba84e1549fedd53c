/** What the trainer's pages share: the words, the address, what is said at the foot, and the imports under way. */
import { address, get } from "../lib/api.js";
import { Words } from "../lib/words.js";
import { langOf, PAGES, speak } from "../parts/trainer_bar.js";
import { Queue } from "./queue.js";

const TOAST_MS = 7000;

/** @typedef {import("../lib/types.js").Lang} Lang @typedef {import("../lib/types.js").Title} Title */
/** @typedef {Record<string, string>} Query */
/**
 * @typedef {object} About  what /api/trainer gives, once
 * @property {Lang} lang
 * @property {string} version
 * @property {Record<Lang, Record<string, string>>} messages
 * @property {{id: string, version: string, title: Title, file?: string, parts?: {id: string, title: Title}[]}[]} protocols
 * @property {Record<"kader" | "posyandu" | "protocol", string[]>} choices  what occurs in the sessions
 * @property {{code: string, name: string, role: string, posyandu: string}[]} people
 * @property {string} [protocol]  the usual one's file
 * @property {string} trainer  the code that rated last
 */

export class TrainerApp {
  /** @param {About} about @param {() => void} changed */
  constructor(about, changed) {
    this.about = about;
    this.changed = changed;
    this.words = this.wordsOf(langOf(about.lang));
    /** @type {string | null} */
    this.toastText = null;
    this.page = "sessions";
    /** @type {Query} */
    this.query = {};
    /** Why nothing can be done on this page any more. @type {string | null} */
    this.over = null;
    this.queue = new Queue(() => this.changed(), (error) => this.told(error));
    this.read();
  }

  get lang() {
    return this.words.lang;
  }

  /** @param {Lang} lang */
  wordsOf(lang) {
    const config = /** @type {any} */ ({ messages: this.about.messages, protocol: { segments: [] } });
    return new Words(config, lang);
  }

  /** A text; the one with `_one` where a single thing is counted and the text is there. @param {string} key @param {import("../lib/types.js").Values} [values] */
  t(key, values) {
    return this.words.t(values?.count === 1 && this.words.has(`${key}_one`) ? `${key}_one` : key, values);
  }

  /** @param {Title | undefined | null} title */
  title(title) {
    return title ? (title[this.lang] ?? title.id) : "";
  }

  /** The other language, at once. @param {Lang} lang */
  choose(lang) {
    this.words = this.wordsOf(lang);
    this.spoken();
    this.changed();
  }

  spoken() {
    speak(this.lang);
    document.title = `${this.t(`tr_page_${this.page}`)} – coach`;
  }

  /** Takes the page and its filters from the address. */
  read() {
    const name = location.pathname.slice(1).split("/")[0];
    this.page = PAGES.includes(name) ? name : "sessions";
    this.query = Object.fromEntries(new URLSearchParams(location.search));
  }

  /** Another page, as a step that "back" undoes. @param {string} path @param {Query} [query] */
  go(path, query = {}) {
    history.pushState(null, "", address(path, query));
    this.arrive();
    window.scrollTo(0, 0);
  }

  /** Other filters on the same page. @param {Query} change @param {boolean} [replace]  while one types */
  filter(change, replace = false) {
    const query = { ...this.query, ...change };
    history[replace ? "replaceState" : "pushState"](null, "", address(location.pathname, query));
    this.arrive();
  }

  arrive() {
    this.read();
    this.spoken();
    this.changed();
  }

  /** What occurs in the sessions and who the people are, afresh. */
  async refresh() {
    const { choices, people, protocols } = await get("/api/trainer");
    this.about = { ...this.about, choices, people, protocols };
    this.changed();
  }

  /** The name behind a code, or nothing. @param {string} code */
  nameOf(code) {
    return this.about.people.find((one) => one.code === code)?.name ?? "";
  }

  /** A protocol's title in words. @param {string} id */
  protocolTitle(id) {
    return this.title(this.about.protocols.find((one) => one.id === id)?.title) || id;
  }

  /** The protocol files to choose from, with their version. @returns {[string, string][]} */
  get protocolChoices() {
    return this.about.protocols.map(({ id, file, version, title }) => [file ?? id, `${this.title(title)} ${version}`]);
  }

  /** @param {string} text */
  toast(text) {
    this.toastText = text;
    this.changed();
    setTimeout(() => {
      if (this.toastText !== text) return;
      this.toastText = null;
      this.changed();
    }, TOAST_MS);
  }

  /** Says what a refusal said; other faults go on. @param {unknown} error */
  told(error) {
    const refusal = /** @type {import("../lib/api.js").Refusal} */ (error);
    if (typeof refusal.say !== "function") throw error;
    if (refusal.status !== 403) return this.toast(refusal.say(this.words));
    this.over = refusal.key;
    this.changed();
  }
}
