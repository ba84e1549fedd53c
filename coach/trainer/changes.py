"""What a trainer does to a session: corrections, ratings, consent, whose it is, scoring again, taking it away."""

from __future__ import annotations

from typing import Any

from coach import archive
from coach.domain import InputError
from coach.store import About, Consent, StoredSession
from coach.trainer import asking, blind, view
from coach.trainer.office import Office

Json = dict[str, Any]
MOST_ITEMS = 2000


def correct(office: Office, session: str, body: Any) -> Json:
    """Appends an event; returns the fresh session.

    :param body: {event, author, id: a uuid of the event's own, by which it is known again when it is sent once more}
    :raises InputError: session_missing, session_no_result, correction_bad, correction_no_author, body_bad
    """
    given = asking.fields(body)
    author, made = asking.word(given, "author"), given.get("event")
    if not author:
        raise InputError("correction_no_author")
    if not isinstance(made, dict):
        raise InputError("correction_bad", field="event")
    stored = office.store.session(session)
    if not stored.results:
        raise InputError("session_no_result", id=session)
    if made.get("do") == "undo" and made.get("event") not in {c.id for c in stored.corrections}:
        raise InputError("correction_bad", field="event")
    office.store.correct(session, made, author, id=asking.word(given, "id"))
    return view.whole(office.store, session, author)


def rate(office: Office, session: str, body: Any) -> Json:
    """Keeps a rating of the whole sheet; returns the fresh session, nothing withheld any more.

    It counts as blind only where the rater asked for it and had not been shown coach's score before.

    :raises InputError: session_missing, session_no_result, rating_bad, rating_no_rater, body_bad
    """
    given = asking.fields(body)
    rater, items = asking.word(given, "rater"), given.get("items")
    if not rater:
        raise InputError("rating_no_rater")
    stored = office.store.session(session)
    points = _points(items, _known(office, stored))
    unseen = asking.flag(given, "blind") and blind.is_open(stored, rater)
    office.store.rate(session, rater, points, unseen)
    return view.whole(office.store, session, rater)


def _known(office: Office, stored: StoredSession) -> set[str]:
    rules = office.store.protocol(stored.results[-1].protocol_digest) if stored.results else None
    if rules is None:
        raise InputError("session_no_result", id=stored.row.id)
    return set(view.item_titles(rules))


def _points(items: Any, known: set[str]) -> dict[str, int | None]:
    """:raises InputError: rating_bad"""
    if not isinstance(items, dict) or not items or len(items) > MOST_ITEMS:
        raise InputError("rating_bad", item="–")
    for name, points in items.items():
        fits = points is None or (isinstance(points, int) and not isinstance(points, bool) and 0 <= points <= 2)
        if name not in known or not fits:
            raise InputError("rating_bad", item=str(name)[:60])
    return dict(items)


def consent(office: Office, session: str, body: Any) -> Json:
    """Appends what the mother agreed to or withdrew; pictures that are not allowed any more are erased.

    :raises InputError: session_missing, query_bad, body_bad
    """
    given = asking.fields(body)
    office.store.consent(session, consent_of(given))
    return view.whole(office.store, session, asking.word(given, "by"))


def consent_of(given: Any) -> Consent:
    """:raises InputError: query_bad, body_bad"""
    fields = asking.fields(given)
    withdrawn = asking.flag(fields, "withdrawn")
    video = asking.flag(fields, "video") and not withdrawn
    return Consent(asking.names(fields, "checks"), video, withdrawn, asking.word(fields, "by"))


def belongs(office: Office, session: str, body: Any) -> Json:
    """:raises InputError: session_missing, query_bad, body_bad"""
    given = asking.fields(body)
    office.store.belongs(session, asking.word(given, "kader"), asking.word(given, "posyandu"))
    return view.whole(office.store, session)


def describe(office: Office, session: str, body: Any) -> Json:
    """When it was and on which occasion; a field that is not there stays as it is.

    :param body: {held: ISO text with a time zone, visit: whole number, mother, occasion}
    :raises InputError: session_missing, about_bad, query_bad, body_bad
    """
    office.store.describe(session, about_of(body))
    return view.whole(office.store, session)


def about_of(body: Any) -> About:
    """:raises InputError: about_bad, query_bad, body_bad"""
    given = asking.fields(body)
    visit = given.get("visit")
    if visit is not None and type(visit) is not int:
        raise InputError("about_bad", field="visit")
    texts = {name: asking.word(given, name) for name in ("held", "mother", "occasion") if name in given}
    about = About(visit=visit, **texts)
    about.changes()
    return about


def delete(office: Office, session: str) -> Json:
    """Takes the session away whole; tells where anything of it is still to be found: nowhere.

    :raises InputError: session_missing
    """
    office.store.check_id(session)
    with office.sights.held():
        office.sights.forget(session)
        office.store.delete(session)
    return {"left": list(office.store.traces(session))}


def delete_video(office: Office, session: str) -> Json:
    """:raises InputError: session_missing"""
    office.store.erase_video(session)
    return view.whole(office.store, session)


def rescore(office: Office, session: str, body: Any) -> Json:
    """Reads the tracks with today's coach; the results before stay.

    :param body: {protocol: a name, parts: ids of those that are rated}; both may be left out
    :returns: {before, after, protocol_before, protocol_after, changes: [{item, title, before, after}]}
    :raises InputError: session_missing, session_no_tracks, protocol_missing, protocol_bad, part_missing, query_bad
    """
    given = asking.fields(body if body is not None else {})
    name, parts = asking.word(given, "protocol"), asking.names(given, "parts")
    rules, file = (office.shelf.rules(name), office.shelf.text(name)) if name else (None, None)
    before = office.store.session(session)
    archive.score_again(office.store, session, rules, file, parts)
    after = office.store.session(session)
    titles = _titles(office, before) | _titles(office, after)
    old, new = machine(before), machine(after)
    return {
        "before": before.row.percent,
        "after": after.row.percent,
        "protocol_before": before.row.protocol_version,
        "protocol_after": after.row.protocol_version,
        "changes": [
            {"item": item, "title": titles.get(item), "before": old.get(item), "after": new.get(item)}
            for item in {**old, **new}
            if old.get(item) != new.get(item) or (item in old) != (item in new)
        ],
    }


def machine(stored: StoredSession) -> dict[str, int | None]:
    """The points of the machine's latest result."""
    return {i["id"]: i["points"] for i in stored.results[-1].report["items"]} if stored.results else {}


def _titles(office: Office, stored: StoredSession) -> dict[str, Any]:
    rules = office.store.protocol(stored.row.protocol_digest)
    return {} if rules is None else view.item_titles(rules)
