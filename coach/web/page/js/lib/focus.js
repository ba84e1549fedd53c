/** The focus of those who do not use a mouse, where the page changes under it. */

const CHANGES = { childList: true, subtree: true, characterData: true };
const NAMED = "dialog, main, [aria-label], [aria-labelledby]";

/** What has a name around it, the nearest first. @param {Element} element */
function around(element) {
  const found = [];
  for (let one = element.parentElement?.closest(NAMED); one; one = one.parentElement?.closest(NAMED)) found.push(/** @type {HTMLElement} */ (one));
  return found;
}

/**
 * Where the element that has the focus goes away, puts it into what was around it, else into the view that has come:
 * Tab, and a screen reader, would begin at the top of the page. A view has its title as its name, which is said then.
 */
export function keepFocus() {
  /** @type {Element | null} */
  let last = null;
  /** @type {HTMLElement[]} */
  let places = [];
  document.addEventListener("focusin", ({ target }) => {
    last = /** @type {Element} */ (target);
    places = around(last);
  });
  const look = () => {
    const main = document.getElementById("main");
    const title = main?.querySelector("h1")?.textContent;
    if (title && main?.getAttribute("aria-label") !== title) main?.setAttribute("aria-label", title);
    if (!last || last.isConnected) return;
    last = null;
    if (document.activeElement !== document.body) return;
    const place = places.find((one) => one.isConnected) ?? main;
    if (place && !place.hasAttribute("tabindex")) place.tabIndex = -1;
    place?.focus({ preventScroll: true });
  };
  new MutationObserver(look).observe(document.body, CHANGES);
}
