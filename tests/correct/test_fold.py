"""A trainer's events over the machine's result: what they change, what they leave, and how they are taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from coach.correct.events import Event, event, standing
from coach.correct.fold import Corrected, corrected
from coach.domain import HANDS, ItemScore, SegmentMatch, Session, Span
from coach.protocol import files
from coach.score.evidence import Visibility
from coach.score.items import items
from tests.summary.example import session as example

PROTOCOL = files.load("oxytocin")
MACHINE = example(PROTOCOL)  # segment k of the protocol stands from 10 k to 10 k + 9 s
NECK, BLADE, HEART, LOVE = 5.0, 55.0, 115.0, 125.0
GRID = np.arange(0.0, 140.0, 0.1)  # s
HEART_S = {"start_s": 110.0, "end_s": 119.0}


def fold(*events: dict[str, Any], machine: Session = MACHINE) -> Corrected:
    return corrected(machine, PROTOCOL, [(str(k), event(e)) for k, e in enumerate(events)])


def item(found: Corrected | Session, name: str) -> ItemScore:
    whole = found.session if isinstance(found, Corrected) else found
    return next(i for i in whole.items if i.item_id == name)


def segment(found: Corrected, name: str) -> SegmentMatch:
    return next(m for m in found.session.segments if m.segment_id == name)


def neck(k: int) -> dict[str, Any]:
    """A repetition of the neck's strokes, two seconds long."""
    return {"do": "add_repetition", "segment": "neck_stroke", "start_s": 3.0 + k, "end_s": 3.8 + k, "hand": "right"}


def test_without_events_it_is_the_machines() -> None:
    found = fold()
    assert found.session.items == MACHINE.items
    assert found.by_trainer == frozenset()
    assert found.session.total.points == MACHINE.total.points


def test_an_override_has_its_reason_and_moves_the_score() -> None:
    found = fold({"do": "override_item", "item": "heart.performed", "points": 2, "reason": "dilakukan"})
    changed = item(found, "heart.performed")
    assert (changed.points, changed.status, changed.reason.key) == (2, "scored", "overridden")
    assert changed.reason.values["text"] == "dilakukan"
    assert found.session.total.points == MACHINE.total.points + 2
    assert found.by_trainer == {"heart.performed"}
    assert item(MACHINE, "heart.performed").points == 0


def test_not_applicable_leaves_the_denominator() -> None:
    found = fold({"do": "override_item", "item": "heart.count", "points": None, "reason": "tidak diminta"})
    assert found.session.total.max_points == MACHINE.total.max_points - 2
    assert item(found, "heart.count").status == "not_applicable"


def test_manual_items_are_ticked_and_only_they() -> None:
    found = fold(
        {"do": "tick_item", "item": "oil", "points": 1},
        {"do": "tick_item", "item": "heart.count", "points": 2},
        {"do": "tick_item", "item": "nowhere", "points": 2},
    )
    assert (item(found, "oil").points, item(found, "heart.count").points) == (1, 0)
    assert found.session.total.left_out == MACHINE.total.left_out - 1
    assert found.missed == ("1", "2")


def test_the_last_word_counts() -> None:
    found = fold(*({"do": "tick_item", "item": "oil", "points": points} for points in (0, 2, 1)))
    assert item(found, "oil").points == 1


def test_a_skipped_segment_that_was_done_is_judged_from_what_the_trainer_marks() -> None:
    hearts = [
        {"do": "add_repetition", "segment": "heart", "start_s": 110.5 + 3 * k, "end_s": 113.3 + 3 * k, "hand": "both"}
        for k in range(5)
    ]
    found = fold({"do": "add_segment", "segment": "heart", **HEART_S}, *hearts)
    points = {i.kind: i.points for i in found.session.items if i.segment_id == "heart"}
    assert points == {"performed": 2, "count": 2, "order": 2, "tempo": 2, "hands": 2, "path": None}
    assert item(found, "heart.path").status == "manual"  # nobody has measured what the trainer drew
    assert segment(found, "heart").span.end_s == pytest.approx(125.3)


def test_a_deleted_segment_was_not_done() -> None:
    found = fold({"do": "delete_segment", "segment": "neck_stroke", "at_s": NECK})
    assert {i.points for i in found.session.items if i.segment_id == "neck_stroke"} == {0}
    assert item(found, "neck_stroke.performed").reason.key == "not_done"


def test_added_repetitions_count_and_the_machines_path_stays() -> None:
    before = [i.points for i in MACHINE.items if i.item_id == "neck_stroke.path"]
    found = fold(*(neck(k) for k in range(3)))
    assert item(found, "neck_stroke.count").reason.values["count"] == 5
    assert [item(found, "neck_stroke.path").points] == before


def test_repetitions_are_moved_changed_split_and_deleted() -> None:
    at = {"segment": "neck_stroke"}
    moved = fold({"do": "move_repetition", "at_s": 1.5, "start_s": 0.5, "end_s": 2.2, **at})
    assert segment(moved, "neck_stroke").repetitions[0].span.start_s == 0.5
    gone = fold({"do": "delete_repetition", "at_s": 2.7, **at})
    assert len(segment(gone, "neck_stroke").whole) == 1
    left = fold({"do": "change_repetition", "at_s": 1.5, "hand": "left", **at})
    assert segment(left, "neck_stroke").repetitions[0].hand == "left"
    half = fold({"do": "change_repetition", "at_s": 1.5, "hand": "right", "whole": False, **at})
    assert len(segment(half, "neck_stroke").whole) == 1
    two = fold({"do": "split_repetition", "at_s": 1.5, "cut_s": 1.4, **at})
    assert len(segment(two, "neck_stroke").whole) == 3


def test_a_partial_repetition_can_be_made_whole() -> None:
    found = fold({"do": "change_repetition", "segment": "neck_stroke", "at_s": 3.5, "hand": "right", "whole": True})
    assert len(segment(found, "neck_stroke").whole) == 3


def test_presses_are_moved_renamed_added_and_deleted() -> None:
    at = {"segment": "scapula_left_points"}
    longer = [
        {"do": "move_hold", "at_s": 60.5 + k, "point": point, "start_s": 60 + 3 * k, "end_s": 62.5 + 3 * k, **at}
        for k, point in reversed(list(enumerate(("3", "6", "8"))))
    ]
    found = fold(*longer)
    assert item(found, "scapula_left_points.hold").points == 2
    assert item(found, "scapula_left_points.order").points == 2
    renamed = fold(*longer, {"do": "rename_hold", "at_s": 64.0, "point": "6", "to": "12", **at})
    assert item(renamed, "scapula_left_points.hold").reason.key == "hold_wrong"
    gone = fold(*longer, {"do": "delete_hold", "at_s": 64.0, "point": "6", **at})
    assert item(gone, "scapula_left_points.hold").reason.key == "hold_missing"
    again = {"do": "add_hold", "point": "6", "hand": "left", "start_s": 63.0, "end_s": 65.5, **at}
    assert (
        item(
            fold(*longer, {"do": "delete_hold", "at_s": 64.0, "point": "6", **at}, again), "scapula_left_points.hold"
        ).points
        == 2
    )


def test_what_the_machine_did_not_know_of_a_press_the_trainer_knows() -> None:
    at = {"segment": "scapula_left_points"}
    unsure = [
        replace(m, holds=tuple(replace(h, perhaps="9", neighbour="10", perhaps_s=2.6) for h in m.holds))
        for m in MACHINE.segments
    ]
    machine = replace(MACHINE, segments=tuple(unsure))
    renamed = fold({"do": "rename_hold", "at_s": 60.5, "point": "3", "to": "8", **at}, machine=machine)
    moved = fold({"do": "move_hold", "at_s": 60.5, "point": "3", "start_s": 60, "end_s": 62.5, **at}, machine=machine)
    one, other = (segment(found, at["segment"]).holds[0] for found in (renamed, moved))
    assert (one.point, one.perhaps, one.neighbour, one.perhaps_s) == ("8", "", "", 2.6)
    assert (other.point, other.perhaps, other.neighbour, other.perhaps_s) == ("3", "9", "10", 0.0)


def test_a_moved_segment_takes_what_lies_in_it_and_may_be_out_of_order() -> None:
    found = fold({"do": "move_segment", "segment": "neck_stroke", "at_s": NECK, "start_s": 0.0, "end_s": 2.4})
    assert len(segment(found, "neck_stroke").whole) == 1
    late = fold({"do": "move_segment", "segment": "neck_points", "at_s": 15.0, "start_s": 200.0, "end_s": 210.0})
    assert [i.points for i in late.session.items if i.kind == "order"] != [
        i.points for i in MACHINE.items if i.kind == "order"
    ]


def test_a_split_segment_shares_its_repetitions() -> None:
    found = fold({"do": "split_segment", "segment": "neck_stroke", "at_s": NECK, "cut_s": 2.4})
    parts = [m for m in found.session.segments if m.segment_id == "neck_stroke"]
    assert [len(m.repetitions) for m in parts] == [1, 2]
    assert parts[0].span.end_s == parts[1].span.start_s == 2.4


def test_a_renamed_segment_is_judged_as_the_other_one() -> None:
    found = fold({"do": "rename_segment", "segment": "love", "at_s": LOVE, "to": "heart"})
    assert item(found, "heart.performed").points == 2
    assert item(found, "love.performed").points == 0
    assert item(found, "heart.path").status == "manual"


@pytest.mark.parametrize(
    ("change", "heart", "love"),
    [
        ({"do": "rename_segment", "segment": "love", "at_s": LOVE, "to": "heart"}, 2, 0),
        ({"do": "rename_segment", "segment": "love", "at_s": LOVE, "to": "love"}, 0, 2),
        ({"do": "add_segment", "segment": "heart", **HEART_S}, 2, 2),
        (None, None, None),
    ],
)
def test_a_trainer_settles_what_the_camera_could_not(
    change: dict[str, Any] | None, heart: int | None, love: int | None
) -> None:
    machine = in_doubt()
    assert item(machine, "heart.performed").reason.key == item(machine, "love.performed").reason.key == "either"
    found = fold(*([change] if change else []), machine=machine)
    assert item(found, "heart.performed").points == heart
    assert item(found, "love.performed").points == love


def in_doubt() -> Session:
    """A session whose "Love" might as well be a heart, of which there is none."""
    kept = [m for m in MACHINE.segments if m.segment_id != "heart"]
    found = tuple(replace(m, rivals=("heart",)) if m.segment_id == "love" else m for m in kept)
    always = {hand: np.ones(len(GRID), dtype=np.bool_) for hand in HANDS}
    scored = items(found, PROTOCOL, Visibility(GRID, always), Span(0.0, float(GRID[-1])))
    return replace(MACHINE, segments=found, items=scored)


def test_what_the_trainer_looked_at_was_seen() -> None:
    at = {"segment": "shoulder_c_grip", "start_s": 40.5, "end_s": 43.5}
    presses = [{"do": "add_hold", "point": f"c_{hand}", "hand": hand, **at} for hand in ("left", "right")]
    grip = [{"do": "add_segment", **at}, *presses]
    assert item(MACHINE, "shoulder_c_grip.hold").status == "not_visible"
    assert item(fold(*grip), "shoulder_c_grip.hold").points == 2


def test_a_segment_with_nothing_in_it_yet_is_left_to_the_trainer() -> None:
    found = fold({"do": "add_segment", "segment": "heart", **HEART_S})
    assert item(found, "heart.performed").points == 2
    assert {item(found, f"heart.{kind}").status for kind in ("tempo", "hands", "path")} == {"manual"}


def test_untouched_segments_keep_the_machines_points() -> None:
    found = fold({"do": "delete_segment", "segment": "neck_stroke", "at_s": NECK})
    untouched = [i for i in MACHINE.items if i.segment_id not in ("neck_stroke", None) and i.kind != "order"]
    assert [item(found, i.item_id) for i in untouched] == untouched


def test_an_event_that_finds_nothing_is_named() -> None:
    found = fold(
        {"do": "delete_segment", "segment": "neck_stroke", "at_s": 170.0},
        {"do": "delete_repetition", "segment": "love", "at_s": 300.0},
        {"do": "delete_hold", "segment": "neck_points", "at_s": 15.0, "point": "12"},
    )
    assert found.missed == ("0", "1", "2")
    assert found.session.items == MACHINE.items


def test_an_event_finds_its_segment_after_the_times_have_moved_a_little() -> None:
    later = replace(
        MACHINE,
        segments=tuple(
            replace(m, span=type(m.span)(m.span.start_s + 0.8, m.span.end_s + 0.8)) for m in MACHINE.segments
        ),
    )
    found = fold({"do": "delete_segment", "segment": "neck_stroke", "at_s": 0.3}, machine=later)
    assert found.missed == ()
    assert "neck_stroke" not in {m.segment_id for m in found.session.segments}


def test_notes_and_outcomes_stand_beside_the_score() -> None:
    found = fold(
        {"do": "note", "at_s": 12.5, "text": "bahu naik", "drawing": [[[1, 2], [3, 4]]]},
        {"do": "tick_outcome", "outcome": "milk_flow", "yes": True},
    )
    assert [(n.at_s, n.text, n.drawing) for n in found.notes] == [(12.5, "bahu naik", (((1.0, 2.0), (3.0, 4.0)),))]
    assert found.outcomes == {"milk_flow": True}
    assert found.session.total.points == MACHINE.total.points


def test_undo_and_undo_of_undo() -> None:
    tick = {"do": "tick_item", "item": "oil", "points": 2}
    undone = fold(tick, {"do": "undo", "event": "0"})
    assert item(undone, "oil").points is None
    redone = fold(tick, {"do": "undo", "event": "0"}, {"do": "undo", "event": "1"})
    assert item(redone, "oil").points == 2
    thrice = fold(tick, *({"do": "undo", "event": str(k)} for k in range(3)))
    assert item(thrice, "oil").points is None


def test_a_circle_of_undoes_in_a_forged_file_ends() -> None:
    ring: list[tuple[str, Event]] = [(a, event({"do": "undo", "event": b})) for a, b in (("a", "b"), ("b", "a"))]
    assert standing(ring) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"do": "add_segment", "segment": "Heart!", "start_s": 1, "end_s": 2},
        {"do": "add_segment", "segment": "heart", "start_s": 2, "end_s": 2},
        {"do": "move_segment", "segment": "heart", "at_s": 1, "start_s": 1, "end_s": float("inf")},
        {"do": "override_item", "item": "heart.count", "points": 1, "reason": ""},
        {"do": "override_item", "item": "heart.count", "points": -1, "reason": "x"},
        {"do": "note", "at_s": 1, "text": "x" * 3000},
        {"do": "undo", "event": "1", "more": 1},
        "undo",
        None,
    ],
)
def test_what_is_no_event_is_refused(wrong: Any) -> None:
    with pytest.raises(ValidationError):
        event(wrong)


TIMES = st.floats(0, 140, allow_nan=False)
NAMES = st.sampled_from([s.id for s in PROTOCOL.segments])


@st.composite
def structural(draw: st.DrawFn) -> dict[str, Any]:
    verbs = ["add", "move", "delete", "split", "rename"]
    kind = draw(st.sampled_from(["undo", *(f"{v}_{of}" for of in ("segment", "repetition") for v in verbs)]))
    if kind == "rename_repetition":
        kind = "change_repetition"
    if kind == "undo":
        return {"do": kind, "event": str(draw(st.integers(0, 8)))}
    start = draw(TIMES)
    made: dict[str, Any] = {"do": kind, "segment": draw(NAMES)}
    if kind.startswith(("add", "move")):
        made |= {"start_s": start, "end_s": start + draw(st.floats(0.1, 20))}
    if not kind.startswith("add"):
        made["at_s"] = draw(TIMES)
    if kind in ("add_repetition", "change_repetition"):
        made["hand"] = draw(st.sampled_from(["left", "right", "both"]))
    if kind.startswith("split"):
        made["cut_s"] = draw(TIMES)
    if kind == "rename_segment":
        made["to"] = draw(NAMES)
    return made


@settings(max_examples=120, deadline=None)
@given(st.lists(structural(), max_size=8))
def test_whatever_is_done_the_sheet_stays_whole(events: list[dict[str, Any]]) -> None:
    found = fold(*events)
    assert [i.item_id for i in found.session.items] == [i.item_id for i in MACHINE.items]
    starts = [m.span.start_s for m in found.session.segments]
    if any(e["do"] != "undo" for e in events) and found.session.segments != MACHINE.segments:
        assert starts == sorted(starts)
    assert all(i.points in (None, 0, 1, 2) for i in found.session.items)
    rated = [i for i in found.session.items if i.points is not None]
    assert found.session.total.points == sum(i.points or 0 for i in rated)
    undone = fold(*events, *({"do": "undo", "event": str(k)} for k, e in enumerate(events) if e["do"] != "undo"))
    if not any(e["do"] == "undo" for e in events):
        assert undone.session.items == MACHINE.items
