"""The posterior over readings against all readings, one by one."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings

from coach.moves.candidate import Candidate
from coach.parameters.posterior import DEEPEST_MARGIN_S
from coach.parse.lattice import best_runs
from coach.reading.posterior import Posterior, Reading
from tests import naive
from tests.parse.test_lattice import MADE, anything, done, in_a_row, pressed

Ordered = list[Candidate]


def ordered(*candidates: Candidate) -> Ordered:
    return sorted(candidates, key=lambda c: (c.span.start_s, c.span.end_s, c.rank))


def said(candidates: Ordered) -> Posterior:
    return Posterior.of(candidates, MADE)


def all_readings(candidates: Ordered) -> list[Reading]:
    """Every reading there is, best first."""
    found = naive.readings(candidates, MADE)
    known = [(naive.reading_worth(runs, MADE), tuple(tuple(run) for run in runs)) for runs in found]
    known.sort(key=lambda reading: -reading[0])
    return [Reading(runs, known[0][0] - explains) for explains, runs in known]


@settings(max_examples=60, deadline=None)
@given(anything())
def test_each_margin_is_that_to_the_best_of_all_readings_that_say_otherwise(candidates: Ordered) -> None:
    post, known = said(candidates), all_readings(candidates)
    for step in range(len(MADE.segments)):
        margins = post.margins(partial(Reading.has, step=step))
        for answer in (True, False):
            best = next((r.margin_s for r in known if r.has(step) == answer), None)
            if best is not None and best < DEEPEST_MARGIN_S - 1e-6:
                assert margins[answer] == pytest.approx(best, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(anything())
def test_each_count_and_each_candidate_has_its_best_reading(candidates: Ordered) -> None:
    post, known = said(candidates), all_readings(candidates)
    assert post.best.margin_s == 0.0
    for one in candidates:
        best = next(r.margin_s for r in known if any(c is one for run in r.runs for c in run))
        ours = [r.margin_s for r in post.readings if any(c is one for run in r.runs for c in run)]
        if best < DEEPEST_MARGIN_S - 1e-6:
            assert min(ours) == pytest.approx(best, abs=1e-9)
    for step in range(len(MADE.segments)):
        for count in range(1, 8):
            wanted = [r.margin_s for r in known if any(naive.counted(run) == count for run in r.of(step))]
            ours = [r.margin_s for r in post.readings if any(naive.counted(run) == count for run in r.of(step))]
            if wanted and wanted[0] < DEEPEST_MARGIN_S - 1e-6:
                assert min(ours) == pytest.approx(wanted[0], abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(anything())
def test_every_reading_explains_what_it_says(candidates: Ordered) -> None:
    post = said(candidates)
    top = naive.best_worth(candidates, MADE)
    for reading in post.readings:
        explains = naive.reading_worth([list(run) for run in reading.runs], MADE) if reading.runs else 0.0
        assert top - explains == pytest.approx(reading.margin_s, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(anything())
def test_the_best_reading_explains_as_much_as_the_lattice_s(candidates: Ordered) -> None:
    runs = best_runs(candidates, MADE)
    best = [list(run) for run in said(candidates).best.runs]
    worths = [naive.reading_worth(r, MADE) if r else 0.0 for r in (runs, best)]
    assert worths[0] == pytest.approx(worths[1], abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(anything())
def test_what_is_probable_adds_up_to_one(candidates: Ordered) -> None:
    post = said(candidates)
    for segment in MADE.segments:
        assert sum(post.p_count(segment.id).values()) == pytest.approx(1.0)
        assert sum(post.p_hands(segment.id).values()) == pytest.approx(1.0)
        if abs(post.p_done(segment.id) - 0.5) > 1e-6:
            assert (post.p_done(segment.id) > 0.5) == (next(iter(post.p_count(segment.id))) > 0)


def test_what_fits_well_and_alone_is_surely_done_and_what_was_never_seen_is_surely_not() -> None:
    post = said(ordered(*in_a_row(0, 1.0, 5)))
    assert post.p_done("down") > 0.99
    assert post.p_done("round") == 0.0
    assert post.second_best("round") is None


def test_of_two_names_for_one_motion_each_is_the_other_s_second_best() -> None:
    post = said(ordered(*in_a_row(0, 1.0, 5, fit=0.9), *in_a_row(1, 1.0, 5, fit=0.88)))
    assert 0.4 < post.p_done("down") < 0.99
    second = post.second_best("down")
    assert second is not None
    assert [run[0].rank for run in second.runs] == [1]
    assert second.margin_s == pytest.approx(post.margins(partial(Reading.has, step=0))[False])


def test_a_poor_last_repetition_leaves_the_count_open() -> None:
    sure, unsure = in_a_row(0, 1.0, 5), [*in_a_row(0, 1.0, 5), done(0, 11.0, 13.0, fit=0.36)]
    assert said(ordered(*sure)).p_count("down")[5] > 0.9
    counts = said(ordered(*unsure)).p_count("down")
    assert min(counts[5], counts[6]) > 0.2


def test_how_long_a_point_was_pressed_and_by_which_hand_is_asked_of_the_same_readings() -> None:
    post = said(ordered(pressed(2, 1.0, 5.0, "upper"), pressed(2, 6.0, 10.0, "lower")))
    assert post.p_held("points", "upper", 3.5) > 0.9
    assert post.p_held("points", "upper", 4.5) == 0.0
    assert next(iter(post.p_hands("points"))) == frozenset(("left",))


def test_what_was_begun_first() -> None:
    post = said(ordered(*in_a_row(0, 1.0, 5), *in_a_row(1, 13.0, 5)))
    assert post.p_before("down", "round") > 0.9
    assert post.p_before("round", "down") < 0.1
