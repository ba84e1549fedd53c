"""The daftar tilik on paper: one A4 page, black and white, with lines to sign on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from coach.correct.fold import Corrected
from coach.messages import Catalogue
from coach.protocol import Protocol
from coach.summary import wording
from coach.summary.occasion import Occasion
from coach.summary.sheet_data import Data, blank_footer, filled_footer, sheet
from coach.summary.typeset import pdf

MOST = 25  # sheets in one file: each takes 24 MB of memory while it is set, and a posyandu's laptop has 4 GB

_WORDS = {
    "number": "paper_number",
    "step": "column_step",
    "remark": "column_remark",
    "score": "paper_score_word",
    "passed": "paper_passed",
    "failed": "paper_failed",
    "yes": "paper_yes",
    "no": "paper_no",
    "page": "paper_page",
}


def sheet_pdf(
    filled: Sequence[tuple[Occasion, Corrected]], protocol: Protocol, catalogue: Catalogue, made: datetime | None = None
) -> bytes:
    """A page for each session, as it stands; at most :data:`MOST`."""
    if not 1 <= len(filled) <= MOST:
        raise ValueError(f"{len(filled)} sheets in one file, not 1 to {MOST}")
    sheets = [sheet(protocol, catalogue, occasion, stands) for occasion, stands in filled]
    software = filled[0][1].session.software
    footer = filled_footer(software, protocol, catalogue)
    return pdf("sheet", _data(sheets, footer, protocol, catalogue), made)


def blank_pdf(protocol: Protocol, catalogue: Catalogue) -> bytes:
    """A page to fill in by hand."""
    footer = blank_footer(protocol, catalogue)
    return pdf("sheet", _data([sheet(protocol, catalogue, Occasion(), None)], footer, protocol, catalogue))


def _data(sheets: list[Data], footer: str, protocol: Protocol, catalogue: Catalogue) -> Data:
    return {
        "lang": catalogue.lang,
        "title": f"{catalogue.text('paper_sheet')}: {wording.title(protocol.title, catalogue)}",
        "words": {name: catalogue.text(key) for name, key in _WORDS.items()},
        "footer": footer,
        "numbered": False,
        "sheets": sheets,
        "longest": max(range(len(sheets)), key=lambda k: _length(sheets[k])),
    }


def _length(sheet: Data) -> int:
    """About how much space it takes: the letters in its rows."""
    return sum(len(row["title"]) + len(row.get("remark", "")) for row in sheet["rows"])
