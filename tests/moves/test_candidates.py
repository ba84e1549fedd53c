"""Every motion against every segment of a protocol."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain import HANDS, Floats, Hand, Hold, Repetition, Span
from coach.moves.candidate import Candidate
from coach.moves.candidates import candidates, discounted_halves, doubted_presses, pair_up
from coach.moves.legs import Leg
from coach.moves.trace import Trace, trace
from coach.parameters.presses import PLAINLY_BETTER_FIT
from coach.parameters.two_hands import MEANWHILE_WORTH, PLAIN_FIT
from coach.protocol import Point, Protocol
from coach.protocol.schema import Title
from tests.fakes.hands import Path, absent, circling, frames, shuttling, staying, traced, track
from tests.fakes.protocols import CIRCLE, PRESS, STROKE, protocol, segment

RIGHT_LINE, LEFT_LINE = ((0.6, 0.1), (0.6, 0.6)), ((0.4, 0.1), (0.4, 0.6))


def of(made: Protocol, length_s: float, left: Path | None = None, right: Path | None = None) -> list[Candidate]:
    traces: dict[Hand, Trace] = {
        "left": traced("left", left, length_s) if left else trace(absent("left", frames(length_s)), 0.0, length_s),
        "right": traced("right", right, length_s) if right else trace(absent("right", frames(length_s)), 0.0, length_s),
    }
    return candidates(traces, made)


def stroked(hands: str = "right", **changes: object) -> Protocol:
    return protocol(segment(STROKE, hands=hands, **changes))


def test_they_come_in_order_of_their_start_with_their_segments_rank() -> None:
    made = protocol(STROKE, CIRCLE, PRESS)
    found = of(made, 20.0, left=shuttling(*LEFT_LINE, times=3), right=circling((0.7, 0.3), (0.1, 0.14), turns=5))
    starts = [c.span.start_s for c in found]
    assert starts == sorted(starts)
    assert {made.segments[c.rank].id for c in found} >= {"down", "round"}
    assert all(0 < c.fit <= 1 for c in found)
    assert all((c.repetition is None) == bool(c.holds) for c in found)


def test_a_stroke_by_the_right_hand_is_worth_more_than_by_the_wrong_one() -> None:
    right = of(stroked(), 9.0, right=shuttling(*RIGHT_LINE, times=3))
    wrong = of(stroked(mirrored=False), 9.0, left=shuttling(*RIGHT_LINE, times=3))
    assert len(right) == len(wrong) == 3
    assert all(a.fit > 0.9 and 0.7 > b.fit > 0.5 for a, b in zip(right, wrong, strict=True))
    assert {c.hands for c in wrong} == {frozenset({"left"})}


def test_two_hands_at_once_are_one_repetition() -> None:
    found = of(
        stroked("together"),
        9.0,
        left=shuttling(*LEFT_LINE, times=3),
        right=shuttling(*RIGHT_LINE, times=3, begin_s=1.1),
    )
    assert len(found) == 3
    for candidate in found:
        done = candidate.repetition
        assert done is not None
        assert done.hand == "both"
        assert candidate.hands == {"left", "right"}
        assert candidate.units == 1
        assert done.balance > 0.9
        assert done.sync > 0.85


def test_uneven_hands_show_in_balance_and_sync() -> None:
    short = shuttling((0.4, 0.1), (0.4, 0.35), times=3)
    (uneven, *_) = of(stroked("together"), 9.0, left=short, right=shuttling(*RIGHT_LINE, times=3))
    assert uneven.repetition is not None
    assert uneven.repetition.balance == pytest.approx(0.5, abs=0.06)
    late = shuttling(*LEFT_LINE, times=3, begin_s=1.6)
    (lagging, *_) = of(stroked("together"), 9.0, left=late, right=shuttling(*RIGHT_LINE, times=3))
    assert lagging.repetition is not None
    assert lagging.repetition.sync < 0.7


def test_one_hand_of_two_is_worth_less_and_more_where_the_other_was_out_of_sight() -> None:
    both, idle, unseen = (
        of(stroked("together"), 9.0, left=left, right=shuttling(*RIGHT_LINE, times=3))[0].fit
        for left in (shuttling(*LEFT_LINE, times=3), staying((0.3, 0.4)), None)
    )
    assert both > unseen > idle > 0


def test_two_halves_at_once_count_twice_where_hands_should_take_turns() -> None:
    made = stroked("alternating", returns="lifted")
    together = of(made, 9.0, left=shuttling(*LEFT_LINE, times=3), right=shuttling(*RIGHT_LINE, times=3))
    assert [c.units for c in together] == [2, 2, 2]
    in_turn = of(
        made,
        16.0,
        left=shuttling(*LEFT_LINE, times=3, rest_s=2.5),
        right=shuttling(*RIGHT_LINE, times=3, rest_s=2.5, begin_s=3.5),
    )
    assert [sorted(c.hands) for c in in_turn] == [["left"], ["right"]] * 3
    assert all(a.fit > b.fit for a, b in zip(in_turn, together, strict=False))


@pytest.mark.parametrize(("returns", "ends"), [("counted", 3.5), ("stroked", 2.5), ("lifted", 2.5)])
def test_the_way_back_is_part_of_the_repetition_or_of_the_segment_or_of_neither(returns: str, ends: float) -> None:
    (first, *_) = of(stroked(returns=returns), 9.0, right=shuttling(*RIGHT_LINE, times=3))
    done = first.repetition
    assert done is not None
    assert done.span.end_s == pytest.approx(ends, abs=0.25)
    assert (done.returned_s is not None) == (returns == "stroked")
    assert first.span.end_s == pytest.approx(2.5 if returns == "lifted" else 3.5, abs=0.25)


def test_a_stroke_whose_way_back_is_asked_for_and_was_not_made_is_worth_half() -> None:
    counted = stroked(returns="counted")
    (whole, *_) = of(counted, 5.0, right=shuttling(*RIGHT_LINE, times=1))
    (half,) = of(counted, 5.0, right=shuttling(*RIGHT_LINE, times=1, back_s=60.0))
    assert half.fit == pytest.approx(0.5 * whole.fit, abs=0.05)


def test_motion_slower_than_the_longest_repetition_is_none() -> None:
    path = shuttling(*RIGHT_LINE, times=3)
    assert len(of(stroked(tempo={"shortest_s": 0.5, "longest_s": 3.0}), 9.0, right=path)) == 3
    assert of(stroked(tempo={"shortest_s": 0.5, "longest_s": 1.0}), 9.0, right=path) == []


def test_a_short_stroke_is_not_whole() -> None:
    found = of(stroked(), 14.0, right=shuttling(*RIGHT_LINE, times=5, reaches=(1.0, 0.4, 1.0, 1.0, 1.0)))
    whole = [c.repetition.whole for c in found if c.repetition]
    assert whole.count(False) <= 1
    assert whole.count(True) == 4


def test_turns_of_both_hands_are_told_apart() -> None:
    found = of(protocol(CIRCLE), 12.0, left=staying((0.2, 0.3)), right=circling((0.7, 0.3), (0.1, 0.14), turns=4.5))
    assert {c.hands for c in found} == {frozenset({"right"})}
    assert [c.repetition.whole for c in found if c.repetition][:4] == [True] * 4


# ------------------------------------------------------------------ pairing legs
def legs_at(hand: Hand, spans: list[tuple[float, float]]) -> list[Leg]:
    plain = Leg(hand, 0.0, 1.0, None, 1.0, 0.0, np.zeros(2), 0)
    return [replace(plain, start_s=a, end_s=b) for a, b in spans]


@st.composite
def strung(draw: st.DrawFn) -> list[tuple[float, float]]:
    """Disjoint spans in order of time."""
    edges = draw(st.lists(st.integers(0, 400), max_size=12, unique=True).map(sorted))
    return [(a / 20.0, b / 20.0) for a, b in pairwise(edges)][::2]


@given(strung(), strung())
def test_pairs_are_legs_done_at_once_each_used_once(
    left: list[tuple[float, float]], right: list[tuple[float, float]]
) -> None:
    ours, theirs = legs_at("left", left), legs_at("right", right)
    pairs = list(pair_up(ours, theirs))
    assert len({id(a) for a, _ in pairs}) == len({id(b) for _, b in pairs}) == len(pairs)
    for a, b in pairs:
        assert min(a.end_s, b.end_s) > max(a.start_s, b.start_s)


@given(strung())
def test_hands_in_step_are_paired_one_to_one(spans: list[tuple[float, float]]) -> None:
    ours, theirs = legs_at("left", spans), legs_at("right", spans)
    assert [(ours.index(a), theirs.index(b)) for a, b in pair_up(ours, theirs)] == [(k, k) for k in range(len(spans))]


def test_legs_one_after_the_other_are_no_pairs() -> None:
    ours, theirs = legs_at("left", [(0.0, 2.0), (4.0, 6.0)]), legs_at("right", [(2.0, 4.0), (6.0, 8.0)])
    assert list(pair_up(ours, theirs)) == []


def test_a_stroke_is_not_lost_because_the_other_hand_twitched() -> None:
    """Two hands as uneven as that are worth less than the one that works alone."""
    small = ((0.4, 0.1), (0.4, 0.27))
    found = of(stroked("together"), 9.0, left=shuttling(*small, times=3), right=shuttling(*RIGHT_LINE, times=3))
    alone = [c for c in found if c.hands == {"right"}]
    assert len(alone) == 3
    both = [c for c in found if len(c.hands) == 2]
    assert all(c.fit > max((b.fit for b in both), default=0.0) for c in alone)


@pytest.mark.parametrize(("shortest", "apart"), [(0.29, False), (0.27, True)])
def test_two_hands_of_which_one_strokes_less_far_stroke_together(shortest: float, apart: bool) -> None:
    """Until one of them alone is worth much more: then what the other does is none of it."""
    left = shuttling((0.4, 0.1), (0.4, shortest), times=3)
    found = of(stroked("together"), 9.0, left=left, right=shuttling(*RIGHT_LINE, times=3))
    assert any(len(c.hands) == 1 for c in found) is apart


@pytest.mark.parametrize(
    ("reach", "late_s", "together"), [(1.0, 0.0, True), (0.85, 0.0, True), (0.6, 0.0, False), (1.0, 0.4, False)]
)
def test_a_hand_that_goes_along_as_far_is_no_idle_one_however_badly_it_is_tracked(
    reach: float, late_s: float, together: bool
) -> None:
    """Its way swings to the side, and back, half a dozen times; the other hand's is told of both."""
    line = shuttling(*LEFT_LINE, times=3, reaches=(reach,) * 3, begin_s=1.0 + late_s)

    def swinging(time_s: Floats) -> Floats:
        place = line(time_s)
        place[:, 0] += 0.1 * np.sin(2 * np.pi * 2.0 * time_s) * np.clip(4.0 * (place[:, 1] - 0.1), 0.0, 1.0)
        return place

    found = of(stroked("together"), 9.0, left=swinging, right=shuttling(*RIGHT_LINE, times=3))
    assert [len(c.hands) for c in found if c.fit > 0.4] == [2 if together else 1] * 3
    best = [c for c in found if c.fit > 0.4]
    assert all(c.repetition is not None and c.repetition.fit > 0.8 for c in best)
    assert all(c.fit < 0.7 for c in best)  # as one hand alone is worth where two are asked for


def test_one_hand_that_is_back_late_leaves_room_for_the_next_stroke() -> None:
    """The pair's way back is over when the first hand is back; the other one lingers half a second on its way."""
    late = shuttling(*LEFT_LINE, times=4, out_s=1.2, back_s=1.9)
    found = of(
        stroked("together", returns="stroked"),
        14.5,
        left=late,
        right=shuttling(*RIGHT_LINE, times=4, out_s=1.2, back_s=1.0, rest_s=0.9),
    )
    assert [c.hands for c in found] == [{"left", "right"}] * 4
    assert all(after.span.start_s - before.span.end_s > 0.2 for before, after in pairwise(found))


def test_they_know_for_how_long_each_hand_was_out_of_sight() -> None:
    time_s = frames(13.0)
    seen = (time_s < 6.0) | (time_s > 8.5)
    place = shuttling(*RIGHT_LINE, times=4, rest_s=0.5)(time_s)
    traces: dict[Hand, Trace] = {
        "left": traced("left", staying((0.2, 0.9)), 13.0),
        "right": trace(track("right", time_s, place, seen=seen), 0.0, 12.9),
    }
    first, *_, last = candidates(traces, stroked())
    begun, over = first.lost_s[0], last.lost_s[1]
    assert begun == pytest.approx({"left": 0.0, "right": 0.0}, abs=0.1)
    assert over == pytest.approx({"left": 0.0, "right": 2.5}, abs=0.15)
    assert last.lost_s[0]["right"] - first.lost_s[1]["right"] == pytest.approx(2.5, abs=0.15)


# ------------------------------------------------------------------ presses that are plainly others
def pair(rank: int, start_s: float, end_s: float, fit: float) -> Candidate:
    span = Span(start_s, end_s)
    holds = Hold("a", span, "left"), Hold("b", span, "right")
    return Candidate(rank, span, fit, frozenset(HANDS), holds=holds)


@pytest.mark.parametrize(
    ("other", "doubted"),
    [
        (pair(1, 2.2, 5.0, 0.41 + PLAINLY_BETTER_FIT), True),
        (pair(1, 2.2, 5.0, 0.39 + PLAINLY_BETTER_FIT), False),
        (pair(0, 2.2, 5.0, 0.9), False),  # of its own segment
        (pair(1, 4.6, 8.0, 0.9), False),  # at another time
        (pair(1, 0.5, 3.9, 0.9), True),
        (replace(pair(1, 2.2, 5.0, 0.9), hands=frozenset(("left",))), False),
        (replace(pair(1, 2.2, 5.0, 0.9), holds=()), False),
    ],
)
def test_both_hands_that_press_plainly_elsewhere_press_nothing_here(other: Candidate, doubted: bool) -> None:
    """Resting on the shoulders they are near enough to the points behind the ears."""
    own = pair(0, 2.0, 5.5, 0.4)
    found = doubted_presses([other, own], frozenset((0,)))
    assert [c.span.start_s for c in found] == sorted(c.span.start_s for c in found)
    assert [c for c in found if c.doubted] == ([replace(own, doubted=True)] if doubted else [])
    assert replace(own, doubted=doubted) in found
    assert other in found
    assert not any(
        c.doubted for c in doubted_presses([other, own], frozenset((1,)))
    )  # its points have others beside them


def test_hands_that_are_plainly_nearer_to_other_points_press_those() -> None:
    """That they rest there for long, or not as far apart as asked for, makes both readings worth less alike."""
    title = Title(id="p", en="p")
    points = {name: Point(id=name, at=(0.3, 0.0), tolerance=0.1, title=title) for name in "ab"}

    def at(point: str, off: float, one: Candidate) -> Candidate:
        return replace(one, holds=tuple(replace(hold, point=point, off=off) for hold in one.holds))

    own, near = at("a", 0.08, pair(0, 2.0, 5.5, 0.3)), at("b", 0.02, pair(1, 2.2, 5.0, 0.4))
    assert [c.rank for c in doubted_presses([own, near], frozenset((0,)), points) if c.doubted] == [0]
    assert not any(c.doubted for c in doubted_presses([own, at("b", 0.06, near)], frozenset((0,)), points))
    assert not any(c.doubted for c in doubted_presses([own, near], frozenset((0,))))


# ------------------------------------------------------------------ one hand's motions that are half of both hands'
def moving(rank: int, start_s: float, end_s: float, fit: float, *hands: Hand) -> Candidate:
    span = Span(start_s, end_s)
    return Candidate(rank, span, fit, frozenset(hands), Repetition(span, "both" if len(hands) > 1 else hands[0]))


@pytest.mark.parametrize(
    ("other", "less"),
    [
        (moving(1, 2.0, 6.0, PLAIN_FIT + 0.01, *HANDS), True),
        (moving(1, 2.0, 6.0, PLAIN_FIT - 0.01, *HANDS), False),
        (moving(1, 2.0, 6.0, 0.9, "left"), False),
        (moving(0, 2.0, 6.0, 0.9, *HANDS), False),  # the same segment's
        (moving(1, 4.0, 8.0, 0.9, *HANDS), False),  # for half of its time
        (replace(moving(1, 2.0, 6.0, 0.9, *HANDS), repetition=None), False),
    ],
)
def test_what_both_hands_do_plainly_is_less_one_hand_s(other: Candidate, less: bool) -> None:
    """Each of two hands that draw hearts seems to circle on a shoulder blade."""
    own, before = moving(0, 2.1, 5.9, 0.99, "right"), moving(1, 0.0, 1.9, 0.95, *HANDS)
    after = moving(1, 5.8, 9.0, 0.95, *HANDS)
    found = discounted_halves(sorted([before, other, own, after], key=lambda c: c.span.start_s))
    assert [c.fit for c in found if c.hands == own.hands and c.rank == 0] == [
        pytest.approx(0.99 * (MEANWHILE_WORTH if less else 1.0))
    ]

    assert other in found
