"""What the store takes and gives.

Times of day are UTC, as ISO text of one length ("2026-11-24T07:30:05.123456Z"), so that their order is that of the
text. People are typed as codes; who is meant is an id, and a name is optional and lies in a table of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

from coach.domain import BackMark, Floats, InputError
from coach.protocol import Protocol

Json: TypeAlias = Mapping[str, Any]
Source: TypeAlias = Literal["live", "video", "sample"]  # sample: the film that comes with coach, tried out
State: TypeAlias = Literal["recording", "finished"]
OCCASIONS = ("first", "last", "visit", "exam", "practice")
MOST_VISITS, LONGEST_CODE = 999, 300
Role: TypeAlias = Literal["kader", "trainer"]
NO_PERSON, PILLOW = "no_person", "pillow"  # a consent's checks: nobody has to agree; and it is a pillow


@dataclass(frozen=True, slots=True)
class Consent:
    """What the mother agreed to, and when; a later record replaces an earlier one, and both are kept."""

    checks: tuple[str, ...] = ()  # ids of what was asked and answered
    video: bool = False  # may the pictures be kept?
    withdrawn: bool = False
    by: str = ""  # code of who recorded it
    made: str = ""  # set by the store where it is empty

    @property
    def pillow(self) -> bool:
        return PILLOW in self.checks


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session about to be kept."""

    protocol: Protocol
    protocol_file: bytes  # the very file: a score can be explained only with the rules it used
    software: str
    source: Source
    corners: Floats  # (4, 2) px of the back rectangle in the first picture
    size: tuple[int, int]  # (width, height) px of the pictures in which the hands were found
    kader: str = ""  # code
    posyandu: str = ""
    mode: str = ""  # of live practice: guided, free, exam, again
    segment: str = ""  # the only one that is practised
    origin: str = ""  # of an imported video: its file's name
    consent: Consent | None = None
    id: str = ""  # a uuid that it is to have; a new one where it is empty
    held: str = ""  # when it was, UTC; now if empty
    visit: int = 0  # which visit to the mother it was, from 1; 0 where nobody said
    mother: str = ""  # her code
    occasion: str = ""  # first, last, visit, exam, practice
    later: tuple[BackMark, ...] = ()  # where the back is from later times on, px of the same pictures


@dataclass(frozen=True, slots=True)
class MarkedAnew:
    """Where the back was marked anew, and what was seen by that."""

    corners: Floats  # (4, 2) px of the first picture
    later: tuple[BackMark, ...]  # all others
    chunks: tuple[bytes, ...] = ()  # the session's tracks (:mod:`coach.store.chunks`); those that there are, if empty


@dataclass(frozen=True, slots=True)
class About:
    """What a person may say of a session afterwards; None leaves it as it is."""

    held: str | None = None  # when it was, as ISO text with a time zone
    visit: int | None = None
    mother: str | None = None
    occasion: str | None = None

    def changes(self) -> dict[str, str | int]:
        """:raises InputError: about_bad, with the field"""
        found = {name: value for name in self.__dataclass_fields__ if (value := getattr(self, name)) is not None}
        if "held" in found:
            found["held"] = _moment(str(found["held"]))
        if not 0 <= int(found.get("visit", 0)) <= MOST_VISITS:
            raise InputError("about_bad", field="visit")
        if len(str(found.get("mother", ""))) > LONGEST_CODE:
            raise InputError("about_bad", field="mother")
        if found.get("occasion", "") not in ("", *OCCASIONS):
            raise InputError("about_bad", field="occasion")
        return found


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    except (ValueError, OverflowError):
        raise InputError("about_bad", field="held") from None


@dataclass(frozen=True, slots=True)
class Score:
    """A session's standing, as lists show it."""

    points: int
    max_points: int
    percent: float | None
    passed: bool | None
    left_out: int
    items: Mapping[str, int | None]  # points by item id; None where it was not rated
    corrected: bool = False
    stopped: bool = False  # for pain, and that was its end
    verdict: str = ""  # coach.domain.State
    scope: str = ""  # ids of the parts that are rated, with spaces between; empty for all
    machine: str = ""  # coach.points: the machine's own of the same items; empty where it has others


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A line of the session list."""

    id: str
    created: str
    source: str
    mode: str
    origin: str
    kader: str
    posyandu: str
    protocol_id: str
    protocol_version: str
    protocol_digest: str
    software: str
    state: str  # State; "recording" stays where the program was ended in the middle
    duration_s: float
    video: str  # file name in the session's folder; empty where none is kept
    points: int
    max_points: int
    percent: float | None
    passed: bool | None
    left_out: int
    corrected: bool
    segment: str = ""  # the only one that was practised
    stopped: bool = False  # for pain, and that was its end: not rated
    verdict: str = ""  # coach.domain.State; empty where there is no result
    scope: str = ""  # ids of the parts that are rated, with spaces between; empty for all
    held: str = ""  # when it was: the film's own time, or what a person said
    visit: int = 0  # which visit to the mother, from 1; 0 where nobody said
    mother: str = ""  # her code
    occasion: str = ""  # first, last, visit, exam, practice
    person: str = ""  # id of the kader, whose code ``kader`` is

    @property
    def counts(self) -> bool:
        """Whether it tells how a kader gets on: a whole massage of her own that nothing ended before its time."""
        whole = self.source != "sample" and self.mode != "again" and not self.segment and not self.stopped
        return whole and self.verdict not in ("undecided", "other_motion", "damaged")


@dataclass(frozen=True, slots=True)
class Result:
    """What the machine made of a session; later ones are added, none is changed."""

    id: str
    made: str
    software: str
    protocol_digest: str
    report: Json  # coach.report/1
    feedback: Json


@dataclass(frozen=True, slots=True)
class Correction:
    """A trainer's event (:mod:`coach.correct.events`); undoing one is an event as well."""

    id: str
    made: str
    author: str
    result: str  # id of the machine's result it speaks about
    event: Json


@dataclass(frozen=True, slots=True)
class Rating:
    """Points that a person gave to a whole session; blind where coach's own were not shown before."""

    id: str
    made: str
    rater: str
    blind: bool
    items: Mapping[str, int | None]  # item id → points; None for what the rater could not judge


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A session with all that was added to it, each in order of time."""

    row: SessionRow
    corners: tuple[tuple[float, float], ...]  # px
    size: tuple[int, int]  # (width, height) px
    results: tuple[Result, ...] = ()
    corrections: tuple[Correction, ...] = ()
    ratings: tuple[Rating, ...] = ()
    consents: tuple[Consent, ...] = ()
    later: tuple[BackMark, ...] = ()  # where the back is from later times on; () where its tracks alone tell it

    @property
    def pillow(self) -> bool:
        """Whether a pillow was massaged, as whoever recorded the consent said."""
        return any(consent.pillow for consent in self.consents)

    @property
    def report(self) -> Json | None:
        """The machine's latest result."""
        return self.results[-1].report if self.results else None


# failed: not passed; unjudged: damaged, or another motion
Verdict = Literal["", "passed", "failed", "provisional", "undecided", "unjudged"]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which sessions; an empty field asks for nothing."""

    kader: str = ""
    person: str = ""  # id
    posyandu: str = ""
    since: str = ""  # UTC, from this moment on
    until: str = ""  # UTC, before this moment
    protocol: str = ""  # id
    verdict: Verdict = ""
    state: str = ""
    text: str = ""  # part of a kader's code or name, a posyandu or a video's name
    blind: bool = False  # only those that somebody rated without having seen coach's score


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[SessionRow, ...]  # newest first
    total: int  # of all that the filter lets pass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom sessions, ratings or the programme speak of; one code is one person within a store."""

    code: str  # a label that people type; it can change
    name: str = ""
    role: str = "kader"
    posyandu: str = ""
    id: str = ""  # made once, by the store


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a session file."""

    id: str
    new: bool  # False: the session was here already
    added: int  # records that were not here yet, the session's own among them
    video: bool = field(default=False)  # a video came with it
    deleted: str = ""  # when the session was deleted here, so that it was not taken in
    erased: tuple[str, ...] = ()  # sessions here that were deleted where the file comes from, and are now here too
