"""WindowReading the last stretch again and again comes to what one reading of the whole comes to."""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from coach.domain import HANDS, Floats, Frame, Hand, HandTrack, Hold, SegmentMatch, Span
from coach.locate.behind import OVER_TIP, moved_behind
from coach.moves.candidate import Candidate
from coach.parameters.live_window import WINDOW_ADVANCE_S, WINDOW_LEAD_S
from coach.parameters.traces import SAMPLE_RATE_HZ
from coach.pipeline import Watching
from coach.score.session import read
from coach.tutor import WindowReading, read_window
from coach.tutor import window as windows
from coach.tutor.window import SETTLED_S, Past, since, window
from tests.fakes.protocols import shipped
from tests.fakes.session import NO_PICTURE, watching
from tests.fakes.simulated import played
from tests.simulator import Idle, SessionScript, SimulatedSession, Step, Style, Timing, simulate

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
def live(seed: int) -> tuple[Watching, list[WindowReading], int]:
    """The fold, all readings, and the most bytes that went to the reading process at once."""
    played_, largest, readings = session(seed), 0, list[WindowReading]()
    fold = watching(played_.observations, played_.corners_px, size=(640, 480))
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
    assert sight.view is not None
    assert last.sight.view is not None
    np.testing.assert_array_equal(last.sight.view, sight.view)
    for hand in HANDS:
        size = min(len(sight.seen[hand]), len(last.sight.seen[hand]))
        assert (sight.seen[hand][:size] == last.sight.seen[hand][:size]).mean() > 0.995
        assert (sight.away[hand][:size] == last.sight.away[hand][:size]).mean() > 0.995
        off = np.abs(sight.sure[hand][:size] - last.sight.sure[hand][:size])
        assert (off < 0.02).mean() > 0.98  # whose a hand was is told by a shorter look back


def test_a_window_is_as_short_as_it_can_be_and_small() -> None:
    _, readings, largest = live(0)
    assert max(r.at_s - since(r.past) for r in readings) <= SETTLED_S + WINDOW_LEAD_S + WINDOW_ADVANCE_S + 0.1
    assert largest < 600_000


@pytest.mark.parametrize("seed", [0, 1])
def test_what_is_settled_ends_between_two_samples_where_no_motion_ends(seed: int) -> None:
    """At a sample, rounding lost a heart between two readings."""
    _, readings, _ = live(seed)
    settled = {r.past.until_s - r.sight.time_s[0] for r in readings if r.past.until_s > r.sight.time_s[0]}
    assert len(settled) > 10
    assert [s * SAMPLE_RATE_HZ % 1.0 for s in settled] == [pytest.approx(0.5, abs=1e-6)] * len(settled)
    for past in (r.past for r in readings if r.past.until_s > r.sight.time_s[0]):
        samples = (past.until_s - readings[0].sight.time_s[0]) * SAMPLE_RATE_HZ
        assert {len(seen) for seen in past.sight.values()} == {round(samples + 0.5)}


def test_what_is_settled_stays_few() -> None:
    _, readings, _ = live(0)
    assert len(readings[-1].past.candidates) < 150
    assert readings[-1].past.until_s >= readings[-1].at_s - SETTLED_S - WINDOW_ADVANCE_S


def test_the_steps_own_candidates_are_those_since_it_began() -> None:
    _, readings, _ = live(0)
    assert readings[-1].step == windows.Step("heart", 10.0)
    assert all(c.span.start_s >= 10.0 for c in readings[-1].since)
    assert {PROTOCOL.segments[c.rank].id for c in readings[-1].since} >= {"heart", "love"}


def test_a_hand_that_waits_for_the_other_is_none_of_them() -> None:
    plain = Candidate(3, Span(2.0, 5.0), 0.9, frozenset(("left",)))
    waiting, before = replace(plain, doubted=True), replace(plain, span=Span(0.2, 1.5), doubted=True)
    step = windows.Step("shoulder_points", 1.0)
    assert windows._since([before, waiting, plain], (), step) == ((plain,), ())
    assert windows._since([replace(before, doubted=False)], (), step)[1] != ()


def test_a_hand_that_left_the_back_is_away_and_not_hidden_also_once_it_is_settled() -> None:
    """From beside the back it goes out of the picture; on the back it is lost."""
    time_s = np.arange(0.0, 40.0, 0.05)
    marks = np.full((len(time_s), 21, 2), 0.3)
    marks[(time_s > 4.0) & (time_s < 8.0)] = (-0.6, 0.3)
    seen = (time_s < 5.0) | ((time_s > 7.0) & (time_s < 9.0)) | (time_s > 11.0)
    track = HandTrack("left", time_s, marks, seen, np.zeros_like(seen))
    other = HandTrack("right", time_s, marks, np.ones_like(seen), np.zeros_like(seen))
    past = Past.none(0.0)
    for until_s in (20.0, 39.9):
        until = int(np.searchsorted(time_s, until_s))
        tracks: dict[Hand, HandTrack] = {t.hand: _until(t, until) for t in (track, other)}
        reading = read_window(window(tracks, past), PROTOCOL)
        past = reading.past
        assert reading.sight.hidden_s(Span(5.5, 6.5), ("left",)) == 0.0
        assert reading.sight.hidden_s(Span(9.5, 10.5), ("left",)) == pytest.approx(1.0, abs=0.06)
    assert past.until_s > 11.0


def test_how_long_a_hand_was_hidden_is_told_from_the_sessions_start_in_every_window() -> None:
    """A press of the left hand before it is hidden for three seconds, one after; only the first one is settled."""
    time_s = np.arange(0.0, 60.0, 0.05)
    on = ((time_s > 20.0) & (time_s < 24.0)) | ((time_s > 28.0) & (time_s < 32.0))
    marks = np.where(on[:, None, None], (0.30, 0.15), (0.1, 0.9)) * np.ones((1, 21, 1))
    seen = ~(((time_s > 5.0) & (time_s < 9.0)) | ((time_s > 24.5) & (time_s < 27.5)))
    bare, both = np.zeros_like(seen), np.ones_like(seen)
    tracks: dict[Hand, HandTrack] = {
        "left": HandTrack("left", time_s, marks, seen, bare),
        "right": HandTrack("right", time_s, marks + 3.0, both, bare),
    }
    past = Past.none(0.0)
    for until_s in (20.0, 30.0, 46.5, 50.0):
        until = int(np.searchsorted(time_s, until_s))
        part: dict[Hand, HandTrack] = {h: _since(_until(track, until), since(past)) for h, track in tracks.items()}
        reading = read_window(window(part, past, windows.Step("scapula_left_points", 0.0)), PROTOCOL)
        past = reading.past
    assert since(past) > 9.0
    presses = [c for c in reading.since if c.holds and c.hands == {"left"} and c.span.duration_s > 2.0]
    settled = [c for c in presses if c.span.end_s < past.until_s]
    first, last = settled[0], presses[-1]
    assert last not in settled
    assert last.lost_s[0]["left"] - first.lost_s[1]["left"] == pytest.approx(3.0, abs=0.2)


def test_what_is_over_stays_over() -> None:
    """Segments that ended five minutes ago are read no more, and none of them is lost; of one name in a row neither."""
    one = SegmentMatch("heart", Span(0.0, 10.0), 0.9)
    two, three, four = (replace(one, span=Span(20.0 * k, 20.0 * k + 10.0)) for k in (1, 2, 3))
    love = replace(three, segment_id="love")
    assert windows._over((one, two, love, four), 0, 400.0) == (one, two, love)
    assert windows._over((one, two, love, four), 0, 340.0) == (one, two)
    assert windows._over((one, two, three, four), 0, 400.0) == ()
    assert windows._over((one, two, three, four), 2, 400.0) == (one, two)


def _since(track: HandTrack, since_s: float) -> HandTrack:
    on = track.time_s >= since_s
    return HandTrack(track.hand, track.time_s[on], track.landmarks[on], track.seen[on], track.bridged[on], track.eye)


def _until(track: HandTrack, end: int) -> HandTrack:
    parts = (track.landmarks[:end], track.seen[:end], track.bridged[:end])
    return HandTrack(track.hand, track.time_s[:end], *parts, track.eye)


def _pressed(place: Floats, eye: Floats | None) -> Hold:
    """What is read of a left hand that lies still at a place of the plane for 3 s, and is far from it before."""
    time_s = np.arange(0.0, 7.0, 0.05)
    on = (time_s > 2.0) & (time_s < 5.0)
    marks = np.where(on[:, None, None], place, (0.1, 0.9)) * np.ones((1, 21, 1))
    seen = np.ones(len(time_s), dtype=np.bool_)
    tracks: dict[Hand, HandTrack] = {
        "left": HandTrack("left", time_s, marks, seen, ~seen, eye),
        "right": HandTrack("right", time_s, marks, ~seen, ~seen, eye),
    }
    reading = read_window(window(tracks, Past.none(0.0), windows.Step("scapula_left_points", 0.0)), PROTOCOL)
    rank = PROTOCOL.rank["scapula_left_points"]
    return next(h for c in reading.since if c.rank == rank for h in c.holds)


def test_presses_are_placed_on_the_skin_as_the_review_places_them() -> None:
    """From aside, a press on a shoulder blade is seen beside its place."""
    eye, point = np.array([-1.2, -0.2, 2.0]), np.array([0.24, 0.4])
    grid = np.stack(np.meshgrid(np.arange(0.1, 0.4, 0.005), np.arange(0.2, 0.6, 0.005)), axis=-1).reshape(-1, 2)
    there = grid[np.argmin(np.hypot(*(moved_behind(grid, eye, OVER_TIP, skin=True) - point).T))]
    assert np.hypot(*(there - point)) > 0.025
    on = _pressed(there, eye)
    assert (on.point, on.hand) == ("6", "left")
    assert on.off < 0.01
    assert _pressed(there, None).off > 0.02


def test_a_reading_tells_what_else_its_newest_segment_might_be() -> None:
    """Half hearts by one hand alone are a heart without the other hand or a "Love" without its turns."""
    step = Step("heart", repetitions=5, work="right")
    played = simulate(SessionScript((Idle(2.0), step, Idle(1.0))), 3)
    fold = watching(played.observations, played.corners_px)
    for number, (time_s, found) in enumerate(played.observations):
        fold.observe(Frame(number, time_s, NO_PICTURE), found)
    reading = read_window(window(fold.tracks(0.0), Past.none(0.0)), shipped("oxytocin"))
    assert {reading.segments[-1].segment_id, *reading.either} == {"heart", "love"}
    assert not any(match.rivals for match in reading.segments)  # the score is not to know before the end


def test_before_the_first_frame_nothing_was_done() -> None:
    fold = watching([], session(0).corners_px)
    reading = read_window(window(fold.tracks(0.0), Past.none(0.0)), PROTOCOL)
    assert (reading.segments, reading.items, reading.since) == ((), (), ())
