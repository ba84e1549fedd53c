"""Sentences in each of the languages at once: a page switches between them without asking again."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

from coach.domain import InputError
from coach.instruments.files import InstrumentError
from coach.messages import LANGS, Catalogue, Lang
from coach.protocol import Title
from coach.protocol.check import ProtocolError
from coach.summary import wording

Both: TypeAlias = dict[str, str]  # language → text


@cache
def catalogue(lang: Lang) -> Catalogue:
    return Catalogue(lang)


def both(text: Callable[[Catalogue], str]) -> Both:
    return {lang: text(catalogue(lang)) for lang in LANGS}


def title(text: Title) -> Both:
    return {"id": text.id, "en": text.en}


def language(asked: str) -> Catalogue:
    """:raises InputError: usage_lang"""
    if asked not in LANGS:
        raise InputError("usage_lang", given=asked[:20])
    return catalogue(asked)


def refusal(error: Exception) -> dict[str, Any]:
    """An error as a page shows it: {"key", "values", "text": {"id", "en"}}; a fault of ours tells no more than that."""
    if isinstance(error, InputError):
        told: dict[str, Any] = {"key": error.key, "values": dict(error.values)}
        if isinstance(error, ProtocolError | InstrumentError):
            told["mistakes"] = mistakes(error)
        return told | {"text": both(lambda words: wording.error(error, words))}
    what = wording.line(f"{type(error).__name__}: {error}")[:200]
    if os.environ.get("COACH_DEBUG") == "1":
        traceback.print_exception(error, file=sys.stderr)
    return {"key": "fault", "values": {"what": what}, "text": both(lambda words: words.text("fault", what=what))}


def mistakes(error: ProtocolError | InstrumentError) -> list[dict[str, Any]]:
    return [
        {"place": one.place, "line": one.line, "text": both(lambda words, one=one: wording.problem(one, words))}  # type: ignore[misc]
        for one in error.problems
    ]
