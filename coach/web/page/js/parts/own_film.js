/** A trainer's own film in place of the one that comes with coach. */
import { html, useState } from "../lib/ui.js";
import { Button } from "./common.js";

/** @param {{app: import("../app.js").App, segment: string}} props */
export function OwnFilm({ app, segment }) {
  const [trouble, setTrouble] = useState(false);
  const address = `/api/demonstrations/${segment}`;
  const tell = async (/** @type {Response | null} */ answer) => {
    setTrouble(!answer?.ok);
    if (answer?.ok) app.filmed(segment, await answer.json());
  };
  const keep = async (/** @type {HTMLInputElement} */ input) => {
    const file = input.files?.[0];
    input.value = "";
    if (file) await tell(await fetch(address, { method: "PUT", body: file, headers: { "Content-Type": file.type || "video/mp4" } }).catch(() => null));
  };
  const forget = async () => tell(await fetch(address, { method: "DELETE" }).catch(() => null));
  return html`
    <label class="button own-film"><input class="unseen-text" type="file" accept="video/mp4,video/webm" onChange=${(/** @type {any} */ event) => keep(event.currentTarget)} /><span>${app.t("lesson_film_own")}</span></label>
    ${app.config.own_films.includes(segment) && html`<${Button} id="film-back" icon="undo" onClick=${forget}>${app.t("lesson_film_back")}</${Button}>`}
    ${trouble && html`<p class="warn-text" role="alert">${app.t("lesson_film_bad")}</p>`}`;
}
