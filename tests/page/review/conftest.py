"""The review page in a real browser before ``coach serve`` over a real store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page

from coach.messages import trainer_texts
from coach.store import Person, Store, open_store
from coach.trainer import program
from coach.web.app import create_app
from coach.web.guard import Door, new_token
from coach.web.practise_routes import demonstrations
from coach.web.serve import Server, listening
from coach.web.trainer_routes import HOME, TrainerPages
from tests.page.conftest import PATIENCE_S, new_window, resize, wait
from tests.page.review.made import clip, kept, made


class House:
    """A store and the server before it."""

    def __init__(self, store: Store, door: Door, folder: Path) -> None:
        self.store, self.door, self.folder = store, door, folder
        self.film = self._film()

    def _film(self) -> Path:
        """Pictures at the very times at which the hands were seen, rounded to the clip's clock."""
        ticks = [round(1000 * float(time_s)) for time_s in made().chunk.time_s]
        return clip(self.folder / "clip.mp4", ticks, (320, 240))

    def session(self, *, video: bool = False, film: Path | None = None, **more: Any) -> str:
        return kept(self.store, video=film or (self.film if video else None), **more)

    def events(self, session: str) -> list[Any]:
        return [c.event for c in self.store.session(session).corrections]


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("review")
    with (
        listening(0) as listener,
        open_store(folder / "store") as store,
        program.opened(store, "oxytocin", "id") as desk,
    ):
        door = Door(listener.getsockname()[1], new_token(), home=HOME)
        pages = TrainerPages(desk, demonstrations=demonstrations())
        server = Server(create_app(door, pages.routes()), pages.close)
        running = threading.Thread(target=server.run, args=(listener,))
        running.start()
        store.put_person(Person("K01", "Siti Aminah", "kader", "Mawar"))
        store.put_person(Person("T01", "Bidan Ratna", "trainer", ""))
        store.put_person(Person("T02", "Bidan Yuli", "trainer", ""))
        yield House(store, door, folder)
        server.stop()
        running.join()


class Visit:
    """The page of one session, and what went wrong in it."""

    def __init__(self, page: Page, house: House, session: str) -> None:
        self.page, self.house, self.session = page, house, session
        self.faults: list[str] = []
        self.expected = ["willReadFrequently"]  # parts of faults that the test itself brings about
        page.on("console", self._console)
        page.on("pageerror", self._error)

    def leave(self) -> None:
        self.page.remove_listener("console", self._console)
        self.page.remove_listener("pageerror", self._error)
        self.page.unroute_all(behavior="ignoreErrors")

    def _error(self, error: Error) -> None:
        self._note(str(error))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(f"{message.text} {message.location.get('url', '')}")

    def _note(self, text: str) -> None:
        if not any(part in text for part in self.expected):
            self.faults.append(text)

    def desk(self, expression: str) -> Any:
        """Something that the page knows, such as ``player.time_s``."""
        return self.page.evaluate(f"window.__review.{expression}")

    def ready(self) -> None:
        self.wait("window.__review && !window.__review.loading")

    def until(self, expression: str) -> None:
        """Waits for something to become true of what the page knows."""
        self.wait(f"(() => {{ const desk = window.__review; return {expression}; }})()")

    def wait(self, expression: str, for_s: float = PATIENCE_S) -> None:
        wait(self.page, expression, for_s)

    def saved(self) -> None:
        self.until("!desk.queue.busy && !desk.queue.waiting.length")

    def change(self, event: dict[str, Any]) -> None:
        self.page.evaluate("(event) => { window.__review.change(event); }", event)
        self.saved()

    def at(self, time_s: float, row: str) -> tuple[float, float]:
        """Where on the screen a moment is in a row of the timeline."""
        box = self.page.locator("#timeline").bounding_box()
        assert box is not None
        high = {"ruler": 8, "band": 29, "left": 49, "right": 64, "hold": 84, "mark": 104, "height": 130}[row]
        return box["x"] + float(self.desk(f"view.x({time_s})")), box["y"] + high

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down()
        mouse.move((start[0] + end[0]) / 2, end[1])
        mouse.move(*end)
        mouse.up()

    def act(self, kind: str, number: int = 0) -> dict[str, Any]:
        """An act on the timeline, in the order of time."""
        names = "({kind, segment, start_s, end_s, hand, whole, point})"
        found: list[dict[str, Any]] = self.desk(
            f"acts.filter((a) => a.kind === '{kind}').map(({names[1:-1]}) => {names})"
        )
        return found[number]

    def text(self, key: str, lang: str = "id") -> str:
        return trainer_texts("en" if lang == "en" else "id")[key]


Open = Callable[..., Visit]


@pytest.fixture(scope="package")
def review_window(browser: Browser, house: House) -> Iterator[Page]:
    """A window that is open already, and known to the server."""
    page = new_window(browser, "laptop")
    page.goto(house.door.address)
    yield page
    page.context.close()


@pytest.fixture
def visit(house: House, review_window: Page) -> Iterator[Open]:
    """Opens a new session's page: ``visit("phone", video=True, lang="en")``. A fault in it fails the test."""
    visits: list[Visit] = []

    def opened(
        size: str = "laptop",
        *,
        session: str = "",
        lang: str = "id",
        query: str = "",
        wait: bool = True,
        author: str = "T01",
        **made: Any,
    ) -> Visit:
        page = review_window
        resize(page, size)
        page.evaluate(f"localStorage.clear(); sessionStorage.clear(); localStorage.setItem('coach.lang', '{lang}')")
        if author:  # it was said today already
            page.evaluate(f"localStorage.setItem('coach.trainer', '{author}')")
            page.evaluate("localStorage.setItem('coach.trainer.day', new Date().toDateString())")
        one = Visit(page, house, session or house.session(**made))
        visits.append(one)
        page.goto(f"http://127.0.0.1:{house.door.port}/sessions/{one.session}{query}")
        if wait:
            one.ready()
        return one

    yield opened
    for one in visits:
        one.leave()
    assert [one.faults for one in visits if one.faults] == []
