"""The trainer's pages in a real browser, before the real application and a real store."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page

from coach.messages import trainer_texts
from tests.page.conftest import new_window, resize
from tests.page.trainer.made import office

_REFUSED = "Failed to load resource"  # the browser's own line for an answer of 4xx


class Desk:
    """The application that serves, and the sessions in its store."""

    def __init__(self, address: str, ids: dict[str, str]) -> None:
        self.address, self.ids = address, ids
        self.base = address.partition("/?")[0]


class Look:
    """A page that is open, and what went wrong in it."""

    def __init__(self, page: Page, desk: Desk, lang: str) -> None:
        self.page, self.desk, self.lang = page, desk, lang
        self.faults: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", self._error)

    def leave(self) -> None:
        self.page.remove_listener("console", self._console)
        self.page.remove_listener("pageerror", self._error)

    def _error(self, error: Error) -> None:
        self.faults.append(str(error))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(_REFUSED):
            self.faults.append(message.text)

    def go(self, path: str) -> None:
        self.page.goto(self.desk.base + path)
        self.page.wait_for_selector(".shell")

    def text(self, key: str, **values: Any) -> str:
        """A sentence of the page."""
        text = trainer_texts("en" if self.lang == "en" else "id")[key]
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def row(self, name: str) -> str:
        """The selector of a session's row."""
        return f"tr[data-session='{self.desk.ids[name]}']"


Open = Callable[..., Look]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What a page said when its test failed: "it never came" alone tells too little."""
    report = yield
    pane: Page | None = getattr(item, "funcargs", {}).get("pane")
    if call.when == "call" and report.failed and pane:
        report.sections.append(("page", f"{pane.url}\n{pane.inner_text('body')}"))
    return report


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with office(tmp_path_factory.mktemp("office")) as (address, ids):
        yield Desk(address, ids)


@pytest.fixture(scope="package")
def full_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Ten thousand sessions."""
    with office(tmp_path_factory.mktemp("full"), many=10_000) as (address, ids):
        yield Desk(address, ids)


@pytest.fixture(scope="package")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    from coach.store import open_store  # noqa: PLC0415
    from tests.page.trainer.made import serving  # noqa: PLC0415

    with open_store(Path(tmp_path_factory.mktemp("empty"))) as store, serving(store) as address:
        yield Desk(address, {})


@pytest.fixture(scope="package")
def pane(browser: Browser) -> Iterator[Page]:
    """A window that is open already. It stays on this site: for another the browser starts a process anew."""
    page = new_window(browser, "laptop")
    yield page
    page.context.close()


@pytest.fixture
def look(pane: Page) -> Iterator[Open]:
    """Opens a page: ``look(desk, "/people", "phone", "en")``. A fault in it fails the test."""
    looks: list[Look] = []

    def opened(desk: Desk, path: str = "/sessions", size: str = "laptop", lang: str = "id") -> Look:
        resize(pane, size)
        one = Look(pane, desk, lang)
        looks.append(one)
        if f"coach_{urlsplit(desk.base).port}" not in {cookie["name"] for cookie in pane.context.cookies()}:
            pane.request.get(desk.address)
        pane.goto(f"{desk.base}/static/icon.svg")  # a page writes down where it was when it is left
        pane.evaluate(
            "(lang) => { localStorage.clear(); sessionStorage.clear(); localStorage.setItem('coach.lang', lang) }", lang
        )
        one.go(path)
        return one

    yield opened
    for one in looks:
        one.leave()
    assert [one.faults for one in looks if one.faults] == []
