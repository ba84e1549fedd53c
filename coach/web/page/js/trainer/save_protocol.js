/** A changed protocol becomes a file of its own, with a version of its own; the old one stays. */
import { post } from "../lib/api.js";
import { html, useState } from "../lib/ui.js";
import { Button, Note } from "../parts/common.js";
import { nextVersion } from "./place.js";
import { Dialog, Field } from "./parts.js";

/**
 * @param {{app: import("./app.js").TrainerApp, base: {base: string} | {session: string}, id: string, version: string, changes: any[], onClose: () => void, onMistakes: (mistakes: any[]) => void}} props
 */
export function SaveProtocol({ app, base, id, version: old, changes, onClose, onMistakes }) {
  const next = nextVersion(old);
  const [version, setVersion] = useState(next);
  const [name, setName] = useState(`${id}-${next.replaceAll(".", "-")}`);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    try {
      const made = await post("/api/protocols/save", { ...base, changes, version: version.trim(), name: name.trim() });
      await app.refresh();
      app.go("/protocols", { saved: made?.file ?? name.trim() });
    } catch (refused) {
      const told = /** @type {any} */ (refused);
      if (told.told?.mistakes?.length) onMistakes(told.told.mistakes);
      else setError(told.say(app.words));
      setBusy(false);
    }
  };
  return html`
    <${Dialog} app=${app} title=${app.t("tr_save_protocol")} onClose=${onClose} busy=${busy}>
      <form class="stack" onSubmit=${save}>
        <p>${app.t("tr_save_protocol_what")}</p>
        <${Field} label=${app.t("tr_new_version")} name="version" value=${version} onInput=${setVersion} hint=${app.t("tr_was", { value: old })} />
        <${Field} label=${app.t("tr_file_name")} name="file" value=${name} onInput=${setName} hint=${app.t("tr_file_name_hint")} />
        ${error && html`<${Note} kind="stop" icon="warn" role="alert"><p>${error}</p></${Note}>`}
        <div class="row"><button type="submit" id="protocol-save" class="button first" disabled=${busy}><span>${app.t("tr_save")}</span></button><${Button} onClick=${onClose}>${app.t("tr_cancel")}</${Button}></div>
      </form>
    </${Dialog}>`;
}
