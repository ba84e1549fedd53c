"""A programme made up for tests: the paper's, with eight kader, and the laptops that wrote it down."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping

from coach.instruments import Rules, TestSheet, VisitForm
from coach.instruments.files import load, read
from coach.programme import Body, Entry, entry
from coach.programme.bodies import Answer, Attendance, Event, Instrument, KnowledgeTest, Person, Place

DAY = "2023-08-14"


def sheet() -> TestSheet:
    found = load("oxytocin_knowledge")
    assert isinstance(found, TestSheet)
    return found


def form() -> VisitForm:
    found = load("oxytocin_visit")
    assert isinstance(found, VisitForm)
    return found


def rules() -> Rules:
    found = load("oxytocin_programme")
    assert isinstance(found, Rules)
    return found


def uid(*parts: object) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, parts))))


class Writer:
    """A laptop with its own clock."""

    def __init__(self, laptop: str = "A", day: str = DAY) -> None:
        self.laptop, self.day = laptop, day
        self.entries: list[Entry] = []

    def write(self, body: Body, subject: str = "", replaces: str = "", author: str = "T1") -> Entry:
        n = len(self.entries)
        one = entry(
            body,
            id=uid(self.laptop, n),
            subject=subject or uid(self.laptop, "subject", n),
            made=f"{self.day}T08:{n // 60 % 60:02}:{n % 60:02}.{n:06}Z",
            author=author,
            laptop=self.laptop,
            replaces=replaces,
        )
        self.entries.append(one)
        return one


def answers(right: int, found: TestSheet) -> Mapping[str, Answer]:
    """That many right ones, then "I do not know"."""
    given: Iterator[tuple[str, Answer]] = (
        (s.id, ("true" if s.answer else "false") if k < right else "unknown") for k, s in enumerate(found.statements)
    )
    return dict(given)


PAPER = ((5, 9), (4, 9), (6, 9), (5, 10), (5, 8), (4, 9), (6, 9), (5, 9))  # right of ten: mean 50, then 90


def paper(writer: Writer | None = None) -> Writer:
    """Eight kader of one posyandu, counselled, trained and tested on 14 August 2023."""
    writer = writer or Writer()
    office = writer.write(Place(type="puskesmas", name="Puskesmas Rumbai"), uid("office")).subject
    posyandu = writer.write(Place(type="posyandu", name="Melati", within=office), uid("posyandu")).subject
    writer.write(Person(code="T1", roles=("trainer",)), uid("T1"))
    writer.write(Instrument(text=read("oxytocin_knowledge").decode()), sheet().digest)
    events = {}
    for kind in ("counselling", "training"):
        event = Event.model_validate({"type": kind, "date": DAY, "place": posyandu, "trainers": (uid("T1"),)})
        events[kind] = writer.write(event, uid(kind)).subject
    for k, (first, last) in enumerate(PAPER):
        person = writer.write(Person(code=f"K{k + 1:02}", place=posyandu), uid("kader", k)).subject
        for event_id in events.values():
            writer.write(Attendance(event=event_id, person=person, state="present"))
        for occasion, right in (("first", first), ("last", last)):
            fields = {"person": person, "event": events["training"], "instrument": sheet().digest, "date": DAY}
            more = {"occasion": occasion, "answers": answers(right, sheet())}
            writer.write(KnowledgeTest.model_validate(fields | more))
    return writer
