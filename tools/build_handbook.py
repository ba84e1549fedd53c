"""Makes the handbook out of ``docs/``: ``coach/web/handbook/id`` and ``…/en``, which the pages open by "?".

Sphinx with the Furo theme, which fetches nothing: search works offline. The server's policy lets no script or style
stand within a page, so each is laid beside it. The folder is not committed; set-up and the wheel's build make it.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
TARGET = ROOT / "coach" / "web" / "handbook"
LANGUAGES = ("id", "en")
STAMP = "built.txt"
_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", re.DOTALL)
_HIDDEN, _STYLED = re.compile(r' style="display: ?none;?"'), re.compile(r' style="[^"]*"')
_STYLE = re.compile(r"<style([^>]*)>(.*?)</style>", re.DOTALL)


def digest() -> str:
    """What the handbook is made from, as one word."""
    told = hashlib.sha256(Path(__file__).read_bytes())
    for file in sorted(file for file in DOCS.rglob("*") if file.is_file() and "__pycache__" not in file.parts):
        told.update(file.relative_to(DOCS).as_posix().encode() + file.read_bytes())
    return told.hexdigest()


def is_built() -> bool:
    stamp = TARGET / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == digest()


def make(language: str, target: Path, builder: str = "html") -> None:
    """One language; a warning, such as a link that leads nowhere, is an error."""
    with tempfile.TemporaryDirectory(prefix="coach-handbook-") as made:
        options = ["-q", "-W", "--keep-going", "-c", str(DOCS), "-D", f"language={language}", "-d", f"{made}/trees"]
        command = [sys.executable, "-m", "sphinx", "-b", builder, *options, str(DOCS / language), str(target)]
        subprocess.run(command, check=True, stdout=sys.stderr)
    for page in target.rglob("*.html"):
        page.write_text(apart(page.read_text(encoding="utf-8"), target, page), encoding="utf-8")
    shutil.rmtree(target / "_sources", ignore_errors=True)
    for needless in ("*.map", ".buildinfo", "objects.inv"):
        for file in target.rglob(needless):
            file.unlink()


def apart(text: str, target: Path, page: Path) -> str:
    """A page whose scripts and styles are files of their own, named by what they hold."""
    up = "../" * (len(page.relative_to(target).parts) - 1)

    def laid(content: str, suffix: str) -> str:
        name = f"_static/inline-{hashlib.sha256(content.encode()).hexdigest()[:12]}.{suffix}"
        (target / name).write_text(content, encoding="utf-8")
        return up + name

    text = _STYLED.sub("", _HIDDEN.sub(" hidden", text))
    text = _SCRIPT.sub(lambda found: f'<script{found[1]} src="{laid(found[2], "js")}"></script>', text)
    return _STYLE.sub(lambda found: f'<link rel="stylesheet" href="{laid(found[2], "css")}">', text)


def build() -> None:
    """Makes the folder anew; an older one stays until the new one is whole."""
    fresh = TARGET.with_name("handbook.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for language in LANGUAGES:
        make(language, fresh / language)
    (fresh / STAMP).write_text(digest() + "\n", encoding="utf-8")
    shutil.rmtree(TARGET, ignore_errors=True)
    fresh.rename(TARGET)


if __name__ == "__main__":
    if not is_built():
        build()
