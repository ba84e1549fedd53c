"""The knowledge test: its score, who has both tests, and which statements are to be taught again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.instruments import Statement, TestSheet
from coach.instruments.schema import parse
from coach.programme.bodies import Event, Instrument, KnowledgeTest
from coach.programme.state import Held, State


@dataclass(frozen=True, slots=True)
class Marked:
    right: int
    wrong: int
    unknown: int  # "I do not know"
    blank: int
    total: int

    @property
    def percent(self) -> float:
        return 100.0 * self.right / self.total


def is_right(test: KnowledgeTest, statement: Statement) -> bool:
    return test.answers.get(statement.id) == str(statement.answer).lower()


def marked(test: KnowledgeTest, sheet: TestSheet) -> Marked:
    """:raises ValueError: where the answers were given to another version of the sheet"""
    if test.instrument != sheet.digest:
        raise ValueError("the answers are to another sheet")
    given = [test.answers.get(s.id, "blank") for s in sheet.statements]
    right = sum(is_right(test, s) for s in sheet.statements)
    unknown, blank = given.count("unknown"), given.count("blank")
    return Marked(right, len(given) - right - unknown - blank, unknown, blank, len(given))


def sheets(state: State) -> Mapping[str, TestSheet]:
    """The tests that answers were given to, by digest."""
    found = {digest: parse(held.body.text.encode("utf-8")) for digest, held in state.all(Instrument).items()}
    return {digest: sheet for digest, sheet in found.items() if isinstance(sheet, TestSheet)}


def sheet_of(state: State, event: str, known: Mapping[str, TestSheet], newest: TestSheet) -> TestSheet:
    """The test of one training day: that of the answers given on it, else the one it was planned with.

    A test that is changed between the first and the last sheet of a day would leave no pairs to compare.

    :param known: the tests by digest
    :param newest: the one of today
    """
    given = [h.body.instrument for h in state.all(KnowledgeTest).values() if h.body.event == event]
    held = state.get(Event, event)
    meant = given or ([] if held is None else [held.instruments.get("last_test", "")])
    return next((known[digest] for digest in meant if digest in known), newest)


def ordered(sheet: TestSheet, occasion: str) -> Sequence[Statement]:
    """The statements in the order of one occasion's sheet: mixed, and the same on every laptop."""
    if sheet.shuffle == "never":
        return sheet.statements
    return sorted(sheet.statements, key=lambda s: hashlib.sha256(f"{sheet.digest}{occasion}{s.id}".encode()).digest())


def code(sheet: TestSheet, occasion: str) -> str:
    """What is printed on a sheet, so that its answers are entered in its order."""
    return f"{_LETTERS[occasion]}-{sheet.digest[:6]}"


_LETTERS = {"first": "F", "last": "L", "later": "R"}  # of its sheet's code; R: what is retained


@dataclass(frozen=True, slots=True)
class Pair:
    person: str
    first: Held[KnowledgeTest]
    last: Held[KnowledgeTest]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Who has both tests; the others are counted and named, never left out silently."""

    pairs: tuple[Pair, ...]
    only_first: tuple[str, ...]
    only_last: tuple[str, ...]
    differ: tuple[str, ...]  # both, to different versions of the sheet


def pairs(state: State, events: Sequence[str] | None = None, last: str = "last") -> Pairs:
    """:param events: ids; all where None
    :param last: the occasion that is set against the first: "last", or "later" for what was retained
    """
    found: dict[str, dict[str, Held[KnowledgeTest]]] = {"first": {}, last: {}}
    for held in state.all(KnowledgeTest).values():  # in order of time: of two first tests the later entry counts
        if held.body.occasion in found and (events is None or held.body.event in events):
            found[held.body.occasion][held.body.person] = held
    both = sorted(found["first"].keys() & found[last].keys())
    same = [p for p in both if found["first"][p].body.instrument == found[last][p].body.instrument]
    return Pairs(
        tuple(Pair(p, found["first"][p], found[last][p]) for p in same),
        tuple(sorted(found["first"].keys() - found[last].keys())),
        tuple(sorted(found[last].keys() - found["first"].keys())),
        tuple(p for p in both if p not in same),
    )


@dataclass(frozen=True, slots=True)
class StatementChange:
    """One statement over all pairs: how many had it right at both tests, at one, at none."""

    statement: Statement
    both: int
    gained: int  # not right, then right
    lost: int  # right, then not
    neither: int

    @property
    def number(self) -> int:
        return self.both + self.gained + self.lost + self.neither

    @property
    def open(self) -> int:
        """For how many it is still not right: to be taught again."""
        return self.lost + self.neither


def by_statement(found: Sequence[Pair], sheet: TestSheet) -> list[StatementChange]:
    """The worst first; pairs of other versions are left out."""
    own = [pair for pair in found if pair.first.body.instrument == sheet.digest]
    changes = []
    for statement in sheet.statements:
        seen = [(is_right(pair.first.body, statement), is_right(pair.last.body, statement)) for pair in own]
        counts = [seen.count(both) for both in ((True, True), (False, True), (True, False), (False, False))]
        changes.append(StatementChange(statement, *counts))
    return sorted(changes, key=lambda change: -change.open)
