/** What the list shows: chosen here, kept in the address. */
import { classes, html, useEffect, useRef, useState } from "../lib/ui.js";
import { Button } from "../parts/common.js";
import { Field, Select } from "./parts.js";

/** @typedef {import("./app.js").TrainerApp} App */

export const FILTERS = ["text", "kader", "posyandu", "since", "until", "protocol", "passed", "state"];
const TYPING_MS = 250;

/** Only what filters, of an address. @param {import("./app.js").Query} query */
export const filtersOf = (query) => Object.fromEntries(FILTERS.filter((name) => query[name]).map((name) => [name, query[name]]));

/** The choices of a list with "all" first. @param {App} app @param {string[]} choices @param {string} value @param {(one: string) => string} [named] @returns {[string, string][]} */
function options(app, choices, value, named = (one) => one) {
  const known = value && !choices.includes(value) ? [...choices, value] : choices;
  return [["", app.t("tr_all")], ...known.map((one) => /** @type {[string, string]} */ ([one, named(one)]))];
}

/** @param {{app: App, only?: string[]}} props  `only`: some of the filters */
export function Filters({ app, only = ["text", "kader", "posyandu", "when", "protocol", "result"] }) {
  const { query } = app;
  const { choices } = app.about;
  const typing = useRef(0);
  const [cleared, setCleared] = useState(0);
  const clear = () => {
    clearTimeout(typing.current); // what was typed a moment ago does not come back
    setCleared(cleared + 1);
    app.filter(Object.fromEntries(FILTERS.map((name) => [name, ""])));
  };
  const set = (/** @type {string} */ name) => (/** @type {string} */ value) => app.filter({ [name]: value });
  const result = query.state ? "unfinished" : (query.passed ?? "");
  const some = FILTERS.some((name) => query[name]);
  const kaderName = (/** @type {string} */ code) => (app.nameOf(code) ? `${code} · ${app.nameOf(code)}` : code);
  /** @type {Record<string, () => any>} */
  const fields = {
    text: () => html`<${TextFilter} app=${app} timer=${typing} key=${`text${cleared}`} />`,
    kader: () => html`<${Select} key="kader" label=${app.t("tr_kader")} name="kader" value=${query.kader ?? ""} onChange=${set("kader")} options=${options(app, choices.kader, query.kader, kaderName)} />`,
    posyandu: () => html`<${Select} key="posyandu" label=${app.t("tr_posyandu")} name="posyandu" value=${query.posyandu ?? ""} onChange=${set("posyandu")} options=${options(app, choices.posyandu, query.posyandu)} />`,
    when: () => html`
      <${Field} key="since" label=${app.t("tr_since")} name="since" type="date" value=${query.since ?? ""} onInput=${set("since")} kind="day" />
      <${Field} key="until" label=${app.t("tr_until")} name="until" type="date" value=${query.until ?? ""} onInput=${set("until")} kind="day" />`,
    protocol: () => html`<${Select} key="protocol" label=${app.t("tr_protocol")} name="protocol" value=${query.protocol ?? ""} onChange=${set("protocol")}
      options=${options(app, choices.protocol, query.protocol, (id) => app.protocolTitle(id))} />`,
    result: () => html`<${Select} key="result" kind="result" label=${app.t("tr_result")} name="result" value=${result}
      onChange=${(/** @type {string} */ value) => app.filter(value === "unfinished" ? { state: "recording", passed: "" } : { state: "", passed: value })}
      options=${[["", app.t("tr_all")], ["true", app.t("tr_passed")], ["false", app.t("tr_not_passed")], ["provisional", app.t("verdict_state_provisional")], ["undecided", app.t("verdict_state_undecided")], ["unjudged", app.t("verdict_state_damaged")], ["unfinished", app.t("tr_unfinished")]]} />`,
  };
  const [open, setOpen] = useState(some); // on a phone the filters are folded away
  return html`
    <${Button} id="filters-fold" kind="filters-fold" icon="down" pressed=${open} onClick=${() => setOpen(!open)}>${app.t("tr_filters")}</${Button}>
    <form class=${classes("filters", !open && "folded")} role="search" aria-label=${app.t("tr_filters")} onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
      ${only.map((name) => fields[name]())}
      ${some && html`<${Button} id="filters-clear" kind="plain" icon="cross" onClick=${clear}>${app.t("tr_filters_clear")}</${Button}>`}
    </form>`;
}

/** What is typed filters a moment later. @param {{app: App, timer: {current: number}}} props */
function TextFilter({ app, timer }) {
  const [text, setText] = useState(app.query.text ?? "");
  useEffect(() => setText(app.query.text ?? ""), [app.query.text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const typed = (/** @type {string} */ value) => {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => app.filter({ text: value.trim() }, true), TYPING_MS);
  };
  return html`<${Field} label=${app.t("tr_text")} name="text" type="search" value=${text} onInput=${typed} kind="wide" />`;
}
