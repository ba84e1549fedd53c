/** Who is who in a session file of another laptop: nothing of it is taken in before a trainer has said so. */
import { html, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { Field } from "./parts.js";

/** @typedef {import("./app.js").TrainerApp} App @typedef {import("./queue.js").Entry} Entry @typedef {import("./queue.js").Clash} Clash */
/** @typedef {Record<string, {as: string, new: string}>} Said */

/** @param {{app: App, entry: Entry}} props */
export function Who({ app, entry }) {
  const clashes = entry.plan?.clashes ?? [];
  const [said, setSaid] = useState(/** @type {Said} */ ({}));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const whole = clashes.every(({ code }) => said[code] && (said[code].as !== "other" || said[code].new.trim()));
  const take = async () => {
    setBusy(true);
    try {
      await app.queue.settle(entry, said);
      await app.refresh();
    } catch (error) {
      setError(/** @type {import("../lib/api.js").Refusal} */ (error).say(app.words));
      setBusy(false);
    }
  };
  return html`
    <div class="who stack tight">
      ${clashes.map((clash) => html`<${Question} key=${clash.code} app=${app} entry=${entry} clash=${clash} said=${said[clash.code]} onSay=${(/** @type {{as: string, new: string}} */ one) => setSaid({ ...said, [clash.code]: one })} />`)}
      ${error && html`<${Note} kind="stop" icon="warn" role="alert"><p>${error}</p></${Note}>`}
      <div class="row"><${Button} kind="first" icon="tick" disabled=${!whole || busy} onClick=${take}>${app.t("tr_who_take")}</${Button}></div>
    </div>`;
}

/** @param {{app: App, entry: Entry, clash: Clash, said: {as: string, new: string} | undefined, onSay: (one: {as: string, new: string}) => void}} props */
function Question({ app, entry, clash, said, onSay }) {
  const ways = clash.kind === "details" ? ["same", "theirs"] : ["same", "theirs", "other"];
  const values = { here: clash.here, there: clash.there };
  return html`
    <fieldset class="stack tight">
      <legend>${app.t(`tr_who_${clash.kind}`, values)}</legend>
      ${ways.map((way) => html`
        <label key=${way} class="way"><input type="radio" name=${`who-${entry.key}-${clash.code}`} value=${way} checked=${said?.as === way} onChange=${() => onSay({ as: way, new: said?.new ?? "" })} />
          <span>${app.t(`tr_who_${way}`, values)}</span></label>`)}
      ${said?.as === "other" && html`<${Field} label=${app.t("tr_who_new")} name=${`new-${clash.code}`} value=${said.new} onInput=${(/** @type {string} */ code) => onSay({ as: "other", new: code })} />`}
    </fieldset>`;
}
