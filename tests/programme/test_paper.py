"""The arithmetic of the paper (Pitriani & Megasari 2024): eight kader, one posyandu, mean of the last test 90."""

from __future__ import annotations

import pytest

from coach.instruments import TestSheet
from coach.programme import fold
from coach.programme.bodies import Instrument, KnowledgeTest
from coach.programme.codes import check_letter, is_whole, looks_own, new, prefix
from coach.programme.days import between, plus_months
from coach.programme.knowledge import by_statement, code, marked, ordered, pairs, sheets
from coach.programme.people import new_code, roster, shown, with_code
from tests.programme.made import PAPER, Writer, answers, paper, sheet, uid


def test_the_mean_of_the_last_test_is_ninety() -> None:
    state = fold(paper().entries)
    found = pairs(state)
    assert (len(found.pairs), found.only_first, found.only_last, found.differ) == (8, (), (), ())
    own = sheets(state)[sheet().digest]
    first = [marked(pair.first.body, own).percent for pair in found.pairs]
    last = [marked(pair.last.body, own).percent for pair in found.pairs]
    assert sum(last) / 8 == 90.0
    assert sorted(first) == sorted(10.0 * a for a, _ in PAPER)
    assert pytest.approx(51.5, abs=0.05) == 795 / 1543 * 100  # the paper prints 51.6


def test_a_test_is_marked_by_its_own_sheet_only() -> None:
    test = KnowledgeTest(person=uid("k"), instrument="0" * 64, occasion="first", date="2023-08-14", answers={})
    with pytest.raises(ValueError, match="another sheet"):
        marked(test, sheet())


def test_not_knowing_and_leaving_blank_give_no_point_and_are_told_apart() -> None:
    given = dict(answers(7, sheet()))
    del given["calm"]
    given["no_flow"] = "true"
    test = KnowledgeTest(person=uid("k"), instrument=sheet().digest, occasion="first", date="2023-08-14", answers=given)
    found = marked(test, sheet())
    assert (found.right, found.wrong, found.unknown, found.blank, found.percent) == (7, 1, 1, 1, 70.0)


def test_statements_are_counted_over_pairs_with_those_that_were_lost() -> None:
    writer = paper()
    found = by_statement(pairs(fold(writer.entries)).pairs, sheet())
    assert all(change.number == 8 for change in found)
    assert sum(c.both + c.gained for c in found) == sum(last for _, last in PAPER)
    assert sum(c.both + c.lost for c in found) == sum(first for first, _ in PAPER)
    assert [c.open for c in found] == sorted((c.open for c in found), reverse=True)
    assert found[0].statement.id == "calm"  # the tenth: one of eight has it
    assert found[0].open == 7


def test_who_has_one_test_is_named_and_not_left_out_silently() -> None:
    writer = Writer()
    for person, occasion in (("a", "first"), ("b", "last"), ("c", "first"), ("c", "last")):
        digest = "1" * 64 if (person, occasion) == ("c", "last") else sheet().digest
        fields = {
            "person": uid(person),
            "instrument": digest,
            "occasion": occasion,
            "date": "2023-08-14",
            "answers": {},
        }
        writer.write(KnowledgeTest.model_validate(fields))
    found = pairs(fold(writer.entries))
    assert (found.pairs, found.only_first, found.only_last, found.differ) == ((), (uid("a"),), (uid("b"),), (uid("c"),))


def test_the_order_of_statements_differs_between_the_sheets_and_is_the_same_everywhere() -> None:
    sheets = {code(sheet(), one): ordered(sheet(), one) for one in ("first", "last", "later")}
    assert len({tuple(s.id for s in own) for own in sheets.values()}) == 3  # each has its code, for each has its order
    assert all({s.id for s in own} == {s.id for s in sheet().statements} for own in sheets.values())
    first = ordered(sheet(), "first")
    assert first == ordered(sheet(), "first")


def test_the_ten_statements_are_drafts() -> None:
    found = sheet()
    assert isinstance(found, TestSheet)
    assert (len(found.statements), found.draft) == (10, True)
    assert sum(s.answer for s in found.statements) == 5


# ------------------------------------------------------------------ codes


def test_a_code_tells_every_wrong_sign_and_every_exchange_of_neighbours() -> None:
    code = new("Posyandu Melati", [])
    assert code.startswith("MEL-0")
    letters, digits, check = code[:3], code[4:-1], code[-1]
    signs = letters + digits
    for k, sign in enumerate(signs):
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if k < 3 else "0123456789"
        for other in alphabet.replace(sign, ""):
            changed = signs[:k] + other + signs[k + 1 :]
            assert check_letter(changed[:3], changed[3:]) != check, changed
    for k in (0, 1, 3):
        changed = signs[:k] + signs[k + 1] + signs[k] + signs[k + 2 :]
        if changed != signs:
            assert check_letter(changed[:3], changed[3:]) != check


def test_codes_are_new_and_whole() -> None:
    given: list[str] = []
    for _ in range(120):
        given.append(new("Melati", given))
    assert len(set(given)) == 120
    assert all(is_whole(code) for code in given)
    assert not any(code[-1] in "IO" for code in given)
    assert is_whole(new("Melati", given, mother=True))
    assert not looks_own("K01")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Melati 2", "MEL"),
        ("Posyandu Ánggrek", "ANG"),
        ("PMB Dince Safrina", "DIN"),
        ("RW 06/RT 02", "RWR"),
        ("7", "XXX"),
    ],
)
def test_three_letters_of_a_place(name: str, letters: str) -> None:
    assert prefix(name) == letters


def test_the_roster_lists_people_with_their_places() -> None:
    state = fold(paper().entries)
    found = roster(state, role="kader")
    assert [one.code for one in found] == [f"K{k:02}" for k in range(1, 9)]
    assert {(one.place, one.puskesmas, one.name) for one in found} == {("Melati", "Puskesmas Rumbai", "")}
    assert roster(state, place=uid("office"), role="kader") == found
    assert roster(state, place=uid("elsewhere")) == []
    assert with_code(state, " k03") == [uid("kader", 2)]
    assert shown(state, uid("kader", 2)) == "K03"
    assert new_code(state, uid("posyandu")).startswith("MEL-")


def test_instruments_travel_as_entries() -> None:
    assert list(fold(paper().entries).all(Instrument)) == [sheet().digest]


# ------------------------------------------------------------------ days


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [("2024-01-31", 1, "2024-02-29"), ("2023-08-14", 24, "2025-08-14"), ("2023-12-31", 2, "2024-02-29")],
)
def test_months_later(day: str, months: int, then: str) -> None:
    assert plus_months(day, months) == then


def test_days_between() -> None:
    assert between("2024-02-28", "2024-03-01") == 2
