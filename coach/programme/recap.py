"""What a month or a year of the programme came to, with every denominator: what the Puskesmas asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coach.instruments import Milk, Rules, TestSheet
from coach.measure import counts as shares
from coach.measure.nested import mean_by
from coach.measure.paired import Change, Figure, change
from coach.measure.reliability import kr_20
from coach.programme import certifying, chain, knowledge, milk, visiting
from coach.programme.bodies import (
    Attendance,
    Certificate,
    Event,
    KnowledgeTest,
    Mother,
    Outcome,
    Person,
    Referral,
    Visit,
)
from coach.programme.places import within
from coach.programme.state import State


@dataclass(frozen=True, slots=True)
class TestResults:
    """One version of the test, over those who have both; two versions are never pooled."""

    __test__ = False  # no test of pytest's

    sheet: TestSheet
    scores: tuple[tuple[str, float, float], ...]  # person, first, last; percent
    change: Change | None  # None below five pairs
    statements: tuple[knowledge.StatementChange, ...]
    reliability: float | None  # KR-20 of the last test, from 20 people on
    passed_first: int
    passed_last: int
    only_first: int
    only_last: int
    differ: int  # both, of different versions
    retained: tuple[tuple[str, float, float], ...]  # person, last, later


@dataclass(frozen=True, slots=True)
class Recap:
    kader: int
    posyandu: int
    invited: int  # people of whom any attendance at a training is written down
    attended: int
    certified: Mapping[str, int]  # by standing
    tests: tuple[TestResults, ...]
    exams: tuple[tuple[str, float, float], ...]  # person, first and last exam; percent
    skill: Change | None
    examined: int
    exam_passed: int
    visits: Mapping[str, int]  # by state
    visits_rated: int
    visit_score: Figure  # percent; drawn by kader
    mothers: int
    flow: milk.FlowCounts | None
    flow_change: Figure | None
    flow_p: float | None
    referrals: Mapping[str, int]  # by what came of them
    generations: tuple[chain.GenerationScores, ...]


def recap(
    state: State,
    rules: Rules,
    practised: Sequence[certifying.Practised],
    today: str,
    *,
    form: Milk | None = None,
    place: str = "",
    since: str = "",
    until: str = "9999-12-31",
) -> Recap:
    """:param place: id; only the people of it and of what belongs to it
    :param since: the first day, and ``until`` the last
    """
    inside = within(state, place) if place else None
    people = [h for h in state.all(Person).values() if inside is None or h.body.place in inside]
    kader = {held.id for held in people if "kader" in held.body.roles}
    everybody = {held.id for held in people}
    events = {e.id: e.body for e in state.all(Event).values() if since <= e.body.date <= until}
    training = [
        held.body
        for held in state.all(Attendance).values()
        if held.body.event in events and events[held.body.event].type == "training" and held.body.person in everybody
    ]
    visits = [v.body for v in state.all(Visit).values() if v.body.kader in everybody and since <= v.body.date <= until]
    exams = _exams([p for p in practised if p.exam and p.person in everybody and since <= p.day <= until])
    rated: dict[str, list[float]] = {}
    for visit in visits:
        if (percent := visiting.rating(visit).percent) is not None and visit.state == "done":
            rated.setdefault(visit.kader, []).append(percent)
    flow = None if form is None else milk.counts(state, form)
    paired = [(first, last) for _, first, last in exams]
    return Recap(
        kader=len(kader),
        posyandu=len({held.body.place for held in people if held.body.place and "kader" in held.body.roles}),
        invited=len({held.person for held in training}),
        attended=len({held.person for held in training if held.state in ("present", "late")}),
        certified=_certified(state, rules, everybody, today),
        tests=tuple(_tests(state, everybody, since, until)),
        exams=tuple(exams),
        skill=change(*map(np.array, zip(*paired, strict=True))) if paired else None,
        examined=len({p.person for p in practised if p.exam and p.person in everybody}),
        exam_passed=len({p.person for p in practised if p.exam and p.passed and p.person in everybody}),
        visits=visiting.counts(visits),
        visits_rated=sum(map(len, rated.values())),
        visit_score=mean_by(list(rated.values())),
        mothers=sum(inside is None or held.body.place in inside for held in state.all(Mother).values()),
        flow=flow,
        flow_change=None if flow is None else shares.change(flow.both, flow.gained, flow.lost, flow.neither),
        flow_p=None if flow is None else shares.mcnemar(flow.gained, flow.lost),
        referrals=_referrals(state, since, until),
        generations=tuple(chain.by_generation(_within(chain.chain(state), everybody), practised)),
    )


def _within(found: Mapping[str, chain.Learned], people: set[str]) -> Mapping[str, chain.Learned]:
    return {person: learned for person, learned in found.items() if person in people}


def _certified(state: State, rules: Rules, people: set[str], today: str) -> Mapping[str, int]:
    newest = {}
    for held in sorted(state.all(Certificate).values(), key=lambda h: h.body.issued):
        if held.body.person in people:
            newest[held.body.person] = held
    standing = [certifying.standing(state, h, today, rules.certificate.warn_days) for h in newest.values()]
    return dict(Counter(standing))


def _exams(exams: Sequence[certifying.Practised]) -> list[tuple[str, float, float]]:
    """The first and the last exam of everybody who has two that could be rated."""
    own: dict[str, list[float]] = {}
    for one in exams:
        if one.percent is not None:
            own.setdefault(one.person, []).append(one.percent)
    return [(person, percents[0], percents[-1]) for person, percents in own.items() if len(percents) > 1]


def _tests(state: State, people: set[str], since: str, until: str) -> list[TestResults]:
    def inside(pair: knowledge.Pair) -> bool:
        return pair.person in people and since <= pair.last.body.date <= until

    found, later = knowledge.pairs(state), knowledge.pairs(state, last="later")
    results = []
    for digest, sheet in knowledge.sheets(state).items():
        own = [pair for pair in found.pairs if pair.first.body.instrument == digest and inside(pair)]
        if not own:
            continue
        scores = [(p.person, _percent(p.first.body, sheet), _percent(p.last.body, sheet)) for p in own]
        first, last = (np.array(column) for column in list(zip(*scores, strict=True))[1:])
        right = np.array([[knowledge.is_right(p.last.body, s) for s in sheet.statements] for p in own], dtype=float)
        at_last = {person: percent for person, _, percent in scores}
        kept = [p for p in later.pairs if p.last.body.instrument == digest and p.person in at_last]
        results.append(
            TestResults(
                sheet=sheet,
                scores=tuple(scores),
                change=change(first, last),
                statements=tuple(knowledge.by_statement(own, sheet)),
                reliability=kr_20(right),
                passed_first=int((first >= sheet.pass_mark).sum()),
                passed_last=int((last >= sheet.pass_mark).sum()),
                only_first=len(set(found.only_first) & people),
                only_last=len(set(found.only_last) & people),
                differ=len(set(found.differ) & people),
                retained=tuple((p.person, at_last[p.person], _percent(p.last.body, sheet)) for p in kept),
            )
        )
    return results


def _percent(test: KnowledgeTest, sheet: TestSheet) -> float:
    return knowledge.marked(test, sheet).percent


def _referrals(state: State, since: str, until: str) -> Mapping[str, int]:
    """What came of each, by its last outcome; "open" where nobody wrote it down."""
    came: dict[str, str] = {}
    for held in state.all(Outcome).values():
        came[held.body.referral] = held.body.state
    made = [held.id for held in state.all(Referral).values() if since <= held.body.date <= until]
    return {"all": len(made), **dict(Counter(came.get(id_, "open") for id_ in made))}
