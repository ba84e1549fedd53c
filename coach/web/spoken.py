"""What the coach says aloud: the text of each clip, out of the catalogue and the protocol."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Mapping, Set

from coach.messages import LANGS, Lang, page_texts, safety_ids, spoken_keys
from coach.protocol import Protocol, Title


def clips(protocol: Protocol, lang: Lang) -> Mapping[str, str]:
    """Clip → its sentence, in the order a trainer would record them.

    A clip bears the name of the message it speaks. A message with values to fill in has a form without them, whose key
    begins with ``say_``; one without such a form is not spoken.
    """
    texts = page_texts(lang)
    said = {key: texts.get(f"say_{key}", texts[key]) for key in spoken_keys(lang)}
    titles = {f"segment_{segment.id}": f"{_title(segment.title, lang)}." for segment in protocol.segments}
    hows = {f"how_{segment.id}": _in(segment.how, lang) for segment in protocol.segments if segment.how is not None}
    every = {**said, **_questions(lang), **titles, **hows, **_points(protocol, lang)}
    return {key: text for key, text in every.items() if not _has_values(text)}


def _questions(lang: Lang) -> Mapping[str, str]:
    """What is asked before a massage, one after the other."""
    texts = page_texts(lang)
    asked = {f"ask_{name}": texts[f"safety_{name}"] for name in safety_ids()}
    asked |= {f"ask_{name}": texts[f"consent_{name}"] for name in ("agreed", "video")}
    return {clip: f"{text.split(' (')[0].rstrip('.')}. {texts['ask_right']}" for clip, text in asked.items()}


def _points(protocol: Protocol, lang: Lang) -> Mapping[str, str]:
    """The names of all points that are pressed, or by mistake."""
    rules = [(segment.id, segment.hold) for segment in protocol.segments if segment.hold is not None]
    named = [(f"point_{step}_{p.id}", p.title) for step, rule in rules for p in (*rule.points, *rule.confusable)]
    return {clip: f"{_title(title, lang).capitalize()}." for clip, title in named}


def statement(text: str) -> str:
    """The clip of a statement of the knowledge test: named by what it says, so that none says an older text."""
    return f"statement_{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def names(protocol: Protocol) -> Set[str]:
    """Of all clips that are spoken."""
    return frozenset(clip for lang in LANGS for clip in clips(protocol, lang))


def _title(title: Title, lang: Lang) -> str:
    """The title as it is spoken: what stands in brackets is for the eye."""
    return _in(title, lang).split(" (")[0]


def _in(title: Title, lang: Lang) -> str:
    return title.en if lang == "en" else title.id


def _has_values(text: str) -> bool:
    return any(name is not None for _, name, _, _ in string.Formatter().parse(text))
