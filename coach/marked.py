"""A kept session whose back was marked anew: for all of it, or from a later time on."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from coach import reports, wiring
from coach.domain import BackInfo, BackMark, Floats, InputError, Moved, Span, TrackChunk
from coach.pipeline import Watching
from coach.recording import before, replay
from coach.store import Store, StoredSession
from coach.summary import wording

ENDS_S = 2.0  # by which a film may be shorter than what was seen
TOLD_S = 1.0  # times are told to people in whole seconds: so near a mark is the one that is meant
SAME_MARK_S = 2.0  # one that is made so soon before or after another is meant in its place


@dataclass(frozen=True, slots=True)
class Marked:
    """Where the back was marked anew, px of the pictures in which the hands were found."""

    corners: Floats  # (4, 2) of the first picture
    later: tuple[BackMark, ...] = ()  # all others, in order of time
    seen: tuple[TrackChunk, ...] = ()  # by them, where the film was looked at again: in place of all that there was
    moved: tuple[Moved, ...] = ()  # the camera, by that


def watched(store: Store, stored: StoredSession, marked: Marked | None = None) -> Watching:
    """A session's tracks, folded by today's rules; by other marks than it has where these are given."""
    corners, later = (np.array(stored.corners), stored.later) if marked is None else (marked.corners, marked.later)
    chunks = marked.seen if marked is not None and marked.seen else store.tracks(stored.row.id)
    return replay(chunks, corners, stored.size, stored.pillow, later)


def marks_of(store: Store, stored: StoredSession) -> Marked:
    """Where the back of a session is marked; what was marked anew in a practice its tracks tell."""
    corners = np.array(stored.corners, dtype=np.float64)
    known = stored.later or stored.row.source == "video"
    return Marked(corners, stored.later if known else watched(store, stored).later())


def marked_from(store: Store, session: str, corners: Floats, from_s: float, progress: wiring.Progress) -> Marked:
    """The marks of a session with one that holds from a time on; its film is looked at again from there.

    :param corners: (4, 2) px of the pictures in which the hands were found
    :raises InputError: session_missing, film_missing, film_short, video_…, back_from_late
    """
    stored = store.session(session)
    there = marks_of(store, stored)
    others = [mark for mark in there.later if abs(mark.from_s - from_s) > SAME_MARK_S]
    later = tuple(sorted([*others, BackMark(from_s, corners)], key=lambda mark: mark.from_s))
    return _seen_by(store, stored, Marked(there.corners, later), from_s, progress)


def without_mark(store: Store, session: str, from_s: float, progress: wiring.Progress) -> Marked:
    """The marks of a session but the later one that holds from a time on; its film is looked at again.

    What was seen before that mark was made is kept no more: the film is looked at from the mark before on.

    :raises InputError: session_missing, mark_not_there, film_missing, film_short, video_…
    """
    stored = store.session(session)
    there = marks_of(store, stored)
    away = min(there.later, key=lambda mark: abs(mark.from_s - from_s), default=None)
    if away is None or abs(away.from_s - from_s) >= TOLD_S:
        known = ", ".join(wording.time(mark.from_s) for mark in there.later)
        raise InputError("mark_not_there", at=wording.time(from_s), known=known or "–")
    later = tuple(mark for mark in there.later if mark is not away)
    since_s = max((mark.from_s for mark in later if mark.from_s < away.from_s), default=0.0)
    return _seen_by(store, stored, Marked(there.corners, later), since_s, progress)


def _seen_by(store: Store, stored: StoredSession, marks: Marked, from_s: float, progress: wiring.Progress) -> Marked:
    """The marks with what is seen by them: until a time what was seen before, from then on the film once more.

    :raises InputError: film_missing, film_short, video_…, back_from_late
    """
    session, film = stored.row.id, store.video(stored.row.id)
    if film is None:
        raise InputError("film_missing")
    back = BackInfo("given", marks.corners, marks.later)
    seen, moved = wiring.look_again(str(film), back, stored.size, from_s, progress)
    if not seen or seen[-1].time_s[-1] < stored.row.duration_s - ENDS_S:
        raise InputError("film_short")
    told = () if stored.report is None else reports.session(stored.report).video.moved
    ended = [replace(one, span=Span(one.span.start_s, min(one.span.end_s, from_s))) for one in told]
    until = tuple(one for one in ended if one.span.start_s < from_s)
    return replace(marks, seen=(*before(store.tracks(session), from_s), *seen), moved=(*until, *moved))
