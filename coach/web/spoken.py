"""What the coach says aloud: the text of each clip, out of the catalogue and the protocol."""

from __future__ import annotations

import string
from collections.abc import Mapping, Set

from coach.messages import LANGS, Lang, page_texts, spoken_keys
from coach.protocol import Protocol, Title


def clips(protocol: Protocol, lang: Lang) -> Mapping[str, str]:
    """Clip → its sentence, in the order a trainer would record them.

    A clip bears the name of the message it speaks. A message with values to fill in has a form without them, whose key
    begins with ``say_``; one without such a form is not spoken.
    """
    texts = page_texts(lang)
    said = {key: texts.get(f"say_{key}", texts[key]) for key in spoken_keys(lang)}
    titles = {f"segment_{segment.id}": f"{_title(segment.title, lang)}." for segment in protocol.segments}
    return {key: text for key, text in {**said, **titles}.items() if not _has_values(text)}


def names(protocol: Protocol) -> Set[str]:
    """Of all clips that are spoken."""
    return frozenset(clip for lang in LANGS for clip in clips(protocol, lang))


def _title(title: Title, lang: Lang) -> str:
    """The title as it is spoken: what stands in brackets is for the eye."""
    return (title.en if lang == "en" else title.id).split(" (")[0]


def _has_values(text: str) -> bool:
    return any(name is not None for _, name, _, _ in string.Formatter().parse(text))
