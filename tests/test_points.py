"""Points as a short text say what they said in full."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.points import Items, Points, packed, sheet, sums
from coach.progress import Standing, by_item

NAMES = ("a.count", "b.count", "oil")
points = st.none() | st.integers(0, 2)
some = st.dictionaries(st.sampled_from(NAMES), points, max_size=3)


@given(some)
def test_read_out_of_their_text_they_are_the_same(items: Items) -> None:
    read = Points(tuple(items), packed(items))
    assert dict(read) == dict(read.pairs()) == items
    assert read.get("nothing") is None


@given(st.lists(some, max_size=8))
def test_they_are_added_up_as_one_by_one(many: list[Items]) -> None:
    mixed = [items if k % 2 else Points(tuple(items), packed(items)) for k, items in enumerate(many)]
    found = sums(mixed)
    for name in NAMES:
        rated = [p for items in many if (p := items.get(name)) is not None]
        assert found.get(name, (0, 0)) == (len(rated), sum(rated))


def test_another_list_of_items_has_another_name() -> None:
    assert sheet(NAMES) == sheet(list(NAMES)) != sheet(reversed(NAMES))
    with pytest.raises(ValueError, match="2 points of 3 items"):
        Points(NAMES, "21")


def test_of_what_nobody_rated_there_is_no_share() -> None:
    when = datetime(2026, 1, 1, tzinfo=UTC)
    one = Standing("s", when, "K", "", None, None, Points(NAMES, "2-0"))
    assert by_item([one], [*NAMES, "c"]) == {"a.count": (1, 1.0), "b.count": (0, None), "oil": (1, 0.0), "c": (0, None)}
