"""Videos and session files come in: dropped, marked, reviewed; a bad one is told of and the rest goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from playwright.sync_api import Page, expect

from coach.capture.shown import picture_at
from coach.locate.marks import corners_of
from coach.locate.turn import turned_back
from coach.store import Person, open_store
from tests.page.conftest import wait
from tests.page.test_axe import violations
from tests.page.trainer.conftest import Desk, Look, Open
from tests.page.trainer.made import SAMPLE, short_film
from tests.store.made import new, result

POINTS = {
    "c7": (284.1, 103.8),
    "left": (154.4, 132.2),
    "right": (413.8, 75.4),
    "l5": (357.0, 425.8),
}  # px of the sample


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return short_film(tmp_path_factory.mktemp("film") / "kader 7 – latihan.mp4")


HELD = """(() => {
  window.held = [];
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (...given) {
    const { onload } = this;
    this.onload = (event) => window.held.push(() => onload.call(this, event));
    send.apply(this, given);
  };
})()"""  # answers to uploads that come late


def choose(page: Page, *files: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.click("#choose-files")
    chooser.value.set_files([str(file) for file in files])


def drag(page: Page, name: str, goal: tuple[float, float], wide: int = 640) -> None:
    """A point to a px of the picture as it is shown, which is so wide."""
    picture = page.locator(".still img").bounding_box()
    ring = page.locator(f"[data-point={name}] .ring").bounding_box()
    assert picture
    assert ring
    scale = picture["width"] / wide
    page.mouse.move(ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
    page.mouse.down()
    page.mouse.move(picture["x"] + goal[0] * scale, picture["y"] + goal[1] * scale, steps=2)
    page.mouse.up()


def forget(here: Look) -> None:
    """Takes everything off the queue."""
    page = here.page
    for job in page.request.get(f"{here.desk.base}/api/imports").json():
        page.request.delete(f"{here.desk.base}/api/imports/{job['id']}", headers={"Origin": here.desk.base})


def test_a_video_is_marked_next_though_the_list_told_of_it_before_its_own_answer_came(
    look: Open, desk: Desk, film: Path
) -> None:
    here = look(desk, "/import")
    page = here.page
    page.evaluate(HELD)
    choose(page, film)
    wait(page, "window.held.length === 1")
    page.click("[data-page=people]")
    page.click("[data-page=import]")
    expect(page.locator(".queue > li")).to_have_count(2)
    page.evaluate("window.held[0]()")
    page.click("#mark-later")
    expect(page.locator(".queue > li")).to_have_count(1)
    forget(here)


def test_from_a_video_to_a_session_and_a_bad_file_holds_nothing_up(
    look: Open, desk: Desk, film: Path, tmp_path: Path
) -> None:
    here = look(desk, "/import")
    page = here.page
    bad = tmp_path / "rusak.mp4"
    bad.write_bytes(b"no film")
    choose(page, bad, film)
    page.wait_for_selector(".mark-back .grip", timeout=20_000)
    for name, goal in POINTS.items():
        drag(page, name, goal)
    page.click("#marked")
    expect(page.locator("#begin-review")).to_be_disabled()
    expect(page.locator("[name=video]")).not_to_be_checked()  # nothing is kept unless she says so
    page.fill("[name=kader]", "K07")
    page.fill("[name=posyandu]", "Mawar")
    page.check("[name=agreed]")
    with page.expect_request(lambda asked: asked.method == "POST" and "/api/imports/" in asked.url) as sent:
        page.click("#begin-review")
    body: dict[str, Any] = sent.value.post_data_json or {}
    assert body["size"] == [640, 480]
    marked = corners_of(np.array(list(POINTS.values())), (640, 480))
    assert np.abs(np.array(body["corners"]) - marked).max() < 4.0
    assert body["consent"] == {"video": False, "checks": ["agreed"], "by": body["consent"]["by"]}
    expect(page.locator("[data-state=failed]")).to_contain_text("rusak.mp4")
    done = page.locator("[data-state=done]")
    expect(done).to_be_visible(timeout=40_000)
    session = str(done.locator("a").get_attribute("href"))
    told = page.request.get(f"{desk.base}/api{session}").json()
    assert (told["row"]["kader"], told["row"]["posyandu"], told["video"]) == ("K07", "Mawar", None)
    page.click("[data-page=sessions]")
    expect(page.locator(f"a[href='{session}']")).to_be_visible()
    forget(here)


def test_when_it_was_filmed_on_which_occasion_and_which_parts_it_shows(look: Open, desk: Desk, tmp_path: Path) -> None:
    here = look(desk, "/import")
    page = here.page
    choose(page, short_film(tmp_path / "kunjungan.mp4", made="2026-10-01T03:04:05Z"))
    page.wait_for_selector(".mark-back .grip", timeout=20_000)
    for name, goal in POINTS.items():
        drag(page, name, goal)
    page.click("#marked")
    expect(page.locator(".more-fields").first).to_contain_text("1 Okt 2026")
    for fold in page.locator(".more-fields summary").all():
        fold.click()
    expect(page.locator("[name=day]")).to_have_value("01/10/2026")  # as the film says
    page.fill("[name=day]", "02/10/2026")
    page.select_option("[name=occasion]", "visit")
    page.fill("[name=visit]", "2")
    page.fill("[name=mother]", "I07")
    page.check("[name=no_person]")
    page.check("[name=pillow]")
    parts = page.locator(".part-ticks input")
    for k in range(parts.count()):
        parts.nth(k).uncheck()
    expect(page.locator("#begin-review")).to_be_disabled()
    page.check("[name=part-back]")
    page.click("#begin-review")
    done = page.locator("[data-state=done]")
    expect(done).to_be_visible(timeout=40_000)
    session = str(done.locator("a").get_attribute("href"))
    row = page.request.get(f"{desk.base}/api{session}").json()["row"]
    said = {name: row[name] for name in ("occasion", "visit", "mother", "scope")}
    assert said == {"occasion": "visit", "visit": 2, "mother": "I07", "scope": "back"}
    assert row["held"].startswith("2026-10-02T03:04:05")
    page.request.delete(f"{desk.base}/api{session}", headers={"Origin": desk.base})
    forget(here)


def test_the_points_go_by_keyboard_and_another_picture_can_be_taken(look: Open, desk: Desk, film: Path) -> None:
    here = look(desk, "/import", lang="en")
    page = here.page
    choose(page, film)
    page.wait_for_selector(".mark-back .grip", timeout=20_000)
    page.focus("[data-point=left]")
    before = page.locator("[data-point=left]").get_attribute("aria-label")
    page.keyboard.press("Shift+ArrowLeft")
    assert page.locator("[data-point=left]").get_attribute("aria-label") != before
    with page.expect_response(lambda answer: "/picture?at_s=1" in answer.url) as later:
        page.fill("[name=at_s]", "1")
    assert later.value.headers["content-type"] == "image/jpeg"
    page.click("#mark-later")
    expect(page.locator("[data-state=marking]")).to_be_visible()
    page.click("[data-state=marking] .button.plain")  # out of the queue again
    expect(page.locator(".entry")).to_have_count(0)
    assert page.request.get(f"{desk.base}/api/imports").json() == []


def test_files_may_be_dropped_on_any_page_and_a_session_file_is_merged(look: Open, desk: Desk) -> None:
    here = look(desk, "/people")
    page = here.page
    data = page.request.get(f"{desk.base}/api/papers/zip?sessions={desk.ids['s4']}")
    assert data.ok
    page.evaluate(
        """(bytes) => {
          const files = new DataTransfer();
          files.items.add(new File([new Uint8Array(bytes)], "sesi.zip", { type: "application/zip" }));
          document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: files }));
        }""",
        list(data.body()),
    )
    expect(page.locator("h1")).to_have_text(here.text("tr_import_title"))
    expect(page.locator("[data-state=done]")).to_contain_text(here.text("tr_merged_known"))
    forget(here)


def test_a_file_that_the_list_tells_of_before_its_upload_is_answered_is_there_once(look: Open, desk: Desk) -> None:
    here = look(desk, "/import")
    entries = here.page.evaluate(
        """async () => {
          const { Queue } = await import("/static/js/trainer/queue.js");
          const queue = new Queue(() => {});
          queue.send = () => {};
          queue.add([new File(["x"], "sesi.zip"), new File(["x"], "lain.zip")]);
          const told = { id: "abc", name: "sesi.zip", kind: "session", state: "done" };
          queue.hear(told);
          queue.hear(told, queue.entries[0].key);
          queue.hear({ ...told, session: "s4" });
          return queue.entries.map((entry) => [entry.key, entry.id, entry.state, entry.session]);
        }"""
    )
    assert entries == [["own-0", "abc", "done", "s4"], ["own-1", None, "queued", None]]


def test_marking_works_on_a_phone(look: Open, desk: Desk, film: Path) -> None:
    here = look(desk, "/import", size="phone")
    page = here.page
    choose(page, film)
    page.wait_for_selector(".mark-back .grip", timeout=20_000)
    drag(page, "c7", POINTS["c7"])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    page.click("#marked")
    assert violations(page) == []
    page.check("[name=no_person]")
    expect(page.locator("#begin-review")).to_be_enabled()
    forget(here)


def place_of(page: Page, name: str) -> str:
    return str(page.locator(f"[data-point={name}]").get_attribute("transform"))


def test_points_are_dragged_at_once_and_a_late_guess_moves_none_of_them(look: Open, desk: Desk, film: Path) -> None:
    here = look(desk, "/import", lang="en")
    page = here.page
    page.evaluate(
        """() => { const { fetch } = window; window.fetch = async (path, ...more) => {
          if (!String(path).endsWith('/guess')) return fetch(path, ...more);
          await new Promise((on) => { window.guessed = on; });
          return new Response(JSON.stringify({ body: [[320, 100], [200, 130], [440, 130], [320, 400]] }));
        }; }"""
    )
    choose(page, film)
    page.wait_for_selector(".mark-back .grip", timeout=20_000)
    expect(page.locator("#guessing")).to_be_visible()
    expect(page.locator("#marked")).to_be_enabled()
    drag(page, "left", POINTS["left"])
    mine = place_of(page, "left")
    wait(page, "window.guessed")
    page.evaluate("window.guessed()")
    expect(page.locator("#take-guess")).to_be_visible()
    assert place_of(page, "left") == mine
    page.click("#take-guess")
    expect(page.locator("#take-guess")).to_have_count(0)
    assert place_of(page, "left") != mine
    forget(here)


def lying_film(path: Path, turn: int) -> Path:
    """A film on which the sample's back is turned so that its picture stands upright by that turn to the left."""
    upright, _ = picture_at(SAMPLE, 0.0)
    lying = np.rot90(upright, -turn)
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=15)
        stream.height, stream.width = lying.shape[:2]
        stream.pix_fmt = "yuv420p"
        for _ in range(8):
            file.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(lying), format="rgb24")))
        file.mux(stream.encode())
    return path


def told_guess(page: Page, body: list[list[float]] | None) -> None:
    page.route("**/guess", lambda route: route.fulfill(json={"body": body}))


def rings(page: Page) -> list[list[float]]:
    """Where the points are shown, in px of the picture as it is shown: (4, 2)."""
    return [
        [float(v) for v in place_of(page, name).removeprefix("translate(").removesuffix(")").split()] for name in POINTS
    ]


def test_a_back_that_lies_upside_down_is_shown_upright_and_marked_where_it_is(
    look: Open, desk: Desk, tmp_path: Path
) -> None:
    here = look(desk, "/import")
    page = here.page
    lying = turned_back(np.array(list(POINTS.values())), 2, (640, 480))
    told_guess(page, lying.tolist())
    choose(page, lying_film(tmp_path / "seberang.mp4", 2))
    page.wait_for_selector(".mark-back .grip", timeout=20_000)
    expect(page.locator(".mark-back .note")).to_be_visible()
    shown = page.locator(".still img").bounding_box()
    assert shown
    scale = shown["width"] / 640
    assert np.abs(np.array(rings(page)) - scale * np.array(list(POINTS.values()))).max() < 2.0
    page.focus("[data-point=l5]")
    before = rings(page)[3]
    page.keyboard.press("ArrowUp")
    assert rings(page)[3] == [before[0], before[1] - 2]  # up is up on the screen
    drag(page, "left", POINTS["left"])
    page.click("#marked")
    page.check("[name=no_person]")
    with page.expect_request(lambda asked: asked.method == "POST" and "/api/imports/" in asked.url) as sent:
        page.click("#begin-review")
    body: dict[str, Any] = sent.value.post_data_json or {}
    assert body["size"] == [640, 480]
    assert np.abs(np.array(body["corners"]) - corners_of(lying, (640, 480))).max() < 6.0
    page.unroute("**/guess")
    forget(here)


def test_a_picture_turns_upright_once_a_back_that_lies_across_it_is_marked(
    look: Open, desk: Desk, tmp_path: Path
) -> None:
    here = look(desk, "/import")
    page = here.page
    told_guess(page, None)
    choose(page, lying_film(tmp_path / "samping.mp4", 1))
    page.wait_for_selector(".mark-back .grip", timeout=20_000)
    upright = np.array(list(POINTS.values()))
    for name, (x, y) in zip(POINTS, turned_back(upright, 1, (480, 640)).tolist(), strict=True):
        drag(page, name, (x, y), wide=480)
    expect(page.locator(".still.sideways")).to_be_visible()
    shown = page.locator(".still img").bounding_box()
    still = page.locator(".still").bounding_box()
    assert shown
    assert still
    assert list(shown.values()) == pytest.approx(list(still.values()), abs=1.0)
    assert np.abs(np.array(rings(page)) - shown["width"] / 640 * upright).max() < 3.0
    page.click("#mark-turn")  # by hand, and so it stays
    page.focus("[data-point=l5]")
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(200)
    expect(page.locator(".still.sideways")).to_have_count(0)
    page.unroute("**/guess")
    forget(here)


def test_exchanged_shoulders_and_ends_are_noticed_while_one_marks(look: Open, desk: Desk, film: Path) -> None:
    here = look(desk, "/import")
    page = here.page
    choose(page, film)
    page.wait_for_selector(".mark-back .grip", timeout=20_000)
    for name, goal in POINTS.items():
        drag(page, name, goal)
    expect(page.locator("#mark-trouble")).to_have_count(0)
    drag(page, "left", (320.0, 300.0))
    drag(page, "right", POINTS["left"])
    drag(page, "left", POINTS["right"])
    expect(page.locator("#mark-trouble")).to_have_text(here.text("mark_mirrored"))
    expect(page.locator("#marked")).to_be_disabled()
    drag(page, "right", (320.0, 300.0))
    drag(page, "left", POINTS["left"])
    drag(page, "right", POINTS["right"])
    expect(page.locator("#marked")).to_be_enabled()
    drag(page, "c7", (320.0, 300.0))
    drag(page, "l5", POINTS["c7"])
    drag(page, "c7", POINTS["l5"])
    expect(page.locator("#mark-trouble")).to_have_text(here.text("mark_ends"))
    forget(here)


def test_a_session_is_marked_anew_where_its_video_is_kept(look: Open, desk: Desk) -> None:
    here = look(desk, f"/import?session={desk.ids['demonstration']}", lang="en")
    page = here.page
    page.wait_for_selector(".mark-back .grip", timeout=20_000)
    expect(page.locator(".marking-side")).to_contain_text(here.text("tr_anew_now"))
    page.focus("[data-point=l5]")
    page.keyboard.press("Shift+ArrowUp")
    page.click("#marked")
    page.click("#anew-go")
    expect(page.locator("#anew-done")).to_be_visible()
    assert violations(page) == []


def test_a_trainer_says_who_is_who_before_a_session_file_is_taken_in(look: Open, desk: Desk, tmp_path: Path) -> None:
    with open_store(tmp_path / "other") as other:
        other.put_person(Person("K01", "Ibu Lain", "kader", "Anggrek"))
        made = other.add(new("K01", "Anggrek"), result())
        other.export(made, tmp_path / "dari laptop lain.zip", names=True)
    here = look(desk, "/import")
    page = here.page
    choose(page, tmp_path / "dari laptop lain.zip")
    line = page.locator(".entry.asking")
    expect(line.locator("legend")).to_contain_text("Ibu Lain")
    take = line.get_by_role("button", name=here.text("tr_who_take"))
    expect(take).to_be_disabled()
    assert violations(page) == []
    line.locator("input[value=other]").check()
    line.locator("[name=new-K01]").fill("K88")
    take.click()
    expect(page.locator(".entry.done")).to_contain_text("K88 (Ibu Lain, Anggrek)")
    page.click(".entry.done a")
    page.wait_for_url(f"**/sessions/{made}")
    page.request.delete(f"{desk.base}/api/sessions/{made}", headers={"Origin": desk.base})
    here.go("/import")
    forget(here)
