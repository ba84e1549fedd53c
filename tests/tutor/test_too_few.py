"""What is said where repetitions are missing, and the count that is shown beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from coach.domain import Hand, ItemScore, Reason, Repetition, SegmentMatch, Span, Status
from coach.moves.candidate import Candidate
from coach.parse.segments import as_match
from coach.tutor.doubt import perhaps_done
from coach.tutor.free_practice_hints import free_practice_hints
from coach.tutor.guided_hints import guided_hints
from coach.tutor.practised import Practised, recognised
from coach.tutor.progress import Progress
from coach.tutor.unguided import Unguided
from tests.tutor.made import made, reading, several
from tests.tutor.readings import CLEAR, PROTOCOL, hidden, hold, strokes
from tests.tutor.strokes import by, given, told


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (4, 4),  # the page shows them still
        (2, 3),
        (5, None),
    ],
)
def test_the_count_that_is_told_is_the_one_that_is_shown(before: int, told: int | None) -> None:
    """A reading that finds three strokes, a moment after one that found more, or fewer."""
    at = Practised(PROTOCOL.segment("shoulder_stroke"), 0.0)
    for at_s, count in ((20.0, before), (20.4, 3)):
        now = given(strokes("shoulder_stroke", 1.0, count), at_s)
        at.read(now, PROTOCOL, ())
    hints = [h for h in guided_hints(at, now, PROTOCOL) if h.key == "hint_more"]
    assert [h.values["count"] for h in hints] == ([] if told is None else [told])
    assert at.state(0, 1).count == (told or before)


@pytest.mark.parametrize(
    ("done", "lost_s", "heard"),
    [
        (4, 0.0, ["hint_more"]),
        (4, 1.4, ["hint_more"]),
        (4, 1.6, []),
        (3, 4.4, ["hint_more"]),  # with one more there are still too few
        (3, 4.6, []),
        (1, 1.4, ["hint_more"]),
        (1, 1.6, []),  # and that one may be of the step before
    ],
)
def test_too_few_is_told_unless_those_missing_may_have_gone_unseen(done: int, lost_s: float, heard: list[str]) -> None:
    """Strokes of three seconds, of which five are asked for; more than a tenth of the time after them is hidden."""
    over_s = 1.0 + 3.0 * done
    now = given(
        strokes("shoulder_stroke", 1.0, done), over_s + 10.0, hidden("right", Span(over_s + 1, over_s + 1 + lost_s))
    )
    assert told(now, "shoulder_stroke") == heard


@pytest.mark.parametrize(("lost", "heard"), [(Span(9.7, 13.5), ["hint_more"]), (Span(6.1, 9.5), [])])
def test_too_few_is_told_whatever_was_hidden_after_the_trainee_had_gone_on(lost: Span, heard: list[str]) -> None:
    """Three circles until 7.0 s, and two points of the next step from 9.6 s on."""
    done = by("left", strokes("scapula_left_circles", 1.0, 3, 2.0))
    spans = {"3": Span(9.6, 11.7), "6": Span(11.8, 13.4)}
    points = tuple(replace(hold(point, span.start_s, span.end_s), hand="left") for point, span in spans.items())
    pressed = SegmentMatch("scapula_left_points", Span(9.6, 13.4), 0.9, holds=points)
    now = given(done, 13.5, hidden("left", lost), pressed, hand="left")
    at = Practised(PROTOCOL.segment("scapula_left_circles"), 0.0)
    for _ in range(2):  # readings that tell of it
        at.read(now, PROTOCOL, ())
    assert at.progress.other is not None
    assert [h.key for h in guided_hints(at, now, PROTOCOL)] == heard


@pytest.mark.parametrize(("halves", "heard"), [(1, []), (2, ["hint_more"])])
def test_one_hand_once_may_have_been_on_its_way_from_the_step_before(halves: int, heard: list[str]) -> None:
    sides: tuple[Hand, ...] = ("right", "left")
    done = [Repetition(Span(1.0 + 2 * k, 3.0 + 2 * k), sides[k % 2]) for k in range(halves)]
    match = SegmentMatch("love", Span(1.0, 1.0 + 2 * halves), 0.9, tuple(done))
    own = tuple(Candidate(PROTOCOL.rank["love"], r.span, 0.9, frozenset((sides[k],)), r) for k, r in enumerate(done))
    assert [k for k in told(replace(given(match, 18.0), since=own), "love") if k != "hint_begin"] == heard


@pytest.mark.parametrize(
    ("done", "last", "heard"),
    [
        (4, {}, []),
        (3, {}, ["hint_more"]),  # with that one there are still too few
        (4, {"fit": 0.5}, ["hint_more"]),
        (4, {"hand": "left"}, ["hint_more"]),
        (4, {"reach": 0.3}, ["hint_more"]),
        (4, {"start_s": 20.0}, ["hint_more"]),  # it is another reading of one that counts
    ],
)
def test_what_a_run_left_out_at_its_end_may_be_the_one_that_is_missing(
    done: int, last: dict[str, Any], heard: list[str]
) -> None:
    """Passes of both hands in free practice, and one that is odd beside them, which the segment does not hold yet."""
    passes = several("spine_circles", done)
    odd = made("spine_circles", **{"start_s": 10.0 + 4.5 * done, "lasts_s": 5.0, "fit": 0.7} | last)
    match = as_match(passes, PROTOCOL.segment("spine_circles"))
    now = replace(reading(50.0, [*passes, odd], match), step=None)
    at = recognised(match, PROTOCOL.segment("spine_circles"), 50.0)
    assert [h.key for h in free_practice_hints(at, now, PROTOCOL)] == heard


# ------------------------------------------------------------------ too few, and the checklist does not rate it
@pytest.mark.parametrize(
    ("points", "gap", "heard"),
    [
        (1, Span(5.0, 5.2), True),  # four of five
        (None, Span(5.0, 5.2), True),  # hidden for too short a time for a fifth
        (None, Span(5.0, 7.5), False),  # a fifth may have been done there
        (1, Span(5.0, 7.5), True),  # the checklist knows better
    ],
)
def test_too_few_is_not_told_where_one_may_have_gone_unseen(points: int | None, gap: Span, heard: bool) -> None:
    """Four strokes from 1 to 17 s; told because the next step has begun, and because no further one comes."""
    status: Status = "not_visible" if points is None else "scored"
    item = ItemScore("heart.count", "heart", "count", points, 2, status, (), Reason("count_few"))
    done = strokes("heart", 1.0, 4, 4.0)
    for at_s, others in ((30.0, ()), (24.0, (strokes("love", 18.0, 3, 2.0),))):
        now = replace(given(done, at_s, hidden("left", gap), *others), items=(item,))
        assert ("hint_more" in told(now, "heart")) == heard


@pytest.mark.parametrize(
    ("kind", "points", "key", "heard"),
    [
        ("count", 2, "count_right", False),
        ("count", 1, "count_few", True),
        ("performed", 2, "done", True),
        ("performed", 0, "not_done", False),  # what was counted is of the step before
    ],
)
def test_too_few_is_not_told_against_the_checklist(kind: str, points: int, key: str, heard: bool) -> None:
    """Four hearts from 1 to 17 s; told because the next step has begun, and because no further one comes."""
    item = ItemScore(f"heart.{kind}", "heart", kind, points, 2, "scored", (), Reason(key))
    done = strokes("heart", 1.0, 4, 4.0)
    for at_s, others in ((30.0, ()), (24.0, (strokes("love", 18.0, 3, 2.0),))):
        now = replace(given(done, at_s, CLEAR, *others), items=(item,))
        assert ("hint_more" in told(now, "heart")) == heard


def test_too_few_is_told_of_a_step_that_the_checklist_is_not_sure_of() -> None:
    """A single heart is like one, and no more is known: neither that it was done nor how often is rated."""
    kinds = ("performed", "count")
    unclear = (ItemScore(f"heart.{k}", "heart", k, None, 2, "not_visible", (), Reason("unclear")) for k in kinds)
    now = replace(given(strokes("heart", 1.0, 1, 4.0), 30.0, hidden("left", Span(5.0, 8.0))), items=tuple(unclear))
    assert "hint_more" in told(now, "heart")


@pytest.mark.parametrize(
    ("gap", "heard", "follows"), [(Span(3.0, 3.2), ["hint_more"], False), (Span(3.0, 7.5), [], True)]
)
def test_a_step_left_after_a_single_repetition_is_too_few_unless_others_may_have_gone_unseen(
    gap: Span, heard: list[str], follows: bool
) -> None:
    """One pass of circles, and then strokes: the checklist is not sure that there was one."""
    item = ItemScore(
        "spine_circles.performed", "spine_circles", "performed", None, 2, "not_visible", (), Reason("unclear")
    )
    now = replace(
        given(strokes("spine_circles", 1.0, 1, 4.0), 13.0, hidden("left", gap), strokes("spine_strokes", 8.0, 2, 2.0))
    )
    now = replace(now, items=(item,), segments=now.segments[1:])
    at = Practised(PROTOCOL.segment("spine_circles"), 0.0)
    for _ in range(2):
        at.read(now, PROTOCOL, ())
    assert [h.key for h in guided_hints(at, now, PROTOCOL)] == heard
    assert perhaps_done(at, now) == follows


# ------------------------------------------------------------------ the count that is shown
@pytest.mark.parametrize(
    ("read", "shown"),
    [
        ((3, 4, 5), [3, 4, 5]),
        ((3, 4, 3, 4, 5), [3, 4, 4, 4, 5]),  # a reading's doubt, which passes
        ((4, 3, 3, 3, 3), [4, 4, 4, 4, 3]),  # after 1.2 s it is known better
        ((5, 4, 5, 4, 4), [5, 5, 5, 5, 5]),
    ],
)
def test_a_count_that_falls_for_a_moment_goes_on_being_shown(read: tuple[int, ...], shown: list[int]) -> None:
    """A reading every half second; guided, and in free practice, where the newest segment is a new one each time."""
    at, free, before = Practised(PROTOCOL.segment("heart"), 0.0), Unguided(PROTOCOL), None
    guided, unguided = [], []
    for k, count in enumerate(read):
        now = given(strokes("heart", 1.0, count, 2.5), 14.0 + 0.5 * k)
        at.read(now, PROTOCOL, ())
        before = free.newest(now, before)
        assert before is not None
        guided.append(at.state(0, 1).count)
        unguided.append(before.state(0, 1).count)
        assert at.state(0, 1).done == (guided[-1] >= 5)
    assert guided == unguided == shown


def test_the_counts_of_the_sides_do_not_flicker_either() -> None:
    at, shown = Practised(PROTOCOL.segment("love"), 0.0), []
    for k, (left, right) in enumerate([(2, 1), (2, 2), (1, 2), (2, 2), (2, 1), (2, 1), (2, 1), (2, 1)]):
        turns = strokes("love", 1.0, 4, 2.0).repetitions
        done = (
            *(replace(r, hand="left") for r in turns[:left]),
            *(replace(r, hand="right") for r in turns[2:][:right]),
        )
        at.progress = Progress(replace(strokes("love", 1.0, 4, 2.0), repetitions=done), None)
        at.show(at, 14.0 + 0.5 * k)
        state = at.state(0, 1)
        assert state.side is not None
        assert state.count == min(state.side.values())
        shown.append((state.side["left"], state.side["right"]))
    assert shown == [(2, 1), (2, 2), (2, 2), (2, 2), (2, 2), (2, 2), (2, 2), (2, 1)]
