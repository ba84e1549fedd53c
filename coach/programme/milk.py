"""Milk flow: the mother's own answers, counted over mothers; nobody's score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.instruments import Milk
from coach.instruments.schema import Referred, Sign
from coach.programme.bodies import Flow
from coach.programme.state import Held, State


@dataclass(frozen=True, slots=True)
class FlowCounts:
    """Mothers whose milk came out by itself; each mother counts once, by her last answers to each time."""

    asked_before: int
    before: int
    asked_after: int
    after: int
    both: int  # of those asked before and after: it came at both
    gained: int
    lost: int
    neither: int
    pain: int  # mothers who felt any pain during the massage, as far as the form asks

    @property
    def pairs(self) -> int:
        return self.both + self.gained + self.lost + self.neither


def counts(state: State, form: Milk) -> FlowCounts:
    """Answers to other versions of the form are not pooled with this one's."""
    asked = {(held.body.mother, held.body.when): held.body for held in _answers(state, form)}
    before = {m: comes(f, form) for (m, when), f in asked.items() if when == "before" and form.flow in f.answers}
    after = {m: comes(f, form) for (m, when), f in asked.items() if when == "after" and form.flow in f.answers}
    both = [(before[m], after[m]) for m in before.keys() & after.keys()]
    pain = sum(_number(f.answers.get("pain")) > 0 for (_, when), f in asked.items() if when == "after")
    return FlowCounts(
        asked_before=len(before),
        before=sum(before.values()),
        asked_after=len(after),
        after=sum(after.values()),
        both=both.count((True, True)),
        gained=both.count((False, True)),
        lost=both.count((True, False)),
        neither=both.count((False, False)),
        pain=pain,
    )


def _answers(state: State, form: Milk) -> list[Held[Flow]]:
    """In order of the days, so that of two answers to one time the later stays."""
    own = [held for held in state.all(Flow).values() if held.body.instrument == form.digest]
    return sorted(own, key=lambda held: (held.body.date, held.entry.made))


def comes(flow: Flow, form: Milk) -> bool:
    """Whether the answer says that milk comes out by itself."""
    question = next(q for q in form.questions if q.id == form.flow)
    return any(choice.flows and choice.id == flow.answers.get(form.flow) for choice in question.choices or ())


def referrals(answers: Sequence[Flow], form: Milk) -> list[Referred]:
    """The referrals that one mother's answers to one visit call for."""
    by_time = {flow.when: flow for flow in answers}
    return [rule for rule in form.referrals if all(_is_so(sign, by_time.get(sign.when)) for sign in rule.signs)]


def _is_so(sign: Sign, flow: Flow | None) -> bool:
    given = None if flow is None else flow.answers.get(sign.question)
    if given is None:
        return False
    if sign.is_ is not None:
        return given in sign.is_
    return sign.at_least is not None and _number(given) >= sign.at_least


def _number(given: object) -> float:
    return float(given) if isinstance(given, int | float) else 0.0
