"""Where the coach cannot know what the hands did, and so says nothing about it."""

from __future__ import annotations

from collections.abc import Sequence

from coach.domain import HANDS, Hand, Hold, ItemScore, Repetition, Span
from coach.parameters.lattice import TOUCH_S
from coach.parameters.live_repetitions import FIRST_REPETITIONS_FIT
from coach.parameters.live_window import FINGERS_STILL_SHARE
from coach.parameters.rating import HASTY_SHARE, PRESS_HIDDEN_S, PRESS_NEARBY_S, PRESS_TRAVEL_S
from coach.parameters.unseen_hands import (
    GOES_BACK_WITHIN_S,
    HARDLY_LOST_S,
    HIDDEN_SHARE_LATELY,
    REPETITION_UNSEEN_SHARE,
    STEP_BEFORE_REPETITIONS,
    WATCHED_S,
)
from coach.protocol import Protocol
from coach.score.evidence import Visibility
from coach.tutor.practised import Practised
from coach.tutor.window import WindowReading

UNCLEAR = ("hold_unclear", "hold_out_of_picture", "out_of_picture")  # by the checklist the point may have been pressed


def hidden(at: Practised, sight: Visibility, now_s: float) -> bool:
    """Whether the hands were out of sight too long to be sure of anything."""
    return hidden_since(at, sight, max(at.since_s, now_s - WATCHED_S), now_s)


def hidden_since(at: Practised, sight: Visibility, since_s: float, now_s: float) -> bool:
    """Whether the working hands were out of sight too long since a moment to be sure of what they did from then on."""
    span = Span(since_s, now_s)
    if span.duration_s <= 0.0:
        return False
    working = _working(at)
    lost_s = sight.hidden_s(span, working) if working else min(sight.hidden_s(span, (hand,)) for hand in HANDS)
    return lost_s > HIDDEN_SHARE_LATELY * span.duration_s


def seen_through(at: Practised, done: Sequence[Repetition], sight: Visibility, *, turn: bool = False) -> bool:
    """Whether it is known how long some repetitions took: the hands that did each were seen through it.

    One hand of two that do the same tells it, but not of half a heart, which hands also draw in turn.

    :param turn: and where they turned back: else the working stroke may have gone on, unseen
    """
    enough = all if at.segment.primitive == "curve" else any
    return all(
        enough(
            sight.lost_s(Span(r.span.start_s, r.span.end_s + GOES_BACK_WITHIN_S) if turn else r.span, (hand,))
            <= HARDLY_LOST_S
            for hand in (HANDS if r.hand == "both" else (r.hand,))
        )
        for r in done
    )


def counted(at: Practised, reading: WindowReading) -> bool:
    """Whether the hands were never hidden long enough since the first repetition to have done all that are missing.

    Before they went on to another step, if they did: what is hidden then is no repetition of this one.
    """
    done, usual_s, other = at.progress.whole, at.progress.usual_s(), at.progress.other
    if not done or usual_s is None:
        return False
    until_s = reading.at_s if other is None else max(other.span.start_s, done[-1].span.end_s)
    since = Span(done[0].span.start_s, until_s)
    # With all of those unseen there were still too few.
    others = max(0, at.missing - 1) if len(done) >= STEP_BEFORE_REPETITIONS else 0
    return reading.sight.hidden_s(since, _working(at)) < (others + REPETITION_UNSEEN_SHARE) * usual_s


def _working(at: Practised) -> tuple[Hand, ...]:
    """The hands that have a part in it; where either may do it, the one that does; () where that is not known yet."""
    rule = at.segment.hands
    if rule in ("together", "alternating"):
        return HANDS
    if rule in HANDS:
        return (rule,)
    done = {h.hand for h in at.presses.known} | {r.hand for r in at.progress.whole}
    return tuple(hand for hand in HANDS if hand in done or "both" in done)


def doubtful(at: Practised, reading: WindowReading, *, before: bool = False) -> bool:
    """Whether a press may have been where none was seen, or longer: hidden, or while the fingers were seen badly.

    :param before: the last that is known, or else up to now
    """
    rule, pressed = at.segment.hold, at.presses.known
    if rule is None or not pressed:
        return before or any(span.end_s > at.since_s for _, span in reading.unsteady)
    last_s = max(h.span.end_s for h in pressed)
    end_s = at.progress.other.span.start_s if at.progress.other is not None else reading.at_s
    since = Span(min(h.span.start_s for h in pressed), last_s if before else max(end_s, last_s))
    working = _working(at)
    if reading.sight.hidden_s(since, working) >= HASTY_SHARE * rule.long_enough_s:
        return True
    # Only the part of a stay since then: before, it was a press of another step, or on the way here.
    within = ((hand, _part(span, since)) for hand, span in reading.unsteady if hand in working)
    loose = [(hand, span) for hand, span in within if span.duration_s > 0.0]
    return any(not any(h.hand == hand and _fills(h.span, span) for h in pressed) for hand, span in loose)


def perhaps_before(at: Practised, reading: WindowReading) -> bool:
    """Whether a point may have been pressed unseen right before the first press that is known."""
    rule = at.segment.hold
    if rule is None or not at.presses.known:
        return True
    first_s = min(h.span.start_s for h in at.presses.known)
    before = Span(first_s - rule.long_enough_s - PRESS_TRAVEL_S, first_s)
    return reading.sight.hidden_s(before, _working(at)) >= rule.long_enough_s


def perhaps_long(at: Practised, reading: WindowReading, point: str) -> bool:
    """Whether presses of a point were long enough by the palm, or if the hand was there too while it was hidden.

    Nobody knows it either where the step's place is not in the picture.

    Hands that were in sight for a second before a press and after it, as the checklist wants it of them all, were not.
    """
    rule = at.segment.hold
    if rule is None:
        return False
    if any(item.reason.key == "out_of_picture" for item in _items(at, reading)):
        return True
    enough_s = rule.long_enough_s

    def around_s(hold: Hold) -> float:
        span = hold.span
        hands = tuple(h.hand for h in at.presses.known if h.span == span)  # both hands' press lasts while both are seen
        if reading.sight.lost_s(span.wider(PRESS_NEARBY_S), _working(at)) < PRESS_HIDDEN_S:
            return span.duration_s
        sides = Span(span.start_s - enough_s, span.start_s), Span(span.end_s, span.end_s + enough_s)
        hidden_s = sum(reading.sight.hidden_s(side, hands) for side in sides)
        if reading.sight.hidden_s(Span(reading.at_s - HARDLY_LOST_S, reading.at_s), hands):  # it may go on still
            hidden_s += max(0.0, sides[1].end_s - reading.at_s)
        return span.duration_s + hidden_s

    pressed = [h for h in at.presses.known if h.point == point]
    return any(h.perhaps_s or around_s(h) >= enough_s > h.span.duration_s for h in pressed)


def unrated(at: Practised, reading: WindowReading, kind: str = "performed") -> bool:
    """Whether the checklist does not rate if the step was done, or something else of it."""
    return any(item.points is None for item in _items(at, reading, kind))


def unclear(at: Practised, reading: WindowReading) -> bool:
    """Whether the checklist says that the point which seems missing may have been pressed.

    Far beside, or faintly, or where the picture does not show it.
    """
    return any(item.reason.key in UNCLEAR for item in _items(at, reading, "hold"))


def denied(segment_id: str, reading: WindowReading) -> bool:
    """Whether by the checklist no point of a step was left out: what was pressed is no press of it, or each was."""
    own = [item for item in reading.items if item.segment_id == segment_id and item.points is not None]
    left_out = any(item.kind == "performed" and not item.points for item in own)
    return left_out or any(item.kind == "hold" and item.points == item.max_points for item in own)


def known_done(at: Practised, reading: WindowReading) -> bool:
    """Whether the checklist knows that the step was done, however few of it the coach has counted."""
    return any(item.points for item in _items(at, reading, "performed"))


def uncounted(at: Practised, reading: WindowReading) -> bool:
    """Whether a repetition may have gone unseen: by the checklist, and by the time that was hidden since the first.

    Of a step that the checklist does not know to be done, it does not rate the number either: that tells nothing. Where
    it counts enough, or knows that the step was not done, one of the two takes another motion for a repetition.
    """
    told = {(item.kind, item.points) for item in _items(at, reading)}
    if ("count", 2) in told or ("performed", 0) in told:
        return True
    hidden_one = unrated(at, reading, "count") and not unrated(at, reading)
    return hidden_one and not counted(at, reading)


def perhaps_enough(at: Practised, reading: WindowReading, protocol: Protocol) -> bool:
    """Whether the one repetition that is missing may have followed the last one that counts.

    What is odd beside the others is left out at a run's end; once more is known of it, it may be one of them.
    """
    done, rank = at.progress.whole, protocol.rank[at.segment.id]
    if not done or at.missing > 1:
        return False
    like = (c.repetition for c in reading.since if c.rank == rank and c.fit >= FIRST_REPETITIONS_FIT)
    after_s, hands = done[-1].span.end_s - TOUCH_S, {r.hand for r in done}
    return any(r is not None and r.whole and r.hand in hands and r.span.start_s >= after_s for r in like)


def perhaps_done(at: Practised, reading: WindowReading) -> bool:
    """Whether what seems to be missing of a step may have been done unseen."""
    if at.progress.whole:  # what was seen of it tells, however little it was
        return not counted(at, reading)
    if at.holding is not None and at.known.pressed and doubtful(at, reading):
        return True
    return unrated(at, reading)


def _items(at: Practised, reading: WindowReading, kind: str | None = None) -> list[ItemScore]:
    """What the checklist says of the step, or of one kind of its items."""
    return [i for i in reading.items if i.segment_id == at.segment.id and kind in (None, i.kind)]


def _part(span: Span, whole: Span) -> Span:
    """What of a span lies within another; of no length where nothing does."""
    start_s = max(span.start_s, whole.start_s)
    return Span(start_s, max(start_s, min(span.end_s, whole.end_s)))


def _fills(press: Span, palm: Span) -> bool:
    """Whether a press is known that explains why the palm lay still."""
    return press.overlap_s(palm) >= FINGERS_STILL_SHARE * palm.duration_s
