"""Joins the store with reading, scoring and printing: sessions kept, read again, and made ready for papers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from coach import __version__, reports, wiring
from coach.agree.raters import Agreements, Rated, agreements
from coach.correct import events as happened
from coach.correct.fold import Corrected
from coach.demonstrate.proposal import Proposal
from coach.demonstrate.propose import propose
from coach.domain import (
    BackInfo,
    BackMark,
    Hand,
    HandTrack,
    InputError,
    PracticeInfo,
    Session,
    Span,
    VideoInfo,
)
from coach.marked import Marked, watched
from coach.pipeline import Watching
from coach.progress import Standing
from coach.protocol import Protocol
from coach.protocol.edit import Change, changes_of
from coach.rescue import rescue
from coach.score.film import holes
from coach.score.session import read
from coach.store import (
    Consent,
    Filter,
    MarkedAnew,
    NewSession,
    Result,
    SessionRow,
    Store,
    StoredSession,
    chunks,
    standing,
)
from coach.summary.columns import Entry
from coach.summary.occasion import Occasion
from coach.summary.report import report

SOFTWARE = f"coach {__version__}"
WENT_ON_S = 2.0  # by which tracks are longer than what was made of them, where it was not the end


@dataclass(frozen=True, slots=True)
class Belongs:
    """Whose session a video is."""

    kader: str = ""
    posyandu: str = ""
    origin: str = ""  # the file's name
    consent: Consent | None = None
    film: Path | None = None  # the video itself, kept where the consent allows it
    session: str = ""  # the id that it is to have, a uuid; a new one where it is empty
    visit: int = 0  # which one to the mother, from 1; 0 where nobody said
    mother: str = ""  # her code
    occasion: str = ""  # first, last, visit, exam, practice
    held: str = ""  # when it was, as ISO text; as the film tells it where nobody said


def keep(
    store: Store, session: Session, kept: wiring.Kept, protocol: Protocol, protocol_file: bytes, whose: Belongs
) -> str:
    """Puts a reviewed video into the store, whole or not at all; returns the session's id."""
    new = NewSession(
        protocol=protocol,
        protocol_file=protocol_file,
        software=SOFTWARE,
        source="video",
        corners=kept.corners,
        later=kept.later,
        size=kept.size,
        kader=whose.kader,
        posyandu=whose.posyandu,
        origin=whose.origin,
        consent=whose.consent,
        held=whose.held or kept.made,
        visit=whose.visit,
        mother=whose.mother,
        occasion=whose.occasion,
        id=whose.session,
    )
    return store.add(new, report(session), tracks=kept.chunks, video=whose.film)


def tracks(store: Store, stored: StoredSession) -> dict[Hand, HandTrack] | None:
    """The session's tracks, folded by today's rules; None where none were kept."""
    watching = watched(store, stored)
    return watching.tracks() if watching.time_s else None


def score_again(
    store: Store,
    session: str,
    protocol: Protocol | None = None,
    protocol_file: bytes | None = None,
    parts: Sequence[str] = (),
    marked: Marked | None = None,
) -> Result:
    """Reads a session's tracks with today's coach, and adds what it finds; the results before stay.

    :param protocol: other rules than the session's own; then with their file
    :param parts: ids of those that are rated; those of the latest result where none is named
    :param marked: where the back was marked anew
    :raises InputError: session_missing, session_no_tracks; segment_missing where the rules lack the only one practised;
        part_missing
    """
    stored = store.session(session)
    rules = protocol or store.protocol(stored.row.protocol_digest)
    watching = watched(store, stored, marked)
    if not watching.time_s or rules is None:
        raise InputError("session_no_tracks", id=session)
    found = watching.tracks()
    time_s = found["left"].time_s
    before = stored.report
    path = before["video"]["path"] if before else stored.row.origin
    truncated = bool(before and before["video"].get("truncated"))
    practice = _practice(stored, float(time_s[-1]))
    missing = holes(time_s) if practice is None else ()  # of a practice a pause is missing, or a camera's hiccup
    moved = () if before is None else reports.session(before).video.moved
    if marked is not None and marked.seen:
        moved = marked.moved
    frames, last_s = len(time_s), float(time_s[-1])
    if before and practice is None:  # not every picture of a film is looked at
        frames, last_s = before["video"]["frames"], before["video"]["duration_s"] or last_s
    about = VideoInfo(path, frames, last_s, truncated, missing, moved)
    if practice is not None and not stored.results and not any(track.seen.any() for track in found.values()):
        raise InputError("session_no_tracks", id=session)  # no hand was ever seen: there is nothing to rate
    if practice is not None and practice.segment is not None and set(practice.segments) - set(rules.rank):
        raise InputError("segment_missing", id=practice.segment, known=", ".join(rules.rank))
    asked = tuple(parts) or _narrowed(before, rules)
    back = _back(stored, marked, watching)
    made = report(wiring.session(about, back, found, read(found, rules, asked), rules, practice, asked))
    file = protocol_file if protocol is not None else None
    return store.add_result(session, made, rules_file=file, marked=None if marked is None else _kept(marked))


def _kept(marked: Marked) -> MarkedAnew:
    return MarkedAnew(marked.corners, marked.later, tuple(chunks.encode(chunk) for chunk in marked.seen))


def _back(stored: StoredSession, marked: Marked | None, watching: Watching) -> BackInfo:
    """Where the back is in the original picture, which may be larger than those in which the hands were found."""
    kept = np.array(stored.corners, dtype=np.float64)
    told = np.array(stored.report["back"]["corners_px"], dtype=np.float64) if stored.report else kept
    by = np.ptp(told, axis=0).max() / np.ptp(kept, axis=0).max()
    later = (stored.later if marked is None else marked.later) or watching.later()
    since = tuple(BackMark(mark.from_s, mark.corners * by) for mark in later)
    return BackInfo("given", told if marked is None else marked.corners * by, since)


def _narrowed(before: Mapping[str, Any] | None, rules: Protocol) -> tuple[str, ...]:
    """The parts that a result rates, as far as the rules have them; none where nobody named any and it rates all."""
    scope = () if before is None else tuple(before.get("scope") or ())
    known = tuple(part for part in rules.part_ids if part in scope)
    named = before is not None and bool(before.get("scope_named"))
    return () if known == rules.part_ids and not named else known


def _practice(stored: StoredSession, length_s: float) -> PracticeInfo | None:
    """What the session's latest result says of how it was practised, or else what was kept at its start.

    :param length_s: of the tracks; where they are longer than that result, a stop for pain was not the end
    """
    row, before = stored.row, None if stored.report is None else reports.session(stored.report)
    if before is not None and before.practice is not None:
        went_on = before.practice.pain == "ended" and length_s > before.video.duration_s + WENT_ON_S
        return replace(before.practice, pain="over") if went_on else before.practice
    if row.source == "video":
        return None
    segment = row.segment or None
    if segment is None and row.mode == "again" and stored.results:
        # An older coach kept the segment only in what it made of it first: every item is of that one.
        first = {item.segment_id for item in reports.session(stored.results[0].report).items}
        segment = first.pop() if len(first) == 1 else None
    return PracticeInfo(row.mode, segment)


def recover(store: Store, over: Callable[[], bool] = lambda: False) -> list[str]:
    """Reads the sessions whose recording was broken off; returns their ids. What is too short stays as it is.

    Their videos are seen to first, for a result tells whether there is one.

    :param over: whether to leave the rest for another time
    """
    with contextlib.suppress(InputError):  # the disk refuses: what can be read is read all the same
        rescue(store, store.without_video(), over)
    done = []
    for session in store.interrupted():
        if over():
            break
        try:
            score_again(store, session)
        except InputError:
            continue
        done.append(session)
    return done


def demonstrated(
    store: Store, session: str, segment: str, span: Span | None = None
) -> tuple[Proposal, bytes, list[Change]]:
    """What a session that a trainer performed proposes for a segment of its protocol.

    :param span: where the segment was shown; where coach found it, or else the whole session, if None
    :returns: the proposal, the session's protocol file, and the changes that the proposal makes in it
    :raises InputError: session_no_tracks, segment_missing, demonstration_…
    """
    stored = store.session(session)
    rules, file = store.protocol(stored.row.protocol_digest), store.protocol_file(stored.row.protocol_digest)
    found = tracks(store, stored)
    if found is None or rules is None or file is None:
        raise InputError("session_no_tracks", id=session)
    if segment not in rules.rank:
        raise InputError("segment_missing", id=segment, known=", ".join(rules.rank))
    proposal = propose(rules.segment(segment), found, span or _where(stored, segment, found), rules.surface)
    return proposal, file, changes_of(proposal)


def _where(stored: StoredSession, segment: str, found: Mapping[Hand, HandTrack]) -> Span:
    machine = reports.session(stored.report).segments if stored.report else ()
    spans = [m.span for m in machine if m.segment_id == segment]
    if spans:
        return max(spans, key=lambda s: s.duration_s)
    time_s = found["left"].time_s
    return Span(float(time_s[0]), float(time_s[-1]))


# ---------------------------------------------------------------------- for papers and tables


def stands(store: Store, stored: StoredSession) -> tuple[Corrected, Protocol]:
    """A session as it stands, with the rules of its latest result.

    :raises InputError: session_no_result
    """
    rules = store.protocol(stored.results[-1].protocol_digest) if stored.results else None
    if rules is None:
        raise InputError("session_no_result", id=stored.row.id)
    return standing.as_corrected(stored, rules), rules


def standing_by(stored: StoredSession, rules: Protocol) -> Corrected:
    """A session that has a result, as it stands by the rules of its latest one."""
    return standing.as_corrected(stored, rules)


def occasion(stored: StoredSession, corrected: Corrected, names: Mapping[str, str]) -> Occasion:
    """:param names: of people by code"""
    row = stored.row
    raters = [c.author for c in stored.corrections if c.author]
    rater = raters[-1] if raters else ""
    return Occasion(
        session=row.id,
        when=local(row.held or row.created),
        kader=row.kader,
        name=names.get(row.kader, ""),
        posyandu=row.posyandu,
        rater=names.get(rater) or rater,
        mode=row.mode,
        sample=row.source == "sample",
        corrected=row.corrected,
        outcomes=corrected.outcomes,
        mother=row.mother,
        visit=row.visit,
    )


def local(stamp: str) -> datetime:
    """A moment of the store in this machine's own time."""
    return datetime.fromisoformat(stamp).astimezone()


def entry(row: SessionRow, items: Mapping[str, int | None], outcomes: Mapping[str, bool | None]) -> Entry:
    """A session's line in a table."""
    shared = {name: getattr(row, name) for name in Entry.__dataclass_fields__ if hasattr(row, name)}
    more: dict[str, Any] = {
        "session": row.id,
        "when": local(row.held or row.created),
        "protocol": f"{row.protocol_id} {row.protocol_version}",
        "items": items,
        "outcomes": outcomes,
    }
    return Entry(**(shared | more))


def entries(store: Store, ids: Iterable[str]) -> Iterator[Entry]:
    """The tables' lines of some sessions, in their order."""
    for row, items, outcomes in store.lines(list(ids)):
        yield entry(row, items, outcomes)


def names(store: Store) -> dict[str, str]:
    """People's names by their codes, where known."""
    return {person.code: person.name for person in store.people() if person.name}


def progressed(store: Store, asked: Filter, protocol: Protocol) -> list[Standing]:
    """The sessions of a protocol that tell how kaders get on, oldest first."""
    return [
        Standing(
            session=one.session,
            when=local(one.held or one.created),
            kader=one.kader,
            posyandu=one.posyandu,
            percent=one.percent,
            passed=one.passed,
            items=one.items,
            state=one.verdict,
            scope=one.scope,
        )
        for one in store.counted(replace(asked, protocol=protocol.id))
    ]


def agreement(store: Store, ids: Sequence[str], protocol: Protocol) -> Agreements:
    """Coach against trainer beside trainer against trainer, over the sessions that were rated blind."""
    items = [f"{s.id}.{kind}" for s in protocol.segments for kind in s.items]
    return agreements(rated(store, ids, protocol), items)


def rated(store: Store, ids: Sequence[str], protocol: Protocol) -> list[Rated]:
    """Those of the sessions that were rated blind."""
    return [Rated(one.machine, one.raters) for one in store.rated_blind(ids, protocol.id)]


def labels(stored: StoredSession, corrected: Corrected) -> dict[str, Any]:
    """A corrected session as labelled data for the bench: what truly was done, and the points it deserved."""
    session = corrected.session
    made = report(session)
    trainer = any(happened.event(c.event).do not in ("note", "undo") for c in stored.corrections)
    return {
        "schema": "coach.labels/1",
        "session": stored.row.id,
        "protocol": made["protocol"],
        "corners_px": [list(corner) for corner in stored.corners],
        "segments": [{k: v for k, v in s.items() if k != "confidence"} for s in made["segments"]],
        "items": [{k: i[k] for k in ("id", "segment", "kind", "points", "status")} for i in made["items"]],
        "by": sorted({c.author for c in stored.corrections if c.author}) if trainer else [],
    }
