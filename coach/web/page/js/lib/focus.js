/** The focus of those who do not use a mouse, where the page changes under it. */
import { useEffect, useRef } from "./ui.js";

const CHANGES = { childList: true, subtree: true, characterData: true, attributeFilter: ["disabled"] };
const NAMED = "dialog, main, [aria-label], [aria-labelledby]";

/** What has a name around it, the nearest first. @param {Element} element */
function around(element) {
  const found = [];
  for (let one = element.parentElement?.closest(NAMED); one; one = one.parentElement?.closest(NAMED)) found.push(/** @type {HTMLElement} */ (one));
  return found;
}

/**
 * A view that has come after another takes the focus, so that it is read out; who is quicker, and in it already, stays.
 * @param {unknown} shown  what tells one view from another
 */
export function useIntoView(shown) {
  const first = useRef(true);
  useEffect(() => {
    const main = document.getElementById("main");
    if (!first.current && !main?.contains(document.activeElement)) main?.focus({ preventScroll: true });
    first.current = false;
  }, [shown]);
}

/**
 * Where the element that has the focus goes away, puts it into what was around it, else into the view that has come:
 * Tab, and a screen reader, would begin at the top of the page. A view has its title as its name, which is said then.
 * A button that is off while it works gets the focus back.
 */
export function keepFocus() {
  /** @type {HTMLElement | null} */
  let last = null;
  /** @type {HTMLElement | null} */
  let dulled = null; // had the focus, and is off for the moment
  /** @type {HTMLElement[]} */
  let places = [];
  document.addEventListener("focusin", ({ target }) => {
    last = /** @type {HTMLElement} */ (target);
    places = around(last);
  });
  document.addEventListener("focusout", ({ target }) => queueMicrotask(() => { // by then it is gone, or off, or was left
    if (target === last && last?.isConnected && !last.matches(":disabled") && document.activeElement !== last) last = null;
  }));
  const look = () => {
    const main = document.getElementById("main");
    const title = main?.querySelector("h1")?.textContent;
    if (title && main?.getAttribute("aria-label") !== title) main?.setAttribute("aria-label", title);
    if (last?.isConnected && last.matches(":disabled")) dulled = last;
    if (!last || document.activeElement !== document.body) return;
    if (last.isConnected) {
      if (last !== dulled || last.matches(":disabled")) return;
      dulled = null;
      last.focus({ preventScroll: true });
      return;
    }
    last = null;
    const place = places.find((one) => one.isConnected) ?? main;
    if (place && !place.hasAttribute("tabindex")) place.tabIndex = -1;
    place?.focus({ preventScroll: true });
  };
  new MutationObserver(look).observe(document.body, CHANGES);
}
