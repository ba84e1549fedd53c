"""What an entry may say, a model for each kind.

``Ref`` is another subject's id (a uuid), "" where there is none. A field called ``person``, ``mother``, ``kader`` or
``giver`` says whom the entry is about: when that one is erased, the entry goes too (:mod:`coach.programme.erasing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
Uuid: TypeAlias = Annotated[str, StringConstraints(pattern=f"^{UUID}$")]
Ref: TypeAlias = Annotated[str, StringConstraints(pattern=f"^({UUID})?$")]
Day: TypeAlias = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
DayOrNone: TypeAlias = Annotated[str, StringConstraints(pattern=r"^(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?$")]
Month: TypeAlias = Annotated[str, StringConstraints(pattern=r"^(\d{4}-(0[1-9]|1[0-2]))?$")]
Sha: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Short: TypeAlias = Annotated[str, Field(max_length=300)]
Named: TypeAlias = Annotated[str, Field(min_length=1, max_length=300)]
Key: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*$", max_length=60)]
Code: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[^\s].*$", max_length=60)]
Minutes: TypeAlias = Annotated[int, Field(ge=0, le=6000)]
Points: TypeAlias = Annotated[int, Field(ge=0, le=2)]
Rated: TypeAlias = Points | Literal["unseen", "na"]
Answer: TypeAlias = Literal["true", "false", "unknown", "blank"]

Role: TypeAlias = Literal["kader", "trainer", "midwife", "therapist", "observer"]
PlaceKind: TypeAlias = Literal["puskesmas", "posyandu", "pmb", "village"]
EventKind: TypeAlias = Literal["counselling", "training", "refresher", "posyandu_day", "visit_round"]
Occasion: TypeAlias = Literal["first", "last", "later"]
Scope: TypeAlias = Literal["test", "data", "photo", "video", "teaching", "publication", "visit"]
VisitState: TypeAlias = Literal["planned", "done", "postponed", "refused", "referred"]
FlowTime: TypeAlias = Literal["before", "after", "next_day"]


class Body(BaseModel):
    """Strict, so that what one laptop wrote another reads in the same way."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    kind: ClassVar[str] = ""


class Place(Body):
    kind = "place"
    type: PlaceKind
    name: Named
    within: Ref = ""  # the place that it belongs to
    official: Short = ""  # the ministry's or the office's code


class Person(Body):
    """Known by a code; the name is an entry of its own."""

    kind = "person"
    code: Code
    roles: Annotated[tuple[Role, ...], Field(min_length=1, max_length=5)] = ("kader",)
    place: Ref = ""  # posyandu or pmb
    birth_year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    schooling: Short = ""
    kader_since: Annotated[int, Field(ge=1950, le=2100)] | None = None
    reads_with_help: bool = False


class Name(Body):
    """The subject is the person's id. Leaves a laptop only where names were asked for."""

    kind = "name"
    name: Named
    telephone: Short = ""


class Qualification(Body):
    kind = "qualification"
    person: Uuid
    what: Named
    number: Short = ""
    issuer: Short = ""
    issued: DayOrNone = ""
    expires: DayOrNone = ""
    seen_by: Ref = ""


class Mother(Body):
    """A code; never a name or a citizen's number."""

    kind = "mother"
    code: Code
    place: Ref = ""
    baby_born: Month = ""  # the month
    delivery: Literal["", "vaginal", "caesarean"] = ""


class Consent(Body):
    kind = "consent"
    giver: Uuid  # a person or a mother
    scopes: Annotated[tuple[Scope, ...], Field(max_length=7)]
    how: Literal["signed", "recorded"] = "signed"
    until: DayOrNone = ""
    withdrawn: bool = False


class Event(Body):
    kind = "event"
    type: EventKind
    date: Day
    place: Ref = ""
    title: Short = ""
    trainers: tuple[Uuid, ...] = ()
    protocol: Sha | Literal[""] = ""  # digest of the protocol file
    instruments: Mapping[Key, Sha] = Field(default_factory=dict)  # digest by use: first_test, last_test, visit, outcome
    hours: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] | None = None  # lesson hours (JPL)


class Attendance(Body):
    kind = "attendance"
    event: Uuid
    person: Uuid
    state: Literal["present", "late", "left", "absent"]
    minutes: Minutes | None = None
    signed: bool = False  # on the paper list


class KnowledgeTest(Body):
    kind = "test"
    person: Uuid
    event: Ref = ""
    instrument: Sha
    occasion: Occasion
    date: Day
    answers: Mapping[Key, Answer]
    mode: Literal["screen", "paper"] = "paper"
    helped: bool = False  # read aloud by somebody


class Practice(Body):
    """A session of coach's own, as part of an event; its score stays where it is."""

    kind = "practice"
    person: Uuid
    event: Ref = ""
    session: Uuid
    exam: bool = False


class Verdict(Body):
    """A trainer's word on what no camera sees, and on the whole."""

    kind = "verdict"
    person: Uuid
    event: Ref = ""
    session: Ref = ""
    points: Mapping[Key, Points] = Field(default_factory=dict)
    passed: bool | None = None
    why: Short = ""
    by: Uuid


class Certificate(Body):
    kind = "certificate"
    person: Uuid
    rules: Sha  # digest of the rules' file
    number: Named
    issued: Day
    expires: DayOrNone = ""
    provisional: bool = False
    evidence: tuple[Uuid, ...] = ()  # entries and sessions
    signed_by: Uuid
    score: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] | None = None
    hours: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] | None = None


class Revoked(Body):
    kind = "revoked"
    certificate: Uuid
    person: Uuid  # as in the certificate
    why: Named
    by: Uuid


class Teaching(Body):
    kind = "teaching"
    teacher: Uuid
    event: Ref = ""
    date: Day
    trainees: Annotated[tuple[Uuid, ...], Field(min_length=1, max_length=500)]
    assisted: bool = False  # helped a trainer, who answers for it
    countersigned_by: Ref = ""


class Visit(Body):
    kind = "visit"
    kader: Uuid
    mother: Uuid
    date: Day
    place: Ref = ""
    event: Ref = ""
    observer: Ref = ""
    ordinal: Annotated[int, Field(ge=1, le=1000)] | None = None
    state: VisitState = "planned"
    form: Literal["", "paper", "video", "live"] = ""
    instrument: Sha | Literal[""] = ""
    screening: Mapping[Key, bool] = Field(default_factory=dict)  # True: yes, and then no massage
    ratings: Mapping[Key, Rated] = Field(default_factory=dict)  # by movement
    manual: Mapping[Key, Rated] = Field(default_factory=dict)
    session: Ref = ""
    minutes: Minutes | None = None
    countersigned_by: Ref = ""


class Flow(Body):
    """The mother's: there is no field for the kader."""

    kind = "flow"
    mother: Uuid
    visit: Ref = ""
    when: FlowTime
    date: Day
    instrument: Sha
    answers: Mapping[Key, str | int | float]


class Referral(Body):
    kind = "referral"
    mother: Ref = ""
    person: Ref = ""
    visit: Ref = ""
    date: Day
    reason: Named
    to: Named
    urgency: Literal["now", "today", "soon"] = "today"
    by: Ref = ""


class Outcome(Body):
    kind = "outcome"
    referral: Uuid
    mother: Ref = ""  # as in the referral
    person: Ref = ""
    state: Literal["came", "not_come", "unknown"]
    date: DayOrNone = ""


class Instrument(Body):
    """A file that answers were given to; the subject is its digest."""

    kind = "instrument"
    text: Annotated[str, Field(min_length=1, max_length=200_000)]


class Confirmation(Body):
    """A midwife has read a draft and stands by it; the subject is the file's digest."""

    kind = "confirmation"
    by: Uuid
    note: Short = ""


class Laptop(Body):
    """The subject is an id that the laptop made at its first start."""

    kind = "laptop"
    letter: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{0,3}$")]


class Settled(Body):
    """A person has looked at entries that contradict each other; all of them stay, and one counts."""

    kind = "settled"
    chosen: Uuid
    over: Annotated[tuple[Uuid, ...], Field(min_length=1, max_length=100)]


class Erasure(Body):
    """The subject and all about it is gone, and stays gone."""

    kind = "erasure"
    reason: Literal["withdrawn", "mistake", "double", "past_term"] = "withdrawn"


BODIES: Mapping[str, type[Body]] = {
    body.kind: body
    for body in (
        *(Place, Person, Name, Qualification, Mother, Consent, Event, Attendance, KnowledgeTest, Practice, Verdict),
        *(Certificate, Revoked, Teaching, Visit, Flow, Referral, Outcome),
        *(Instrument, Confirmation, Laptop, Settled, Erasure),
    )
}
