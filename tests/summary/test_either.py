"""What a sheet says of a step that was done, but might as well have been another one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import Reason, Value
from coach.messages import Catalogue
from coach.protocol import files
from coach.summary import report_pdf
from coach.summary.checklist import plain
from tests.summary.example import session as example

PROTOCOL = files.load("oxytocin")
DONE = example(PROTOCOL)
WHY = [
    ("either", "status_either"),
    ("rest", "status_either"),
    ("unclear", "status_either"),
    ("count_unclear", "status_either"),
    ("hold_unclear", "status_either"),
    ("hold_blurred", "status_either"),
    ("hold_since_strokes", "status_either"),
    ("back_shape", "status_either"),
    ("not_visible", "status_not_visible"),
]
WHY_VALUES: dict[str, dict[str, Value]] = {
    "either": {"other": "heart"},
    "rest": {"held_s": 5.0},
    "unclear": {},
    "count_unclear": {"count": 4, "perhaps": 1},
    "hold_unclear": {"point": "6"},
    "hold_blurred": {"point": "6"},
    "hold_since_strokes": {"point": "6"},
    "back_shape": {},
    "not_visible": {"unseen_s": 9.0},
}
WORD = Catalogue("en").text("status_either")


@pytest.mark.parametrize(("key", "word"), WHY)
def test_a_step_of_which_nothing_was_rated_is_not_called_right(key: str, word: str) -> None:
    why = Reason(key, WHY_VALUES[key])
    items = tuple(
        replace(i, points=None, status="not_visible", reason=why) if i.segment_id == "love" else i for i in DONE.items
    )
    told, words = replace(DONE, items=items), Catalogue("en")
    assert report_pdf._result(PROTOCOL.segment("love"), told, words) == words.text(word)
    assert (WORD in plain(told, PROTOCOL, words)) is (key != "not_visible")
