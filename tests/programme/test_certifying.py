"""The certificate's rules, its number and proof; visits, milk flow, and kader who teach kader."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import InputError
from coach.instruments import Milk
from coach.instruments.files import load
from coach.programme import State, fold
from coach.programme.bodies import (
    Certificate,
    Flow,
    Mother,
    Person,
    Revoked,
    Teaching,
    Visit,
)
from coach.programme.certifying import (
    Practised,
    certificate,
    conditions,
    expiring,
    idle,
    is_ready,
    is_whole,
    number,
    standing,
)
from coach.programme.chain import by_generation, chain, may_teach, tree
from coach.programme.knowledge import sheets
from coach.programme.milk import counts, referrals
from coach.programme.proof import parse_proof, proof
from coach.programme.recap import recap
from coach.programme.visiting import is_passed, is_screened, missed, on, planned, rating, stops
from tests.programme.made import DAY, Writer, form, paper, rules, uid

EXAM = Practised(
    "00000000-0000-4000-8000-000000000001", uid("kader", 0), "2023-08-14", True, 91.0, True, {"pressure": 2}
)
FULL = {"neck_stroke": 2, "heart": 2}


def milk() -> Milk:
    found = load("milk_flow")
    assert isinstance(found, Milk)
    return found


def asked(state: State, practised: Practised, person: int = 0) -> dict[str, bool]:
    found = conditions(state, rules(), uid("kader", person), [practised], sheets(state))
    return {c.what or c.key: c.met for c in found}


def test_every_condition_is_shown_with_its_evidence() -> None:
    writer = paper()
    state = fold(writer.entries)
    found = conditions(state, rules(), uid("kader", 0), [EXAM], sheets(state))
    assert [(c.key, c.what, c.met) for c in found] == [
        ("attended", "counselling", True),
        ("attended", "training", True),
        ("last_test", "", True),
        ("exam", "", True),
        ("manual", "pressure", True),
        ("visits", "", False),
    ]
    assert all(c.evidence for c in found if c.met)
    assert (is_ready(found), is_whole(found)) == (True, False)


@pytest.mark.parametrize(
    ("practised", "missing"),
    [
        (replace(EXAM, passed=False), "exam"),
        (replace(EXAM, exam=False), "exam"),
        (replace(EXAM, manual={"pressure": 1}), "pressure"),
        (replace(EXAM, person=uid("kader", 1)), "exam"),
    ],
)
def test_what_is_missing_keeps_the_certificate_back(practised: Practised, missing: str) -> None:
    state = fold(paper().entries)
    assert asked(state, practised)[missing] is False
    found = conditions(state, rules(), uid("kader", 0), [practised], sheets(state))
    with pytest.raises(InputError) as refused:
        certificate(state, rules(), uid("kader", 0), found, DAY, "A", uid("T1"))
    assert refused.value.key == "programme_not_ready"
    assert missing in str(refused.value.values["missing"])


def signed(writer: Writer, laptop: str, person: int = 0) -> Certificate:
    state = fold(writer.entries)
    practised = [replace(EXAM, person=uid("kader", person))]
    found = conditions(state, rules(), uid("kader", person), practised, sheets(state))
    body = certificate(state, rules(), uid("kader", person), found, "2023-08-18", laptop, uid("T1"))
    writer.write(body)
    return body


def test_a_trainer_signs_and_it_is_provisional_until_a_visit_is_passed() -> None:
    writer = paper()
    first = signed(writer, "A")
    assert (first.provisional, first.expires, first.hours, first.score) == (True, "2025-08-18", 8.0, 91.0)
    writer.write(Visit(kader=uid("kader", 1), mother=uid("m"), date=DAY, state="done", ratings=FULL))
    assert signed(writer, "A", 1).provisional is False
    state = fold(writer.entries)
    found = conditions(state, rules(), uid("kader", 2), [replace(EXAM, person=uid("kader", 2))], sheets(state))
    for nobody in (uid("kader", 0), uid("stranger")):
        with pytest.raises(InputError) as refused:
            certificate(state, rules(), uid("kader", 2), found, DAY, "A", nobody)
        assert refused.value.key == "programme_not_trainer"


def test_numbers_are_unique_on_a_laptop_and_over_laptops() -> None:
    writer = paper()
    given = [signed(writer, "A", k).number for k in range(3)]
    elsewhere = [signed(writer, "B", k).number for k in range(3, 6)]
    assert given == ["RUM/2023/001-A", "RUM/2023/002-A", "RUM/2023/003-A"]
    assert len({*given, *elsewhere}) == 6
    apart = fold(paper().entries)  # a laptop that has seen none of these
    assert number(apart, rules(), uid("kader", 0), DAY, "C") not in {*given, *elsewhere}


def test_how_a_certificate_stands() -> None:
    writer = paper()
    signed(writer, "A")
    (held,) = fold(writer.entries).all(Certificate).values()
    state = fold(writer.entries)
    days = {"2023-09-01": "provisional", "2025-07-01": "expiring", "2025-08-18": "expiring", "2025-08-19": "expired"}
    assert {day: standing(state, held, day, 60) for day in days} == days
    assert [h.id for h in expiring(state, "2025-07-01", 60)] == [held.id]
    assert expiring(state, "2025-01-01", 60) == []
    writer.write(Revoked(certificate=held.id, person=held.body.person, why="x", by=uid("T1")))
    assert standing(fold(writer.entries), held, "2023-09-01", 60) == "revoked"


def test_a_proof_follows_what_the_certificate_says_and_outlives_its_being_provisional() -> None:
    writer = paper()
    body = signed(writer, "A")
    state = fold(writer.entries)
    (held,) = state.all(Certificate).values()
    said = proof(state, held)
    assert parse_proof(said.text) == said
    writer.write(body.model_copy(update={"provisional": False}), held.id, held.entry.id)
    later = fold(writer.entries)
    (whole,) = later.all(Certificate).values()
    assert (whole.body.provisional, proof(later, whole)) == (False, said)
    forged = replace(held, body=body.model_copy(update={"person": uid("kader", 5)}))
    assert proof(state, forged).digest != said.digest
    for text in ("", "COACH1|x", "COACH2|a|b|c|d|" + "0" * 20):
        with pytest.raises(InputError):
            parse_proof(text)


def test_who_has_not_practised_for_long() -> None:
    writer = paper()
    writer.write(Visit(kader=uid("kader", 1), mother=uid("m"), date="2023-10-01", state="done"))
    found = dict(idle(fold(writer.entries), [EXAM], "2023-11-20", 60))
    assert found[uid("kader", 0)] == "2023-08-14"
    assert uid("kader", 1) not in found
    assert found[uid("kader", 2)] == ""


# ------------------------------------------------------------------ visits


def test_visits_are_spread_as_the_form_says_and_missed_ones_stay() -> None:
    writer = paper()
    visits = planned([(uid("kader", 0), uid("m"))], "2023-08-15", form())
    assert [(v.date, v.ordinal) for v in visits] == [("2023-08-15", 1), ("2023-08-17", 2), ("2023-08-18", 3)]
    held = [writer.write(visit) for visit in visits]
    writer.write(visits[0].model_copy(update={"state": "done", "ratings": FULL}), held[0].subject, held[0].id)
    state = fold(writer.entries)
    assert [v.body.date for v in missed(state, "2023-08-18")] == ["2023-08-17"]
    assert [v.body.ordinal for v in on(state, "2023-08-18")] == [3]


def test_a_yes_stops_the_massage_and_lines_not_seen_leave_the_score() -> None:
    asked_all = {question.id: False for question in form().screening}
    base = Visit(kader=uid("k"), mother=uid("m"), date=DAY, state="done", screening=asked_all)
    assert is_screened(base, form())
    assert not is_screened(base.model_copy(update={"screening": {}}), form())
    yes = base.model_copy(update={"screening": asked_all | {"danger": True}})
    assert (stops(yes), is_screened(yes, form())) == (["danger"], False)
    rated = base.model_copy(update={"ratings": {"a": 2, "b": 1, "c": "unseen"}, "manual": {"d": "na", "e": 2}})
    found = rating(rated)
    assert (found.points, found.most, found.left_out) == (5, 6, 2)
    assert is_passed(rated, 80)
    assert not is_passed(rated, 84)
    assert not is_passed(base, 0)


# ------------------------------------------------------------------ milk


def flows(writer: Writer, answers: dict[str, tuple[str, str]]) -> None:
    for mother, (before, after) in answers.items():
        writer.write(Mother(code=mother), uid(mother))
        for when, drip in (("before", before), ("after", after)):
            fields = {"mother": uid(mother), "when": when, "date": DAY, "instrument": milk().digest}
            writer.write(Flow.model_validate(fields | {"answers": {"drip": drip}}))


def test_milk_is_counted_by_mother_and_changes_nobodys_score() -> None:
    writer = paper()
    for k in range(2):
        writer.write(Visit(kader=uid("kader", k), mother=uid("m"), date=DAY, state="done", ratings=FULL))
    before = recap(fold(writer.entries), rules(), [EXAM], DAY, form=milk())
    flows(writer, {"a": ("none", "drips"), "b": ("pressed", "flows"), "c": ("drips", "none"), "d": ("flows", "flows")})
    state = fold(writer.entries)
    found = counts(state, milk())
    assert (found.before, found.asked_before, found.after, found.asked_after) == (2, 4, 3, 4)
    assert (found.both, found.gained, found.lost, found.neither) == (1, 2, 1, 0)
    after = recap(state, rules(), [EXAM], DAY, form=milk())
    assert replace(after, flow=None, flow_change=None, flow_p=None, mothers=0) == replace(
        before, flow=None, flow_change=None, flow_p=None, mothers=0
    )
    assert not any("kader" in field or field == "person" for field in Flow.model_fields)


def test_a_referral_is_proposed_by_the_forms_own_signs() -> None:
    base = Flow(mother=uid("m"), when="after", date=DAY, instrument=milk().digest, answers={"drip": "none", "pain": 4})
    next_day = base.model_copy(update={"when": "next_day", "answers": {"feeding": "mixed"}})
    assert referrals([base], milk()) == []
    assert len(referrals([base, next_day], milk())) == 1
    fine = next_day.model_copy(update={"answers": {"feeding": "exclusive"}})
    assert referrals([base, fine], milk()) == []
    hurt = base.model_copy(update={"answers": {"drip": "flows", "pain": 5}})
    assert [rule.reason.en for rule in referrals([hurt], milk())] == ["Pain during the massage"]


# ------------------------------------------------------------------ the chain


def test_generations_follow_the_teachers() -> None:
    writer = paper()
    kader = [uid("kader", k) for k in range(8)]
    writer.write(Teaching(teacher=kader[0], date="2023-09-01", trainees=(kader[4], kader[5])))
    writer.write(Teaching(teacher=uid("T1"), date=DAY, trainees=tuple(kader[:4])))
    writer.write(Teaching(teacher=kader[4], date="2023-10-01", trainees=(kader[6], kader[0])))  # a ring
    found = chain(fold(writer.entries))
    assert {one: found[one].generation for one in found} == {
        uid("T1"): 0, **dict.fromkeys(kader[:4], 1), kader[4]: 2, kader[5]: 2, kader[6]: 3
    }  # fmt: skip
    assert found[kader[0]].teacher == uid("T1")
    (root,) = tree(found)
    assert (root.learned.person, len(root.trainees)) == (uid("T1"), 4)
    scores = by_generation(found, [EXAM, replace(EXAM, person=kader[4], percent=70.0, passed=False)])
    assert [(s.generation, s.people, s.examined, s.passed, s.mean) for s in scores] == [
        (0, 1, 0, 0, None),
        (1, 4, 1, 1, 91.0),
        (2, 2, 1, 0, 70.0),
        (3, 1, 0, 0, None),
    ]


def test_who_may_teach() -> None:
    writer = paper()
    for k in range(3):
        writer.write(Visit(kader=uid("kader", 0), mother=uid("m", k), date=DAY, state="done", ratings=FULL))
    found = may_teach(fold(writer.entries), rules(), uid("kader", 0), "2023-09-01", 80)
    assert (found.met, found.certificate, found.visits, found.assisted) == (False, False, 3, 0)
    signed(writer, "A")
    writer.write(Teaching(teacher=uid("kader", 0), date="2023-08-20", trainees=(uid("x"),), assisted=True))
    found = may_teach(fold(writer.entries), rules(), uid("kader", 0), "2023-09-01", 80)
    assert (found.met, found.alone, found.generation) == (True, True, 1)
    assert fold(writer.entries).get(Person, uid("x")) is None
