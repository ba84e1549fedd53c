"""What is said about strokes and circles, from readings made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import HANDS, Hand, Hands, ItemScore, Reason, Repetition, SegmentMatch, Span, Status
from coach.moves.candidate import Candidate
from coach.score.evidence import Visibility
from coach.tutor import WindowReading
from coach.tutor.free_practice_hints import free_practice_hints
from coach.tutor.guided_hints import guided_hints
from coach.tutor.practised import Practised, recognised
from coach.tutor.state import Seeing
from coach.tutor.window import Past, Step
from tests.tutor.readings import CLEAR, PROTOCOL, hidden, hold, reading, strokes
from tests.tutor.strokes import by, given, told


# ------------------------------------------------------------------ too fast, though something was hidden
@pytest.mark.parametrize(
    ("sight", "heard"),
    [
        (CLEAR, {"hint_slower"}),
        (hidden("left", Span(2.0, 4.0)), {"hint_slower"}),  # before the newest two
        (hidden("left", Span(8.0, 10.0)), set()),  # in one of them: it may be a half
    ],
)
def test_repetitions_that_were_seen_through_are_too_fast_whatever_was_hidden_before(
    sight: Visibility, heard: set[str]
) -> None:
    """From 1.0 to 10.0 s, six hearts."""
    match = strokes("heart", 1.0, 6, 1.5)
    now = given(match, 12.5, sight)
    assert set(told(now, "heart")) == heard
    assert {
        h.key for h in free_practice_hints(recognised(match, PROTOCOL.segment("heart"), 12.5), now, PROTOCOL)
    } == heard


@pytest.mark.parametrize(
    ("hand", "lost", "heard"),
    [
        ("both", "left", ["hint_slower"]),  # the other hand tells it
        ("right", "left", ["hint_slower"]),
        ("right", "right", []),
    ],
)
def test_of_hands_that_do_the_same_one_that_was_seen_tells_how_fast_they_are(
    hand: Hands, lost: Hand, heard: list[str]
) -> None:
    """From 1.0 to 10.0 s, six strokes beside the spine."""
    match = by(hand, strokes("spine_strokes", 1.0, 6, 1.5))
    now = given(match, 13.0, hidden(lost, Span(4.0, 10.0)), hand=hand)
    assert [key for key in told(now, "spine_strokes") if key == "hint_slower"] == heard


def test_a_stroke_by_one_hand_between_two_by_both_hides_not_that_they_are_too_fast() -> None:
    """The left hand was out of sight in the second of three."""
    first, second, third = strokes("spine_strokes", 1.0, 3, 1.5).repetitions
    match = SegmentMatch("spine_strokes", Span(1.0, 5.5), 0.9, (first, replace(second, hand="right"), third))
    sight = hidden("left", Span(second.span.start_s, second.span.end_s))
    assert "hint_slower" in told(given(match, 8.5, sight), "spine_strokes")
    alone = replace(match, repetitions=(replace(first, hand="right"), *match.repetitions[1:]))
    assert "hint_slower" not in told(given(alone, 8.5, sight), "spine_strokes")


def test_a_stroke_that_is_not_back_yet_is_not_too_fast_but_those_before_it_are() -> None:
    """Five, of which the newest has just begun its way back."""
    match = strokes("spine_strokes", 1.0, 5, 1.5)
    back = [replace(r, returned_s=r.span.end_s) for r in match.repetitions[:-1]]
    newest = replace(match.repetitions[-1], span=Span(7.0, 10.6))
    match = replace(match, repetitions=(*back, newest), span=Span(1.0, 10.6))
    assert "hint_slower" in told(given(match, 11.2, hidden("left", Span(1.0, 3.0))), "spine_strokes")


@pytest.mark.parametrize(
    ("count", "lost", "heard"),
    [
        (3, Span(0.0, 3.5), True),  # before the newest two
        (3, Span(0.0, 5.0), False),  # in one of them: the hand may have done its part
        (3, Span(9.8, 11.0), False),  # after them
        (7, Span(21.7, 23.0), False),  # in the newest; of those before it the coach has had its say
    ],
)
def test_one_hand_alone_is_told_where_both_were_seen_whatever_was_hidden_before(
    count: int, lost: Span, heard: bool
) -> None:
    """Strokes of three seconds by the right hand, from 1.0 s on; it is a second later now."""
    match, now_s = by("right", strokes("shoulder_stroke", 1.0, count)), 2.0 + 3.0 * count
    now = given(match, now_s, hidden("left", lost), hand="right")
    assert ("hint_both_hands" in told(now, "shoulder_stroke")) is heard
    free = free_practice_hints(recognised(match, PROTOCOL.segment("shoulder_stroke"), now_s), now, PROTOCOL)
    assert ("hint_both_hands" in {h.key for h in free}) is heard


@pytest.mark.parametrize(
    ("hand", "lost", "heard"),
    [
        ("both", "left", True),  # the other hand tells it
        ("right", "left", True),
        ("right", "right", False),
    ],
)
def test_strokes_that_were_seen_through_go_the_wrong_way_whatever_was_hidden(
    hand: Hands, lost: Hand, heard: bool
) -> None:
    """Four, from 1.0 s on, each quicker than its way back."""
    done = [Repetition(Span(s, s + 1.6), hand, returned_s=s + 4.8) for s in (1.0, 6.0, 11.0, 16.0)]
    match = SegmentMatch("spine_strokes", Span(1.0, 20.8), 0.9, tuple(done))
    now = given(match, 21.5, hidden(lost, Span(12.0, 17.0)), hand=hand)
    assert ("hint_direction" in told(now, "spine_strokes")) is heard


@pytest.mark.parametrize("between", [True, False])
def test_two_strokes_with_one_between_them_that_was_half_hidden_are_of_one_run(between: bool) -> None:
    """The left hand was out of sight in the second of three, each quicker than its way back."""
    first, second, third = (Repetition(Span(s, s + 1.6), "both", returned_s=s + 4.8) for s in (1.0, 6.0, 11.0))
    amid = (replace(second, hand="right"),) if between else ()
    match = SegmentMatch("spine_strokes", Span(1.0, 15.8), 0.9, (first, *amid, third))
    now = given(match, 16.5, hidden("left", Span(5.9, 10.9)))
    assert ("hint_direction" in told(now, "spine_strokes")) is between


@pytest.mark.parametrize(
    ("lost", "heard"),
    [
        ({"left": 12.8, "right": 12.8}, False),  # at the turn
        ({"left": 12.8}, True),  # the other hand tells it
        ({"left": 14.0, "right": 14.0}, True),  # on the way back
    ],
)
def test_a_stroke_that_may_have_gone_on_unseen_is_not_called_backwards(lost: dict[Hand, float], heard: bool) -> None:
    """The third of four ends at 12.6 s where it was last seen for a while; each is quicker than its way back."""
    done = [Repetition(Span(s, s + 1.6), "both", returned_s=s + 4.8) for s in (1.0, 6.0, 11.0, 16.0)]
    match = SegmentMatch("spine_strokes", Span(1.0, 20.8), 0.9, tuple(done))
    dark = {hand: hidden(hand, Span(s, s + 1.5)).seen[hand] for hand, s in lost.items()}
    sight = Visibility(CLEAR.time_s, {**CLEAR.seen, **dark})
    assert ("hint_direction" in told(given(match, 21.5, sight), "spine_strokes")) is heard


# ------------------------------------------------------------------ at the next step before the coach
def test_what_the_next_step_is_short_of_is_told_after_what_is_missing_of_this_one() -> None:
    fast = strokes("spine_strokes", 20.0, 4, 1.5)
    done, few = strokes("spine_circles", 1.0, 6, 3.0), strokes("spine_circles", 1.0, 3, 3.0)
    assert told(given(done, 28.0, CLEAR, fast), "spine_circles") == ["hint_slower"]
    assert list(dict.fromkeys(told(given(few, 28.0, CLEAR, fast), "spine_circles"))) == ["hint_more", "hint_slower"]
    begun = strokes("spine_strokes", 20.0, 1, 1.5)
    assert told(given(done, 28.0, CLEAR, begun), "spine_circles") == []


def test_a_point_left_out_is_told_though_one_reading_tells_of_the_next_step_already() -> None:
    """The coach goes on with that reading, so that there is no second one of this step."""
    grip = tuple(hold(f"c_{side}", 12.0, 14.4) for side in HANDS)
    later = SegmentMatch("shoulder_c_grip", Span(12.0, 14.4), 0.9, holds=grip)
    now = reading(15.0, "shoulder_points", [hold("hollow_right", 5.0, 8.0)], later)
    at = Practised(PROTOCOL.segment("shoulder_points"), 0.0, fresh=True)
    for _ in range(2):
        at.read(now, PROTOCOL, ())
        assert at.progress.other is later
        assert [(h.key, h.values["point"]) for h in guided_hints(at, now, PROTOCOL)] == [
            ("hint_missing_point", "hollow_left")
        ]


def test_who_does_another_step_is_not_asked_to_begin() -> None:
    begun = strokes("spine_strokes", 20.0, 2, 4.0)
    nothing = WindowReading(29.0, (), (), CLEAR, Past.none(0.0), Step("shoulder_stroke", 0.0))
    at = Practised(PROTOCOL.segment("shoulder_stroke"), 0.0)
    at.see(Seeing(20.0, {"left": (0.5, 0.9)}))
    at.see(Seeing(29.0, {"left": (0.5, 0.9)}))
    at.read(nothing, PROTOCOL, ())
    assert [h.key for h in guided_hints(at, nothing, PROTOCOL)] == ["hint_begin"]
    at.read(replace(nothing, segments=(begun,)), PROTOCOL, ())
    assert [h.key for h in guided_hints(at, nothing, PROTOCOL)] == ["hint_step_first"]


@pytest.mark.parametrize(("points", "told"), [(0, ["hint_step_first"]), (2, []), (None, [])])
def test_a_step_that_the_checklist_knows_to_be_done_is_not_asked_for(points: int | None, told: list[str]) -> None:
    begun = strokes("spine_strokes", 20.0, 2, 4.0)
    at = Practised(PROTOCOL.segment("shoulder_stroke"), 0.0)
    status: Status = "not_visible" if points is None else "scored"
    item = ItemScore("x", "shoulder_stroke", "performed", points, 2, status, (), Reason("x"))
    now = WindowReading(29.0, (begun,), (item,), CLEAR, Past.none(0.0), Step("shoulder_stroke", 0.0))
    at.read(now, PROTOCOL, ())
    assert [h.key for h in guided_hints(at, now, PROTOCOL)] == told


@pytest.mark.parametrize(("lasts_s", "gone"), [(1.8, False), (2.1, True)])
def test_a_press_amid_strokes_is_no_next_step_before_it_is_as_long_as_one_is_asked_for(
    lasts_s: float, gone: bool
) -> None:
    at, done = Practised(PROTOCOL.segment("shoulder_stroke"), 0.0), strokes("shoulder_stroke", 1.0, 3)
    at.read(given(done, 16.0), PROTOCOL, ())
    holds = tuple(hold(f"hollow_{side}", 16.0 - lasts_s, 16.0) for side in HANDS)
    pressed = SegmentMatch("shoulder_points", Span(16.0 - lasts_s, 16.0), 0.5, holds=holds)
    assert at.pressed_on(pressed, 16.0) is gone


def test_a_press_that_a_protocol_counts_has_no_stroke_that_is_broken_off() -> None:
    counted = PROTOCOL.segment("neck_points").model_copy(update={"count": PROTOCOL.segment("neck_stroke").count})
    at = Practised(counted, 0.0)
    now = reading(9.0, "neck_points", [hold("ear_left", 1.0, 4.0), hold("ear_right", 1.0, 4.0)])
    at.read(now, PROTOCOL, ())
    assert at.done
    assert [h.key for h in guided_hints(at, now, PROTOCOL)] == []


def test_hands_that_seem_to_press_at_one_reading_only_have_not_gone_on() -> None:
    at, done = Practised(PROTOCOL.segment("shoulder_stroke"), 0.0), strokes("shoulder_stroke", 1.0, 4)
    holds = tuple(hold(f"hollow_{side}", 12.8, 14.4) for side in HANDS)
    pressed = SegmentMatch("shoulder_points", Span(12.8, 14.4), 0.45, holds=holds)
    now, heard = given(done, 15.0, CLEAR, pressed), []
    for _ in range(2):
        at.read(now, PROTOCOL, ())
        heard.append([h.key for h in guided_hints(at, now, PROTOCOL)])
    assert heard == [[], ["hint_more"]]


@pytest.mark.parametrize(
    ("later_s", "held_s", "heard"),
    [
        (1.1, 1.0, ["hint_more", "hint_hold_longer"]),
        (0.9, 1.0, ["hint_more"]),  # she may take it up again
        (1.1, 1.9, ["hint_more"]),  # hardly too short
    ],
)
def test_a_short_press_of_the_next_step_is_told_before_the_coach_is_there(
    later_s: float, held_s: float, heard: list[str]
) -> None:
    at, done = Practised(PROTOCOL.segment("neck_stroke"), 0.0), by("right", strokes("neck_stroke", 1.0, 3))
    holds = tuple(hold(f"ear_{side}", 11.5, 12.5) for side in HANDS)
    pressed = SegmentMatch("neck_points", Span(11.5, 12.5), 0.2, holds=holds)
    why = Reason("hold_short", {"point": "ear_left", "held_s": held_s, "needed_s": 2.0})
    item = ItemScore("neck_points.hold", "neck_points", "hold", 1, 2, "scored", (), why)
    now = replace(given(done, 12.5 + later_s, CLEAR, pressed, hand="right"), items=(item,))
    at.read(now, PROTOCOL, ())
    assert list(guided_hints(at, now, PROTOCOL)) == []  # it may be a rest
    at.read(now, PROTOCOL, ())
    hints = list(guided_hints(at, now, PROTOCOL))
    assert [h.key for h in hints] == heard
    assert {h.segment for h in hints[1:]} <= {"neck_points"}


def test_the_coach_follows_to_another_step_when_two_readings_tell_of_it() -> None:
    at, heart = Practised(PROTOCOL.segment("spine_strokes"), 0.0), strokes("heart", 1.0, 3)
    love = strokes("love", 1.0, 3)
    followed = []
    for other in (heart, love, love):
        at.read(reading(11.0, "spine_strokes", (), other), PROTOCOL, ())
        gone_on = at.gone_on(11.0)
        followed.append(gone_on.segment_id if gone_on is not None else None)
    assert followed == [None, None, "love"]


# ------------------------------------------------------------------ at another step, this one perhaps done unseen
def at_hearts(*performed: ItemScore) -> tuple[Practised, WindowReading]:
    """Two strokes of one hand are read of the step, and the same time as hearts by both."""
    heart, rank = strokes("heart", 30.0, 3, 4.0), PROTOCOL.rank["spine_strokes"]
    own = [Repetition(Span(start_s, start_s + 2.5), "left") for start_s in (30.0, 34.0)]
    read = tuple(Candidate(rank, r.span, 0.6, frozenset(("left",)), r) for r in own)
    now = WindowReading(43.0, (heart,), performed, CLEAR, Past.none(0.0), Step("spine_strokes", 0.0), since=read)
    at = Practised(PROTOCOL.segment("spine_strokes"), 0.0)
    at.read(now, PROTOCOL, ())
    return at, now


def performed(points: int | None) -> ItemScore:
    status: Status = "scored" if points == 0 else "not_visible"
    return ItemScore("spine_strokes.performed", "spine_strokes", "performed", points, 2, status, (), Reason("not_done"))


def test_what_was_the_other_step_is_not_too_few_of_this_one() -> None:
    at, now = at_hearts(performed(0))
    assert at.count == 0
    assert [h.key for h in guided_hints(at, now, PROTOCOL)] == ["hint_step_first"]


def test_a_step_that_was_perhaps_done_unseen_is_not_asked_for_first() -> None:
    at, now = at_hearts(performed(None))
    assert list(guided_hints(at, now, PROTOCOL)) == []


@pytest.mark.parametrize(
    ("count", "span", "heard"),
    [
        (3, Span(16.3, 17.5), ["hint_whole"]),  # after the third of five
        (5, Span(16.3, 17.5), []),  # after the last that is needed: on the way to the next step
        (6, Span(13.2, 14.4), []),  # the same, though one more is counted: the first of the next step looks like one
        (5, Span(10.0, 11.2), ["hint_whole"]),  # between two that were whole
    ],
)
def test_a_stroke_broken_off_is_told_unless_nothing_more_is_needed(count: int, span: Span, heard: list[str]) -> None:
    match = strokes("spine_strokes", 16.0 - 3.0 * count, count)
    now = replace(given(match, 18.0), broken=(span,))
    assert told(now, "spine_strokes") == heard
    free = recognised(match, PROTOCOL.segment("spine_strokes"), 18.0)
    assert [h.key for h in free_practice_hints(free, now, PROTOCOL)] == heard


def test_what_was_broken_off_before_a_whole_stroke_is_counted_is_not_told() -> None:
    """Pats before the first stroke look like strokes that were broken off."""
    match = strokes("spine_strokes", 10.0, 1)
    now = replace(given(match, 14.0), broken=(Span(7.0, 8.2),))
    assert told(now, "spine_strokes") == ["hint_whole"]
    nothing = replace(now, segments=(), since=())
    assert told(nothing, "spine_strokes") == []


@pytest.mark.parametrize(("known", "heard"), [(5, []), (7, ["hint_both_hands"])])
def test_one_hand_after_all_that_is_needed_is_on_its_way_unless_the_reading_takes_it(
    known: int, heard: list[str]
) -> None:
    both, one = strokes("spine_strokes", 1.0, 5, 2.5), by("right", strokes("spine_strokes", 13.5, 2, 2.5))
    match = replace(both, span=Span(1.0, 18.5), repetitions=(*both.repetitions, *one.repetitions))
    now = given(match, 21.0)
    own = tuple(
        replace(c, hands=frozenset((r.hand,)) if r.hand != "both" else c.hands)
        for c in now.since
        for r in (c.repetition,)
        if r
    )
    taken = replace(match, span=Span(1.0, 1.0 + 2.5 * known), repetitions=match.repetitions[:known])
    now = replace(now, segments=(taken,), since=own)
    assert [key for key in told(now, "spine_strokes") if key == "hint_both_hands"] == heard
