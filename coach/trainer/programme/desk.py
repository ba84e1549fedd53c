"""What all answers about the programme stand on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

from coach.domain import InputError
from coach.instruments import Milk, Rules, TestSheet, VisitForm, files
from coach.instruments.schema import Use
from coach.programme import State
from coach.programme.knowledge import sheet_of, sheets
from coach.protocol import Protocol
from coach.register import Register
from coach.trainer.office import Office

T = TypeVar("T", TestSheet, VisitForm, Milk)
A = TypeVar("A")


def today() -> str:
    return date.today().isoformat()


def nowhere() -> str:
    """Where nobody can start a practice. Raises InputError: practise_not_started"""
    raise InputError("practise_not_started")


@dataclass(frozen=True)
class ProgrammeDesk:
    """Threads share it."""

    office: Office
    practise: Callable[[], str] = nowhere  # starts a practice beside the pages, and tells its address
    register: Register = field(init=False)
    reading: threading.RLock = field(default_factory=threading.RLock, init=False, repr=False)  # for what takes long
    _kept: dict[str, tuple[State, object, Any]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "register", Register(self.office.store))

    @property
    def state(self) -> State:
        return self.register.state()

    def kept(self, name: str, state: State, more: object, make: Callable[[], A]) -> A:
        """What follows from a state is made once, and again when there is another.

        :param more: what it hangs on besides, such as the day
        """
        found = self._kept.get(name)
        if found is None or found[0] is not state or found[1] != more:
            self._kept[name] = found = (state, more, make())
        return cast("A", found[2])

    @property
    def own(self) -> Path:
        """The folder of the laptop's own instruments."""
        return self.register.own

    @property
    def rules(self) -> Rules:
        return files.load_rules(own=self.own)

    @property
    def test(self) -> TestSheet:
        return self._used(TestSheet, self.rules, "last_test")

    @property
    def form(self) -> VisitForm:
        return self._used(VisitForm, self.rules, "visit")

    @property
    def milk(self) -> Milk:
        return self._used(Milk, self.rules, "outcome")

    def uses(self, rules: Rules) -> None:
        """Whether all that a programme's rules name is there. Raises InputError: instrument_missing, instrument_kind"""
        self._used(TestSheet, rules, "first_test")
        self._used(TestSheet, rules, "last_test")
        self._used(VisitForm, rules, "visit")
        self._used(Milk, rules, "outcome")

    def _used(self, kind: type[T], rules: Rules, use: Use) -> T:
        name = rules.instruments.get(use, "")
        found = files.load(name, self.own)
        if not isinstance(found, kind):
            raise InputError("instrument_kind", name=name, kind=found.kind, wanted=kind.__name__)
        return found

    @property
    def protocol(self) -> Protocol:
        return self.office.shelf.rules(self.rules.protocol)

    def sheets(self, state: State) -> dict[str, TestSheet]:
        """The tests by digest: those that were answered, and the one of today."""
        return {**sheets(state), self.test.digest: self.test}

    def sheet_of(self, state: State, event: str) -> TestSheet:
        """The test of one training day."""
        return sheet_of(state, event, self.sheets(state), self.test)

    def keep(self, name: str, author: str) -> None:
        """An instrument's file is kept before the first answer to it."""
        found = files.load(name, self.own)
        self.register.instrument(files.read(name, self.own).decode("utf-8"), found.digest, author)
