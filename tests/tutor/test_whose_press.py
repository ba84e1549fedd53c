"""Which step, and which point, a press belongs to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import HANDS, Hand, Hold, Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.parameters.live_steps import OTHER_STEP_CONFIDENCE
from coach.tutor.practised import Practised, recognised
from tests.fakes.hands import Path, staying, visiting
from tests.tutor.presses import AWAY, GRIP, at_the_grip, by_left, said, step, wished
from tests.tutor.readings import PROTOCOL, hold, reading, strokes


def test_a_hand_that_rests_while_the_other_does_the_next_step_presses_nothing() -> None:
    hands: dict[Hand, Path] = {"left": staying(AWAY), "right": visiting([(AWAY, 0.5), ((0.75, -0.02), 9.0)])}
    circles = strokes("scapula_left_circles", 2.0, 2)
    assert step("shoulder_c_grip", 8.0, hands=hands).known.pressed == {"c_right"}
    assert step("shoulder_c_grip", 8.0, (), circles, hands=hands).known.pressed == frozenset()


@pytest.mark.parametrize(("start_s", "told"), [(5.0, set()), (9.5, {"ear_right"})])
def test_a_rest_between_two_strokes_of_another_step_is_no_press(start_s: float, told: set[str]) -> None:
    two = [Repetition(Span(begin, begin + 3.0), "right") for begin in (2.0, 6.0)]
    stroked = SegmentMatch("neck_stroke", Span(2.0, 9.0), 0.9, tuple(two))
    at = step("neck_points", 14.0, [hold("ear_right", start_s, start_s + 1.0)], stroked)
    assert at.known.pressed == told


@pytest.mark.parametrize(
    ("ended_s", "before_s", "pressed"),
    [
        (2.7, 4.0, set()),  # then both hands pressed for the step before
        (4.1, 4.0, {"c_left", "c_right"}),
        (2.7, None, {"c_left", "c_right"}),
        (4.0, 5.0, {"c_left", "c_right"}),  # long enough: she went back
    ],
)
def test_a_short_rest_before_the_presses_of_the_step_before_is_no_press_of_this_one(
    ended_s: float, before_s: float | None, pressed: set[str]
) -> None:
    own, others = [hold("c_left", 2.0, ended_s), hold("c_right", 2.0, ended_s)], list[SegmentMatch]()
    if before_s is not None:
        holds = tuple(hold(f"hollow_{side}", before_s, 7.0) for side in HANDS)
        others.append(SegmentMatch("shoulder_points", Span(before_s, 7.0), 0.5, holds=holds))
    at = Practised(PROTOCOL.segment("shoulder_c_grip"), 1.0, fresh=True)
    at.read(reading(8.5, "shoulder_c_grip", own, *others), PROTOCOL, ())
    assert {h.point for h in at.presses.known} == pressed


def c_grip(start_s: float, end_s: float, off: float = 0.02) -> Candidate:
    held = (hold("c_left", start_s, end_s, off), hold("c_right", start_s, end_s, off))
    rank = PROTOCOL.rank["shoulder_c_grip"]
    return Candidate(rank, Span(start_s, end_s), 0.8, frozenset(HANDS), holds=held)


@pytest.mark.parametrize(
    ("first", "later", "points"),
    [
        ((1.0, 3.6), c_grip(5.0, 8.0, 0.01), ()),  # one hollow was pressed, then both hands go on to the grip
        ((1.0, 3.6), c_grip(5.0, 8.0, 0.06), ("hollow_left", "hollow_right")),  # nearer to the hollows
        (None, c_grip(5.0, 8.0, 0.01), ("hollow_left", "hollow_right")),  # nothing was pressed before: a hollow, beside
    ],
)
def test_a_press_nearer_to_the_next_step_s_point_is_that_step_s_once_an_own_one_was_seen(
    first: tuple[float, float] | None, later: Candidate, points: tuple[str, ...]
) -> None:
    own = [hold("hollow_left", 5.0, 8.0, 0.04), hold("hollow_right", 5.0, 8.0, 0.04)]
    if first is not None:
        own.append(hold("hollow_right", *first))
    now = reading(10.0, "shoulder_points", own)
    at = Practised(PROTOCOL.segment("shoulder_points"), 0.0, fresh=True, beyond=GRIP.points)
    at.read(replace(now, since=(*now.since, later)), PROTOCOL, ())
    assert at.known.points() == (points if points or first is None else ("hollow_right",))


@pytest.mark.parametrize(("confidence", "points"), [(0.5, ("hollow_left", "hollow_right")), (0.3, ("hollow_left",))])
def test_a_press_nearer_to_the_next_step_s_point_is_this_step_s_where_the_whole_reading_is_sure(
    confidence: float, points: tuple[str, ...]
) -> None:
    """It knows how far the hands are apart."""
    own = [hold("hollow_left", 5.0, 8.0, 0.02), hold("hollow_right", 5.0, 8.0, 0.04)]
    match = SegmentMatch("shoulder_points", Span(5.0, 8.0), confidence, holds=tuple(own))
    now = reading(10.0, "shoulder_points", [hold("hollow_left", 1.0, 1.5), *own], match)
    at = Practised(PROTOCOL.segment("shoulder_points"), 0.0, fresh=True, beyond=GRIP.points)
    right = replace(c_grip(5.0, 8.0, 0.01), holds=(hold("c_right", 5.0, 8.0, 0.01),))
    at.read(replace(now, since=(*now.since, right)), PROTOCOL, ())
    assert at.known.points() == points


def test_who_went_back_to_an_earlier_step_left_no_point_out() -> None:
    name, holds = "shoulder_c_grip", [hold("c_left", 1.0, 4.0)]
    back, on = strokes("shoulder_stroke", 5.0, 2), strokes("scapula_left_circles", 5.0, 2)
    assert wished(step(name, 11.5, holds, back), reading(11.5, name, holds, back)) == []
    missing = ("hint_missing_point", "c_right")
    assert wished(step(name, 11.5, holds, on), reading(11.5, name, holds, on)) == [missing]


@pytest.mark.parametrize(
    ("presses", "missing"),
    [
        ([hold("hollow_right", 5.0, 8.0)], False),
        ([hold("hollow_right", 1.0, 4.0)], True),
        ([hold("hollow_right", 3.4, 6.4)], True),  # most of it before
        ([hold("hollow_right", 1.0, 3.0), hold("hollow_right", 5.0, 8.0)], True),
        ([hold("hollow_left", 5.0, 8.0)], True),  # the grip is the right hand's
    ],
)
def test_nobody_knows_what_is_missing_where_the_same_presses_may_be_the_next_step(
    presses: list[Hold], missing: bool
) -> None:
    """One hand's press is near the hollow too; the hands press for the grip, or for the hollows."""
    name, grips = "shoulder_points", (hold("c_right", 5.0, 8.0), hold("c_right", 5.0, 8.0))
    grip = SegmentMatch("shoulder_c_grip", Span(5.0, 8.0), 0.5, holds=grips)
    at, now = step(name, 7.6, presses, grip), reading(8.0, name, presses, grip)
    at.read(now, PROTOCOL, ())  # twice, and so believed
    assert at.progress.other is grip
    assert any(key == "hint_missing_point" for key, _ in wished(at, now)) is missing


def test_what_the_frames_showed_before_the_next_step_s_presses_was_of_this_one() -> None:
    hands: dict[Hand, Path] = {
        "left": staying(AWAY),
        "right": visiting([(AWAY, 0.5), ((0.71, -0.02), 3.5), (AWAY, 9.0)]),
    }
    name, own, grips = "shoulder_points", hold("hollow_right", 5.0, 8.0), (hold("c_right", 5.0, 8.0),) * 2
    grip = SegmentMatch("shoulder_c_grip", Span(5.0, 8.0), 0.5, holds=grips)
    at, now = step(name, 7.6, [own], grip, hands=hands), reading(8.0, name, [own], grip)
    at.read(now, PROTOCOL, ())
    assert ("hint_missing_point", "hollow_left") in wished(at, now)


def test_a_press_that_goes_on_is_no_press_of_this_step_where_the_hands_are_at_the_next() -> None:
    """What the reading still takes for this step's ended before the hands went on, or is theirs there."""
    at = at_the_grip()
    for end_s, known in ((8.0, False), (7.4, True)):
        going = hold("hollow_left", 6.0, end_s)
        at.read(reading(8.0, "shoulder_points", [going]), PROTOCOL, ())
        assert (going in at.known.told) is known
        assert (("hint_hold_longer", "hollow_left") in said(at, 8.0)) is known
        assert ("hollow_left" in at.known.pressed) is known


def test_a_press_that_the_reading_gives_to_the_step_before_is_not_this_ones() -> None:
    own = [hold("c_left", 2.0, 5.5), hold("c_right", 2.0, 5.5)]
    hollows = tuple(hold(f"hollow_{side}", 2.0, 5.5, 0.01) for side in HANDS)
    for confidence, points in ((0.3, ("c_left", "c_right")), (0.6, ())):
        before = SegmentMatch("shoulder_points", Span(2.0, 5.5), confidence, holds=hollows)
        at = Practised(PROTOCOL.segment("shoulder_c_grip"), 1.0, fresh=True)
        at.read(reading(8.0, "shoulder_c_grip", own, before), PROTOCOL, ())
        assert at.known.points() == points


@pytest.mark.parametrize(("confidence", "pressed"), [(0.3, {"c_left", "c_right"}), (0.6, {"c_left"})])
def test_what_the_frames_show_of_the_step_before_s_press_is_none_of_this_ones(
    confidence: float, pressed: set[str]
) -> None:
    """Both hollows; the right hand there is near the grip's place too. Then the left hand takes the grip."""
    before = SegmentMatch(
        "shoulder_points", Span(1.0, 5.0), confidence, holds=tuple(hold(f"hollow_{h}", 1.0, 5.0) for h in HANDS)
    )
    hands: dict[Hand, Path] = {
        "left": visiting([(AWAY, 6.0), ((0.245, -0.02), 3.5), (AWAY, 4.0)]),
        "right": visiting([(AWAY, 1.0), ((0.74, -0.02), 4.0), (AWAY, 9.0)]),
    }
    own = [hold("c_left", 6.5, 9.5)]
    at = step("shoulder_c_grip", 14.0, own, before, hands=hands)
    assert at.known.pressed == pressed
    assert set(at.known.points()) == pressed
    left_out = [] if confidence < OTHER_STEP_CONFIDENCE else [("hint_missing_point", "c_right")]
    assert said(at, 14.0) == left_out


@pytest.mark.parametrize(
    ("nearer", "told"),
    [
        (0.02, []),  # to nine o'clock than to eight, back units
        (0.06, [("hint_point_instead", "8")]),
    ],
)
def test_a_press_hardly_nearer_to_a_neighbour_is_not_called_wrong(nearer: float, told: list[tuple[str, str]]) -> None:
    rule = PROTOCOL.segment("scapula_left_points").hold
    assert rule is not None
    (eight,), (nine,) = (
        [p.at for p in points if p.id == name] for points, name in ((rule.points, "8"), (rule.confusable, "9"))
    )
    apart = ((eight[0] - nine[0]) ** 2 + (eight[1] - nine[1]) ** 2) ** 0.5
    share = 0.5 + nearer / (2.0 * apart)
    between = eight[0] + share * (nine[0] - eight[0]), eight[1] + share * (nine[1] - eight[1])
    before = [hold(point, start_s, start_s + 3.0) for point, start_s in (("3", 1.0), ("6", 5.0))]
    hands: dict[Hand, Path] = {"left": visiting([(AWAY, 9.0), (between, 4.0)]), "right": staying(AWAY)}
    at = step("scapula_left_points", 12.5, by_left(*before), hands=hands)
    assert at.holding is not None
    assert [p.point for p in at.holding.running] == ["9" if told else "8"]
    assert said(at, 12.5) == told


def test_a_press_that_may_be_of_the_point_that_is_asked_for_is_taken_for_it() -> None:
    for perhaps, points in (("", ("3", "6")), ("8", ("3", "6", "8"))):
        last = replace(hold("9", 9.0, 12.0), perhaps=perhaps)
        own = by_left(hold("3", 1.0, 4.0), hold("6", 5.0, 8.0), last)
        assert step("scapula_left_points", 15.0, own).known.points() == points
        free = recognised(
            SegmentMatch("scapula_left_points", Span(1.0, 12.0), 0.9, holds=tuple(own)),
            PROTOCOL.segment("scapula_left_points"),
            15.0,
        )
        assert free.known.points() == points
