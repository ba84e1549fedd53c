"""A group's recap: each kader over time, and which steps the group still needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from coach.messages import Catalogue
from coach.progress import KaderProgress, SegmentProgress, Standing, by_kader, by_segment
from coach.protocol import Protocol
from coach.summary import wording
from coach.summary.occasion import date
from coach.summary.sheet_data import Data
from coach.summary.svg import drawing, element, line
from coach.summary.typeset import pdf

_WORDS = {
    "kaders": "recap_kaders",
    "segments": "recap_segments",
    "number": "paper_number",
    "kader": "recap_kader",
    "posyandu": "paper_field_posyandu",
    "sessions": "recap_sessions",
    "first": "recap_first",
    "last": "recap_last",
    "change": "recap_change",
    "course": "recap_course",
    "result": "column_result",
    "needs": "recap_needs",
    "people": "recap_people",
    "step": "column_step",
    "share_first": "recap_share_first",
    "share_last": "recap_share_last",
    "who": "recap_who",
    "legend": "recap_legend",
    "page": "paper_page",
}
_MOST_NEEDS, _MOST_KADERS = 3, 12
_W, _H = 90.0, 16.0


def recap_pdf(
    standings: Sequence[Standing],
    protocol: Protocol,
    catalogue: Catalogue,
    names: Mapping[str, str],
    place: str = "",
    made: datetime | None = None,
) -> bytes:
    """:param names: of kaders by code, where known; ``place``: the posyandu or group at the head"""
    kaders = by_kader(standings, protocol)
    pictures = {f"{k}.svg": _course(one, protocol.scoring.pass_mark) for k, one in enumerate(kaders)}
    titles = {s.id: wording.title(s.title, catalogue) for s in protocol.segments}
    data = {
        "lang": catalogue.lang,
        "title": catalogue.text("recap_title", place=place or "–"),
        "heading": catalogue.text("recap_heading"),
        "subtitle": wording.title(protocol.title, catalogue),
        "words": {name: catalogue.text(key) for name, key in _WORDS.items()},
        "footer": catalogue.text(
            "paper_footer_blank", id=protocol.id, version=protocol.version, digest=protocol.digest[:8]
        ),
        "numbered": True,
        "fields": _fields(standings, kaders, place, catalogue),
        "kaders": [_kader(k, one, names, titles, catalogue) for k, one in enumerate(kaders)],
        "segments": [_segment(one, titles, catalogue) for one in by_segment(kaders, protocol)],
    }
    return pdf("recap", data, made, pictures)


def _fields(
    standings: Sequence[Standing], kaders: Sequence[KaderProgress], place: str, catalogue: Catalogue
) -> list[list[str]]:
    times = sorted(s.when for s in standings)
    period = f"{date(times[0], catalogue)} – {date(times[-1], catalogue)}" if times else ""
    passed = sum(k.passed is True for k in kaders)
    return [
        [catalogue.text("recap_place"), place],
        [catalogue.text("recap_period"), period],
        [catalogue.text("recap_number"), catalogue.text("recap_counts", kaders=len(kaders), sessions=len(standings))],
        [catalogue.text("recap_passed"), catalogue.text("recap_of", passed=passed, kaders=len(kaders))],
    ]


def _kader(
    k: int, one: KaderProgress, names: Mapping[str, str], titles: Mapping[str, str], catalogue: Catalogue
) -> Data:
    name = names.get(one.kader, "")
    needs = [titles[s] for s in one.needs[:_MOST_NEEDS]]
    if len(one.needs) > _MOST_NEEDS:
        needs.append(catalogue.text("more_times", count=len(one.needs) - _MOST_NEEDS))
    change = None if one.first is None or one.last is None else one.last - one.first
    verdict = wording.state(one.state, catalogue)
    return {
        "kader": f"{name} ({one.kader})" if name else one.kader,
        "posyandu": one.posyandu,
        "sessions": str(len(one.sessions)),
        "first": _percent(one.first, catalogue),
        "last": _percent(one.last, catalogue),
        "change": "–" if change is None or len(one.scores) < 2 else catalogue.text("recap_signed", points=change),
        "file": f"{k}.svg",
        "alt": catalogue.text("recap_course_alt", kader=one.kader),
        "passed": verdict or "–",
        "needs": ", ".join(needs) or "–",
    }


def _segment(one: SegmentProgress, titles: Mapping[str, str], catalogue: Catalogue) -> Data:
    shown = list(one.kaders[:_MOST_KADERS])
    if len(one.kaders) > _MOST_KADERS:
        shown.append(catalogue.text("more_times", count=len(one.kaders) - _MOST_KADERS))
    return {
        "title": titles[one.segment],
        "first": _percent(None if one.first_share is None else 100 * one.first_share, catalogue),
        "last": _percent(None if one.share is None else 100 * one.share, catalogue),
        "needing": f"{len(one.kaders)}",
        "kaders": ", ".join(shown) or "–",
    }


def _percent(value: float | None, catalogue: Catalogue) -> str:
    return "–" if value is None else catalogue.text("report_percent", percent=value)


def _course(one: KaderProgress, pass_mark: float) -> str:
    """The scores from the first session to the last, with the pass mark as a dashed line."""
    scores = one.scores
    x = np.linspace(4, _W - 4, len(scores)) if len(scores) > 1 else np.array([_W / 2] * len(scores))
    y = _H - 2 - (_H - 4) * np.array(scores) / 100.0
    mark = _H - 2 - (_H - 4) * pass_mark / 100.0
    parts = [line(np.array([[2, mark], [_W - 2, mark]]), stroke="#888888", stroke_width=0.6, stroke_dasharray="2 2")]
    points = np.column_stack((x, y)).reshape(-1, 2)
    if len(points) > 1:
        parts.append(line(points, stroke="#000000", stroke_width=1.0))
    parts += [element("circle", cx=float(px), cy=float(py), r=1.5, fill="#000000") for px, py in points]
    return drawing(_W, _H, parts, one.kader)
