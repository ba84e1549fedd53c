"""Reading the last stretch again and again comes to what one reading of the whole comes to."""

from __future__ import annotations

import pickle
from functools import cache

import pytest

from coach.domain import HANDS, Frame
from coach.pipeline import Watching, read
from coach.tutor import Reading, read_window
from coach.tutor import window as windows
from coach.tutor.window import ADVANCE_S, LEAD_S, SETTLED_S, Past, since, window
from tests.fakes.protocols import shipped
from tests.fakes.session import NO_PICTURE, watching
from tests.fakes.simulated import played
from tests.simulator import Idle, SessionScript, SimulatedSession, Step, Style, Timing

EVERY_S = 3.0
PROTOCOL = shipped("oxytocin")


@cache
def session(seed: int) -> SimulatedSession:
    """A minute and a half each."""
    names = ("neck_stroke", "scapula_left_circles", "scapula_left_points", "heart", "love")
    if seed == 0:
        steps = tuple(Step(name, 5) for name in names)
        return played(SessionScript(steps), seed)
    acts = (
        Step("spine_circles", 5, work="right", mistake="one_side"),
        Idle(5.0),
        Step("spine_strokes", 3),
        Step("love", 4),
    )
    return played(SessionScript(acts, Style(tempo=1.2), timing=Timing(fps=24.0, jitter=0.1)), seed)


@cache
def live(seed: int) -> tuple[Watching, list[Reading], int]:
    """The fold, all readings, and the most bytes that went to the reading process at once."""
    played_, largest, readings = session(seed), 0, list[Reading]()
    fold = watching(played_.observations, played_.corners_px)
    past, next_s = Past.none(played_.observations[0][0]), EVERY_S
    for number, (time_s, found) in enumerate(played_.observations):
        fold.observe(Frame(number, time_s, NO_PICTURE), found)
        if time_s >= next_s or number == len(played_.observations) - 1:
            next_s = time_s + EVERY_S
            sent = pickle.dumps(window(fold.tracks(since(past)), past, windows.Step("heart", 10.0)))
            largest = max(largest, len(sent))
            readings.append(pickle.loads(pickle.dumps(read_window(pickle.loads(sent), PROTOCOL))))
            past = readings[-1].past
    return fold, readings, largest


@pytest.mark.parametrize("seed", [0, 1])
def test_the_last_reading_is_the_reviews(seed: int) -> None:
    fold, readings, _ = live(seed)
    found, items, sight = read(fold.tracks(), PROTOCOL)
    last = readings[-1]
    assert [(m.segment_id, len(m.whole), len(m.holds)) for m in last.segments] == [
        (m.segment_id, len(m.whole), len(m.holds)) for m in found
    ]
    for ours, theirs in zip(last.segments, found, strict=True):
        assert ours.span.start_s == pytest.approx(theirs.span.start_s, abs=0.3)
        assert ours.span.end_s == pytest.approx(theirs.span.end_s, abs=0.3)
    assert {i.item_id: i.points for i in last.items} == {i.item_id: i.points for i in items}
    for hand in HANDS:
        size = min(len(sight.seen[hand]), len(last.sight.seen[hand]))
        assert (sight.seen[hand][:size] == last.sight.seen[hand][:size]).mean() > 0.995


def test_a_window_is_as_short_as_it_can_be_and_small() -> None:
    _, readings, largest = live(0)
    assert max(r.at_s - since(r.past) for r in readings) <= SETTLED_S + LEAD_S + ADVANCE_S + 0.1
    assert largest < 600_000


def test_what_is_settled_stays_few() -> None:
    _, readings, _ = live(0)
    assert len(readings[-1].past.candidates) < 150
    assert readings[-1].past.until_s >= readings[-1].at_s - SETTLED_S - ADVANCE_S


def test_the_steps_own_candidates_are_those_since_it_began() -> None:
    _, readings, _ = live(0)
    assert readings[-1].step == windows.Step("heart", 10.0)
    assert all(c.span.start_s >= 10.0 for c in readings[-1].since)
    assert {PROTOCOL.segments[c.segment].id for c in readings[-1].since} >= {"heart", "love"}


def test_before_the_first_frame_nothing_was_done() -> None:
    fold = watching([], session(0).corners_px)
    reading = read_window(window(fold.tracks(0.0), Past.none(0.0)), PROTOCOL)
    assert (reading.segments, reading.items, reading.since) == ((), (), ())
