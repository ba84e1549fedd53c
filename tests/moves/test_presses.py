"""Presses: stills at the points a segment names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from coach.domain import HANDS, Floats, Hand
from coach.moves.candidate import Candidate
from coach.moves.parting import pair_of
from coach.moves.presses import _perhaps_meant, presses
from coach.moves.staying import Staying
from coach.moves.stills import Still
from coach.moves.trace import CONTACT_LANDMARKS, Trace, trace
from coach.parameters.fit import LEAST_FIT_KEPT
from coach.parameters.lattice import IDLE_FIT
from coach.parameters.presses import BESIDE_RESTING_HAND_WORTH
from coach.parse.segments import segments
from coach.protocol import Segment
from tests.fakes.hands import Path, absent, frames, staying, traced, track, visiting
from tests.fakes.protocols import PRESS, STROKE, only, shipped

UPPER, LOWER, BESIDE = (0.3, 0.2), (0.3, 0.6), (0.1, 0.4)
EITHER = only(PRESS)
PAIR = only(
    PRESS,
    hands="together",
    hold=PRESS["hold"]
    | {
        "points": [
            {"id": "l", "at": [0.3, 0.2], "tolerance": 0.1, "hand": "left", "title": {"id": "l", "en": "l"}},
            {"id": "r", "at": [0.7, 0.2], "tolerance": 0.1, "hand": "right", "title": {"id": "r", "en": "r"}},
        ],
        "confusable": [],
    },
)
FAR = (0.9, 1.5)


def of(segment: Segment, length_s: float, **paths: Path | None) -> list[Candidate]:
    traces: dict[Hand, Trace] = {}
    for hand in HANDS:
        path = paths.get(hand)
        time_s = frames(length_s)
        if path is None:
            traces[hand] = trace(absent(hand, time_s), 0.0, float(time_s[-1]))
        else:
            traces[hand] = traced(hand, path, length_s, contact="fingertips")
    hold: Any = segment.hold
    found = presses(Staying(traces, (*hold.points, *hold.confusable)), segment, 4)
    return sorted((c for c in found if c.fit > 0), key=lambda c: (c.span.start_s, -len(c.hands)))


@pytest.mark.parametrize(
    ("share", "point", "perhaps"),
    [
        (0.4, "upper", ""),  # of the way from the upper point to its neighbour
        (0.55, "beside", "upper"),  # they are 0.28 apart: nearer by 0.03
        (0.65, "beside", ""),  # by 0.08
        (1.0, "beside", ""),
    ],
)
def test_a_press_hardly_nearer_to_a_neighbour_may_be_of_the_point_that_is_asked_for(
    share: float, point: str, perhaps: str
) -> None:
    wide: Any = PRESS["hold"]
    far = {key: [one | {"tolerance": 0.2} for one in wide[key]] for key in ("points", "confusable")}
    between = UPPER[0] + share * (BESIDE[0] - UPPER[0]), UPPER[1] + share * (BESIDE[1] - UPPER[1])
    path = visiting([((0.4, 0.1), 0.8), (between, 3.0), ((0.4, 0.1), 0.8)])
    holds = [c.holds[0] for c in of(only(PRESS, hold=wide | far), 8.0, left=path)]
    longest = max(holds, key=lambda hold: hold.span.duration_s)
    assert (longest.point, longest.perhaps) == (point, perhaps)


@pytest.mark.parametrize(
    ("share", "neighbour"),
    [(0.3, ""), (0.44, ""), (0.46, "beside"), (0.49, "beside"), (0.55, "")],  # 0.44: nearer by 0.034, 0.46: by 0.023
)
def test_a_press_hardly_nearer_to_its_point_may_be_of_the_neighbour(share: float, neighbour: str) -> None:
    wide: Any = PRESS["hold"]
    far = {key: [one | {"tolerance": 0.2} for one in wide[key]] for key in ("points", "confusable")}
    between = UPPER[0] + share * (BESIDE[0] - UPPER[0]), UPPER[1] + share * (BESIDE[1] - UPPER[1])
    path = visiting([((0.4, 0.1), 0.8), (between, 3.0), ((0.4, 0.1), 0.8)])
    holds = [c.holds[0] for c in of(only(PRESS, hold=wide | far), 8.0, left=path)]
    assert max(holds, key=lambda hold: hold.span.duration_s).neighbour == neighbour
    alone = only(PRESS, hold=wide | far | {"confusable": []})
    assert {hold.neighbour for c in of(alone, 8.0, left=path) for hold in c.holds} == {""}


@pytest.mark.parametrize(
    ("places", "pressed", "seconds"),
    [
        (((0.65, 0.25), (0.80, 0.35), (0.88, 0.31)), ["9", "6", "4"], ["6"]),  # the second is nearer to four
        (((0.65, 0.25), (0.80, 0.35)), ["9", "4"], ["6"]),
        (((0.65, 0.25), (0.84, 0.33), (0.77, 0.39)), ["9", "4", "6"], []),  # against the order
        (((0.65, 0.25), (0.82, 0.33), (0.83, 0.31)), ["9", "4"], []),  # surely four
    ],
)
def test_what_is_pressed_between_two_points_is_told_by_the_presses_around_it(
    places: tuple[tuple[float, float], ...], pressed: list[str], seconds: list[str]
) -> None:
    """On the right shoulder blade six o'clock is at (0.76, 0.40) and four at (0.855, 0.325)."""
    whole = shipped("oxytocin")
    rank = whole.rank["scapula_right_points"]
    path = visiting([((0.75, 0.7), 0.8), *((at, 3.0) for at in places), ((0.75, 0.7), 0.8)])
    found = [replace(c, rank=rank) for c in of(whole.segments[rank], 16.0, right=path)]
    assert [c.holds[0].point for c in found if c.second] == seconds
    (match,) = segments(sorted(found, key=lambda c: c.span.start_s), whole)
    assert [h.point for h in match.holds] == pressed


def test_each_point_is_pressed_once_with_its_times() -> None:
    near = (0.4, 0.4)  # from farther off a hand would come faster than any hand does
    found = of(EITHER, 11.0, left=visiting([(near, 1.0), (UPPER, 2.5), (LOWER, 3.0), (near, 1.0)]))
    assert [c.holds[0].point for c in found] == ["upper", "lower"]
    for candidate, (start, end) in zip(found, [(1.8, 4.3), (5.1, 8.1)], strict=True):
        (hold,) = candidate.holds
        assert candidate.span.start_s <= hold.span.start_s < hold.span.end_s <= candidate.span.end_s
        assert hold.span.start_s == pytest.approx(start, abs=0.2)
        assert hold.span.end_s == pytest.approx(end, abs=0.2)
        assert hold.hand == "left"
        assert hold.off < 0.01
        assert candidate.rank == 4
        assert candidate.hands == {"left"}
        assert candidate.fit > 0.95


def test_a_press_beside_the_point_fits_less_and_one_beyond_the_tolerance_hardly() -> None:
    def fit(off: float) -> float:
        found = of(EITHER, 6.0, right=visiting([(FAR, 1.0), ((0.3 + off, 0.2), 3.0), (FAR, 1.0)]))
        return found[0].fit if found else 0.0

    fits = [fit(off) for off in (0.0, 0.04, 0.08)]
    assert fits[0] > 0.95 > fits[1] > fits[2] > 0
    assert fits[2] > IDLE_FIT > fit(0.11) > fit(0.15) > 0  # worth less than idling: only among other presses
    assert fit(0.17) == 0


def test_a_neighbouring_point_is_told_and_worth_less() -> None:
    right, wrong = (of(EITHER, 6.0, left=visiting([(FAR, 1.0), (at, 3.0), (FAR, 1.0)]))[0] for at in (UPPER, BESIDE))
    assert wrong.holds[0].point == "beside"
    assert wrong.fit < right.fit


def test_too_short_a_touch_is_no_press() -> None:
    assert of(EITHER, 5.0, left=visiting([((0.3, 1.5), 1.0), (UPPER, 0.4), ((0.3, -1.2), 1.0)])) == []


def test_a_press_that_slipped_a_little_is_one() -> None:
    slipped = (UPPER[0] + 0.015, UPPER[1])
    path = visiting([(FAR, 1.0), (UPPER, 1.5), (slipped, 1.5), (FAR, 1.0)], travel_s=0.3)
    (one,) = of(EITHER, 6.0, left=path)
    assert one.span.duration_s == pytest.approx(3.0, abs=0.4)


ALL_MARKS = list(range(21))
FINGERS = [mark for mark in ALL_MARKS if mark not in CONTACT_LANDMARKS["palm"]]


@pytest.mark.parametrize(("marks", "lengths"), [(FINGERS, [4.9]), (ALL_MARKS, [1.9, 1.9])])
def test_a_press_goes_on_while_only_the_tracked_fingers_leave_it(marks: list[int], lengths: list[float]) -> None:
    """For a second the fingers, or the whole hand, seem to be a hand's breadth beside."""
    time_s = frames(5.0)
    hand = track("left", time_s, np.tile(UPPER, (len(time_s), 1)), contact="fingertips")
    away = (time_s > 2.0) & (time_s < 3.0)
    for mark in marks:
        hand.landmarks[away, mark] += (0.1, 0.05)
    traces: dict[Hand, Trace] = {
        "left": trace(hand, 0.0, float(time_s[-1])),
        "right": trace(absent("right", time_s), 0.0, float(time_s[-1])),
    }
    hold: Any = EITHER.hold
    found = [
        c for c in presses(Staying(traces, (*hold.points, *hold.confusable)), EITHER, 0) if c.holds[0].point == "upper"
    ]
    assert [c.span.duration_s for c in found if c.fit > 0.8] == pytest.approx(lengths, abs=0.35)


@pytest.mark.parametrize(
    ("marks", "lasts_s"),
    [
        (FINGERS, 2.6),
        (ALL_MARKS, 0.6),
    ],
)
def test_too_short_a_press_lasts_as_long_as_the_palm_stays(marks: list[int], lasts_s: float) -> None:
    """The fingers, or the whole hand, seem to tremble after a second; then the hand leaves."""
    time_s = frames(6.0)
    near = (0.4, 0.4)
    path = visiting([(near, 1.0), (UPPER, 3.0), (near, 1.0)])
    hand = track("left", time_s, path(time_s), contact="fingertips")
    from_s = 2.8
    away = (time_s > from_s) & (time_s < 5.0)
    swing = 0.1 * np.sin(4.0 * np.pi * (time_s[away] - from_s))
    for mark in marks:
        hand.landmarks[away, mark] += np.stack((swing, swing), axis=1)
    traces: dict[Hand, Trace] = {
        "left": trace(hand, 0.0, float(time_s[-1])),
        "right": trace(absent("right", time_s), 0.0, float(time_s[-1])),
    }
    hold: Any = EITHER.hold
    best = max(presses(Staying(traces, hold.points), EITHER, 0), key=lambda c: c.fit)
    assert best.holds[0].span.duration_s == pytest.approx(lasts_s, abs=0.3)


def test_both_hands_press_at_once() -> None:
    left, right = (visiting([((x, 1.4), 1.0), ((x, 0.2), 3.0), ((x, 1.4), 1.0)]) for x in (0.3, 0.7))
    both = of(PAIR, 6.5, left=left, right=right)[0]
    assert both.hands == {"left", "right"}
    assert {(h.point, h.hand) for h in both.holds} == {("l", "left"), ("r", "right")}
    assert both.span.duration_s == pytest.approx(2.8, abs=0.4)


def test_a_pair_counts_for_the_time_both_press() -> None:
    left = visiting([((0.3, 1.4), 1.0), ((0.3, 0.2), 5.0), ((0.3, 1.4), 1.0)])
    right = visiting([((0.7, 1.4), 3.0), ((0.7, 0.2), 2.0), ((0.7, 1.4), 1.0)])
    both = next(c for c in of(PAIR, 8.5, left=left, right=right) if len(c.hands) == 2)
    assert both.span.start_s == pytest.approx(3.8, abs=0.25)
    assert both.span.end_s == pytest.approx(5.8, abs=0.25)
    for hold in both.holds:
        assert hold.span.start_s == pytest.approx(3.8, abs=0.25)
        assert hold.span.end_s == pytest.approx(5.8, abs=0.25)
        # The second hand's slow arrival and departure belong to neither hand's press.
        assert both.span.start_s < hold.span.start_s < hold.span.end_s < both.span.end_s


@pytest.mark.parametrize(("before_s", "waited"), [(4.0, True), (1.4, False)])
def test_a_hand_that_is_there_long_before_the_other_may_have_pressed_alone(before_s: float, *, waited: bool) -> None:
    """Or it waited for the other: no segment is read from that, but none is called left out either."""
    left = visiting([((0.3, 1.4), 1.0), ((0.3, 0.2), before_s + 3.0), ((0.3, 1.4), 1.0)])
    right = visiting([((0.7, 1.4), 1.0 + before_s), ((0.7, 0.2), 3.0), ((0.7, 1.4), 1.0)])
    found = of(PAIR, before_s + 6.5, left=left, right=right)
    (both,) = (c for c in found if len(c.hands) == 2)
    alone = [c for c in found if len(c.hands) == 1]
    assert [c.doubted for c in alone] == ([True] if waited else [])
    for one in alone:
        assert one.hands == {"left"}
        assert one.span.end_s == one.holds[0].span.end_s == both.span.start_s
        assert one.span.duration_s == pytest.approx(before_s, abs=0.4)


@pytest.mark.parametrize(
    ("before_s", "after_s", "worth"),
    [(3.0, 3.0, BESIDE_RESTING_HAND_WORTH), (3.0, 1.0, 1.0), (1.0, 3.0, 1.0), (0.0, 0.0, 1.0)],
)
def test_beside_a_hand_that_lies_there_anyway_the_other_may_only_halt(
    before_s: float, after_s: float, worth: float
) -> None:
    """It came long before the other and leaves long after it."""
    paths: list[Path] = [visiting([((x, 1.4), 1.0), ((x, 0.2), 2.0), ((x, 1.4), 1.0)]) for x in (0.3, 0.7)]
    (sure,) = (c for c in of(PAIR, 5.5, left=paths[0], right=paths[1]) if len(c.hands) == 2)
    lain = visiting([((0.3, 1.4), 1.0), ((0.3, 0.2), before_s + 2.0 + after_s), ((0.3, 1.4), 1.0)])
    other = visiting([((0.7, 1.4), 1.0 + before_s), ((0.7, 0.2), 2.0), ((0.7, 1.4), 1.0 + after_s)])
    for left, right in ((lain, other), (_mirrored(other), _mirrored(lain))):
        found = of(PAIR, before_s + after_s + 5.5, left=left, right=right)
        (both,) = (c for c in found if len(c.hands) == 2)
        assert both.fit == pytest.approx(worth * sure.fit, rel=0.05)


def _mirrored(path: Path) -> Path:
    return lambda time_s: np.array((1.0, 0.0)) + np.array((-1.0, 1.0)) * path(time_s)


def test_one_hand_of_two_is_worth_less_and_more_where_the_other_was_out_of_sight() -> None:
    left = visiting([((0.3, 1.4), 1.0), ((0.3, 0.2), 3.0), ((0.3, 1.4), 1.0)])
    idle = of(PAIR, 6.5, left=left, right=staying((0.9, 1.2)))
    unseen = of(PAIR, 6.5, left=left)
    assert [c.hands for c in (*idle, *unseen)] == [{"left"}, {"left"}]
    assert 0 < idle[0].fit < unseen[0].fit < 1


@pytest.mark.parametrize(("width", "less"), [(0.0, 1.0), (0.01, 1.0), (0.25, 0.45)])
def test_a_hand_that_lies_still_while_the_other_works_hardly_presses(width: float, less: float) -> None:
    """The other hand goes to and fro by so much, once a second, all the time."""

    def to_and_fro(time_s: Floats) -> Floats:
        return np.stack((0.7 + width * np.sin(2.0 * np.pi * time_s), np.full(len(time_s), 0.5)), axis=1)

    (alone,) = of(EITHER, 5.0, left=visiting([(UPPER, 3.0)]))
    (beside,) = of(EITHER, 5.0, left=visiting([(UPPER, 3.0)]), right=to_and_fro)
    assert beside.fit == pytest.approx(less * alone.fit, rel=0.15)


def test_a_hand_does_not_press_the_other_hands_point() -> None:
    assert of(PAIR, 6.5, right=visiting([((0.3, 1.4), 1.0), ((0.3, 0.2), 3.0), ((0.3, 1.4), 1.0)])) == []


def test_a_segment_without_points_has_no_presses() -> None:
    traces: dict[Hand, Trace] = {h: traced(h, staying(UPPER), 3.0) for h in HANDS}
    assert list(presses(Staying(traces, ()), only(STROKE), 0)) == []


def test_a_hand_that_rests_long_at_its_first_point_may_press_it_at_the_end() -> None:
    near = (0.4, 0.4)
    found = of(EITHER, 25.0, left=visiting([(near, 1.0), (UPPER, 15.0), (LOWER, 3.0), (near, 1.0)]))
    pressed = [c.span for c in found if c.holds[0].point == "upper"]
    assert [round(s.duration_s) for s in pressed] == [6, 6]
    assert pressed[0].start_s == pytest.approx(1.8, abs=0.5)
    assert pressed[1].end_s == pytest.approx(16.8, abs=0.5)


@pytest.mark.parametrize("far", ["left", "right"])
@pytest.mark.parametrize(("down", "beside"), [(0.1, False), (0.16, True)])
def test_of_two_hands_that_are_not_as_far_apart_as_their_points_one_is_beside_its_own(
    far: str, down: float, beside: bool
) -> None:
    """A hand that lies below an ear, where nothing else is pressed, presses perhaps not: its press is not rated."""
    ears = shipped("oxytocin").segment("neck_points")
    assert ears.hold is not None
    places = {"left": (0.38, -0.25), "right": (0.62, -0.25)}
    for shift in (0.0, 0.03):  # what shifts both says nothing
        at = {h: (x, y + shift + (down if h == far else 0.0)) for h, (x, y) in places.items()}
        paths = {h: visiting([((0.5, 0.9), 1.0), (place, 3.0), ((0.5, 0.9), 1.0)]) for h, place in at.items()}
        (both,) = (c for c in of(ears, 6.5, left=paths["left"], right=paths["right"]) if len(c.hands) == 2)
        most = {point.id: point.tolerance for point in ears.hold.points}
        assert {h.hand for h in both.holds if h.off > most[h.point]} == ({far} if beside else set())


# ------------------------------------------------------------------ pairs of points side by side
MASSAGE = shipped("oxytocin")
HOLLOWS, GRIPS = (MASSAGE.segment(name) for name in ("shoulder_points", "shoulder_c_grip"))


def held_apart(width: float, aside: float = 0.0) -> dict[Hand, Trace]:
    """Both hands still for three seconds, so far apart and together so far aside."""
    left = visiting([((0.1, -0.4), 0.5), ((0.5 - width / 2 + aside, -0.02), 3.0)])
    right = visiting([((0.9, -0.4), 0.5), ((0.5 + width / 2 + aside, -0.02), 3.0)])
    return {
        "left": traced("left", left, 4.2, contact="fingertips"),
        "right": traced("right", right, 4.2, contact="fingertips"),
    }


def fit_of(segment: Segment, traces: dict[Hand, Trace]) -> float:
    assert segment.hold is not None
    pairs = [pair for one in (HOLLOWS, GRIPS) if (pair := pair_of(one)) is not None]
    found = presses(Staying(traces, segment.hold.points, pairs), segment, 0)
    return max((c.fit for c in found if len(c.hands) == 2), default=0.0)


@pytest.mark.parametrize("aside", [-0.04, 0.0, 0.04])
def test_the_hands_distance_tells_neighbouring_pairs_apart(aside: float) -> None:
    """Wherever the corners were marked: what shifts both hands says nothing."""
    for width, here, there in ((0.42, HOLLOWS, GRIPS), (0.51, GRIPS, HOLLOWS)):
        traces = held_apart(width, aside)
        assert fit_of(here, traces) > 1.8 * fit_of(there, traces)


def test_without_a_neighbour_the_hands_distance_matters_less() -> None:
    traces = held_apart(0.51)
    assert HOLLOWS.hold is not None
    alone = max(c.fit for c in presses(Staying(traces, HOLLOWS.hold.points), HOLLOWS, 0) if len(c.hands) == 2)
    assert alone > 1.8 * fit_of(HOLLOWS, traces)


@pytest.mark.parametrize(("camera", "found"), [((0.76, 0.4, 2.0), False), ((0.76, -1.4, 1.8), True)])
def test_where_the_camera_looks_aslant_a_point_allows_more(camera: tuple[float, float, float], found: bool) -> None:
    """0.104 beside a point that allows 0.1; where the hand seems to be, the back is as high as its plane."""
    segment = MASSAGE.segment("scapula_right_points")
    assert segment.hold is not None
    time_s = frames(4.0)
    place = np.tile((0.76 + 0.104, 0.4), (len(time_s), 1))
    seen = replace(track("right", time_s, place, "fingertips"), eye=np.array(camera))
    made = trace(seen, 0.0, 3.9, "back")
    still = replace(made, skin=made.places)  # the skin itself is tested in test_relief
    points = [p for p in segment.hold.points if p.id == "6"]
    alone = segment.model_copy(update={"hold": segment.hold.model_copy(update={"points": points, "confusable": ()})})
    traces: dict[Hand, Trace] = {"right": still, "left": trace(absent("left", time_s), 0.0, 3.9)}
    assert any(c.fit > 0 for c in presses(Staying(traces, points), alone, 0)) == found


def test_where_a_slant_makes_the_place_less_certain_a_neighbour_must_be_nearer_still() -> None:
    hold: Any = EITHER.hold
    (beside,) = hold.confusable
    place = np.array([0.18, 0.32])  # nearer to the neighbour by 0.06
    away = float(np.hypot(*(place - BESIDE)))
    for blur, perhaps in ((1.0, ""), (2.0, "upper")):
        still = Still("left", 0.0, 3.0, place, (0.0, 0.0), blur)
        assert _perhaps_meant(still, beside, away / blur, EITHER, hold) == perhaps


@pytest.mark.parametrize(
    ("left", "right", "read"),
    [((0.245, -0.02), (0.755, -0.02), [(2, False)]), ((0.18, -0.01), (0.8, 0.04), [(1, True), (1, True)])],
)
def test_two_hands_much_farther_apart_than_their_points_are_seen_and_not_believed(
    left: tuple[float, float], right: tuple[float, float], read: list[tuple[int, bool]]
) -> None:
    """Seen wrongly perhaps: no press is read from them, nor from one of them, but none is called left out."""
    away, time_s = (0.5, 0.9), frames(8.0)
    places: dict[Hand, tuple[float, float]] = {"left": left, "right": right}
    traces = {
        hand: traced(hand, visiting([(away, 0.8), (place, 4.0), (away, 0.8)]), float(time_s[-1]), contact="fingertips")
        for hand, place in places.items()
    }
    assert GRIPS.hold is not None
    pairs = [pair for one in (HOLLOWS, GRIPS) if (pair := pair_of(one)) is not None]
    found = [c for c in presses(Staying(traces, GRIPS.hold.points, pairs), GRIPS, 0) if c.fit >= LEAST_FIT_KEPT]
    assert [(len(c.hands), c.doubted) for c in found] == read


@pytest.mark.parametrize(("across", "unsure"), [(0.0, False), (0.5, False), (1.2, True)])
def test_a_pair_of_presses_that_is_seen_from_too_flat_is_unsure(across: float, unsure: bool) -> None:
    eye = np.array((0.5 + 2.0 * across, 0.2, 2.0))
    traces: dict[Hand, Trace] = {}
    for hand, place in zip(HANDS, ((0.3, 0.2), (0.7, 0.2)), strict=True):
        time_s = frames(5.0)
        made = trace(track(hand, time_s, np.tile(place, (len(time_s), 1)), "fingertips"), 0.0, 4.8)
        traces[hand] = replace(made, eye=eye)
    hold: Any = PAIR.hold
    both = [c for c in presses(Staying(traces, hold.points), PAIR, 0) if len(c.hands) > 1]
    assert {c.unsure for c in both} == {unsure}
