"""The fold, corrections and their contradictions, erasures, and joining in any order."""

from __future__ import annotations

import json
import random
from dataclasses import asdict, replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.programme import Entry, EntryError, checked, fold
from coach.programme.bodies import (
    Attendance,
    Certificate,
    Consent,
    Erasure,
    Flow,
    KnowledgeTest,
    Laptop,
    Mother,
    Name,
    Outcome,
    Person,
    Place,
    Referral,
    Settled,
    Visit,
)
from coach.programme.clashes import clashes
from coach.programme.erasing import about
from coach.programme.merging import merged, preview
from tests.programme.made import DAY, Writer, form, paper, uid


def test_a_correction_counts_and_what_it_corrects_stays() -> None:
    laptop = Writer()
    first = laptop.write(Person(code="K01"), uid("rina"))
    laptop.write(Person(code="MEL-01E"), uid("rina"), replaces=first.id)
    state = fold(laptop.entries)
    assert [held.body.code for held in state.all(Person).values()] == ["MEL-01E"]
    assert first.id in state.entries
    assert state.rivals == ()


def test_two_corrections_of_one_entry_are_shown_until_a_person_chooses() -> None:
    one, other = Writer("A"), Writer("B")
    first = one.write(Person(code="K01"), uid("rina"))
    a = one.write(Person(code="K02"), uid("rina"), replaces=first.id)
    b = other.write(Person(code="K03"), uid("rina"), replaces=first.id)
    state = fold([*one.entries, *other.entries])
    assert [{e.id for e in rivals} for rivals in state.rivals] == [{a.id, b.id}]
    assert [(c.kind, set(c.entries)) for c in clashes(state)] == [("corrected_twice", {a.id, b.id})]
    assert {state.heads["person"][uid("rina")].id} == {state.rivals[0][0].id}
    for chosen, away in ((a, b), (b, a)):
        third = Writer("C", "2023-08-15")
        third.write(Settled(chosen=chosen.id, over=(away.id,)), uid("rina"))
        settled = fold([*one.entries, *other.entries, *third.entries])
        assert settled.rivals == ()
        assert settled.heads["person"][uid("rina")].id == chosen.id
        assert away.id in settled.entries


def test_settlements_that_settle_each_other_away_lose_nobody() -> None:
    one = Writer()
    a, b = (one.write(Person(code=code), uid("rina")) for code in ("K01", "K02"))
    one.write(Settled(chosen=a.id, over=(b.id,)), uid("rina"))
    one.write(Settled(chosen=b.id, over=(a.id,)), uid("rina"))
    state = fold(one.entries)
    assert state.heads["person"][uid("rina")].id == b.id  # the last word


def test_the_newest_of_each_laptop_is_known() -> None:
    one, other = Writer("A"), Writer("B", "2023-11-28")
    one.write(Person(code="K01"))
    other.write(Person(code="K02"))
    assert {k: v[:10] for k, v in fold([*other.entries, *one.entries]).last_seen.items()} == {
        "A": DAY,
        "B": "2023-11-28",
    }


# ------------------------------------------------------------------ an entry is believed only after a look


def test_an_entry_passes_from_laptop_to_laptop_as_it_is() -> None:
    for one in paper().entries:
        assert checked(json.loads(json.dumps(asdict(one)))) == one


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("id", "../x", "id"),
        ("subject", "Rina", "subject"),
        ("made", "yesterday", "made"),
        ("laptop", "a", "laptop"),
        ("replaces", "x", "replaces"),
        ("text", '{"code":"K99"}', "digest"),
        ("text", '{ "code":"K01"}', "text"),
        ("author", "K02", "digest"),
        ("kind", "Person", "kind"),
    ],
)
def test_a_changed_entry_is_refused_with_the_field(field: str, value: str, why: str) -> None:
    one = Writer().write(Person(code="K01"))
    with pytest.raises(EntryError) as refused:
        checked(asdict(replace(one, **{field: value})), 7)
    assert refused.value.values == {"number": 7, "why": why}


def test_an_entry_of_a_later_coach_is_carried_on() -> None:
    one = Writer().write(Person(code="K01"))
    fields = {**asdict(one), "kind": "horoscope", "text": '{"sign":"fish"}'}
    from coach.programme.entry import _digest  # noqa: PLC0415

    fields["digest"] = _digest(tuple(fields[n] for n in fields if n != "digest"))
    later = checked(fields)
    assert later.id in fold([later]).entries


# ------------------------------------------------------------------ joining


@cache
def laptops() -> list[list[Entry]]:
    """Three that began with the same programme and went on apart, with corrections, contradictions and erasures."""
    common = paper().entries
    a, b, c = Writer("A1", "2023-08-15"), Writer("B1", "2023-08-16"), Writer("C1", "2023-08-15")
    kader = [uid("kader", k) for k in range(8)]
    before = {one.subject: one for one in common if one.kind == "person"}
    for laptop, code in ((a, "X01"), (b, "X02")):
        laptop.write(Person(code=code), kader[0], replaces=before[kader[0]].id)
    mother = uid("mother")
    a.write(Mother(code="IBU-MEL-001"), mother)
    visit = a.write(Visit(kader=kader[1], mother=mother, date="2023-08-15", state="done")).subject
    a.write(
        Flow(mother=mother, visit=visit, when="after", date="2023-08-15", instrument="0" * 64, answers={"drip": "none"})
    )
    b.write(Visit(kader=kader[1], mother=mother, date="2023-08-15", state="done"))
    referral = b.write(Referral(mother=mother, date="2023-08-15", reason="demam", to="bidan")).subject
    c.write(Outcome(referral=referral, mother=mother, state="came"))
    c.write(Name(name="Sari"), kader[2])
    b.write(Attendance(event=uid("training"), person=kader[2], state="late"))
    c.write(Erasure(), kader[2])
    b.write(Erasure(reason="withdrawn"), mother)
    a.write(Erasure(reason="double"), kader[7])
    a.write(Settled(chosen=a.entries[0].id, over=(b.entries[0].id,)), kader[0])
    return [[*common, *a.entries], [*common, *b.entries], [*common, *c.entries]]


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 8))
def test_joining_is_the_same_in_any_order_any_grouping_and_any_number_of_times(
    random_: random.Random, parts: int
) -> None:
    entries = [one for laptop in laptops() for one in laptop]
    whole = merged(entries)
    random_.shuffle(entries)
    heaps = [entries[k::parts] for k in range(parts)]
    heaps += [random_.sample(entries, random_.randint(0, len(entries))) for _ in range(2)]  # some come twice
    joined: dict[str, Entry] = {}
    for heap in heaps:
        # Either side may have been joined with others before.
        joined = (
            merged(heap, joined.values()) if random_.random() < 0.5 else merged(merged(heap).values(), joined.values())
        )
    assert joined == whole
    state = fold(joined.values())
    assert state == fold(entries)
    assert clashes(state) == clashes(fold(reversed(entries)))


def test_joining_is_associative_and_commutative_for_each_three() -> None:
    a, b, c = laptops()
    left = merged(merged(a, b).values(), c)
    assert left == merged(a, merged(b, c).values()) == merged(c, b, a) == merged(left.values(), left.values())


def test_what_was_erased_stays_gone_whatever_older_file_comes() -> None:
    here = merged(*laptops())
    gone = {uid("kader", 2), uid("kader", 7), uid("mother")}
    for old in laptops():
        again = merged(here.values(), old)
        assert again == here
    left = [one for one in here.values() if one.kind != "erasure" and gone & about(one)]
    assert left == []
    text = json.dumps([asdict(one) for one in here.values()])
    assert "Sari" not in text
    assert "demam" not in text
    assert text.count(uid("mother")) == 1  # the tombstone


def test_an_author_of_free_text_cannot_make_an_entry_look_like_another_persons() -> None:
    trick = f'","person":"{uid("kader", 1)}'
    one = Writer().write(Name(name=trick), uid("kader", 3))
    assert about(one) == {uid("kader", 3)}


# ------------------------------------------------------------------ what an import shows first


def test_a_preview_tells_new_known_and_gone() -> None:
    a, b, _ = laptops()
    here, file = list(merged(a).values()), list(merged(b).values())
    shown = preview(here, file)
    assert {one.id for one in shown.new} == merged(a, b).keys() - {one.id for one in here}
    assert shown.known == len({one.id for one in here} & {one.id for one in file})
    assert set(shown.gone) == {one.id for one in here} - merged(a, b).keys() != set()
    assert set(shown.last_seen) == {"A", "B1"}
    again = preview(merged(a, b).values(), file)
    assert (again.new, again.gone, again.clashes) == ((), (), ())


def test_a_preview_tells_what_contradicts() -> None:
    one, other = Writer("A"), Writer("B")
    for laptop, who in ((one, "rina"), (other, "sari")):
        laptop.write(Place(type="puskesmas", name="Rumbai"), uid("office"))
        laptop.write(Laptop(letter="Q"), uid("laptop", who))
        laptop.write(Person(code="K01", place=uid("office")), uid(who))
        laptop.write(Certificate(person=uid(who), rules="0" * 64, number="1/A", issued=DAY, signed_by=uid("T1")))
        laptop.write(Visit(kader=uid("rina"), mother=uid("ibu"), date=DAY, instrument=form().digest))
    shown = preview(one.entries, other.entries)
    found = {(clash.kind, clash.what) for clash in shown.clashes}
    assert found == {("code", "K01"), ("number", "1/A"), ("visit", DAY), ("laptop", "Q"), ("corrected_twice", "place")}


def test_tests_of_two_versions_and_what_came_after_a_withdrawal_are_told() -> None:
    one = paper()
    later = Writer("B", "2023-08-20")
    late = {e.subject: e for e in one.entries if e.kind == "test"}
    changed = next(e for e in late.values() if e.fields["person"] == uid("kader", 0) and e.fields["occasion"] == "last")
    later.write(
        KnowledgeTest.model_validate(dict(changed.fields) | {"instrument": "1" * 64}), changed.subject, changed.id
    )
    later.write(Consent(giver=uid("kader", 1), scopes=(), withdrawn=True))
    later.write(
        KnowledgeTest(person=uid("kader", 1), instrument="0" * 64, occasion="later", date="2023-08-21", answers={})
    )
    kinds = [clash.kind for clash in clashes(fold([*one.entries, *later.entries]))]
    assert sorted(kinds) == ["test_version", "withdrawn"]
