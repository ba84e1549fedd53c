"""What an instrument's file holds: a knowledge test, a visit's short form, the questions on milk flow, or the rules of
a programme and its certificate.

Each answer carries the digest of the file that it was given to, so that answers to two versions are never pooled
unnoticed. A file with ``draft = true`` says so wherever it is shown until a midwife has confirmed it.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from coach.protocol.schema import Id, Text, Title

Percent: TypeAlias = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Few: TypeAlias = Annotated[int, Field(ge=0, le=1000)]
Long: TypeAlias = Annotated[str, Field(min_length=1, max_length=600)]
FlowTime: TypeAlias = Literal["before", "after", "next_day"]
HandShape: TypeAlias = Literal[
    "palm", "fingers", "fingertips", "thumb", "fist", "c_grip", "back_of_hand", "back_of_fingers"
]
Use: TypeAlias = Literal["first_test", "last_test", "visit", "outcome"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LongTitle(_Strict):
    """A sentence for people, Indonesian first."""

    id: Long
    en: Long


class _File(_Strict):
    schema_: Annotated[Literal["coach.instrument/1"], Field(alias="schema")]
    id: Id
    version: Text
    title: Title
    draft: bool = False  # not yet confirmed by a midwife
    digest: str = ""  # sha256 of the file's bytes; set by the reader


# ------------------------------------------------------------------ the knowledge test


class Statement(_Strict):
    id: Id
    text: LongTitle
    answer: bool
    why: LongTitle  # read aloud after the last test
    source: Long


class TestSheet(_File):
    """Statements that are true or false; "I do not know" may be answered and gives no point."""

    __test__ = False  # no test of pytest's

    kind: Literal["test"]
    pass_mark: Percent
    shuffle: Literal["per_sheet", "never"] = "per_sheet"  # the order differs between the first and the last test
    statements: Annotated[tuple[Statement, ...], Field(min_length=1, max_length=60)]


# ------------------------------------------------------------------ the home visit


class Screening(_Strict):
    """A safety question; any yes: no massage, and a referral."""

    id: Id
    text: LongTitle
    source: Long


class Planned(_Strict):
    number: Annotated[int, Field(ge=1, le=60)]
    within_days: Annotated[int, Field(ge=1, le=400)]


class VisitForm(_File):
    """One line a movement; movements and manual items are the protocol's and written nowhere twice."""

    kind: Literal["visit"]
    protocol: Id
    pass_mark: Percent
    planned: Planned
    observers: Annotated[tuple[Literal["midwife", "trainer"], ...], Field(min_length=1)]
    refer_to: Text  # where a yes leads
    screening: Annotated[tuple[Screening, ...], Field(min_length=1, max_length=20)]
    source: Text | None = None  # whose massage it is, for the leaflet
    shapes: Mapping[Id, HandShape] = {}  # by movement, for the leaflet: with what of the hand it is done


# ------------------------------------------------------------------ milk flow


class Choice(_Strict):
    id: Id
    text: Title
    flows: bool = False  # counts as milk that comes out


class Scale(_Strict):
    least: Few
    most: Few


class Number(_Strict):
    unit: Title
    most: Annotated[int, Field(ge=1, le=10_000)]
    optional: bool = False


class Question(_Strict):
    """Answered by one of the choices, on a scale, or by a number."""

    id: Id
    when: Annotated[tuple[FlowTime, ...], Field(min_length=1)]
    text: LongTitle
    choices: Annotated[tuple[Choice, ...], Field(min_length=2, max_length=8)] | None = None
    scale: Scale | None = None
    number: Number | None = None


class Sign(_Strict):
    """What one answer must be; ``is`` for choices, ``at_least`` for scales and numbers."""

    question: Id
    when: FlowTime
    is_: Annotated[tuple[Id, ...] | None, Field(alias="is")] = None
    at_least: Few | None = None


class Referred(_Strict):
    """A referral is proposed where all the signs of one rule are there."""

    to: Text
    reason: Title
    signs: Annotated[tuple[Sign, ...], Field(min_length=1)]


class Milk(_File):
    """The mother's own answers; never part of a kader's score."""

    kind: Literal["outcome"]
    flow: Id  # the question that tells whether milk comes out
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=30)]
    referrals: tuple[Referred, ...] = ()


# ------------------------------------------------------------------ the rules of a programme


class VisitsRule(_Strict):
    passed: Annotated[int, Field(ge=0, le=60)]
    of: Annotated[int, Field(ge=1, le=60)]


class CertificateRule(_Strict):
    title: Title
    attended: tuple[Literal["counselling", "training", "refresher"], ...] = ()
    last_test: Percent | None = None
    exam: bool = True  # a passed session of the mode "exam"
    manual: tuple[Id, ...] = ()  # items that the trainer must have given full points
    visits: VisitsRule | None = None  # provisional until then
    valid_months: Annotated[int, Field(ge=1, le=240)]
    warn_days: Annotated[int, Field(ge=0, le=400)] = 60
    idle_days: Annotated[int, Field(ge=1, le=400)] = 60
    number: Annotated[str, Field(min_length=1, max_length=100)]  # {puskesmas} {year} {serial} {laptop}
    not_judged: LongTitle  # what no camera sees, printed on the certificate


class TeacherRule(_Strict):
    """When a kader may teach others."""

    visits_passed: Annotated[int, Field(ge=0, le=60)] = 0
    assisted: Annotated[int, Field(ge=0, le=60)] = 0  # teachings at which she helped a trainer
    generations: Annotated[int, Field(ge=1, le=9)] = 2
    most_trainees: Annotated[int, Field(ge=1, le=100)] = 8


class Rules(_File):
    kind: Literal["programme"]
    protocol: Id
    instruments: Mapping[Use, Id]
    hours: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] = 0.0
    certificate: CertificateRule
    teacher: TeacherRule


Instrument: TypeAlias = TestSheet | VisitForm | Milk | Rules
_KINDS: Mapping[str, type[_File]] = {"test": TestSheet, "visit": VisitForm, "outcome": Milk, "programme": Rules}


def model_of(raw: Mapping[str, Any]) -> type[BaseModel]:
    """The schema for what a file says it is; that of a test where it says nothing known, which then complains of it."""
    kind = raw.get("kind")
    return _KINDS.get(kind, TestSheet) if isinstance(kind, str) else TestSheet


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def parse(data: bytes) -> Instrument:
    """Reads an instrument known to be good; :mod:`coach.instruments.check` reports what is wrong with others.

    :raises pydantic.ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError: on a bad file
    """
    raw = tomllib.loads(data.decode("utf-8"))
    found = model_of(raw).model_validate(raw | {"digest": digest(data)})
    assert isinstance(found, TestSheet | VisitForm | Milk | Rules)
    return found
