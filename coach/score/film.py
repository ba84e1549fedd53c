"""Whether a film, or a practice, can be judged at all: what is wrong with it, before any item is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

import numpy as np

from coach.domain import (
    Bools,
    Floats,
    Hand,
    HandTrack,
    ItemScore,
    Reason,
    SegmentMatch,
    Span,
    State,
    Value,
    Verdict,
    VideoInfo,
)
from coach.parameters.hand_motion import MOVED, MOVED_WITHIN_S
from coach.parameters.rating import HASTY_SHARE
from coach.parameters.verdict import (
    LEAST_PICTURE_RATE_HZ,
    MISSING_PICTURES_S,
    MISSING_SHARE_OF_FILM,
    OTHER_MOTION_FROM_S,
    STEPS_DONE_SHARE,
    STEPS_SHARE_OF_MOTION,
)
from coach.protocol import Protocol
from coach.score.evidence import least_s
from coach.score.moved import unsure

# The reasons of verdicts that the film is to blame for, by the verdict's key.
FLAWS = (
    "verdict_slow_laptop",
    "verdict_few_pictures",
    "verdict_other_part",
    "verdict_other_motion",
    "verdict_holes",
    "verdict_cut_off",
    "verdict_part_only",
    "verdict_too_short",
)
UNJUDGED = ("other_motion", "damaged")  # states in which nothing that the camera saw is rated


@dataclass(frozen=True, slots=True)
class Filmed:
    """A session as far as its verdict asks."""

    video: VideoInfo
    tracks: dict[Hand, HandTrack]
    found: tuple[SegmentMatch, ...]
    live: bool = False
    partly: bool = False  # whether it was meant to show a step alone, or was broken off: only its pictures are judged


def holes(time_s: Floats) -> tuple[Span, ...]:
    """The stretches of which no picture could be read.

    :param time_s: (n,) of the pictures
    """
    wide = np.flatnonzero(np.diff(time_s) >= MISSING_PICTURES_S)
    return tuple(Span(float(time_s[k]), float(time_s[k + 1])) for k in wide)


def flaw(filmed: Filmed, protocol: Protocol, scope: Sequence[str], *, given: bool) -> Verdict | None:
    """Why a film tells nothing, or not all that is asked; None where it can be judged.

    :param scope: ids of the parts that are rated
    :param given: whether somebody chose them; else those that are not in the film may not be meant
    """
    if slow := _slow(filmed):
        return slow
    if filmed.partly:
        return None
    # What a practice does not show was not done, whereas a film may be another's or have been cut.
    if filmed.live:
        return _spoiled(filmed, protocol, scope)
    return _other(filmed, protocol, scope) or _spoiled(filmed, protocol, scope) or _cut(filmed, protocol, scope, given)


def unrated(items: tuple[ItemScore, ...], flaw: Verdict | None) -> tuple[ItemScore, ...]:
    """The items; where the film shows nothing that may be judged, none of the camera's has points."""
    if flaw is None or flaw.state not in UNJUDGED:
        return items
    why = Reason(f"unjudged_{flaw.state}")
    return tuple(
        replace(item, points=None, status="not_visible", evidence=(), reason=why) if _of_camera(item) else item
        for item in items
    )


def _of_camera(item: ItemScore) -> bool:
    return item.kind != "manual" and item.status != "not_applicable"


def rate(time_s: Floats) -> float:
    """Pictures a second: half of the time they came as fast, or faster. Of a film with holes, beside those."""
    apart = np.sort(np.diff(time_s))
    apart = apart[apart < MISSING_PICTURES_S] if (apart < MISSING_PICTURES_S).any() else apart
    if not len(apart):
        return 0.0
    at = int(np.searchsorted(np.cumsum(apart), apart.sum() / 2.0))
    return float(1.0 / max(apart[min(at, len(apart) - 1)], 1e-6))


def _verdict(state: State, key: str, **values: Value) -> Verdict:
    return Verdict(state, Reason(key, values))


def _slow(filmed: Filmed) -> Verdict | None:
    time_s = filmed.tracks["left"].time_s
    rate_s = rate(time_s)
    if rate_s >= LEAST_PICTURE_RATE_HZ or len(time_s) < 2:
        return None
    key = "verdict_slow_laptop" if filmed.live else "verdict_few_pictures"
    return _verdict("damaged", key, rate=round(rate_s, 1), least=LEAST_PICTURE_RATE_HZ)


def _other(filmed: Filmed, protocol: Protocol, scope: Sequence[str]) -> Verdict | None:
    """Where hands moved, and hardly any of it was a step of the protocol."""
    if unsure(filmed.video.moved):  # what was done at places that nobody knows may well be steps of it
        return None
    moved_s, known_s = moved(filmed.tracks, [m.span for m in filmed.found])
    own = {m.segment_id for m in filmed.found if protocol.segment(m.segment_id).part in scope}
    steps = sum(segment.part in scope for segment in protocol.segments)
    if (
        moved_s < OTHER_MOTION_FROM_S
        or len(own) > STEPS_DONE_SHARE * steps
        or (own and known_s >= STEPS_SHARE_OF_MOTION * moved_s)
    ):
        return None
    if not own and filmed.found:
        shown = ", ".join(dict.fromkeys(protocol.segment(m.segment_id).part for m in filmed.found))
        return _verdict("other_motion", "verdict_other_part", parts=shown)
    return _verdict("other_motion", "verdict_other_motion", percent=round(100.0 * known_s / moved_s))


def moved(tracks: dict[Hand, HandTrack], spans: Iterable[Span]) -> tuple[float, float]:
    """How long a hand moved, in s, and for how much of that some spans account."""
    time_s = tracks["left"].time_s
    if len(time_s) < 2:
        return 0.0, 0.0
    lasts = np.minimum(np.diff(time_s, append=time_s[-1]), MISSING_PICTURES_S)
    moves: Bools = np.logical_or.reduce([_moves(track) for track in tracks.values()])
    within = np.zeros(len(time_s), dtype=np.bool_)
    for span in spans:
        within |= (time_s >= span.start_s) & (time_s < span.end_s)
    return float(lasts[moves].sum()), float(lasts[moves & within].sum())


def _moves(track: HandTrack) -> Bools:
    """(n,) whether the hand came from elsewhere within the last moment."""
    middle = track.landmarks.mean(axis=1)  # (n, 2), NaN where unseen
    before = np.searchsorted(track.time_s, track.time_s - MOVED_WITHIN_S)
    far = np.linalg.norm(middle - middle[before], axis=1)
    moves: Bools = np.nan_to_num(far) > MOVED
    return moves


def _spoiled(filmed: Filmed, protocol: Protocol, scope: Sequence[str]) -> Verdict | None:
    """Where pictures are missing amid the film, or after the last that could be read."""
    video, lost = filmed.video, filmed.video.damaged
    if sum(span.duration_s for span in lost) > MISSING_SHARE_OF_FILM * video.duration_s:
        values = {"start_s": lost[0].start_s, "end_s": lost[0].end_s, "more": len(lost) - 1}
        return _verdict("damaged", "verdict_holes", **values)
    if video.truncated and _missing(filmed, protocol, scope):
        return _verdict("damaged", "verdict_cut_off", at_s=video.duration_s)
    return None


def _missing(filmed: Filmed, protocol: Protocol, scope: Sequence[str]) -> list[str]:
    done = {m.segment_id for m in filmed.found}
    return [s.id for s in protocol.segments if s.part in scope and s.id not in done]


def _cut(filmed: Filmed, protocol: Protocol, scope: Sequence[str], given: bool) -> Verdict | None:
    """Where the film has no room for what is asked."""
    if not given and (shown := parts_shown(filmed, protocol)):
        return _verdict("undecided", "verdict_part_only", parts=", ".join(shown))
    needed_s = HASTY_SHARE * sum(least_s(s) for s in protocol.segments if s.part in scope)
    if filmed.video.duration_s < needed_s:
        lasts_s, least_s_told = (
            floor(filmed.video.duration_s),
            ceil(needed_s),
        )  # whole s, and never the same
        return _verdict("damaged", "verdict_too_short", lasts_s=lasts_s, needed_s=least_s_told)
    return None


def parts_shown(filmed: Filmed, protocol: Protocol) -> tuple[str, ...]:
    """The parts that a film shows where the others are not in it, having no room before or after; else none."""
    done = {protocol.segment(m.segment_id).part for m in filmed.found}
    if not done:
        return ()
    ids = protocol.part_ids
    first, last = min(map(ids.index, done)), max(map(ids.index, done))
    before, after = ids[:first], ids[last + 1 :]
    if not (before or after):
        return ()
    starts_s, ends_s = filmed.found[0].span.start_s, max(m.span.end_s for m in filmed.found)
    room = (before, starts_s), (after, filmed.video.duration_s - ends_s)
    if any(room_s >= HASTY_SHARE * _least_s(parts, protocol) for parts, room_s in room if parts):
        return ()
    return ids[first : last + 1]


def _least_s(parts: Sequence[str], protocol: Protocol) -> float:
    return sum(least_s(segment) for segment in protocol.segments if segment.part in parts)
