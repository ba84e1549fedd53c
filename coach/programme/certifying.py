"""Who is ready for the certificate, by the rules of a file; what a certificate says, and until when it counts.

Coach lists the conditions with their evidence. The certificate is a trainer's: nothing here makes one without her.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from coach.domain import InputError
from coach.instruments import Rules, TestSheet
from coach.programme.bodies import Attendance, Certificate, Event, KnowledgeTest, Person, Revoked, Verdict, Visit
from coach.programme.codes import prefix
from coach.programme.days import between, plus_months
from coach.programme.knowledge import marked
from coach.programme.places import name_of, puskesmas_of
from coach.programme.state import Held, State
from coach.programme.visiting import is_passed

FULL = 2
SIGNERS = frozenset(("trainer", "therapist", "midwife"))  # roles that may sign a certificate, or take it back
Standing: TypeAlias = Literal["revoked", "expired", "expiring", "provisional", "valid"]


@dataclass(frozen=True, slots=True)
class Practised:
    """A whole session of coach's own, by one of the roster's people."""

    session: str
    person: str
    day: str
    exam: bool
    percent: float | None
    passed: bool | None
    manual: Mapping[str, int | None]  # points of what no camera sees, as far as a trainer gave them


@dataclass(frozen=True, slots=True)
class Condition:
    key: str  # attended, last_test, exam, manual, visits
    what: str  # the kind of event, or the item; "" where there is only one
    met: bool
    value: float | None  # percent, or a number; None where nothing is there yet
    needed: float
    evidence: tuple[str, ...]  # ids of entries and sessions
    later: bool = False  # not asked before the certificate, which is provisional until then


def conditions(
    state: State,
    rules: Rules,
    person: str,
    practised: Sequence[Practised],
    sheets: Mapping[str, TestSheet],
    pass_mark: float = 80.0,
    since: str = "",
) -> list[Condition]:
    """:param sheets: the tests by digest
    :param pass_mark: percent, of the visits' form
    :param since: only what was done from this day on counts: of a renewal, the day of the last certificate
    """
    asked = rules.certificate
    found = [_attended(state, person, kind, since) for kind in asked.attended]
    if asked.last_test is not None:
        found.append(_test(state, person, sheets, asked.last_test, since))
    if asked.exam:
        own = [p for p in practised if p.person == person and p.exam and p.day >= since]
        found.append(_exam(own))
        found += [_manual(state, person, item, own) for item in asked.manual]
    if asked.visits is not None:
        passed = [v.entry.id for v in _visits(state, person, since) if is_passed(v.body, pass_mark)]
        needed = asked.visits.passed
        found.append(Condition("visits", "", len(passed) >= needed, len(passed), needed, tuple(passed), later=True))
    return found


def _attended(state: State, person: str, kind: str, since: str) -> Condition:
    events = {e.id for e in state.all(Event).values() if e.body.type == kind and e.body.date >= since}
    there = [
        held.entry.id
        for held in state.all(Attendance).values()
        if held.body.person == person and held.body.event in events and held.body.state in ("present", "late")
    ]
    return Condition("attended", kind, bool(there), len(there), 1, tuple(there))


def _test(state: State, person: str, sheets: Mapping[str, TestSheet], needed: float, since: str) -> Condition:
    own = [
        held
        for held in state.all(KnowledgeTest).values()
        if held.body.person == person and held.body.occasion == "last" and held.body.date >= since
    ]
    scores = [(marked(h.body, sheets[h.body.instrument]).percent, h) for h in own if h.body.instrument in sheets]
    if not scores:
        return Condition("last_test", "", False, None, needed, ())
    percent, held = max(scores, key=lambda pair: pair[0])
    return Condition("last_test", "", percent >= needed, percent, needed, (held.entry.id,))


def _exam(own: Sequence[Practised]) -> Condition:
    passed = [p for p in own if p.passed]
    best = max((p.percent for p in (passed or own) if p.percent is not None), default=None)
    return Condition("exam", "", bool(passed), best, 1, tuple(p.session for p in passed))


def _manual(state: State, person: str, item: str, own: Sequence[Practised]) -> Condition:
    """The trainer's points, on the session's sheet or in a verdict of her own."""
    given = [(p.manual[item], p.session) for p in own if p.manual.get(item) is not None]
    verdicts = [held for held in state.all(Verdict).values() if held.body.person == person]
    given += [(held.body.points[item], held.entry.id) for held in verdicts if item in held.body.points]
    full = tuple(id_ for points, id_ in given if points == FULL)
    best = max((float(points) for points, _ in given if points is not None), default=None)
    return Condition("manual", item, bool(full), best, FULL, full)


def _visits(state: State, person: str, since: str) -> list[Held[Visit]]:
    return [held for held in state.all(Visit).values() if held.body.kader == person and held.body.date >= since]


def is_ready(found: Iterable[Condition]) -> bool:
    """All that is asked before the certificate is there."""
    return all(condition.met for condition in found if not condition.later)


def is_whole(found: Iterable[Condition]) -> bool:
    return all(condition.met for condition in found)


# ------------------------------------------------------------------ the certificate


def number(state: State, rules: Rules, person: str, day: str, laptop: str) -> str:
    """The next number of this laptop: its letter, the year and the puskesmas are in it."""
    body = state.get(Person, person)
    office = name_of(state, puskesmas_of(state, body.place)) if body else ""
    taken = {held.body.number for held in state.all(Certificate).values()}
    taken |= {one.fields.get("number", "") for one in state.entries.values() if one.kind == "certificate"}
    for serial in range(1, 100_000):
        fields = {"puskesmas": prefix(office), "year": day[:4], "serial": serial, "laptop": laptop}
        text = rules.certificate.number.format(**fields)
        if text not in taken:
            return text
    raise InputError("programme_numbers_over")


def certificate(
    state: State, rules: Rules, person: str, found: Sequence[Condition], day: str, laptop: str, trainer: str
) -> Certificate:
    """What a trainer signs.

    :param trainer: id of who signs
    :raises InputError: programme_not_trainer, programme_not_ready
    """
    signer = state.get(Person, trainer)
    if signer is None or not SIGNERS & set(signer.roles):
        raise InputError("programme_not_trainer")
    if state.get(Person, person) is None or not is_ready(found):
        missing = ", ".join(c.what or c.key for c in found if not c.met and not c.later)
        raise InputError("programme_not_ready", missing=missing)
    exam = next((c.value for c in found if c.key == "exam"), None)
    return Certificate(
        person=person,
        rules=rules.digest,
        number=number(state, rules, person, day, laptop),
        issued=day,
        expires=plus_months(day, rules.certificate.valid_months),
        provisional=not is_whole(found),
        evidence=tuple(sorted({id_ for condition in found for id_ in condition.evidence})),
        signed_by=trainer,
        score=exam,
        hours=rules.hours or None,
    )


def since(state: State, person: str) -> str:
    """From which day on what was done counts for the next certificate: that of the last whole one, "" for the first."""
    gone = {held.body.certificate for held in state.all(Revoked).values()}
    own = [h.body for h in state.all(Certificate).values() if h.body.person == person and h.id not in gone]
    return max((body.issued for body in own if not body.provisional), default="")


def signed(
    state: State, rules: Rules, person: str, found: Sequence[Condition], day: str, laptop: str, trainer: str
) -> tuple[Certificate, Held[Certificate] | None]:
    """What a trainer signs now, and the provisional certificate that it makes whole: that keeps its number and day.

    :param found: the conditions as they are :func:`since` the last whole certificate
    :raises InputError: programme_not_trainer, programme_not_ready
    """
    before = latest(state, person, day)
    made = certificate(state, rules, person, found, day, laptop, trainer)
    if before is None or not before.body.provisional:
        return made, None
    if made.provisional:
        raise InputError("programme_not_ready", missing="visits")
    return before.body.model_copy(update={"provisional": False, "evidence": made.evidence}), before


def standing(state: State, held: Held[Certificate], today: str, warn_days: int) -> Standing:
    if held.id in {r.body.certificate for r in state.all(Revoked).values()}:
        return "revoked"
    expires = held.body.expires
    if expires and expires < today:
        return "expired"
    if expires and between(today, expires) <= warn_days:
        return "expiring"
    return "provisional" if held.body.provisional else "valid"


def latest(state: State, person: str, today: str) -> Held[Certificate] | None:
    """The newest certificate of a person that counts today."""
    own = [h for h in state.all(Certificate).values() if h.body.person == person]
    good = [h for h in own if standing(state, h, today, 0) not in ("revoked", "expired")]
    return max(good, key=lambda held: (held.body.issued, held.entry.made), default=None)


def expiring(state: State, today: str, warn_days: int) -> list[Held[Certificate]]:
    """Those that end soon or have ended and were not renewed; what ends first comes first."""
    newest: dict[str, Held[Certificate]] = {}
    for held in sorted(state.all(Certificate).values(), key=lambda held: held.body.issued):
        newest[held.body.person] = held
    found = [h for h in newest.values() if standing(state, h, today, warn_days) in ("expiring", "expired")]
    return sorted(found, key=lambda held: held.body.expires)


def idle(state: State, practised: Sequence[Practised], today: str, days: int) -> list[tuple[str, str]]:
    """Kader of whom no practice and no visit is known in so many days, with the day of the last ("" for never)."""
    last = {h.id: "" for h in state.all(Person).values() if "kader" in h.body.roles}
    seen = [(p.person, p.day) for p in practised]
    seen += [(v.body.kader, v.body.date) for v in state.all(Visit).values() if v.body.state == "done"]
    for person, day in seen:
        if day > last.get(person, "9999"):
            last[person] = day
    away = [(person, day) for person, day in last.items() if not day or between(day, today) > days]
    return sorted(away, key=lambda pair: (pair[1], pair[0]))
