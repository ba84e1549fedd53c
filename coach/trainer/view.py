"""A session as the review page is told it: what coach found, what trainers made of it, and the words for both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from coach import archive
from coach.correct.fold import Corrected
from coach.domain import Session
from coach.messages import Catalogue
from coach.protocol import Protocol
from coach.score import step
from coach.store import Rating, Store, StoredSession
from coach.summary import wording
from coach.summary.feedback import improvement, strength
from coach.summary.report import report
from coach.trainer import blind
from coach.trainer.words import Both, both, title

Json = dict[str, Any]
_WHEN = ("before", "during", "after")


def whole(store: Store, session: str, rater: str = "", asked_blind: bool = False) -> Json:
    """The session for a trainer.

    :param rater: code of who looks
    :param asked_blind: without anything that coach judged, until this rater has rated
    :raises InputError: session_missing
    """
    revision = store.revision(session)  # read first: it is never newer than what is told
    stored = store.session(session)
    rules = _rules(store, stored)
    told = _basics(store, stored, rules)
    told["blind_open"] = blind.is_open(stored, rater)
    if asked_blind and told["blind_open"]:
        return blind.withheld(told, rules)
    return told | {"revision": revision} | _judged(stored, rules)


def _rules(store: Store, stored: StoredSession) -> Protocol | None:
    digest = stored.results[-1].protocol_digest if stored.results else stored.row.protocol_digest
    return store.protocol(digest)


def _basics(store: Store, stored: StoredSession, rules: Protocol | None) -> Json:
    """What says nothing about how well it was done."""
    row = stored.row
    names = archive.names(store)
    return {
        "row": asdict(row) | {"name": names.get(row.kader, "")},
        "corners": [list(corner) for corner in stored.corners],
        "size": list(stored.size),
        "video": _video(store, stored),
        "has_tracks": any(True for _ in store.raw_tracks(row.id)),
        "protocol": None if rules is None else protocol(rules),
        "item_titles": {} if rules is None else item_titles(rules),
        "checklist": [] if rules is None else checklist(rules),
        "consents": [asdict(consent) for consent in stored.consents],
    }


def protocol(rules: Protocol) -> Json:
    """The whole protocol, as practice is told it."""
    return rules.model_dump(mode="json", by_alias=True)


def _video(store: Store, stored: StoredSession) -> Json | None:
    if store.video(stored.row.id) is None:
        return None
    frames = stored.report["video"]["frames"] if stored.report else None
    return {"url": f"/api/sessions/{stored.row.id}/video", "frames": frames, "duration_s": stored.row.duration_s}


def item_titles(rules: Protocol) -> dict[str, Both]:
    """A name for each item of the checklist."""
    found = {}
    for segment in rules.segments:
        for kind in segment.items:
            found[f"{segment.id}.{kind}"] = both(
                lambda words, s=segment, k=kind: (  # type: ignore[misc]
                    f"{wording.title(s.title, words)}: {words.text(f'kind_{k}')}"
                )
            )
    return found | {item.id: title(item.title) for item in rules.manual}


def checklist(rules: Protocol) -> list[Json]:
    """The items in the order of the sheet, in groups: before, each part, during, after."""

    def manual(when: str) -> Json:
        items = [item.id for item in rules.manual if item.when == when]
        return {"id": when, "title": both(lambda words: words.text(f"when_{when}")), "items": items}

    parts = [
        {
            "id": part.id,
            "title": title(part.title),
            "items": [f"{s.id}.{kind}" for s in rules.segments if s.part == part.id for kind in s.items],
        }
        for part in rules.parts
    ]
    before, during, after = map(manual, _WHEN)
    return [group for group in (before, *parts, during, after) if group["items"]]


def _judged(stored: StoredSession, rules: Protocol | None) -> Json:
    told: Json = {
        "machine": stored.report,
        "stands": None,
        "moved": [],
        "by_trainer": [],
        "missed": [],
        "notes": [],
        "outcomes": {},
        "words": {},
        "feedback": None,
        "events": [{"id": c.id, "made": c.made, "author": c.author, "event": c.event} for c in stored.corrections],
        "results": [_result(one.id, one.made, one.software, one.report) for one in stored.results],
        "ratings": [rating(one) for one in stored.ratings],
    }
    if rules is None or not stored.results:
        return told
    stands = archive.standing_by(stored, rules)
    return told | _standing(stands, rules)


def _standing(stands: Corrected, rules: Protocol) -> Json:
    session = stands.session
    stood = report(session)
    stood["verdict"] |= {
        "text": both(lambda words: wording.why(session.verdict, rules, words)),
        "scope": both(lambda words: wording.rated_parts(session, rules, words)),
    }
    return {
        "stands": stood | {"steps": step.states(session.items)},
        "moved": _moved(session),
        "by_trainer": sorted(stands.by_trainer),
        "missed": list(stands.missed),
        "notes": [asdict(note) for note in stands.notes],
        "outcomes": stands.outcomes,
        "words": words_of(session, rules),
        "feedback": {
            "strength": both(lambda words: wording.advice(strength(session.items, rules), rules, words)),
            "improve": both(lambda words: wording.advice(improvement(session.items, rules), rules, words)),
            "faultless": improvement(session.items, rules).key == "improve_none",
        },
    }


def _moved(session: Session) -> list[Json]:
    """When the camera was moved, or the back marked anew."""
    told = wording.moved_at(session, Catalogue("id"))
    texts = [both(lambda words, k=k: wording.moved(session, words)[k]) for k in range(len(told))]  # type: ignore[misc]
    return [{"at_s": at_s, "lost": lost, "text": text} for (at_s, lost, _), text in zip(told, texts, strict=True)]


def words_of(session: Session, rules: Protocol) -> dict[str, Both]:
    """Why each item got its points."""
    return {
        item.item_id: both(lambda words, item=item: wording.reason(item, rules, words))  # type: ignore[misc]
        for item in session.items
    }


def _result(name: str, made: str, software: str, found: Mapping[str, Any]) -> Json:
    return {
        "id": name,
        "made": made,
        "software": software,
        "percent": found["score"]["percent"],
        "protocol_version": found["protocol"]["version"],
    }


def rating(one: Rating) -> Json:
    return {"rater": one.rater, "blind": one.blind, "made": one.made, "items": dict(one.items)}
