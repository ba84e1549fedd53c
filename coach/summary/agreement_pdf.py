"""How well coach and trainers agree, on paper: the table a sceptic asks for, and Bland and Altman's pictures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime

from coach.agree.raters import Agreements
from coach.agree.table import Agreement, Comparison, Figure
from coach.messages import Catalogue
from coach.protocol import Protocol
from coach.summary import wording
from coach.summary.bland_altman_svg import bland_altman_svg
from coach.summary.sheet_data import Data
from coach.summary.typeset import pdf

_WORDS = {
    "item": "agreement_item",
    "coach": "agreement_coach",
    "trainers": "agreement_trainers",
    "number": "agreement_number",
    "percent": "agreement_percent",
    "linear": "agreement_linear",
    "quadratic": "agreement_quadratic",
    "whole": "agreement_whole",
    "scores": "agreement_scores",
    "legend": "agreement_legend",
    "page": "paper_page",
}


def agreement_pdf(found: Agreements, protocol: Protocol, catalogue: Catalogue, made: datetime | None = None) -> bytes:
    """Lying A4, black on white."""
    columns = {"coach": found.coach_trainer, "trainers": found.trainer_trainer}
    pictures = {
        f"{name}.svg": bland_altman_svg(one.scores, catalogue.text(f"agreement_{name}"), catalogue)
        for name, one in columns.items()
        if one.scores is not None
    }
    data = {
        "lang": catalogue.lang,
        "title": catalogue.text("agreement_title", title=wording.title(protocol.title, catalogue)),
        "heading": catalogue.text("agreement_heading"),
        "subtitle": wording.title(protocol.title, catalogue),
        "words": {name: catalogue.text(key) for name, key in _WORDS.items()},
        "footer": catalogue.text(
            "paper_footer_blank", id=protocol.id, version=protocol.version, digest=protocol.digest[:8]
        ),
        "numbered": True,
        "totals": [_total(name, one, catalogue) for name, one in columns.items()],
        "pictures": [_picture(name, columns[name.removesuffix(".svg")], catalogue) for name in pictures],
        "groups": [
            {"title": wording.title(segment.title, catalogue), "rows": rows}
            for segment in protocol.segments
            if (rows := _rows([(f"{segment.id}.{kind}", kind) for kind in segment.items], columns, catalogue))
        ],
    }
    return pdf("agreement", data, made, pictures)


def _rows(items: list[tuple[str, str]], columns: Mapping[str, Comparison], catalogue: Catalogue) -> list[list[str]]:
    """Of each item that somebody rated twice: its name, then four figures for each column."""
    return [
        [catalogue.text(f"kind_{kind}"), *(cell for one in columns.values() for cell in _cells(one, item, catalogue))]
        for item, kind in items
        if any(item in one.items for one in columns.values())
    ]


def _cells(one: Comparison, item: str, catalogue: Catalogue) -> list[str]:
    found = one.items.get(item)
    return ["–"] * 4 if found is None else _figures(found, catalogue)


def _figures(found: Agreement, catalogue: Catalogue) -> list[str]:
    return [
        str(found.ratings),
        figure(found.percent, "agreement_whole_number", catalogue),
        figure(found.linear, "agreement_two_places", catalogue),
        figure(found.quadratic, "agreement_two_places", catalogue),
    ]


def figure(found: Figure, form: str, catalogue: Catalogue) -> str:
    """A value with its interval in brackets; a dash where it is not known."""
    if not math.isfinite(found.value):
        return "–"
    value, low, high = (
        catalogue.text(form, value=0.0 if abs(v) < 5e-3 else v) if math.isfinite(v) else ""
        for v in (found.value, found.low, found.high)
    )
    return f"{value} ({low} – {high})" if low and high else value


def _total(name: str, one: Comparison, catalogue: Catalogue) -> Data:
    icc = figure(one.icc, "agreement_two_places", catalogue)
    differences = "–"
    if one.scores is not None:
        bias, low, high = (
            catalogue.text("recap_signed", points=v) for v in (one.scores.bias, one.scores.low, one.scores.high)
        )
        differences = catalogue.text("agreement_bias", bias=bias, low=low, high=high)
    return {
        "name": catalogue.text(f"agreement_{name}"),
        "sessions": catalogue.text("agreement_sessions", count=one.total.sessions),
        "cells": _figures(one.total, catalogue) if one.total.sessions else ["–"] * 4,
        "icc": icc,
        "differences": differences,
    }


def _picture(file: str, one: Comparison, catalogue: Catalogue) -> Data:
    name = catalogue.text(f"agreement_{file.removesuffix('.svg')}")
    return {"file": file, "title": name, "alt": catalogue.text("agreement_alt", name=name, count=one.total.sessions)}
