"""A real browser before the real server, with a practice behind it that a test steers."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Playwright, expect, sync_playwright
from uvicorn.protocols.websockets import websockets_sansio_impl

from coach.web.practise_routes import demonstrations
from tests.page.fake_practice import Served, fresh, served

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)
BEEPS_MS = 1500  # in so long the microphone that Chromium makes up is heard for sure
PATIENCE_S = 60.0  # a machine that is busy with others' work may take that long for a page's few seconds
SIZES = {"laptop": (1366, 768), "phone": (390, 844), "low": (1366, 620)}  # low: a browser shows its bars
expect.set_options(timeout=PATIENCE_S * 1000)


@pytest.fixture(scope="package")  # what runs after these tests has no browser and no server beside it
def playwright() -> Iterator[Playwright]:
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not there: sudo apt install chromium")
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, headless=False)
    yield started
    started.close()


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with pytest.MonkeyPatch.context() as patch, served(tmp_path_factory.mktemp("data")) as running:
        # A page that stays open is pinged every 20 s, while other tests run; hypothesis fails where it sees the global
        # generator used meanwhile.
        patch.setattr(websockets_sansio_impl, "random", random.Random())
        yield running


class Visit:
    """A page that is open, what went wrong in it, and the practice behind it."""

    def __init__(self, page: Page, server: Served) -> None:
        self.page, self.server, self.practice = page, server, server.practice
        self.faults: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", self._error)

    def leave(self) -> None:
        """Listens no longer, and closes windows that a test opened beside it."""
        self.page.evaluate("localStorage.clear()")
        self.page.remove_listener("console", self._console)
        self.page.remove_listener("pageerror", self._error)
        for other in self.page.context.pages:
            if other is not self.page:
                other.close()

    def _error(self, error: Error) -> None:
        self.faults.append(str(error))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(message.text)

    def show(self, **change: Any) -> None:
        self.practice.show(**change)

    def told(self, kind: str, count: int = 1) -> Any:
        """The last message of a kind, once the page has sent so many."""
        self.until(lambda: len(self.practice.heard(kind)) >= count, f"the page never said {kind!r}")
        return self.practice.heard(kind)[-1]

    def until(self, true: Callable[[], bool], or_else: str) -> None:
        """Waits for what a busy machine may take seconds to do."""
        over = time.monotonic() + PATIENCE_S
        while not true():
            assert time.monotonic() < over, or_else
            self.page.wait_for_timeout(30)

    def text(self, key: str, lang: str = "id") -> str:
        """A sentence of the page, as the server has it."""
        from coach.messages import page_texts  # noqa: PLC0415

        return page_texts("en" if lang == "en" else "id")[key]


def agree(page: Page, receiver: str = "pillow", *, video: bool = False) -> None:
    """From the question who is massaged to the set-up: all is safe and agreed to, the video only where it is said."""
    page.click(f"#receiver-{receiver}")
    while page.locator("[data-question]").count():
        asked = page.locator("[data-question]").get_attribute("data-question")
        page.click("#answer-no" if asked == "video" and not video else "#answer-yes")
        expect(page.locator(f"[data-question={asked}]")).to_have_count(0)
    page.click("#agree")


def wait(page: Page, expression: str, for_s: float = PATIENCE_S) -> None:
    """Asks again and again: the page's policy forbids the usual way, which is made of text."""
    over = time.monotonic() + for_s
    while time.monotonic() < over:
        if page.evaluate(f"!!({expression})"):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never true: {expression}")


def new_window(browser: Browser, size: str, **options: Any) -> Page:
    width, height = SIZES[size]
    return browser.new_context(viewport={"width": width, "height": height}, **options).new_page()


def resize(page: Page, size: str) -> None:
    """Before a page is opened in it."""
    width, height = SIZES[size]
    if page.viewport_size != {"width": width, "height": height}:
        page.set_viewport_size({"width": width, "height": height})


Open = Callable[..., Visit]


def drawn(here: Visit, count: int = 3) -> None:
    here.until(lambda: here.page.evaluate("window.__coach.count") >= count, "no frame was drawn")


@pytest.fixture(scope="package")
def opened_windows(browser: Browser) -> Iterator[dict[str, Page]]:
    assert browser  # ends after them
    opened: dict[str, Page] = {}
    yield opened
    for page in opened.values():
        page.context.close()


@pytest.fixture(scope="module")
def windows(opened_windows: dict[str, Page], server: Served) -> Iterator[dict[str, Page]]:
    """Windows that are open already, by their options: opening one costs more than most tests.

    No practice stays open in them behind a file's tests: it would draw on while those of other files run.
    """
    yield opened_windows
    for page in opened_windows.values():
        rest(page, server)


def rest(page: Page, server: Served) -> None:
    """Takes a page to one that does nothing; of the same site, since for another the browser starts a process anew."""
    at_rest = f"{server.address.partition('/?')[0]}/static/icon.svg"
    if page.url != at_rest:
        page.goto(at_rest)


@pytest.fixture
def visit(browser: Browser, server: Served, windows: dict[str, Page]) -> Iterator[Open]:
    """Opens the page afresh: ``visit("phone", lang="en", phase="setup")``. A fault in it fails the test."""
    visits: list[Visit] = []

    def opened(
        size: str = "laptop",
        *,
        context: dict[str, Any] | None = None,
        frames: bool = False,
        films: bool = False,
        **state: Any,
    ) -> Visit:
        practice = server.practice
        name = str(context)
        if name not in windows:
            windows[name] = new_window(browser, size, **(context or {}))
        page = windows[name]
        for other in [p for p in windows.values() if p is not page]:
            rest(other, server)  # one page at a time
        resize(page, size)
        practice.frames = frames
        server.films = demonstrations() if films else {}
        practice.state = fresh() | state
        practice.said.clear()
        practice.sent_pictures.clear()
        one = Visit(page, server)
        visits.append(one)
        page.goto(server.address)
        page.wait_for_selector(".shell")
        one.told("hello")
        one.until(lambda: page.evaluate("!!window.__coach.state"), "the page was never told anything")
        return one

    yield opened
    for one in visits:
        one.leave()
    assert [one.faults for one in visits if one.faults] == []


@pytest.fixture
def practise(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Starts ``coach practise`` with a camera, in such surroundings; returns the address."""
    running: list[subprocess.Popen[str]] = []

    def started(camera: str, protocol: Path | str = "oxytocin", surroundings: Mapping[str, str] | None = None) -> str:
        words = ["practise", "--camera", camera, "--no-browser", "--port", "0", "--lang", "id"]
        words += ["--protocol", str(protocol)]
        program = subprocess.Popen(
            [Path(sys.executable).with_name("coach"), *words, "--data", str(tmp_path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=surroundings,
            text=True,
        )
        running.append(program)
        assert program.stdout
        line = program.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line
        return found.group()

    yield started
    for program in running:
        program.terminate()
        program.wait(timeout=20)
        assert program.stdout
        assert "Traceback" not in program.stdout.read()
        program.stdout.close()
