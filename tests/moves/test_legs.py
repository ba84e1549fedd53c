"""Strokes, their ends, their way back; rests and travel belong to none."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain import HANDS, Floats
from coach.moves.legs import Drawn, Leg, legs
from coach.moves.template import even
from coach.moves.trace import trace
from coach.protocol.files import load
from tests.fakes.hands import Path, frames, shuttling, traced, track
from tests.fakes.protocols import STROKE, only

DOWN = only(STROKE)
START, END = (0.6, 0.1), (0.6, 0.6)


def of(path: Path, length_s: float, fps: float = 30.0) -> list[Leg]:
    return legs(traced("right", path, length_s, fps=fps), DOWN, "right")


@pytest.mark.parametrize("fps", [10.0, 15.0, 30.0, 60.0])
@pytest.mark.parametrize("times", [1, 5, 8])
def test_each_stroke_is_found_with_its_times_at_any_rate(fps: float, times: int) -> None:
    found = of(shuttling(START, END, times=times), 2.0 + 2.5 * times, fps)
    assert len(found) == times
    for number, leg in enumerate(found):
        begin = 1.0 + 2.5 * number
        assert leg.start_s == pytest.approx(begin, abs=0.2)
        assert leg.end_s == pytest.approx(begin + 1.5, abs=0.2)
        assert leg.returned_s == pytest.approx(begin + 2.5, abs=0.3)
        assert leg.reach == pytest.approx(1.0, abs=0.06)
        assert leg.distance < 0.05
        assert np.hypot(*leg.offset) < 0.05
        assert leg.hand == "right"


def test_a_stroke_is_back_when_it_is_wholly_back() -> None:
    found = of(shuttling(START, END, times=3, back_s=3.0), 18.0)
    assert [leg.returned_s for leg in found[:2]] == pytest.approx([5.5, 10.0], abs=0.15)


def test_a_rest_between_strokes_belongs_to_none() -> None:
    found = of(shuttling(START, END, times=4, rest_s=2.0), 20.0)
    assert len(found) == 4
    for number, leg in enumerate(found):
        begin = 1.0 + 4.5 * number
        assert leg.start_s == pytest.approx(begin, abs=0.25)
        assert leg.returned_s == pytest.approx(begin + 2.5, abs=0.35)


@pytest.mark.parametrize("short", [0.0, 0.08])
def test_a_hand_that_waits_near_its_start_is_back_when_it_came_there(short: float) -> None:
    """It never reaches its start quite, trembles there for ten seconds, and strokes on."""
    strokes = shuttling(START, END, times=2, rest_s=10.0)

    def path(time_s: Floats) -> Floats:
        place = strokes(time_s)
        waits = (time_s > 3.2) & (time_s < 13.0)
        place[waits, 1] = np.maximum(place[waits, 1], START[1] + short)
        place[waits] += 0.02 * np.sin(7.0 * time_s[waits])[:, None]
        return place

    first = of(path, 18.0)[0]
    assert first.end_s == pytest.approx(2.5, abs=0.3)
    assert first.returned_s is not None
    assert first.returned_s == pytest.approx(3.5, abs=0.8)


def test_a_partial_stroke_is_a_leg_with_a_short_reach() -> None:
    found = of(shuttling(START, END, times=5, reaches=(1.0, 0.45, 1.0, 0.45, 1.0)), 14.5)
    assert [round(leg.reach, 1) for leg in found] == [
        1.0,
        pytest.approx(0.45, abs=0.1),
        1.0,
        pytest.approx(0.45, abs=0.1),
        1.0,
    ]


def test_motion_smaller_than_any_stroke_is_none() -> None:
    assert of(shuttling(START, (0.6, 0.15), times=5), 14.0) == []


def test_travel_before_and_after_is_cut_off() -> None:
    """The hand comes from below on the other side, strokes five times and leaves to the side."""
    strokes = shuttling(START, END, times=5, begin_s=3.0)

    def path(time_s: Floats) -> Floats:
        place = strokes(time_s)
        before, after = time_s < 3.0, time_s > 15.5
        come, go = np.clip((time_s - 1.0) / 2.0, 0, 1)[:, None], np.clip((time_s - 15.5) / 1.5, 0, 1)[:, None]
        place[before] = (np.array([0.2, 0.9]) + (np.array(START) - [0.2, 0.9]) * come)[before]
        place[after] = (np.array(START) + (np.array([1.3, 0.6]) - START) * go)[after]
        return place

    found = [leg for leg in of(path, 19.0) if leg.distance < 0.2 and leg.reach < 1.5]
    assert len(found) == 5
    assert found[0].start_s == pytest.approx(3.0, abs=0.3)
    assert found[-1].end_s == pytest.approx(14.5, abs=0.3)


def test_a_stroke_across_is_not_like_a_stroke_down() -> None:
    assert all(leg.distance > 0.6 for leg in of(shuttling((0.3, 0.3), (0.75, 0.45), times=5), 14.0))


def test_a_stroke_elsewhere_says_how_far_off_it_is() -> None:
    found = of(shuttling((0.9, 0.2), (0.9, 0.7), times=3), 9.0)
    assert [leg.offset.tolist() for leg in found] == [
        pytest.approx([0.1, -0.3], abs=0.04)
    ] * 3  # along the path, then beside it


def test_small_circles_on_the_way_are_swings() -> None:
    def path(time_s: Floats) -> Floats:
        there = shuttling(START, END, times=3, out_s=5.0)(time_s)
        phase = ((time_s - 1.0) % 6.0) / 5.0
        there[:, 0] += np.where((phase < 1) & (time_s > 1), 0.05 * np.sin(2 * np.pi * 4 * phase), 0.0)
        return there

    # Of the eight swings of four circles the first and the last may lie in the turning points.
    assert all(6 <= leg.swings <= 8 for leg in of(path, 20.0))
    assert len(of(path, 20.0)) == 3
    assert all(leg.swings <= 1 for leg in of(shuttling(START, END, times=3), 9.0))


def test_the_left_hand_follows_the_mirrored_path() -> None:
    time_s = frames(14.0)
    place = shuttling((0.4, 0.1), (0.4, 0.6), times=5)(time_s)
    found = legs(trace(track("left", time_s, place), 0.0, 13.9), DOWN, "left")
    assert len(found) == 5
    assert all(np.hypot(*leg.offset) < 0.05 for leg in found)


@pytest.mark.parametrize("since_s", [6.3, 7.4])
def test_a_hand_hidden_for_a_part_of_a_stroke_or_where_it_turns_made_it(since_s: float) -> None:
    time_s = frames(16.0)
    place = shuttling(START, END, times=5)(time_s)
    seen = ~((time_s > since_s) & (time_s < since_s + 0.7))
    found = legs(trace(track("right", time_s, place, seen=seen), 0.0, 15.9), DOWN, "right")
    assert [leg.start_s for leg in found if leg.reach > 0.7] == pytest.approx([1.0, 3.5, 6.0, 8.5, 11.0], abs=0.3)


def test_a_hand_lost_in_the_middle_of_a_stroke_made_no_whole_one() -> None:
    time_s = frames(16.0)
    place = shuttling(START, END, times=5)(time_s)
    seen = ~((time_s > 6.2) & (time_s < 7.4))  # most of the third way down
    found = legs(trace(track("right", time_s, place, seen=seen), 0.0, 15.9), DOWN, "right")
    whole = [leg for leg in found if leg.reach > 0.9]
    assert [round(leg.start_s) for leg in whole] == [1, 4, 8, 11] or [round(leg.start_s, 1) for leg in whole] == [
        pytest.approx(begin, abs=0.3) for begin in (1.0, 3.5, 8.5, 11.0)
    ]


def test_slow_short_strokes_are_no_rests() -> None:
    """0.18 back units in 2.5 seconds: slower than a hand that halts between quick strokes."""
    slow = only(STROKE, path=[[0.78, 0.03], [0.60, 0.03]])
    path = shuttling((0.78, 0.03), (0.60, 0.03), times=5, out_s=2.6, back_s=2.4)
    found = legs(traced("right", path, 28.0), slow, "right")
    assert len(found) == 5
    for number, leg in enumerate(found):
        assert leg.returned_s is not None
        assert leg.start_s == pytest.approx(1.0 + 5.0 * number, abs=0.6)
        assert leg.returned_s == pytest.approx(6.0 + 5.0 * number, abs=0.6)


def test_a_leg_is_cut_alike_whatever_else_is_done_in_the_session() -> None:
    """Slow strokes, the first one after a rest; a minute later quick ones, or none."""
    slow = only(STROKE, path=[[0.78, 0.03], [0.60, 0.03]])
    strokes = shuttling((0.78, 0.03), (0.60, 0.03), times=4, out_s=2.6, back_s=2.4, begin_s=9.0)
    quick = shuttling((0.78, 0.03), (0.60, 0.03), times=40, out_s=0.5, back_s=0.5, begin_s=60.0)

    def path(time_s: Floats) -> Floats:
        return np.where((time_s < 60.0)[:, None], strokes(time_s), quick(time_s))

    alone = legs(traced("right", path, 55.0), slow, "right")
    among = legs(traced("right", path, 105.0), slow, "right")
    assert len(alone) == 4
    assert len(among) >= 44
    for one, other in zip(alone, among, strict=False):
        assert (one.start_s, one.end_s, one.returned_s) == (other.start_s, other.end_s, other.returned_s)


@pytest.mark.parametrize("lead_s", [0.0, 15.0])
def test_travel_before_the_first_leg_is_cut_off_however_long_the_hand_rested_before(lead_s: float) -> None:
    """By the legs that come about the same time as its end; its lowest place may lie far back in the rest."""
    strokes = shuttling(START, END, times=4, begin_s=lead_s + 3.0)

    def path(time_s: Floats) -> Floats:
        place = strokes(time_s)
        early = time_s < lead_s + 1.0
        place[early] = (0.6, -0.1)
        comes = (time_s >= lead_s + 1.0) & (time_s < lead_s + 3.0)
        place[comes, 1] = -0.1 + 0.1 * (time_s[comes] - lead_s - 1.0)
        return place

    found = of(path, lead_s + 14.0)
    assert [leg.start_s for leg in found] == [pytest.approx(lead_s + 3.0 + 2.5 * k, abs=0.3) for k in range(4)]


@pytest.mark.parametrize("rate_hz", [1.5, 2.5, 3.0])
def test_small_quick_circles_on_the_way_are_seen(rate_hz: float) -> None:
    straight = shuttling(START, END, times=1, out_s=4.0)

    def path(time_s: Floats) -> Floats:
        place = straight(time_s)
        on = (time_s > 1.0) & (time_s < 5.0)
        place[:, 0] += on * 0.04 * np.sin(2.0 * np.pi * rate_hz * (time_s - 1.0))
        return place

    (leg,) = of(path, 7.0, fps=15.0)
    assert leg.swings == pytest.approx(8.0 * rate_hz, abs=4)


@pytest.mark.parametrize(
    "other",
    [
        {"path": [[0.6, 0.1], [0.6, 0.5]]},
        {"reach": [0.9, 1.1]},
        {"corridor": 0.02},
        {"askew_deg": 1.0},
        {"contact": "palm"},
        {"mirrored": False},
        {"primitive": "pass", "circles_per_pass": 3},
    ],
)
def test_segments_share_their_legs_only_where_all_that_tells_them_is_the_same(other: dict[str, object]) -> None:
    """A hand that strokes a little askew, beside the path."""
    path = shuttling((0.66, 0.1), (0.72, 0.55), times=3)
    traces = {hand: traced(hand, path, 10.0) for hand in HANDS}
    twin, changed = only(STROKE, hands="together", returns="lifted"), only(STROKE, **other)
    drawn = Drawn(traces)
    for hand in HANDS:
        own = drawn.legs(DOWN, hand)
        assert drawn.legs(twin, hand) is own
        assert drawn.legs(changed, hand) is not own
        for segment in (DOWN, changed):
            told, alone = drawn.legs(segment, hand), legs(traces[hand], segment, hand)
            assert [(leg.start_s, leg.distance) for leg in told] == [(leg.start_s, leg.distance) for leg in alone]
    assert drawn.legs(DOWN, "left") is not drawn.legs(DOWN, "right")


@pytest.mark.parametrize(("rest_s", "push"), [(0.4, 0.14), (2.0, 0.0), (2.0, 0.14)])
def test_a_hand_that_rests_at_its_far_end_does_not_come_back_though_it_goes_on_a_little(
    rest_s: float, push: float
) -> None:
    """The rest begins when it arrives there, not when it is farthest."""
    pushes_s, leaves_s = 2.5 + rest_s, 3.5 + rest_s

    def path(time_s: Floats) -> Floats:
        times = [1.0, 2.5, pushes_s, pushes_s + 0.2, leaves_s, leaves_s + 1.0]
        down = np.interp(time_s, times, [0.0, 1.0, 1.0, 1.0 + push, 1.0 + push, 0.0])
        place: Floats = np.array(START) + np.outer(down, np.subtract(END, START))
        return place

    whole = [leg for leg in of(path, leaves_s + 3.0) if leg.reach > 0.5]
    assert [leg.returned_s is not None for leg in whole] == [rest_s < 1.0]


@pytest.mark.parametrize("every_s", [6.0, 8.5])
def test_the_way_off_the_back_is_cut_from_the_last_half_heart_of_hands_that_take_turns(every_s: float) -> None:
    """Each waits at the notch while the other draws; the last one goes on down from the tip, and away."""
    love = load("oxytocin").segment("love")
    drawn = even(np.array(love.path))
    starts = 2.0 + every_s * np.arange(5)
    over_s = float(starts[-1]) + 3.2

    def path(time_s: Floats) -> Floats:
        since = time_s - starts[np.clip(np.searchsorted(starts, time_s, side="right") - 1, 0, None)]
        down, up = np.clip(since / 3.0, 0.0, 1.0), np.clip((since - 3.4) / 1.0, 0.0, 1.0)
        on = np.clip(time_s - over_s, 0.0, 1.0)
        up[time_s >= over_s] = 0.0
        shares = np.linspace(0.0, 1.0, len(drawn))
        place = np.stack([np.interp(down, shares, drawn[:, k]) for k in range(2)], axis=-1)
        back = drawn[-1] + up[:, None] * (drawn[0] - drawn[-1])
        return np.where((up > 0.0)[:, None], back, place) + np.array((0.1, 0.8)) * on[:, None]

    found = legs(traced("right", path, over_s + 2.0, contact=love.contact), love, "right")
    assert [leg.start_s for leg in found] == pytest.approx(starts, abs=0.4)
    assert found[-1].end_s == pytest.approx(starts[-1] + 3.0, abs=0.4)
    assert [leg.reach for leg in found] == pytest.approx([1.0] * 5, abs=0.1)
    assert max(leg.distance for leg in found) < 0.2


@pytest.mark.parametrize("times", [3, 4])
def test_a_way_along_the_path_is_cut_from_the_first_stroke_however_few_follow_it(times: int) -> None:
    """From far beyond the path's start, with hardly a stop there."""
    strokes = shuttling(START, END, times=times, begin_s=4.0)

    def path(time_s: Floats) -> Floats:
        place = strokes(time_s)
        place[:, 1] -= 0.7 * np.clip((3.7 - time_s) / 1.5, 0.0, 1.0)
        return place

    found = of(path, 6.0 + 2.5 * times)
    assert [leg.start_s for leg in found] == [pytest.approx(4.0 + 2.5 * k, abs=0.4) for k in range(times)]
    assert [leg.reach for leg in found] == pytest.approx([1.0] * times, abs=0.1)


@pytest.mark.parametrize("short", [0.55, 0.7, 0.8])
def test_a_stroke_as_long_as_described_is_not_cut_down_to_those_before_that_were_too_short(short: float) -> None:
    """Told to go to the end, the trainee does."""
    found = of(shuttling(START, END, times=5, reaches=(short, short, short, short, 1.0)), 14.5)
    assert [leg.reach for leg in found] == pytest.approx([short] * 4 + [1.0], abs=0.06)
    assert found[-1].end_s - found[-1].start_s == pytest.approx(1.5, abs=0.2)


def test_a_stroke_longer_than_described_is_cut_down_to_those_before() -> None:
    found = of(shuttling(START, END, times=5, reaches=(0.8, 0.8, 0.8, 0.8, 1.3)), 14.5)
    assert [leg.end_s - leg.start_s for leg in found[:4]] == pytest.approx([1.5] * 4, abs=0.2)
    assert found[-1].end_s - found[-1].start_s < 1.2


@pytest.mark.parametrize(
    ("lobe", "rest_s", "near"),
    [(1.0, 0.0, 1.0), (1.0, 0.4, 0.985), (1.0, 1.5, 0.985), (2.0, 0.0, 1.0), (2.0, 1.5, 1.0), (3.0, 1.5, 1.0)],
)
def test_a_half_heart_begins_with_its_rise_over_the_lobe_and_is_back_where_it_began(
    lobe: float, rest_s: float, near: float
) -> None:
    """The hand starts slowly, as hands do, so that the rise takes more of the time than of the way.

    :param lobe: how high it is, times the described one
    :param near: how much of the way back the hand goes before it draws on
    """
    heart = load("oxytocin").segment("heart")
    drawn = even(np.array(heart.path))
    notch = float(drawn[0, 1])
    drawn[:, 1] = np.where(drawn[:, 1] < notch, notch + lobe * (drawn[:, 1] - notch), drawn[:, 1])
    drawn, shares = even(drawn), np.linspace(0.0, 1.0, len(drawn))
    starts = 2.0 + (4.0 + rest_s) * np.arange(4)

    def path(time_s: Floats) -> Floats:
        since = time_s - starts[np.clip(np.searchsorted(starts, time_s, side="right") - 1, 0, None)]
        down, up = (0.5 - 0.5 * np.cos(np.pi * np.clip(part, 0.0, 1.0)) for part in (since / 3.0, since - 3.0))
        there = np.stack([np.interp(down, shares, drawn[:, k]) for k in range(2)], axis=-1)
        on = np.where(since > 4.0 + rest_s - 0.1, 1.0, near)
        return np.asarray(there + (up * on)[:, None] * (drawn[0] - drawn[-1]))

    found = legs(traced("right", path, 22.0 + 4 * rest_s, contact=heart.contact), heart, "right")
    assert [leg.start_s for leg in found] == pytest.approx(starts, abs=0.25)
    assert [leg.end_s for leg in found] == pytest.approx(starts + 3.0, abs=0.2)
    assert [leg.returned_s for leg in found] == pytest.approx(starts + 4.0, abs=0.25)
