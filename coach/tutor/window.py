"""What is read again and again while the hands move: the last stretch of the tracks, and what is long past.

A whole hour cannot be read three times a second. So candidates that ended a while ago are kept as they are, and only
the motion since then is looked at anew; the segments are then parsed over all of them, as a review does. All of it can
be pickled, for a reading is made in another process.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from coach.domain import HANDS, Bools, Floats, Hand, HandTrack, ItemScore, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.moves.candidates import candidates
from coach.moves.stills import stills
from coach.moves.trace import Trace, away, trace
from coach.parameters.lattice import TOUCH_S
from coach.parameters.live_window import (
    AWAY_CODE,
    CANDIDATE_KEPT_S,
    FINGERS_STILL_SHARE,
    FOREVER_S,
    HIDDEN_CODE,
    REPETITION_BEGAN_BEFORE_S,
    SEEN_CODE,
    SEGMENT_CLOSED_S,
    SURE_REPETITION_FIT,
    WHOSE_PARTS,
    WINDOW_ADVANCE_S,
    WINDOW_LEAD_S,
)
from coach.parameters.rating import PRESS_TRAVEL_S
from coach.parameters.strokes import CUT_AROUND_S
from coach.parameters.traces import SAMPLE_RATE_HZ
from coach.parse.segments import segments
from coach.parse.unclaimed import unclaimed_motions
from coach.protocol import Protocol
from coach.score.evidence import Visibility
from coach.score.items import items
from coach.tutor.broken import broken_off
from coach.tutor.single_hand import single_hand_strokes, single_press

SETTLED_S = CUT_AROUND_S  # a candidate that ended so long ago changes no more, whatever comes after it

Codes: TypeAlias = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Past:
    """What was settled in earlier readings."""

    until_s: float  # candidates that ended before are settled
    candidates: tuple[Candidate, ...] = ()  # in order of their start
    start_s: float | None = None  # of the session
    sight: Mapping[Hand, bytes] = field(default_factory=dict)  # for each hand, a byte for each grid step up to until_s
    segments: tuple[SegmentMatch, ...] = ()  # before all candidates

    @classmethod
    def none(cls, start_s: float) -> Past:
        """Of a session that begins now."""
        return cls(start_s, (), start_s, dict.fromkeys(HANDS, b""))


@dataclass(frozen=True, slots=True)
class Step:
    """The step that is practised, where the coach knows which."""

    segment_id: str
    since_s: float


@dataclass(frozen=True, slots=True)
class Window:
    """What one reading needs."""

    tracks: Mapping[Hand, HandTrack]  # from `since` on
    past: Past
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class WindowReading:
    """What was understood up to a moment."""

    at_s: float  # of the newest frame
    segments: tuple[SegmentMatch, ...]  # of the session so far
    items: tuple[ItemScore, ...]
    sight: Visibility
    past: Past
    step: Step | None = None  # the one that was practised
    since: tuple[Candidate, ...] = ()  # all candidates since it, or the newest segment, began, whatever they might be
    ahead: tuple[Candidate, ...] = ()  # those that were over so shortly before it that it may have begun with them
    broken: tuple[Span, ...] = ()  # strokes of it, or of the newest segment, that were broken off
    either: tuple[str, ...] = ()  # the segments that the newest one might as well be
    unconfirmed: SegmentMatch | None = None  # strokes after all segments; or a press, where no step is known
    unsteady: tuple[tuple[Hand, Span], ...] = ()  # a palm lay still as long as a press of it, its fingers did not


def since(past: Past) -> float:
    """From when on the tracks of the next window are needed, s."""
    return max(past.until_s - WINDOW_LEAD_S, past.start_s if past.start_s is not None else 0.0)


def window(tracks: Mapping[Hand, HandTrack], past: Past, step: Step | None = None) -> Window:
    """A window whose arrays are as small as they can be."""
    small = {
        hand: HandTrack(hand, t.time_s, t.landmarks.astype(np.float32), t.seen, t.bridged, t.eye, t.view, t.sure)
        for hand, t in tracks.items()
    }
    return Window(small, past, step)


def read_window(given: Window, protocol: Protocol) -> WindowReading:
    """The session's segments and items so far, and what is settled now."""
    past, time_s = given.past, given.tracks["left"].time_s
    start_s = past.start_s if past.start_s is not None else (float(time_s[0]) if len(time_s) else 0.0)
    if not len(time_s):
        sight = Visibility(np.empty(0), {hand: np.empty(0, dtype=np.bool_) for hand in HANDS})
        return WindowReading(start_s, (), (), sight, past, given.step)
    now_s = float(time_s[-1])
    first_s = _on_grid(max(float(time_s[0]), since(past)), start_s)
    traces = {hand: trace(given.tracks[hand], first_s, now_s, protocol.surface) for hand in HANDS}
    sight = _sight(past, traces, start_s, given.tracks["left"].view)
    before = Span(
        start_s, first_s - 0.5 / SAMPLE_RATE_HZ
    )  # without the window's first sample, however times are rounded
    lost_s = {hand: sight.lost_s(before, (hand,)) for hand in HANDS}
    fresh = [c for c in candidates(traces, protocol, lost_s) if c.span.end_s > past.until_s]
    known = sorted((*past.candidates, *fresh), key=lambda c: (c.span.start_s, c.span.end_s, c.rank))
    read = segments(known, protocol)
    # What else a motion might be counts in the score at the end alone: until then most segments are just not done yet.
    found = (*past.segments, *(replace(match, rivals=(), rest=False) for match in read))
    scored = items(found, protocol, sight, Span(start_s, now_s), unclaimed_motions(known, found, protocol))
    settled = _settled(past, known, found, sight, now_s)
    broken = _broken(traces, known, found, given.step, protocol)
    loose = _unsteady(traces, found, given.step, protocol)
    either = read[-1].rivals if read else ()
    begun, ahead = _since(known, found, given.step)
    unconfirmed = _unconfirmed(known, found, given.step, protocol, now_s)
    return WindowReading(
        now_s, found, scored, sight, settled, given.step, begun, ahead, broken, either, unconfirmed, loose
    )


def _unconfirmed(
    known: list[Candidate], found: tuple[SegmentMatch, ...], step: Step | None, protocol: Protocol, now_s: float
) -> SegmentMatch | None:
    """What was done after all segments and is not yet one of them: the strokes where there are some, else the press.

    Of a step that is asked for, presses are followed frame by frame; others are rests until a reading knows them.
    """
    strokes = single_hand_strokes(known, found, protocol, now_s)
    return strokes if strokes is not None or step is not None else single_press(known, found, protocol)


def _on_grid(time_s: float, start_s: float) -> float:
    """The nearest time on the session's own grid, so that a sample once settled is the same sample later."""
    return start_s + round((time_s - start_s) * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ


def _since(
    known: list[Candidate], found: tuple[SegmentMatch, ...], step: Step | None
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """The candidates since the step, or the newest segment, began, and those right before."""
    if step is None and not found:
        return (), ()
    begun_s = step.since_s if step is not None else found[-1].span.start_s
    known = [c for c in known if not c.doubted]
    since = tuple(c for c in known if c.span.start_s >= begun_s)
    return since, tuple(c for c in known if c.span.start_s < begun_s and c.span.end_s >= begun_s - PRESS_TRAVEL_S)


def _broken(
    traces: Mapping[Hand, Trace],
    known: list[Candidate],
    found: tuple[SegmentMatch, ...],
    step: Step | None,
    protocol: Protocol,
) -> tuple[Span, ...]:
    """What was broken off of the step, or of the newest segment where no step is known."""
    if step is None and not found:
        return ()
    before_s = found[-2].span.end_s if len(found) > 1 else traces["left"].time_s[0]
    segment_id, since_s = (step.segment_id, step.since_s) if step else (found[-1].segment_id, float(before_s))
    rank = protocol.rank[segment_id]
    own = (
        c
        for c in known
        if c.rank == rank and c.span.start_s >= since_s - REPETITION_BEGAN_BEFORE_S and c.fit >= SURE_REPETITION_FIT
    )
    whole = [c for c in own if c.repetition is not None and c.repetition.whole]
    return broken_off(traces, protocol.segments[rank], whole, since_s - REPETITION_BEGAN_BEFORE_S)


def _unsteady(
    traces: Mapping[Hand, Trace], found: tuple[SegmentMatch, ...], step: Step | None, protocol: Protocol
) -> tuple[tuple[Hand, Span], ...]:
    """When a palm lay still as long as a press of the step, or of the newest segment, and its fingers seemed to move.

    The tracker misplaces fingers that it sees badly; nobody knows then where they pressed.
    """
    if step is None and not found:
        return ()
    segment = protocol.segment(step.segment_id if step else found[-1].segment_id)
    if segment.hold is None:
        return ()
    contact, long_s = segment.contact, segment.hold.long_enough_s
    still = {
        hand: [[Span(s.start_s, s.end_s) for s in stills(of, what)] for what in (contact, "palm")]
        for hand, of in traces.items()
    }
    return tuple(
        (hand, palm)
        for hand, (fingers, palms) in still.items()
        for palm in palms
        if palm.duration_s >= long_s and all(palm.overlap_s(f) < FINGERS_STILL_SHARE * palm.duration_s for f in fingers)
    )


def _sight(past: Past, traces: Mapping[Hand, Trace], start_s: float, view: Floats | None) -> Visibility:
    """When each hand was seen, from the session's start: what is settled, and the window's own part."""
    first = round((float(traces["left"].time_s[0]) - start_s) * SAMPLE_RATE_HZ)
    told = {hand: _codes(past.sight[hand], traces[hand], first) for hand in HANDS}
    seen, left = ({hand: told[hand] & 3 == what for hand in HANDS} for what in (SEEN_CODE, AWAY_CODE))
    sure = {hand: (told[hand] >> 2) / WHOSE_PARTS for hand in HANDS}
    return Visibility(start_s + np.arange(len(seen["left"])) / SAMPLE_RATE_HZ, seen, left, view, sure)


def _codes(settled: bytes, trace: Trace, first: int) -> Codes:
    """(n,) for each grid step of the session whether the hand was seen, hidden or off the back, and how surely."""
    before = np.frombuffer(settled, dtype=np.uint8)
    gap = np.full(max(0, first - len(before)), HIDDEN_CODE, dtype=np.uint8)
    newest = _coded(trace.seen, away(trace), trace.sure)
    return np.concatenate((before, gap, newest[max(0, len(before) - first) :]))


def _coded(seen: Bools, left: Bools, sure: Floats | None) -> Codes:
    what = np.where(seen, SEEN_CODE, np.where(left, AWAY_CODE, HIDDEN_CODE))
    parts = np.full(len(seen), WHOSE_PARTS) if sure is None else np.round(WHOSE_PARTS * sure).astype(np.int64)
    return np.asarray(what + 4 * parts * seen, dtype=np.uint8)


def _settled(
    past: Past, known: list[Candidate], found: tuple[SegmentMatch, ...], sight: Visibility, now_s: float
) -> Past:
    if now_s - SETTLED_S < past.until_s + WINDOW_ADVANCE_S:
        return past
    start_s = float(sight.time_s[0])
    steps = math.floor((now_s - SETTLED_S - start_s) * SAMPLE_RATE_HZ) + 1
    # Half-way between two samples: at one of them, rounding would decide whether what ends there is settled, in this
    # reading so and in the next the other way round, and it would be lost.
    until_s = start_s + (steps - 0.5) / SAMPLE_RATE_HZ
    over = _over(found, len(past.segments), until_s)
    cut_s = over[-1].span.end_s if over else past.until_s - FOREVER_S
    kept = [c for c in known if c.span.end_s <= until_s and c.span.start_s >= cut_s - TOUCH_S]
    return Past(
        until_s,
        tuple(_worth_keeping(kept, found, until_s)),
        past.start_s,
        {hand: _coded(sight.seen[hand], sight.away[hand], sight.sure.get(hand))[:steps].tobytes() for hand in HANDS},
        over,
    )


def _over(found: tuple[SegmentMatch, ...], closed: int, until_s: float) -> tuple[SegmentMatch, ...]:
    """The segments that ended long ago and after which another began: nothing changes them any more.

    :param closed: how many were over before
    """
    over = [
        k
        for k, (match, after) in enumerate(pairwise(found), 1)
        if match.span.end_s < until_s - SEGMENT_CLOSED_S and match.segment_id != after.segment_id
    ]
    return found[: max([closed, *over])]


def _worth_keeping(settled: list[Candidate], found: tuple[SegmentMatch, ...], until_s: float) -> list[Candidate]:
    """Forgets what lost long ago against the segments that were found: it does not win any more."""
    taken = [r.span for m in found for r in m.repetitions] + [h.span for m in found for h in m.holds]
    kept = {(s.start_s, s.end_s) for s in taken}
    return [c for c in settled if c.span.end_s > until_s - CANDIDATE_KEPT_S or any(_ends(s) in kept for s in _spans(c))]


def _ends(span: Span) -> tuple[float, float]:
    return span.start_s, span.end_s


def _spans(candidate: Candidate) -> list[Span]:
    done = candidate.repetition
    return [hold.span for hold in candidate.holds] + ([done.span] if done is not None else [])
