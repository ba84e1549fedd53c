"""The handbook names only what is there, leads nowhere into the void, and stands in the program by itself."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import click
import pytest

from coach.cli import main
from coach.messages import LANGS, Lang, trainer_texts
from tests.footage import ROOT
from tools.build_handbook import LANGUAGES, apart, print_pdf

DOCS = ROOT / "docs"
PLACES = ("safe", "camera", "practise", "result")  # of the practice's bar
TRAINER = ("sessions", "import", "progress", "agreement", "people", "protocols", "papers")


def pages(lang: str) -> list[Path]:
    return sorted((DOCS / lang).glob("*.md"))


@pytest.mark.parametrize("lang", LANGS)
def test_every_button_is_one_of_the_pages(lang: Lang) -> None:
    words = set(trainer_texts(lang).values())
    named = [
        (page.name, one) for page in pages(lang) for one in re.findall(r"\*\*\[([^]]+)\]", page.read_text("utf-8"))
    ]
    assert len(named) > 15
    assert [one for one in named if one[1] not in words] == []


@pytest.mark.parametrize("page", [*pages("id"), *pages("en"), ROOT / "README.md", ROOT / "README.id.md"], ids=str)
def test_every_command_is_there(page: Path) -> None:
    for given in re.findall(r"`coach ([^`]+)`", page.read_text(encoding="utf-8")):
        command: click.Command = main
        for word in given.split():
            if isinstance(command, click.Group):
                found = command.get_command(click.Context(command), word)
                assert found is not None, f"{page.name}: coach {given}"
                command = found
            elif word.startswith("--"):
                assert word in {name for one in command.params for name in one.opts}, f"{page.name}: coach {given}"


@pytest.mark.parametrize(
    "page", [*pages("id"), *pages("en"), *ROOT.glob("*.md"), ROOT / "models" / "README.md"], ids=str
)
def test_every_link_within_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert link.startswith(("http://", "https://")) or (page.parent / link).exists(), f"{page.name}: {link}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_has_its_place(lang: str) -> None:
    """Where "?" leads: see parts/shell.js and parts/trainer_bar.js."""
    for page, places in (("kader", PLACES), ("trainer", TRAINER), ("programme", ("programme",))):
        text = (DOCS / lang / f"{page}.md").read_text(encoding="utf-8")
        assert {place for place in places if f"({place})=" not in text} == set()


def test_both_languages_have_the_same_pages_and_places() -> None:
    def shape(lang: str) -> dict[str, list[str]]:
        return {page.name: re.findall(r"(?m)^\(\w+\)=|^#+ ", page.read_text("utf-8")) for page in pages(lang)}

    assert shape("id") == shape("en")


def test_no_script_or_style_stands_within_a_page(tmp_path: Path) -> None:
    (tmp_path / "_static").mkdir()
    page = tmp_path / "deep" / "page.html"
    text = apart("<script>one()</script><style>b{}</style><script src='x.js'></script>", tmp_path, page)
    assert re.findall(r">[^<]+<", text) == []
    assert "src='x.js'" in text
    assert {file.read_text() for file in (tmp_path / "_static").iterdir()} == {"one()", "b{}"}
    assert all((page.parent / link).resolve().exists() for link in re.findall(r'(?:src|href)="([^"]+)"', text))


def test_the_kader_s_part_is_printed_on_two_pages(tmp_path: Path) -> None:
    print_pdf("id", tmp_path)
    whole, kader = (
        subprocess.run(["pdftotext", tmp_path / f"{name}-id.pdf", "-"], check=True, capture_output=True, text=True)
        for name in ("coach", "kader")
    )
    assert kader.stdout.count("\f") == 2
    assert whole.stdout.count("\f") > 4
    assert "Untuk petugas IT" in whole.stdout
