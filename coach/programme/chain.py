"""Kader teach kader: who learned from whom, in which generation, and how the generations do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.instruments import Rules
from coach.programme.bodies import Person, Teaching, Visit
from coach.programme.certifying import Practised, latest
from coach.programme.state import State
from coach.programme.visiting import is_passed


@dataclass(frozen=True, slots=True)
class Learned:
    """How somebody came into the chain."""

    person: str
    teacher: str  # "" for those who stand at its beginning
    generation: int  # 0: trainers and therapists
    day: str


def chain(state: State) -> Mapping[str, Learned]:
    """Everybody who taught or was taught. Who was taught twice belongs to her first teacher; rings are cut."""
    taught = sorted(state.all(Teaching).values(), key=lambda held: (held.body.date, held.entry.made))
    found: dict[str, Learned] = {}
    for held in taught:
        body = held.body
        if body.teacher not in found:
            found[body.teacher] = Learned(body.teacher, "", _beginning(state, body.teacher), "")
        generation = found[body.teacher].generation + 1
        for person in body.trainees:
            if person not in found:
                found[person] = Learned(person, body.teacher, generation, body.date)
    return found


def _beginning(state: State, person: str) -> int:
    """Trainers are 0; a kader whose own teacher nobody wrote down was taught by one, as far as is known."""
    body = state.get(Person, person)
    return 0 if body is None or {"trainer", "therapist", "midwife"} & set(body.roles) else 1


@dataclass(frozen=True, slots=True)
class Branch:
    learned: Learned
    trainees: tuple[Branch, ...]


def tree(found: Mapping[str, Learned]) -> tuple[Branch, ...]:
    """The chain from its beginnings, to be drawn."""
    under: dict[str, list[Learned]] = {}
    for one in found.values():
        under.setdefault(one.teacher, []).append(one)

    def branch(one: Learned) -> Branch:
        return Branch(one, tuple(branch(trainee) for trainee in under.get(one.person, ())))

    return tuple(branch(one) for one in under.get("", ()))


@dataclass(frozen=True, slots=True)
class GenerationScores:
    generation: int
    people: int
    examined: int
    passed: int
    mean: float | None  # percent, of the last exams


def by_generation(found: Mapping[str, Learned], practised: Sequence[Practised]) -> list[GenerationScores]:
    last: dict[str, Practised] = {}
    for one in sorted(practised, key=lambda p: p.day):
        if one.exam and one.percent is not None:
            last[one.person] = one
    scores = []
    for generation in sorted({one.generation for one in found.values()}):
        people = [one.person for one in found.values() if one.generation == generation]
        exams = [last[p] for p in people if p in last]
        percents = [e.percent for e in exams if e.percent is not None]
        mean = sum(percents) / len(percents) if percents else None
        scores.append(GenerationScores(generation, len(people), len(exams), sum(bool(e.passed) for e in exams), mean))
    return scores


@dataclass(frozen=True, slots=True)
class MayTeach:
    """Which of the conditions for teaching a kader meets."""

    certificate: bool
    visits: int
    visits_needed: int
    assisted: int
    assisted_needed: int
    generation: int
    alone: bool  # her trainees' generation may be taught without a trainer beside her

    @property
    def met(self) -> bool:
        return self.certificate and self.visits >= self.visits_needed and self.assisted >= self.assisted_needed


def may_teach(state: State, rules: Rules, person: str, today: str, pass_mark: float) -> MayTeach:
    held = latest(state, person, today)
    visits = sum(v.body.kader == person and is_passed(v.body, pass_mark) for v in state.all(Visit).values())
    helped = [t.body for t in state.all(Teaching).values() if t.body.teacher == person and t.body.assisted]
    known = chain(state).get(person)
    generation = known.generation if known else 1
    return MayTeach(
        certificate=held is not None and not held.body.provisional,
        visits=visits,
        visits_needed=rules.teacher.visits_passed,
        assisted=len(helped),
        assisted_needed=rules.teacher.assisted,
        generation=generation,
        alone=generation + 1 <= rules.teacher.generations,
    )
