/** The bar above every page of the trainer: where one can go, where one is, and the other language. */
import { html, useEffect, useRef } from "../lib/ui.js";
import { Button, Help } from "./common.js";

/** @typedef {import("../lib/types.js").Lang} Lang */

/** The pages, in the order of the bar. */
export const PAGES = ["sessions", "import", "progress", "agreement", "people", "programme", "protocols", "papers"];
/** Pages whose help is not in the trainer's part of the handbook. @type {Record<string, string>} */
const BOOK = { programme: "programme" };
const KEPT = "coach.lang";

/** The language that was chosen on this machine, else the server's. @param {Lang} usual @returns {Lang} */
export function langOf(usual) {
  const kept = localStorage.getItem(KEPT);
  return kept === "id" || kept === "en" ? kept : usual;
}

/** Remembers the language and tells the browser, for screen readers. @param {Lang} lang */
export function speak(lang) {
  localStorage.setItem(KEPT, lang);
  document.documentElement.lang = lang;
}

/**
 * @typedef {object} Speaker  whoever has the words: `words.t(key)` and `words.lang`
 * @property {Lang} lang
 * @property {(key: string, values?: import("../lib/types.js").Values) => string} t
 */

/**
 * @param {{words: Speaker, current: string, onLang: (lang: Lang) => void, onGo?: (path: string) => void}} props
 *   `current`: one of PAGES; `onGo`: for a page that shows the others itself, else the links lead there
 */
export function TrainerBar({ words, current, onLang, onGo }) {
  const nav = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { // on a phone the pages lie in a row that is wider than the screen
    const here = /** @type {HTMLElement | null} */ (nav.current?.querySelector("[aria-current]"));
    if (nav.current && here) nav.current.scrollLeft = here.offsetLeft - nav.current.clientWidth / 2 + here.clientWidth / 2;
  }, [current, words.lang]);
  const other = words.lang === "id" ? "en" : "id";
  const go = (/** @type {MouseEvent} */ event) => {
    if (!onGo || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onGo(/** @type {HTMLAnchorElement} */ (event.currentTarget).pathname);
  };
  return html`
    <header class="head bar">
      <a class="skip" href="#main">${words.t("tr_skip")}</a>
      <a class="brand" href="/sessions" onClick=${go} aria-label=${words.t("tr_home")}><img src="/static/icon.svg" alt="" width="38" height="38" /><span>coach</span></a>
      <nav class="pages" ref=${nav} aria-label=${words.t("tr_pages")}>
        <ul>${PAGES.map((page) => html`
          <li key=${page}><a href=${`/${page}`} data-page=${page} aria-current=${page === current ? "page" : undefined} onClick=${go}>${words.t(`tr_page_${page}`)}</a></li>`)}
        </ul>
      </nav>
      <div class="tools">
        <${Help} lang=${words.lang} label=${words.t("handbook")} page=${BOOK[current] ?? "trainer"} place=${current} />
        <${Button} id="language" kind="plain" label=${words.t("language_switch")} onClick=${() => onLang(other)}>
          <span lang=${other}>${words.t("language_other")}</span>
        </${Button}>
      </div>
    </header>`;
}
