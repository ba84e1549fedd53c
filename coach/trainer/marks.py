"""Where a session's back is marked; marking it anew, for all of it or from a later time of its film on, and no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from coach import archive, marked
from coach.domain import InputError
from coach.locate.marks import body_of
from coach.store import StoredSession
from coach.trainer import asking, worker
from coach.trainer.changes import machine
from coach.trainer.job import corners_of
from coach.trainer.office import Office

Json = dict[str, Any]


def marks(office: Office, session: str, query: Mapping[str, Any]) -> Json:
    """{body: (4, 2) px of C7, both shoulder points and L5 as they are marked, size: px of the picture they are in,
    duration_s, later: from when on it is marked anew}.

    :param query: {at_s: of which the marks are asked; of the beginning where it is not there}
    :raises InputError: session_missing, query_bad
    """
    stored, at_s = office.store.session(session), asking.second(query, "at_s") or 0.0
    there = marked.marks_of(office.store, stored)
    until_s = at_s + marked.SAME_MARK_S if at_s > 0.0 else 0.0  # one that is to be replaced is shown as well
    holds = [there.corners, *(mark.corners for mark in there.later if mark.from_s <= until_s)]
    return {
        "body": np.round(body_of(holds[-1], stored.size), 1).tolist(),
        "size": list(stored.size),
        "duration_s": stored.row.duration_s,
        "later": [mark.from_s for mark in there.later],
    }


def mark_anew(office: Office, session: str, body: Any) -> Json:
    """Takes other marks of the back and scores the session again by them; the results before stay.

    A correction stays where it still finds what it speaks about; how many do not is told.

    :param body: {corners: (4, 2) px of a picture, size: of that picture, from_s: from when on they hold; for all of it
        where that is not there, or 0, and else its film is looked at again from there}
    :returns: {before, after, changed: how many items have other points, missed: how many corrections find nothing to
        change any more}
    :raises InputError: session_missing, session_no_tracks, film_…, mark_…, looking_already, query_bad
    """
    before = _with_film(office, session)
    given = asking.fields(body)
    corners, from_s = corners_of(given, before.size), asking.second(given, "from_s") or 0.0

    def work() -> None:
        if from_s > 0.0:
            office.looking.look(worker.Look(session, corners, from_s, office.folder, office.store.url))
        else:
            later = marked.marks_of(office.store, before).later
            archive.score_again(office.store, session, marked=marked.Marked(corners, later))

    return _scored_again(office, before, work)


def take_mark_away(office: Office, session: str, query: Mapping[str, Any]) -> Json:
    """Takes a later mark away: the film is looked at again without it, and the session scored by that.

    :param query: {from_s: from when on the mark holds}
    :returns: as :func:`mark_anew`
    :raises InputError: session_missing, mark_not_there, film_…, looking_already, query_bad
    """
    before, from_s = _with_film(office, session), asking.second(query, "from_s")
    if from_s is None:
        raise InputError("query_bad", name="from_s")
    look = worker.Look(session, None, from_s, office.folder, office.store.url)
    return _scored_again(office, before, lambda: office.looking.look(look))


def _with_film(office: Office, session: str) -> StoredSession:
    """:raises InputError: session_missing, film_missing"""
    stored = office.store.session(session)
    if office.store.video(session) is None:
        raise InputError("film_missing")
    return stored


def _scored_again(office: Office, before: StoredSession, work: Callable[[], None]) -> Json:
    """Does what scores a session again, and tells what is different since."""
    session, missed = before.row.id, _missed(office, before)
    work()
    office.sights.forget(session)
    after = office.store.session(session)
    return {
        "before": before.row.percent,
        "after": after.row.percent,
        "changed": sum(machine(before).get(item) != points for item, points in machine(after).items()),
        "missed": len(_missed(office, after) - missed),
    }


def _missed(office: Office, stored: StoredSession) -> set[str]:
    """The corrections that find nothing to change."""
    return set(archive.stands(office.store, stored)[0].missed) if stored.results else set()
