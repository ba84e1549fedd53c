"""Over many sessions: how kaders get on, and how well coach and trainers agree."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from coach import archive, exports
from coach.agree.raters import paired
from coach.agree.table import Agreement, Figure, differences
from coach.agree.totals import BlandAltman
from coach.messages import Catalogue
from coach.progress import KaderProgress, by_item, by_kader, by_segment
from coach.protocol import Protocol
from coach.summary.bland_altman_svg import bland_altman_svg
from coach.trainer import asking, view
from coach.trainer.office import Office
from coach.trainer.words import language, title
from coach.web.calls import Content

Json = dict[str, Any]
_COLUMNS = ("coach", "trainers")
_EMPTY: Json = {"protocol": None, "sessions": 0}


def progress(office: Office, query: Mapping[str, str]) -> Json:
    """Of the newest session's protocol, unless one is asked for.

    :raises InputError: usage_day, query_bad
    """
    asked = asking.sessions_filter(query)
    newest = office.store.newest(asked)
    if newest is None:
        return _EMPTY | {"kaders": [], "segments": [], "items": {}, "titles": {}, "item_titles": {}}
    rules = exports.rules_of(office.store, [newest])
    standings = archive.progressed(office.store, asked, rules)
    kaders, titles = by_kader(standings, rules), view.item_titles(rules)
    names = archive.names(office.store)
    return {
        "protocol": {"id": rules.id, "version": rules.version, "pass_mark": rules.scoring.pass_mark},
        "sessions": len(standings),
        "kaders": [_kader(one, names.get(one.kader, ""), whole=bool(asked.kader)) for one in kaders],
        "segments": [asdict(one) for one in by_segment(kaders, rules)],
        "items": {
            item: {"rated": rated, "share": share} for item, (rated, share) in by_item(standings, titles).items()
        },
        "titles": {segment.id: title(segment.title) for segment in rules.segments},
        "item_titles": titles,
    }


def _kader(one: KaderProgress, name: str, *, whole: bool) -> Json:
    """:param whole: with each of her sessions, as her own page shows them"""
    sessions = [
        {"session": s.session, "when": s.when.isoformat(), "percent": s.percent, "passed": s.passed}
        | {"verdict": s.state, "scope": s.scope}
        for s in (one.sessions if whole else ())
    ]
    told: Json = {"kader": one.kader, "name": name, "posyandu": one.posyandu, "sessions": sessions}
    told |= {"count": len(one.sessions), "scores": one.scores, "verdict": one.state, "passed": one.passed}
    return told | {"needs": list(one.needs)}


def agreement(office: Office, query: Mapping[str, str]) -> Json:
    """Over the sessions that were rated blind. Intervals are [value, low, high], null where too little is known.

    :raises InputError: usage_day, query_bad
    """
    found = _asked(office, query)
    if found is None:
        return _EMPTY | {"items": [], "total": {}, "icc": {}, "blandaltman": {}}
    ids, rules = found
    compared = archive.agreement(office.store, ids, rules)
    columns = dict(zip(_COLUMNS, (compared.coach_trainer, compared.trainer_trainer), strict=True))
    titles = view.item_titles(rules)
    return {
        "protocol": {"id": rules.id, "version": rules.version},
        "sessions": max(one.total.sessions for one in columns.values()),
        "items": [
            {"id": item, "title": titles[item]}
            | {name: _agreement(one.items.get(item)) for name, one in columns.items()}
            for item in titles
            if any(item in one.items for one in columns.values())
        ],
        "total": {name: _agreement(one.total) for name, one in columns.items()},
        "icc": {name: _figure(one.icc) for name, one in columns.items()},
        "blandaltman": {name: _differences(one.scores) for name, one in columns.items()},
    }


def picture(office: Office, query: Mapping[str, str]) -> Content | None:
    """Bland and Altman's picture as SVG; none where fewer than two sessions were rated.

    :raises InputError: usage_day, query_bad, usage_lang
    """
    found, words = _asked(office, query), language(query.get("lang", office.lang))
    column = query.get("column", "coach")
    if found is None or column not in _COLUMNS:
        return Content(b"", "image/svg+xml")
    scores = differences(paired(archive.rated(office.store, *found))[_COLUMNS.index(column)])
    return Content(b"" if scores is None else _drawn(scores, column, words), "image/svg+xml")


def _drawn(scores: BlandAltman, column: str, words: Catalogue) -> bytes:
    return bland_altman_svg(scores, words.text(f"agreement_{column}"), words).encode("utf-8")


def _asked(office: Office, query: Mapping[str, str]) -> tuple[list[str], Protocol] | None:
    """The ids of those that were rated blind, and the newest session's rules; None where there are no sessions."""
    asked = asking.sessions_filter(query)
    newest = office.store.newest(asked)
    if newest is None:
        return None
    return office.store.ids(replace(asked, blind=True)), exports.rules_of(office.store, [newest])


def _agreement(found: Agreement | None) -> Json | None:
    if found is None:
        return None
    figures = {name: _figure(getattr(found, name)) for name in ("percent", "linear", "quadratic")}
    return {"n": found.ratings, "sessions": found.sessions} | figures


def _figure(found: Figure) -> list[float | None]:
    return [round(v, 4) if math.isfinite(v) else None for v in (found.value, found.low, found.high)]


def _differences(found: BlandAltman | None) -> Json | None:
    if found is None:
        return None
    points = [[round(float(m), 2), round(float(d), 2)] for m, d in zip(found.means, found.differences, strict=True)]
    return {"mean": found.bias, "sd": found.sd, "low": found.low, "high": found.high, "points": points}
