"""Runs become segments: joined, trimmed, their partial repetitions told apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import HANDS, Hand, Hold, Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.parse.lattice import best_runs
from coach.parse.segments import segments
from coach.protocol import Protocol
from tests.fakes.protocols import CIRCLE, PRESS, STROKE, protocol, segment, shipped

MADE = protocol(STROKE, CIRCLE, PRESS)


def done(
    start_s: float,
    end_s: float,
    *,
    rank: int = 0,
    fit: float = 0.95,
    reach: float = 1.0,
    returned_s: float | None = None,
) -> Candidate:
    span = Span(start_s, end_s)
    whole = reach >= 0.5
    repetition = Repetition(span, "right", whole, returned_s, fit, reach)
    return Candidate(rank, Span(start_s, returned_s or end_s), fit, frozenset(("right",)), repetition)


def pressed(start_s: float, end_s: float, point: str, fit: float = 1.0) -> Candidate:
    span = Span(start_s, end_s)
    return Candidate(2, span, fit, frozenset(("left",)), holds=(Hold(point, span, "left"),))


def of(*candidates: Candidate, made: Protocol = MADE) -> tuple[SegmentMatch, ...]:
    return segments(sorted(candidates, key=lambda c: (c.span.start_s, c.span.end_s)), made)


def row(times: int, begin_s: float = 1.0, each_s: float = 2.5, **changes: float) -> list[Candidate]:
    return [
        done(begin_s + each_s * k, begin_s + each_s * k + 2.0, **changes)  # type: ignore[arg-type]
        for k in range(times)
    ]


def test_a_run_is_a_segment_from_its_first_repetition_to_its_last() -> None:
    (match,) = of(*row(5))
    assert match.segment_id == "down"
    assert match.span == Span(1.0, 13.0)
    assert len(match.repetitions) == len(match.whole) == 5
    assert match.holds == ()
    assert 0.5 < match.confidence <= 1.0


def test_a_stroked_way_back_belongs_to_the_segment() -> None:
    (match,) = of(*(done(1.0 + 3.0 * k, 3.0 + 3.0 * k, returned_s=4.0 + 3.0 * k) for k in range(5)))
    assert match.span == Span(1.0, 16.0)


def test_nothing_is_no_segment() -> None:
    assert of() == ()


@pytest.mark.parametrize(("times", "fit", "number"), [(2, 0.62, 1), (2, 0.55, 0), (1, 0.62, 0), (1, 0.9, 0)])
def test_two_plain_strokes_by_one_hand_of_two_are_a_segment(times: int, fit: float, number: int) -> None:
    """What the wrong hands do well is worth 0.62; idle hands draw one such stroke by chance, but seldom two."""
    strokes = [done(1.0 + 3.0 * k, 3.7 + 3.0 * k, fit=fit) for k in range(times)]
    assert len(of(*strokes)) == number


def test_worse_fitting_runs_are_less_sure() -> None:
    sure = [of(*row(5, fit=fit))[0].confidence for fit in (0.95, 0.75, 0.6)]
    assert sure == sorted(sure, reverse=True)
    assert of(*row(3, each_s=2.1))[0].confidence < sure[0]


def test_a_segment_taken_up_again_soon_is_one() -> None:
    (match,) = of(*row(3), *row(3, begin_s=16.0))
    assert len(match.repetitions) == 6
    assert [len(m.repetitions) for m in of(*row(5), *row(5, begin_s=60.0))] == [5, 5]


def test_presses_keep_their_points() -> None:
    (match,) = of(pressed(1.0, 4.0, "upper"), pressed(5.0, 8.0, "lower"))
    assert [h.point for h in match.holds] == ["upper", "lower"]
    assert match.span == Span(1.0, 8.0)
    assert match.repetitions == ()


def test_a_wrong_point_in_place_of_a_right_one_stays() -> None:
    (match,) = of(pressed(1.0, 4.0, "beside"), pressed(5.0, 8.0, "lower"))
    assert [h.point for h in match.holds] == ["beside", "lower"]


# ------------------------------------------------------------------ travel and partial repetitions
def test_travel_at_both_ends_is_trimmed() -> None:
    """Like a repetition, but poorer, far quicker and far shorter than the others."""
    travel = {"fit": 0.6, "reach": 0.55}
    (match,) = of(done(0.2, 0.95, **travel), *row(5), done(13.2, 13.9, **travel))  # type: ignore[arg-type]
    assert match.span == Span(1.0, 13.0)
    assert len(match.repetitions) == 5


@pytest.mark.parametrize("first", [True, False])
def test_the_time_that_travel_took_may_be_that_of_presses(first: bool) -> None:
    """A stroke before the others or after them, slow and half as far, explains more than two presses on its way do."""
    made = protocol(PRESS, STROKE) if first else protocol(STROKE, PRESS)
    begin_s, stroke, press = (1.0, 1, 0) if first else (13.2, 0, 1)
    strokes = row(5, begin_s=6.0 if first else 1.0, rank=stroke)
    travel = done(begin_s, begin_s + 4.8, rank=stroke, fit=0.84, reach=0.6)
    on_its_way = pressed(begin_s + 0.6, begin_s + 2.4, "upper"), pressed(begin_s + 2.6, begin_s + 4.4, "lower")
    presses = [replace(one, rank=press) for one in on_its_way]
    assert [(m.segment_id, len(m.repetitions)) for m in of(*strokes, travel, made=made)] == [("down", 5)]
    told = [(m.segment_id, len(m.repetitions), len(m.holds)) for m in of(*strokes, travel, *presses, made=made)]
    assert told == [("points", 0, 2), ("down", 5, 0)][:: 1 if first else -1]


def test_the_time_that_travel_took_is_of_nothing_that_was_found_elsewhere() -> None:
    made = protocol(PRESS, STROKE)
    travel = done(1.0, 5.8, rank=1, fit=0.84, reach=0.6)
    times = (1.6, 3.4, "upper"), (3.6, 5.4, "lower"), (26.0, 29.0, "upper"), (29.5, 32.5, "lower")
    presses = [pressed(*one) for one in times]
    told = of(travel, *row(5, begin_s=6.0, rank=1), *(replace(one, rank=0) for one in presses), made=made)
    assert [(m.segment_id, m.span.start_s) for m in told] == [("down", 6.0), ("points", 26.0)]


def test_where_the_time_that_travel_took_is_nothing_elses_the_others_stay_as_they_are() -> None:
    """Without it the third stroke, quick and poor, would be odd as well."""
    (match,) = of(
        done(1.0, 3.4, fit=1.0), done(3.4, 6.1, fit=1.0), done(7.2, 8.6, fit=0.5), done(10.8, 11.7, reach=0.6)
    )
    assert len(match.repetitions) == 3


def test_an_odd_repetition_in_the_middle_stays() -> None:
    odd = done(6.0, 6.8, fit=0.6, reach=0.55)
    (match,) = of(*row(2), odd, *row(3, begin_s=7.2))
    assert len(match.repetitions) == 6


def test_one_sign_alone_is_no_travel() -> None:
    (match,) = of(*row(5), done(13.5, 14.4))  # quick, but it fits
    assert len(match.repetitions) == 6


@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_repetition_much_shorter_than_the_persons_usual_is_partial(place: int) -> None:
    reaches = [1.2] * 5
    reaches[place] = 0.6  # whole by the protocol, half by this person's measure
    (match,) = of(*(done(1.0 + 2.5 * k, 3.0 + 2.5 * k, reach=reach) for k, reach in enumerate(reaches)))
    assert [r.whole for r in match.repetitions] == [k != place for k in range(5)]


def test_small_but_even_repetitions_are_whole() -> None:
    (match,) = of(*(done(1.0 + 2.5 * k, 3.0 + 2.5 * k, reach=0.6) for k in range(5)))
    assert len(match.whole) == 5


def test_a_repetition_that_was_never_whole_does_not_become_so() -> None:
    (match,) = of(*(done(1.0 + 2.5 * k, 3.0 + 2.5 * k, reach=0.45) for k in range(5)))
    assert match.whole == ()


def test_two_hands_at_once_are_kept_together() -> None:
    made = protocol(segment(STROKE, hands="together"))
    both = [
        Candidate(0, span, 0.95, frozenset(HANDS), Repetition(span, "both"))
        for span in (Span(1.0 + 2.5 * k, 3.0 + 2.5 * k) for k in range(5))
    ]
    (match,) = of(*both, made=made)
    assert {r.hand for r in match.repetitions} == {"both"}


def by(hands: tuple[Hand, ...], start_s: float, fit: float) -> Candidate:
    span = Span(start_s, start_s + 2.0)
    repetition = Repetition(span, "both" if len(hands) == 2 else hands[0], fit=fit)
    return Candidate(0, span, fit, frozenset(hands), repetition)


@pytest.mark.parametrize(("fit", "kept"), [(0.6, 4), (0.85, 5)])  # it does something else; the other one was not seen
def test_one_hand_alone_before_a_run_of_both_is_on_its_way(fit: float, kept: int) -> None:
    made = protocol(segment(STROKE, hands="together"))
    run = [by(HANDS, 4.0 + 2.5 * k, 0.95) for k in range(4)]
    (match,) = of(by(("right",), 1.5, fit), *run, made=made)
    assert len(match.repetitions) == kept


@pytest.mark.parametrize(("lasts_s", "returns", "kept"), [(1.0, True, 4), (2.0, True, 5), (1.0, False, 5)])
def test_a_quick_last_way_without_a_way_back_only_leaves(lasts_s: float, returns: bool, kept: int) -> None:
    run = [done(1.0 + 3.5 * k, 3.0 + 3.5 * k, returned_s=4.4 + 3.5 * k if returns else None) for k in range(4)]
    (match,) = of(*run, done(15.0, 15.0 + lasts_s))
    assert len(match.repetitions) == kept


def test_a_run_in_which_every_repetition_is_odd_stays_as_it_is() -> None:
    """Short quick ones and long slow ones in turn: each end looks odd beside the medians."""
    uneven = [
        done(1.0, 1.8, reach=0.6),
        done(1.9, 9.9, reach=2.8),
        done(10.0, 10.8, reach=0.6),
        done(10.9, 18.9, reach=2.8),
    ]
    (match,) = of(*uneven)
    assert len(match.repetitions) == 4


def test_a_short_repetition_among_short_ones_is_as_whole_as_they_are() -> None:
    """All stop too early, one a little earlier: the path's fault, not a broken-off repetition."""
    (match,) = of(*(done(1.0 + 3.0 * k, 3.5 + 3.0 * k, reach=r) for k, r in enumerate((0.52, 0.55, 0.46, 0.53, 0.55))))
    assert all(r.whole for r in match.repetitions)


@pytest.mark.parametrize(("gap_s", "hidden_s", "together"), [(5.0, 0.0, False), (5.0, 4.5, True), (10.0, 9.5, False)])
def test_while_the_hand_is_out_of_sight_no_pause_goes_on(gap_s: float, hidden_s: float, together: bool) -> None:
    """Unseen for a few seconds, it may have pressed on; not for so long that it may have done anything."""
    first, second = pressed(1.0, 4.0, "upper"), pressed(4.0 + gap_s, 7.0 + gap_s, "lower")
    before, after = dict.fromkeys(HANDS, 0.0), dict.fromkeys(HANDS, hidden_s)
    runs = best_runs([replace(first, lost_s=(before, before)), replace(second, lost_s=(after, after))], MADE)
    assert any(len(run) == 2 for run in runs) == together


@pytest.mark.parametrize("lasts_s", [0.8, 5.2])
def test_a_motion_at_quite_another_pace_is_not_of_the_run(lasts_s: float) -> None:
    odd = done(20.0, 20.0 + lasts_s)
    (match,) = of(*row(6, 1.0, 3.0), odd)
    assert len(match.repetitions) == 6


@pytest.mark.parametrize(("lasts_s", "found"), [(3.2, "638"), (1.8, "38")])
def test_who_presses_long_enough_in_the_wrong_order_presses_all_the_same(lasts_s: float, found: str) -> None:
    """And who halts at a point on the way does not: at six o'clock, before three and eight."""
    massage = shipped("oxytocin")
    rank = massage.rank["scapula_left_points"]
    six, three, eight = (
        replace(pressed(start_s, end_s, point, fit=fit), rank=rank)
        for point, start_s, end_s, fit in (("6", 5.0 - lasts_s, 5.0, 0.5), ("3", 6.5, 9.5, 0.9), ("8", 10.5, 13.5, 0.9))
    )
    (match,) = of(six, three, eight, made=massage)
    assert "".join(h.point for h in match.holds) == found


def test_from_a_hand_that_waits_for_the_other_no_segment_is_read() -> None:
    both = pressed(1.0, 4.0, "upper"), pressed(5.0, 8.0, "lower")
    assert len(of(*both)) == 1
    assert of(*(replace(one, doubted=True) for one in both)) == ()
