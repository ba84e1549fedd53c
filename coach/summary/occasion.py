"""Who was rated, where, when and by whom: what stands at the head of a paper and in the first columns of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from coach.messages import Catalogue


@dataclass(frozen=True, slots=True)
class Occasion:
    """All of it may be empty: a paper then has a line to write on."""

    session: str = ""  # id
    when: datetime | None = None  # local time
    kader: str = ""  # code
    name: str = ""  # of the kader
    posyandu: str = ""
    rater: str = ""  # of whoever corrected or rated it
    mode: str = ""  # of live practice: guided, free, exam, again
    sample: bool = False  # the film that comes with coach
    corrected: bool = False
    outcomes: Mapping[str, bool | None] = field(default_factory=dict)  # by outcome id
    mother: str = ""  # her code
    visit: int = 0  # which one to her, from 1; 0 where nobody said

    @property
    def who(self) -> str:
        """The kader's name with the code."""
        return f"{self.name} ({self.kader})" if self.name and self.kader else self.name or self.kader


def date(moment: datetime | None, catalogue: Catalogue) -> str:
    """A day in words: "24 November 2026"; empty for none."""
    if moment is None:
        return ""
    return f"{moment.day} {catalogue.text(f'month_{moment.month}')} {moment.year}"


def date_and_time(moment: datetime | None, catalogue: Catalogue) -> str:
    if moment is None:
        return ""
    return (
        f"{date(moment, catalogue)}, {moment:%H.%M}"
        if catalogue.lang == "id"
        else f"{date(moment, catalogue)}, {moment:%H:%M}"
    )
