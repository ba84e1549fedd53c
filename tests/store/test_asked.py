"""What the trainer's pages ask of the store: whose a session is, who rated it, and many sessions together."""

from __future__ import annotations

import contextlib
from datetime import datetime, tzinfo

import pytest

from coach.domain import InputError
from coach.store import Filter, Store, days
from coach.store.days import midnight
from tests.store.made import new, result, undecided_result

NOTE = {"do": "note", "at_s": 1.0, "text": "baik"}


def test_whose_it_is_can_be_said_later(store: Store) -> None:
    session = store.add(new(kader="", posyandu=""), result())
    store.belongs(session, "K77", "Melati")
    row = store.session(session).row
    assert (row.kader, row.posyandu) == ("K77", "Melati")
    assert "K77" in {person.code for person in store.people()}
    assert row.percent is not None
    with pytest.raises(InputError):
        store.belongs("00000000-0000-0000-0000-000000000000", "K77", "Melati")


def test_who_rated_and_who_was_last(store: Store) -> None:
    assert store.last_author() == ""
    one, other, third = (store.add(new(), result()) for _ in range(3))
    store.rate(one, "T1", {"oil": 2}, blind=True)
    store.correct(other, NOTE, "T2")
    store.rate(third, "T1", {"oil": 2}, blind=False)
    assert store.seen_by("T1", [one, other, third]) == {one, third}
    assert store.seen_by("T2", [one, other]) == {other}
    store.rate(one, "T2", {"oil": None}, blind=True)
    (blind,) = store.rated_blind([third, one, other], "oxytocin")
    assert (blind.session, list(blind.raters)) == (one, [("T1", {"oil": 2}), ("T2", {"oil": None})])
    assert dict(blind.machine) == {item["id"]: item["points"] for item in result()["items"]}
    assert store.rated_blind([one], "another") == []
    assert store.last_author() == "T2"
    store.correct(other, NOTE, "T3")
    assert store.last_author() == "T3"


def test_what_counts_is_told_in_short_as_in_full(store: Store) -> None:
    """Of all but a step alone, a sample, and what could not be judged; the newest last, with or without a result."""
    first = store.add(new("K01", held="2026-11-02T08:00:00.000000Z"), result())
    store.add(new("K01", mode="again", segment="heart"), result())
    store.add(new("K01", source="sample"), result())
    store.add(new("K02"), undecided_result())
    with contextlib.closing(store.recording(new("K02"))) as going:
        pass
    store.correct(first, {"do": "override_item", "item": "heart.count", "points": 1, "reason": "x"}, "T1")
    full = {row.id: (row, items) for row, items in store.standings() if row.counts}
    told = store.counted()
    assert [one.session for one in told] == list(full) == [first, going.id]
    for one in told:
        row, items = full[one.session]
        assert dict(one.items) == items
        for name in ("held", "created", "mode", "kader", "posyandu", "percent", "passed", "verdict", "scope"):
            assert getattr(one, name) == getattr(row, name), name
    (last,) = store.counted(Filter(kader="K02"))
    assert (last.session, dict(last.items)) == (going.id, {})
    assert store.newest() == going.id
    assert store.newest(Filter(kader="nobody")) is None
    store.rate(first, "T1", {"oil": 2}, blind=True)
    (blind,) = store.rated_blind(store.ids(), "oxytocin")
    assert blind.machine["heart.count"] == 0  # coach's own, before the correction


def test_several_come_in_the_order_they_were_asked_for(store: Store) -> None:
    made = [store.add(new(), result()) for _ in range(3)]
    wanted = [made[2], made[0], "00000000-0000-0000-0000-000000000000", made[1]]
    assert [one.row.id for one in store.several(wanted)] == [made[2], made[0], made[1]]


@pytest.mark.parametrize("day", ["", "x", "2026-13-01", "0001-01-01x", "9999-12-31"])
def test_strange_days_are_refused(day: str) -> None:
    with pytest.raises(InputError):
        midnight(day, 1)
    assert len(midnight("2026-11-24")) == len("2026-11-24T00:00:00.000000Z")


class OfWindows(datetime):
    """It knows the machine's own time of the years after 1970 and before 3000 alone."""

    def astimezone(self, tz: tzinfo | None = None) -> OfWindows:
        if self.tzinfo is None and not 1970 < self.year < 3000:
            raise OSError(22, "Invalid argument")
        return super().astimezone(tz)


@pytest.mark.parametrize("day", ["0202-01-01", "1970-01-01", "3000-01-01"])  # a year is being typed, say
def test_a_day_of_long_ago_is_one_on_windows_too(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "datetime", OfWindows)
    assert midnight(day) == f"{day}T00:00:00.000000Z"
    assert midnight("2026-11-24").startswith("2026-11-2")
