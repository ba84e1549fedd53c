"""A program that cannot start says why on the page of the browser that it has opened."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urljoin

import pytest

from coach.messages import LANGS, Catalogue, Lang
from coach.web import last_words
from coach.web.guard import Door
from coach.web.last_words import PATIENCE_S
from coach.web.serve import listening
from tests.web.test_serve import PROGRAM, ended


def _asked(folder: Path, wait_s: float = 20.0) -> str:
    """The address that the program opened in the browser."""
    file, until = folder / "opened", time.monotonic() + wait_s
    while not (file.is_file() and file.read_text("utf-8").endswith("\n")):
        assert time.monotonic() < until
        time.sleep(0.05)
    return file.read_text("utf-8").strip()


def _fetched(address: str) -> tuple[str, int, str]:
    """A page that is an error, as a browser fetches it; what it loads besides is there too."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with pytest.raises(urllib.error.HTTPError) as told:
        browser.open(address, timeout=20)
    with told.value as answer:
        page = answer.read().decode()
    for path in re.findall('href="(.*?)"', page):
        with browser.open(urljoin(address, path), timeout=20) as part:
            assert part.status == 200
    return page, told.value.code, told.value.headers["content-security-policy"]


@pytest.mark.parametrize("command", [["practise", "--camera", "63"], ["serve"]], ids=["practise", "serve"])
@pytest.mark.parametrize("lang", LANGS)
def test_a_folder_that_cannot_be_used_is_told_in_both_places(tmp_path: Path, command: list[str], lang: Lang) -> None:
    browser, place = tmp_path / "browser", tmp_path / "a <file>"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path}/opened"\n', "utf-8")
    browser.chmod(0o700)
    place.touch()
    arguments = [*command, "--port", "0", "--lang", lang, "--data", str(place)]
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=os.environ | {"BROWSER": f"{browser} %s"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        page, code, policy = _fetched(_asked(tmp_path))
        fetched_s = time.monotonic()
        _, err, returned = ended(program)
    finally:
        program.kill()
        program.wait()
    assert time.monotonic() - fetched_s < PATIENCE_S / 2
    assert (returned, code, len(err.splitlines())) == (2, 503, 1)
    assert str(place) in err
    why = err.strip().removeprefix(Catalogue(lang).text("error_line", text=""))
    assert why.replace("<", "&lt;").replace(">", "&gt;") in page
    assert Catalogue(lang).text("not_started") in page
    assert f'<html lang="{lang}">' in page
    assert "default-src 'self'" in policy or "default-src 'none'" in policy


def test_where_no_browser_comes_it_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_words, "PATIENCE_S", 0.3)
    with (
        listening(0) as listener,
        ThreadPoolExecutor(1) as beside,
    ):  # another test's browser may have this thread's loop
        began, door = time.monotonic(), Door(listener.getsockname()[1], "token")
        beside.submit(last_words.last_words, "why", Catalogue("en"), door, listener).result(timeout=20)
        assert 0.3 <= time.monotonic() - began < 5.0
