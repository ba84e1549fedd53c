"""What was noted while a practice went on: kept with its session, and gone with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coach.domain import InputError
from coach.learn.lessons import Done, Held, Planned
from coach.store import open_store
from coach.store.store import Store
from tests.store.made import new, result

PLAN = Planned(steps=("heart", "love"), stage="alone")
DONE = Done(segment="heart", stage="alone", right=False, flaw="hint_slower")


def kept(store: Store, **more: Any) -> str:
    session = store.add(new(**more), result())
    for entry in (PLAN, DONE):
        store.lesson(session, entry.model_dump(mode="json"))
    return session


def held(store: Store) -> list[Held]:
    return list(store.practised("K07", "oxytocin"))


def test_a_kader_s_practice_is_told_with_what_was_noted_of_it(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        kept(store)
        kept(store, source="sample")
        kept(store, kader="K08")
        [one] = held(store)
        assert one.entries == (PLAN, DONE)
        assert one.rated
        assert one.items["neck_stroke.performed"] is not None
        with pytest.raises(InputError, match="session_missing"):
            store.lesson("11111111-2222-4333-8444-000000000000", DONE.model_dump())


def test_it_goes_along_with_the_session_is_not_doubled_and_is_deleted_with_it(tmp_path: Path) -> None:
    with open_store(tmp_path / "a") as here, open_store(tmp_path / "b") as there:
        session = kept(here)
        here.export(session, tmp_path / "one.zip")
        there.import_(tmp_path / "one.zip")
        there.import_(tmp_path / "one.zip")
        assert held(there) == held(here)
        there.delete(session)
        assert there.traces(session) == ()
        assert held(there) == []
