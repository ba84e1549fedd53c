"""The pages' own files: kept by the browser as long as they are the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from coach.web.app import PAGE
from coach.web.assets import asset_routes, page_file


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "app.js").write_text("export const now = 1;", "utf-8")
    (tmp_path / "page.html").write_text('<script type="module" src="/static/js/app.js"></script>', "utf-8")
    return tmp_path


@pytest.fixture
def browser(page: Path) -> TestClient:
    async def answer(_request: Request) -> Response:
        return page_file("page.html", page)

    return TestClient(Starlette(routes=[Route("/page", answer), *asset_routes(page)]))


def script(browser: TestClient) -> str:
    found = re.search(r'src="([^"]+)"', browser.get("/page").text)
    assert found
    return found[1]


def test_what_a_page_names_is_kept(browser: TestClient) -> None:
    answer = browser.get(script(browser))
    assert (answer.status_code, answer.text) == (200, "export const now = 1;")
    assert answer.headers["cache-control"] == "max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/javascript")


def test_what_has_changed_has_another_address(browser: TestClient, page: Path) -> None:
    before = script(browser)
    assert script(browser) == before
    (page / "js" / "app.js").write_text("export const now = 2;", "utf-8")  # as long as before
    assert script(browser) != before
    assert browser.get(script(browser)).text == "export const now = 2;"


def test_a_renamed_file_has_another_address(browser: TestClient, page: Path) -> None:
    before = script(browser)
    (page / "js" / "other.js").write_bytes((page / "js" / "app.js").read_bytes())
    added = script(browser)
    (page / "js" / "other.js").rename(page / "js" / "third.js")
    assert len({before, added, script(browser)}) == 3


def test_what_is_asked_for_as_it_is_now_is_not_kept(browser: TestClient) -> None:
    answer = browser.get("/static/js/app.js")
    assert answer.status_code == 200
    assert "cache-control" not in answer.headers  # the guard's own holds: nothing is stored
    assert browser.get(script(browser).replace("app.js", "none.js")).status_code == 404


@pytest.mark.parametrize("name", sorted(path.name for path in PAGE.glob("*.html") if path.name != "forbidden.html"))
def test_every_page_names_all_its_files_so(name: str) -> None:
    text = bytes(page_file(name, PAGE).body).decode()
    assert text.count("/static-") >= 6
    assert "/static/" not in text


def test_what_names_no_icon_has_the_pages_own(browser: TestClient, page: Path) -> None:
    (page / "icon.svg").write_text("<svg/>", "utf-8")
    told = browser.get("/favicon.ico")
    assert (told.status_code, told.text) == (200, "<svg/>")
    assert told.headers["content-type"].startswith("image/svg+xml")
