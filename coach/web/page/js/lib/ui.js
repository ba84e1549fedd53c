/** The one place that knows which library draws the page. */
import * as hooks from "../../vendor/hooks.js";
import htm from "../../vendor/htm.js";
import * as preact from "../../vendor/preact.js";

/** A piece of the page. @type {(texts: TemplateStringsArray, ...values: any[]) => any} */
export const html = htm.bind(preact.h);

/** @type {(piece: any, place: Element) => void} */
export const render = preact.render;

/** @type {<T>(first: T | (() => T)) => [T, (next: T | ((before: T) => T)) => void]} */
export const useState = hooks.useState;

/** @type {<T>(first: T) => {current: T}} */
export const useRef = hooks.useRef;

/** @type {(effect: () => void | (() => void), inputs?: unknown[]) => void} */
export const useEffect = hooks.useEffect;

/** @type {(effect: () => void | (() => void), inputs?: unknown[]) => void} */
export const useLayoutEffect = hooks.useLayoutEffect;

/** Names of CSS classes, without those that are off. @param {...(string | false | null | undefined)} names */
export const classes = (...names) => names.filter(Boolean).join(" ");
