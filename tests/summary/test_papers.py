"""Papers are whole PDFs, tagged, in both languages, on as many pages as they should have, and hold what they must."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest

from coach.correct.fold import Corrected, corrected
from coach.domain import PracticeInfo
from coach.messages import LANGS, Catalogue, Lang
from coach.protocol import Protocol, files
from coach.score.scope import narrowed
from coach.summary.occasion import Occasion
from coach.summary.recap_pdf import recap_pdf
from coach.summary.report_pdf import report_pdf
from coach.summary.sheet_pdf import blank_pdf, sheet_pdf
from coach.summary.sheet_xlsx import standing
from coach.summary.wording import parts
from tests.golden.make import load as golden_tracks
from tests.summary.example import hardly_seen, session
from tests.summary.made import EVENTS, OCCASION, entries, stands

A4_MM = (210, 297)
NASTY = '#strong[x] $x^2$ \\ <b>&amp; "quoted" *bold* @ref // no comment /* ] } #panic("x")'

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None and not os.environ.get("CI"), reason="poppler-utils is not installed"
)


@pytest.fixture(scope="module", params=files.names())
def protocol(request: pytest.FixtureRequest) -> Protocol:
    return files.load(request.param)


@pytest.fixture(scope="module")
def oxytocin() -> Protocol:
    return files.load("oxytocin")


class Paper:
    """A PDF and what Poppler says of it."""

    def __init__(self, data: bytes, folder: Path) -> None:
        assert data.startswith(b"%PDF-")
        self.file = folder / "paper.pdf"
        self.file.write_bytes(data)
        lines = self._run("pdfinfo", str(self.file)).splitlines()
        self.facts = {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}

    def _run(self, *command: str) -> str:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    @property
    def pages(self) -> int:
        return int(self.facts["Pages"])

    @property
    def words(self) -> str:
        return " ".join(self._run("pdftotext", "-raw", str(self.file), "-").split())

    def picture(self, page: int = 1) -> np.typing.NDArray[np.uint8]:
        """A page as grey values, (height, width)."""
        stem = self.file.with_name("page")
        self._run("pdftoppm", "-r", "50", "-gray", "-singlefile", "-f", str(page), str(self.file), str(stem))
        head, size, _, rest = stem.with_suffix(".pgm").read_bytes().split(b"\n", 3)
        width, height = map(int, size.split())
        assert head == b"P5"
        return np.frombuffer(rest, dtype=np.uint8)[: width * height].reshape(height, width)


def joined(text: str) -> str:
    """Without the spaces: where a title is broken over two lines is the paper's matter."""
    return "".join(text.split())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("blank", [True, False])
def test_the_sheet_is_one_tagged_a4_page(protocol: Protocol, lang: Lang, blank: bool, tmp_path: Path) -> None:
    catalogue = Catalogue(lang)
    filled = corrected(session(protocol), protocol, [])
    paper = Paper(
        blank_pdf(protocol, catalogue) if blank else sheet_pdf([(OCCASION, filled)], protocol, catalogue), tmp_path
    )
    assert (paper.pages, paper.facts["Tagged"]) == (1, "yes")
    width, height = (float(n) * 25.4 / 72 for n in re.findall(r"[\d.]+", paper.facts["Page size"])[:2])
    assert (round(width), round(height)) == A4_MM
    text = joined(paper.words)
    named: list[Any] = [*protocol.segments, *protocol.manual, *protocol.outcomes]
    titles = [getattr(one.title, lang) for one in named]
    assert [t for t in titles if joined(t) not in text] == []
    for key in ("paper_kader", "paper_rater", "paper_midwife", "paper_passed", "paper_failed"):
        assert joined(catalogue.text(key)) in text
    assert ("K07" in text) is not blank


@pytest.mark.parametrize("paper_of", ["sheet", "report"])
def test_parts_that_nobody_asked_for_are_on_no_paper(oxytocin: Protocol, paper_of: str, tmp_path: Path) -> None:
    """The paper says which parts alone are rated, and tells of the others neither a line nor that they do not apply."""
    catalogue, only = Catalogue("id"), ("shoulders",)
    made = session(oxytocin)
    narrow = replace(made, scope=only, items=narrowed(made.items, oxytocin, only))
    stood = corrected(narrow, oxytocin, [])
    if paper_of == "sheet":
        paper = Paper(sheet_pdf([(OCCASION, stood)], oxytocin, catalogue), tmp_path)
    else:
        paper = Paper(report_pdf(OCCASION, stood, oxytocin, catalogue), tmp_path)
    text = joined(paper.words)
    for segment in oxytocin.segments:
        assert (joined(segment.title.id) in text) is (segment.part == "shoulders")
    assert joined(catalogue.text("scope_line", parts=parts(only, oxytocin, catalogue))) in text
    assert joined(catalogue.text("status_not_applicable")) not in text.replace(joined("TB = tidak berlaku"), "")
    left_out = sum(i.status in ("manual", "not_visible") for i in narrow.items)
    assert joined(catalogue.text("paper_left_out", count=left_out)) in text


def test_the_sheet_has_the_points_the_score_and_the_reasons(oxytocin: Protocol, tmp_path: Path) -> None:
    paper = Paper(sheet_pdf([(OCCASION, stands(oxytocin))], oxytocin, Catalogue("id")), tmp_path)
    total = stands(oxytocin).session.total
    assert f"{total.percent:.1f}".replace(".", ",") in paper.words
    assert f"({total.points} dari {total.max_points})" in paper.words
    assert "Ibu Sari Wulandari (K07)" in paper.words
    assert "24 November 2026" in paper.words
    assert "dilakukan di luar gambar" in paper.words
    assert "Jam 6: tekanan jatuh di jam 12" in paper.words


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("paper_of", ["sheet", "report"])
def test_where_hardly_anything_was_seen_no_paper_says_passed(
    oxytocin: Protocol, paper_of: str, lang: Lang, tmp_path: Path
) -> None:
    catalogue = Catalogue(lang)
    why = joined(catalogue.text("verdict_too_few", rated=2, of=61, least=50))

    def words(filled: Corrected) -> str:
        if paper_of == "sheet":
            return joined(Paper(sheet_pdf([(OCCASION, filled)], oxytocin, catalogue), tmp_path).words)
        return joined(Paper(report_pdf(OCCASION, filled, oxytocin, catalogue), tmp_path).words)

    seen, usual = words(corrected(hardly_seen(oxytocin), oxytocin, [])), words(stands(oxytocin))
    assert (why in seen, why in usual) == (True, False)
    if paper_of == "report":  # the sheet has both to tick
        verdicts = [joined(catalogue.text(f"verdict_state_{key}")) for key in ("passed", "not_passed", "undecided")]
        assert [word in seen for word in verdicts] == [False, False, True]


def test_the_sheet_is_black_on_white_within_its_margins(oxytocin: Protocol, tmp_path: Path) -> None:
    page = Paper(sheet_pdf([(OCCASION, stands(oxytocin))], oxytocin, Catalogue("id")), tmp_path).picture()
    dark = page < 128
    assert 0.01 < dark.mean() < 0.25
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    margin = 50 / 25.4 * 8  # 8 mm: what every printer can reach
    assert min(rows[0], columns[0], page.shape[0] - rows[-1], page.shape[1] - columns[-1]) > margin


def test_many_sheets_are_as_many_pages(oxytocin: Protocol, tmp_path: Path) -> None:
    paper = Paper(sheet_pdf([(OCCASION, stands(oxytocin))] * 3, oxytocin, Catalogue("id")), tmp_path)
    assert paper.pages == 3
    with pytest.raises(ValueError, match="sheets"):
        sheet_pdf([(OCCASION, stands(oxytocin))] * 26, oxytocin, Catalogue("id"))


def test_even_a_long_protocol_is_one_page(oxytocin: Protocol, tmp_path: Path) -> None:
    long = oxytocin.model_copy(
        update={
            "manual": tuple(m.model_copy(update={"id": f"{m.id}_{k}"}) for k in range(5) for m in oxytocin.manual),
        }
    )
    assert Paper(blank_pdf(long, Catalogue("id")), tmp_path).pages == 1


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kept", [True, False])
def test_the_report_shows_every_step_with_its_picture(
    oxytocin: Protocol, lang: Lang, kept: bool, tmp_path: Path
) -> None:
    tracks = golden_tracks() if kept else None
    catalogue = Catalogue(lang)
    paper = Paper(report_pdf(OCCASION, stands(oxytocin), oxytocin, catalogue, tracks), tmp_path)
    assert 2 <= paper.pages <= 4
    assert paper.facts["Tagged"] == "yes"
    text = joined(paper.words)
    for segment in oxytocin.segments:
        assert text.count(joined(getattr(segment.title, lang))) >= 3  # in time, on the back, among the items
    assert joined(EVENTS[3][1]["text"]) in text
    assert joined(catalogue.text("report_limits")) in text


def test_the_recap_names_who_needs_what(oxytocin: Protocol, tmp_path: Path) -> None:
    standings = [standing(entry) for entry in entries(oxytocin, 60, kaders=12)]
    paper = Paper(recap_pdf(standings, oxytocin, Catalogue("id"), {"K03": "Ibu Dewi"}, "Puskesmas Kota"), tmp_path)
    width, height = (float(n) for n in re.findall(r"[\d.]+", paper.facts["Page size"])[:2])
    assert width > height
    assert "Ibu Dewi (K03)" in paper.words
    assert "12 kader, 60 sesi" in paper.words
    assert "Puskesmas Kota" in paper.words


def test_nothing_to_recap_is_a_paper_too(oxytocin: Protocol, tmp_path: Path) -> None:
    assert Paper(recap_pdf([], oxytocin, Catalogue("en"), {}), tmp_path).pages == 1


def test_text_is_never_markup(oxytocin: Protocol, tmp_path: Path) -> None:
    who = Occasion(kader=NASTY, posyandu=NASTY, rater=NASTY)
    paper = Paper(sheet_pdf([(who, stands(oxytocin))], oxytocin, Catalogue("id")), tmp_path)
    assert joined(NASTY) in joined(paper.words)
    paper = Paper(report_pdf(who, stands(oxytocin), oxytocin, Catalogue("id")), tmp_path)
    assert joined(NASTY) in joined(paper.words)


def test_the_same_session_gives_the_same_paper(oxytocin: Protocol) -> None:
    once, again = (sheet_pdf([(OCCASION, stands(oxytocin))], oxytocin, Catalogue("id")) for _ in range(2))
    assert once == again


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("paper_of", ["sheet", "report"])
@pytest.mark.parametrize("pain", ["over", "ended"])
def test_a_paper_tells_how_it_was_practised_and_judges_nobody_who_stopped_for_pain(
    oxytocin: Protocol, paper_of: str, lang: Lang, pain: Literal["over", "ended"], tmp_path: Path
) -> None:
    catalogue, who = Catalogue(lang), replace(OCCASION, mode="exam")
    filled = corrected(replace(session(oxytocin), practice=PracticeInfo("exam", None, 2, 40.4, pain)), oxytocin, [])
    made = (
        sheet_pdf([(who, filled)], oxytocin, catalogue)
        if paper_of == "sheet"
        else report_pdf(who, filled, oxytocin, catalogue)
    )
    paper = Paper(made, tmp_path)
    assert paper.pages == 1 or paper_of == "report"
    text = joined(paper.words)
    for key in ("how_exam", f"how_pain_{pain}"):
        assert joined(catalogue.text(key)) in text, key
    assert joined(catalogue.text("how_pauses", count=2, seconds=40.4)) in text
    judged = pain == "over"
    assert (joined(catalogue.text("verdict_pain")) in text) is not judged
    assert (joined(catalogue.text("improve_label")) in text) is judged
    assert ("77,6" in text or "77.6" in text) is judged
