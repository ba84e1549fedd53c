"""Milk flow: the mother's own answers, counted over mothers; nobody's score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from coach.instruments import Milk
from coach.instruments.schema import Referred, Sign
from coach.programme.bodies import Flow, FlowTime, Outcome, Referral
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


def answered(state: State, visit: str, when: FlowTime) -> Held[Flow] | None:
    """A mother's answers to one visit and time, where there are some: they are corrected, and not given twice."""
    own = [held for held in state.all(Flow).values() if held.body.visit == visit and held.body.when == when]
    return own[-1] if own else None


def called_for(state: State, made: Flow, form: Milk, lang: Literal["id", "en"]) -> list[Referral]:
    """The referrals that new answers call for, with those of the same visit's other times; none that was made already.

    :param lang: in which the reason is written down
    """
    own = [h.body for h in state.all(Flow).values() if h.body.visit == made.visit and h.body.when != made.when]
    there = {held.body.reason for held in state.all(Referral).values() if held.body.visit == made.visit}
    return [
        Referral(mother=made.mother, visit=made.visit, date=made.date, to=rule.to, reason=getattr(rule.reason, lang))
        for rule in referrals([*own, made], form)
        if not {rule.reason.id, rule.reason.en} & there
    ]


def outcome_of(state: State, referral: str) -> Held[Outcome] | None:
    """The last word on what came of a referral."""
    said = [held for held in state.all(Outcome).values() if held.body.referral == referral]
    return said[-1] if said else None


def _is_so(sign: Sign, flow: Flow | None) -> bool:
    given = None if flow is None else flow.answers.get(sign.question)
    if given is None:
        return False
    if sign.is_ is not None:
        return given in sign.is_
    return sign.at_least is not None and _number(given) >= sign.at_least


def _number(given: object) -> float:
    return float(given) if isinstance(given, int | float) else 0.0
