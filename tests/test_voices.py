"""There is a clip for each thing the coach says, and it says what the catalogue says today."""

from __future__ import annotations

import json
from pathlib import Path

import av
import numpy as np
import pytest

from coach.messages import LANGS, Lang
from coach.protocol.files import load
from coach.web import spoken
from coach.web.clips import BANK
from tools import make_voices


@pytest.mark.parametrize("lang", LANGS)
def test_the_clips_are_those_of_the_catalogue(lang: Lang) -> None:
    texts = spoken.clips(load("oxytocin"), lang)
    assert json.loads((BANK / lang / "said.json").read_text("utf-8")) == dict(texts)  # else: tools/make_voices.py
    assert {file.stem for file in (BANK / lang).glob("*.ogg")} == set(texts)


@pytest.mark.parametrize("lang", LANGS)
def test_each_clip_is_short_loud_and_small(lang: Lang) -> None:
    files = sorted((BANK / lang).glob("*.ogg"))
    lengths = {file.stem: length(file) for file in files}
    assert {name: s for name, s in lengths.items() if not 0.15 < s < 6.0} == {}
    assert max(s for name, s in lengths.items() if name.startswith("count_")) < 1.2
    assert sum(file.stat().st_size for file in files) < 1_500_000


def length(file: Path) -> float:
    """Seconds; a clip that nobody would hear has none."""
    with av.open(str(file)) as container:
        sound = np.concatenate([frame.to_ndarray().ravel() for frame in container.decode(audio=0)])
    return len(sound) / 48_000 if np.abs(sound).max() > 0.3 else 0.0


def test_hints_with_values_are_spoken_without_them() -> None:
    for lang in LANGS:
        texts = spoken.clips(load("oxytocin"), lang)
        assert {key for key, text in texts.items() if "{" in text} == set()
        assert {"hint_more", "hint_hold_longer", "unseen_dark", "segment_heart", "count_12", "mark_c7"} <= set(texts)


def test_the_pepet_is_spelled_out() -> None:
    assert make_voices.spelled("Lebih pelan.", "id") == "[[l@b'ih]] [[p@l'an]]."
    assert make_voices.spelled("More slowly, love.", "en") == "More slowly, love."


def test_nothing_is_spelled_that_is_never_said() -> None:
    said = " ".join(spoken.clips(load("oxytocin"), "id").values()).lower()
    assert {word for word in make_voices.PEPET if word not in said} == set()
