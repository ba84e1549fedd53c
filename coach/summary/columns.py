"""One line for each session: the columns that the spreadsheet, the CSV file and the form for collecting data share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from coach.messages import Catalogue
from coach.protocol import Manual, Protocol, Segment, Title
from coach.summary import wording

Value: TypeAlias = str | int | float | datetime | None
Kind: TypeAlias = Literal["text", "time", "number", "points", "yes_no"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A session in a table."""

    session: str  # id
    when: datetime | None  # local time
    kader: str
    posyandu: str
    protocol: str  # id and version
    source: str
    origin: str
    duration_s: float
    points: int
    max_points: int
    percent: float | None
    passed: bool | None
    left_out: int
    corrected: bool
    items: Mapping[str, int | None]  # points by item id
    outcomes: Mapping[str, bool | None]
    mode: str = ""  # of live practice: guided, free, exam, again
    stopped: bool = False  # for pain, and that was its end
    verdict: str = ""  # its state: passed, not_passed, provisional, undecided, other_motion, damaged
    scope: str = ""  # ids of the parts that are rated; empty for all
    visit: int = 0
    mother: str = ""  # her code
    occasion: str = ""  # first, last, visit, exam, practice
    counts: bool = True  # whether it tells how a kader gets on


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for programs, which every form and every spreadsheet takes, and where its value is."""

    name: str  # letters, digits and underscores
    kind: Kind
    item: str = ""  # the item's or outcome's id
    segment: Segment | None = None
    manual: Manual | None = None
    title: Title | None = None

    def label(self, catalogue: Catalogue) -> str:
        """What people read above it."""
        if self.segment is not None:
            kind = catalogue.text(f"kind_{self.item.rpartition('.')[2]}")
            return f"{wording.title(self.segment.title, catalogue)}: {kind}"
        if self.manual is not None:
            return wording.title(self.manual.title, catalogue)
        if self.title is not None:
            return wording.title(self.title, catalogue)
        return catalogue.text(f"table_{self.name}")

    def value(self, entry: Entry) -> Value:
        if self.segment is not None or self.manual is not None:
            return entry.items.get(self.item)
        if self.title is not None:
            return _flag(entry.outcomes.get(self.item))
        found: Value | bool = getattr(entry, self.name)
        return _flag(found) if isinstance(found, bool) else found


_KINDS: Mapping[str, Kind] = {
    "session": "text",
    "when": "time",
    "kader": "text",
    "posyandu": "text",
    "protocol": "text",
    "source": "text",
    "mode": "text",
    "origin": "text",
    "occasion": "text",
    "visit": "number",
    "mother": "text",
    "duration_s": "number",
    "points": "number",
    "max_points": "number",
    "percent": "number",
    "passed": "yes_no",
    "verdict": "text",
    "scope": "text",
    "left_out": "number",
    "corrected": "yes_no",
    "stopped": "yes_no",
}


def columns(protocol: Protocol) -> list[Column]:
    """Who, when and how well; then the items in the protocol's order; then the outcomes."""
    found = [Column(name, kind) for name, kind in _KINDS.items()]
    found += [_manual(m) for m in protocol.manual if m.when == "before"]
    for segment in protocol.segments:
        found += [Column(f"{segment.id}__{k}", "points", f"{segment.id}.{k}", segment) for k in segment.items]
    found += [_manual(m) for m in protocol.manual if m.when != "before"]
    found += [Column(f"outcome__{o.id}", "yes_no", o.id, title=o.title) for o in protocol.outcomes]
    return found


def _manual(manual: Manual) -> Column:
    return Column(f"manual__{manual.id}", "points", manual.id, manual=manual)


def _flag(value: bool | None) -> int | None:
    return None if value is None else int(value)
