"""How long a step that is to last went on: from where the hands began to move in its place to where they stopped."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.domain import Floats, Hand, Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.moves.trace import Trace
from coach.parameters.traces import SAMPLE_RATE_HZ
from coach.parse.extending import extended, moving
from coach.protocol import files

SHORT = files.load("back_massage_short")
STEP = SHORT.segments[0]
CIRCLE_S, WIDE = 1.5, 0.025  # of a small circle; its radius, back units


def hands(begin_s: float, end_s: float, until_s: float = 60.0, off: float = 0.0) -> dict[Hand, Trace]:
    """Both hands lie beside the spine, and circle there from a moment to another.

    :param off: back units by which they circle outside the place
    """
    time_s = np.arange(0.0, until_s, 1.0 / SAMPLE_RATE_HZ)
    going = (time_s >= begin_s) & (time_s < end_s)
    angle = 2 * np.pi * (time_s - begin_s) / CIRCLE_S
    circles = np.stack((np.sin(angle), np.cos(angle)), axis=1) * WIDE * going[:, None]
    tremble = np.random.default_rng(1).normal(0.0, 0.002, (len(time_s), 2))
    found: dict[Hand, Trace] = {}
    for hand, x in (("left", 0.40 - off), ("right", 0.60 + off)):
        at: Floats = np.array([x, 0.3]) + circles + tremble
        seen = np.ones(len(time_s), dtype=np.bool_)
        found[hand] = Trace(hand, time_s, {"thumbs": at}, {}, {}, seen)  # type: ignore[index, arg-type]
    return found


def match(*passes: tuple[float, float]) -> SegmentMatch:
    spans = [Span(*one) for one in passes]
    return SegmentMatch(
        STEP.id, Span(spans[0].start_s, spans[-1].end_s), 1.0, tuple(Repetition(span, "both") for span in spans), ()
    )


def alike(*spans: tuple[float, float]) -> list[Candidate]:
    both: frozenset[Hand] = frozenset(("left", "right"))
    return [Candidate(0, Span(*one), 0.5, both, Repetition(Span(*one), "both")) for one in spans]


def lasted(found: SegmentMatch, traces: dict[Hand, Trace], *more: tuple[float, float]) -> Span:
    (widened,) = extended([found], alike(*more), traces, SHORT)
    assert widened.repetitions == found.repetitions
    return widened.span


def test_hands_move_from_their_first_circle_to_their_last() -> None:
    (span,) = moving(hands(10.0, 40.0), STEP)
    assert (span.start_s, span.end_s) == pytest.approx((10.0, 40.0), abs=0.3)
    assert moving(hands(10.0, 10.0), STEP) == []  # hands that lie still tremble
    assert moving(hands(10.0, 40.0, off=0.2), STEP) == []


def test_the_outermost_circles_of_the_first_and_the_last_pass_count() -> None:
    found = lasted(match((12.0, 18.0), (22.0, 28.0), (32.0, 37.0)), hands(10.0, 40.0))
    assert (found.start_s, found.end_s) == pytest.approx((10.0, 40.0), abs=0.3)


def test_what_goes_on_in_the_place_for_longer_than_a_pass_is_none_of_it() -> None:
    found = lasted(match((12.0, 18.0), (22.0, 28.0), (32.0, 37.0)), hands(2.0, 58.0))
    assert (found.start_s, found.end_s) == pytest.approx((8.0, 42.0), abs=0.3)


def test_hands_that_do_not_move_there_add_nothing() -> None:
    passes = match((12.0, 18.0), (22.0, 28.0), (32.0, 37.0))
    assert lasted(passes, hands(12.0, 37.0, off=0.2)) == passes.span
    still = lasted(passes, hands(12.0, 37.0))
    assert (still.start_s, still.end_s) == pytest.approx((12.0, 37.0), abs=0.6)


def test_a_pass_that_was_not_sure_enough_is_one_where_it_follows_as_passes_do() -> None:
    passes = match((12.0, 18.0), (22.0, 28.0), (32.0, 37.0))
    soon = lasted(passes, hands(10.0, 49.0), (42.0, 47.0))
    assert soon.end_s == pytest.approx(49.0, abs=0.3)
    late = lasted(passes, hands(10.0, 38.0), (44.0, 49.0))
    assert late.end_s == pytest.approx(38.0, abs=0.3)


def test_a_pass_cut_amid_the_others_leaves_no_gap_while_the_hands_move() -> None:
    passes = match((12.0, 18.0), (22.0, 24.0), (32.0, 38.0))  # of the second the latter half was not found
    (moved,) = extended([passes], [], hands(12.0, 38.0), SHORT)
    assert [(r.span.start_s, r.span.end_s) for r in moved.repetitions if r not in passes.repetitions] == [(24.0, 32.0)]
    assert [r.whole for r in moved.repetitions] == [True, True, False, True]
    (still,) = extended([passes], [], hands(12.0, 38.0, off=0.2), SHORT)
    assert still == passes


def test_where_one_hand_did_it_alone_the_other_one_s_rest_ends_nothing() -> None:
    traces = hands(10.0, 40.0) | {"left": hands(0.0, 0.0)["left"]}
    both = match((12.0, 18.0), (22.0, 28.0), (32.0, 37.0))
    alone = replace(both, repetitions=tuple(replace(r, hand="right") for r in both.repetitions))
    assert lasted(both, traces) == both.span
    assert lasted(alone, traces).end_s == pytest.approx(40.0, abs=0.3)


def test_another_step_ends_it_and_others_are_left_as_they_are() -> None:
    passes = match((12.0, 18.0), (22.0, 28.0), (32.0, 37.0))
    long = files.load("oxytocin")
    other = SegmentMatch(long.segments[0].id, Span(5.0, 9.0), 1.0, (Repetition(Span(5.0, 9.0), "right"),), ())
    assert extended([other], [], hands(0.0, 20.0), long) == (other,)
    again = match((38.0, 44.0))
    first, _ = extended([passes, again], [], hands(10.0, 46.0), SHORT)
    assert first.span.end_s == 38.0
