"""Makes the handbook out of ``docs/``: ``coach/web/handbook/id`` and ``…/en``, which the pages open by "?".

Sphinx with the Furo theme, which fetches nothing: search works offline. The server's policy lets no script or style
stand within a page, so each is laid beside it. The folder is not committed; set-up and the wheel's build make it.
With ``--pdf``, as a release asks for it, Chromium prints the whole of each, and the kader's part alone.
"""

from __future__ import annotations

import argparse
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
PRINTED = "printed"  # the tag under which the pages name the PDF files
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
KADER = "kader"  # the part that is printed alone, on two pages
_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", re.DOTALL)
_HIDDEN, _STYLED = re.compile(r' style="display: ?none;?"'), re.compile(r' style="[^"]*"')
_STYLE = re.compile(r"<style([^>]*)>(.*?)</style>", re.DOTALL)


def digest() -> str:
    """What the handbook is made from, as one word."""
    told = hashlib.sha256(Path(__file__).read_bytes())
    for file in sorted(file for file in DOCS.rglob("*") if file.is_file() and "__pycache__" not in file.parts):
        told.update(file.relative_to(DOCS).as_posix().encode() + file.read_bytes())
    return told.hexdigest()


def is_built(*, pdf: bool = False) -> bool:
    """Whether it stands there as the sources have it, with its PDF files where they are asked for."""
    stamp = TARGET / STAMP
    if not stamp.is_file():
        return False
    told = stamp.read_text(encoding="utf-8").split()
    return told[:1] == [digest()] and (not pdf or PRINTED in told)


def sphinx(language: str, target: Path, builder: str, *more: str) -> None:
    """One language; a warning, such as a link that leads nowhere, is an error."""
    with tempfile.TemporaryDirectory(prefix="coach-handbook-") as made:
        options = ["-q", "-W", "--keep-going", "-c", str(DOCS), "-D", f"language={language}", "-d", f"{made}/trees"]
        command = [sys.executable, "-m", "sphinx", "-b", builder, *options, *more, str(DOCS / language), str(target)]
        subprocess.run(command, check=True, stdout=sys.stderr)


def print_pdf(language: str, target: Path) -> None:
    """``coach-<language>.pdf``, the whole handbook, and ``kader-<language>.pdf``, the kader's two pages."""
    with tempfile.TemporaryDirectory(prefix="coach-printing-") as folder:
        sphinx(language, whole := Path(folder) / "whole", "singlehtml")
        sphinx(language, parts := Path(folder) / "parts", "html")
        kader = parts / f"{KADER}.html"
        kader.write_text(kader.read_text(encoding="utf-8").replace("<body", '<body class="alone"', 1), encoding="utf-8")
        for page, name in ((whole / "index.html", "coach"), (kader, KADER)):
            chromium(page, target / f"{name}-{language}.pdf")


def chromium(page: Path, pdf: Path) -> None:
    """Prints an HTML file."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("The handbook's PDF files need Chromium: sudo apt install chromium")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={pdf}"]
    with tempfile.TemporaryDirectory(prefix="coach-chromium-") as profile:
        command = [browser, f"--user-data-dir={profile}", *options, page.as_uri()]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make(language: str, target: Path, *more: str) -> None:
    """The pages of one language, as the program serves them."""
    sphinx(language, target, "html", *more)
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


def build(*, pdf: bool = False) -> None:
    """Makes the folder anew; an older one stays until the new one is whole."""
    fresh = TARGET.with_name("handbook.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for language in LANGUAGES:
        make(language, fresh / language, *(("-t", PRINTED) if pdf else ()))
        if pdf:
            print_pdf(language, fresh / language)
    (fresh / STAMP).write_text(f"{digest()} {PRINTED if pdf else ''}\n", encoding="utf-8")
    shutil.rmtree(TARGET, ignore_errors=True)
    fresh.rename(TARGET)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Makes the handbook that the pages open by '?'.")
    parser.add_argument("--pdf", action="store_true", help="its PDF files too, which Chromium prints")
    asked = parser.parse_args()
    if not is_built(pdf=asked.pdf):
        build(pdf=asked.pdf)
