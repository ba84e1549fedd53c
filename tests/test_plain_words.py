"""What a kader reads and hears in practice: short sentences, of words that primary school teaches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.messages import LANGS, Lang, page_texts, practice_keys, safety_ids, spoken_keys
from coach.protocol.files import load

LISTS = Path(__file__).parent / "plain"  # one word a line; a new one is added there, where a child of twelve knows it
MOST = 12  # words a sentence
# Of what is not written for practice alone, what it shows: the studio in which a trainer records is hers.
SHOWN = ("hint_", "unseen_", "advice_", "setup_", "touch_", "tip_")
OF_A_TRAINER = ("voices_", "clip_")
PARTS = re.compile(r"(?<=[.!?:])\s+|, (?=lalu |then )")


def learned(lang: Lang) -> Iterator[tuple[str, str]]:
    """All that practice says and shows: what it is called, and its text."""
    texts, own = page_texts(lang), practice_keys(lang)
    for key in texts:
        if (key in own or key.startswith(SHOWN)) and not key.startswith(OF_A_TRAINER):
            yield key, texts[key]
    for key in spoken_keys(lang):
        yield key, texts.get(f"say_{key}", texts[key])
    for name in safety_ids():
        yield f"safety_{name}", texts[f"safety_{name}"]
    for segment in load("oxytocin").segments:
        assert segment.how is not None, segment.id
        yield f"how of {segment.id}", segment.how.en if lang == "en" else segment.how.id


def words(sentence: str) -> list[str]:
    plain = re.sub(r"\{[^}]*\}", " ", sentence)
    return re.findall(r"[a-zé]+(?:['-][a-z]+)*", plain.lower())


@pytest.mark.parametrize("lang", LANGS)
def test_no_sentence_is_longer_than_a_breath(lang: Lang) -> None:
    pieces = [(name, piece) for name, text in learned(lang) for piece in PARTS.split(text)]
    assert len(pieces) > 600
    assert {name: piece for name, piece in pieces if len(words(piece)) > MOST} == {}


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_is_one_that_primary_school_teaches(lang: Lang) -> None:
    known = set((LISTS / f"{lang}.txt").read_text("utf-8").split())
    used = {word: name for name, text in learned(lang) for word in words(text)}
    assert {word: name for word, name in used.items() if word not in known} == {}


def test_a_hard_word_or_a_long_sentence_would_be_found() -> None:
    known = set((LISTS / "id.txt").read_text("utf-8").split())
    assert "klavikula" not in known
    assert len(words("Satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas dua belas.")) > MOST
