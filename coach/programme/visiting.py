"""Home visits: what is planned and what was missed, the safety questions, and the short form's score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.instruments import VisitForm
from coach.programme.bodies import Rated, Visit
from coach.programme.days import plus_days
from coach.programme.state import Held, State

FULL = 2  # points of a line that was done right


@dataclass(frozen=True, slots=True)
class Rating:
    points: int
    most: int
    left_out: int  # lines that were not seen or do not apply

    @property
    def percent(self) -> float | None:
        return 100.0 * self.points / self.most if self.most else None


def stops(visit: Visit) -> list[str]:
    """The safety questions that were answered with yes: no massage, and a referral."""
    return [question for question, yes in visit.screening.items() if yes]


def is_screened(visit: Visit, form: VisitForm) -> bool:
    """Whether every safety question was answered, and none with yes."""
    return all(question.id in visit.screening for question in form.screening) and not stops(visit)


def rating(visit: Visit) -> Rating:
    """Of movements and manual items together, as on the long sheet."""
    given: list[Rated] = [*visit.ratings.values(), *visit.manual.values()]
    points = [one for one in given if isinstance(one, int)]
    return Rating(sum(points), FULL * len(points), len(given) - len(points))


def is_passed(visit: Visit, pass_mark: float) -> bool:
    """Done, with a form that reaches the mark; a visit that was filmed alone is judged by its session."""
    percent = rating(visit).percent
    return visit.state == "done" and percent is not None and percent >= pass_mark


def from_items(items: Mapping[str, int | None], movements: Sequence[str]) -> dict[str, Rated]:
    """What a film's or a live session's checklist says, as the short form has it: one line a movement.

    Nothing of a movement that has 2 is to be mended; one that was not done has 0, and one that was not seen none.

    :param items: points by item, "movement.criterion", as they stand after a trainer's corrections
    """
    found: dict[str, Rated] = {}
    for movement in movements:
        own = {name.partition(".")[2]: points for name, points in items.items() if name.startswith(f"{movement}.")}
        given = [points for points in own.values() if points is not None]
        if not given:
            found[movement] = "unseen"
        elif own.get("performed") == 0:
            found[movement] = 0
        else:
            found[movement] = FULL if min(given) == FULL else 1
    return found


def planned(pairs: Sequence[tuple[str, str]], first: str, form: VisitForm, place: str = "") -> list[Visit]:
    """Visits of each (kader, mother), spread evenly over the days that the form allows."""
    number, days = form.planned.number, form.planned.within_days
    step = (days - 1) / (number - 1) if number > 1 else 0.0
    return [
        Visit(
            kader=kader,
            mother=mother,
            date=plus_days(first, round(k * step)),
            ordinal=k + 1,
            place=place,
            instrument=form.digest,
        )
        for kader, mother in pairs
        for k in range(number)
    ]


def on(state: State, day: str) -> list[Held[Visit]]:
    """The visits of a day, those that are still to be done first."""
    found = [held for held in state.all(Visit).values() if held.body.date == day]
    return sorted(found, key=lambda held: (held.body.state != "planned", held.body.kader))


def missed(state: State, today: str) -> list[Held[Visit]]:
    """Planned or put off, and their day is over; the oldest first. They stay until they are done or refused."""
    waiting = ("planned", "postponed")
    found = [v for v in state.all(Visit).values() if v.body.state in waiting and v.body.date < today]
    return sorted(found, key=lambda held: (held.body.date, held.body.kader))


def uncountersigned(state: State) -> list[Held[Visit]]:
    return [v for v in state.all(Visit).values() if v.body.state == "done" and not v.body.countersigned_by]


def counts(visits: Sequence[Visit]) -> Mapping[str, int]:
    """How many there are in each state, and in all."""
    states = [visit.state for visit in visits]
    return {"all": len(states), **{state: states.count(state) for state in sorted(set(states))}}
