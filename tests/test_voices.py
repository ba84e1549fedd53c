"""There is a clip for each thing the coach says, and it says what the catalogue says today."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from coach.messages import LANGS, Lang
from coach.parameters.hints import HIGHEST_COUNT
from coach.practice.marking import POINTS
from coach.protocol.files import load
from coach.tutor.clip_lengths import CLIPS_S
from coach.web import spoken
from coach.web.clips import BANK
from tools import make_voices


def said_in(lang: Lang) -> dict[str, str]:
    """Every clip that comes with coach, and its text."""
    return {clip: text for name in make_voices.TAUGHT for clip, text in spoken.clips(load(name), lang).items()}


LONGEST_S = {"how": 8.2, "ask": 7.5}  # told before the hands begin; the others while they are at work


@pytest.mark.parametrize("lang", LANGS)
def test_the_clips_are_those_of_the_catalogue(lang: Lang) -> None:
    texts = said_in(lang)
    assert json.loads((BANK / lang / "said.json").read_text("utf-8")) == dict(texts)  # else: tools/make_voices.py
    assert {file.stem for file in (BANK / lang).glob("*.ogg")} == set(texts)


@pytest.mark.parametrize("lang", LANGS)
def test_each_clip_is_short_loud_and_small(lang: Lang) -> None:
    files = sorted((BANK / lang).glob("*.ogg"))
    lengths = {file.stem: length(file) for file in files}
    assert {name: s for name, s in lengths.items() if not 0.15 < s < LONGEST_S.get(name.split("_")[0], 4.5)} == {}
    assert max(s for name, s in lengths.items() if name.startswith("count_")) < 1.2
    assert sum(file.stat().st_size for file in files) < 1_500_000


@pytest.mark.parametrize("lang", LANGS)
def test_each_statement_of_the_test_is_spoken_as_it_is_now(lang: Lang) -> None:
    texts, folder = make_voices.statements(make_voices.TESTS, lang), BANK / "statements" / lang
    assert len(texts) == 10
    assert json.loads((folder / "said.json").read_text("utf-8")) == texts  # else: tools/make_voices.py
    lengths = {file.stem: length(file) for file in folder.glob("*.ogg")}
    assert set(lengths) == set(texts)
    assert {clip: s for clip, s in lengths.items() if not 2.0 < s < 12.0} == {}


def test_a_warning_that_the_hands_are_unseen_is_over_before_it_is_old() -> None:
    lengths = {clip: s for clip, s in CLIPS_S.items() if clip.startswith("unseen_")}
    assert len(lengths) == 8
    assert max(lengths.values()) < 2.5


def test_the_tutor_knows_how_long_each_clip_takes() -> None:
    longest = {
        clip: max(length(BANK / lang / f"{clip}.ogg") for lang in LANGS)
        for clip in said_in("id")
        if not clip.startswith("mark_")  # said in the set-up, where nothing else is
    }
    assert set(CLIPS_S) == set(longest)
    assert {clip: s for clip, s in longest.items() if not 0.0 <= CLIPS_S[clip] - s < 0.15} == {}


# ------------------------------------------------------------------ what the coach can say
CODE = Path(__file__).resolve().parents[1] / "coach"
ALOUD = re.compile(r"(hint|unseen(?!_steps$)|phase|enough|ask)_[a-z_]+")  # which steps are not seen is only shown
SPEAKS = {"say", "phase", "_say_phase"}  # what takes the name of a clip
FILLED = {
    "phase_{phase}": ["phase_paused", "phase_stopped"],
    "unseen_{hand}_hand": ["unseen_left_hand", "unseen_right_hand"],
    "mark_{wanted}": [f"mark_{point}" for point in POINTS],
    "count_{count}": [f"count_{k}" for k in range(1, HIGHEST_COUNT + 1)],
    "segment_{at.segment.id}": [f"segment_{segment.id}" for segment in load("oxytocin").segments],
    "how_{at.segment.id}": [f"how_{segment.id}" for segment in load("oxytocin").segments],
    "name_{hint.values['hand']}+{hint.key}": ["name_left", "name_right"],
}


def sayable() -> Iterator[str]:
    """All that the tutor, the set-up and the practice say anywhere in their code."""
    for file in (file for room in ("tutor", "practice") for file in sorted((CODE / room).glob("*.py"))):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and ALOUD.fullmatch(node.value):
                yield node.value
            elif isinstance(node, ast.JoinedStr):
                form = ast.unparse(node)[2:-1]
                yield from FILLED[form] if ALOUD.match(form) else FILLED.get(form, ())
            elif isinstance(node, ast.Call) and speaks(node.func) and node.args:
                name = node.args[0]
                assert not isinstance(name, ast.JoinedStr) or ast.unparse(name)[2:-1] in FILLED, ast.unparse(node)
                if isinstance(name, ast.Constant):
                    yield str(name.value)


def speaks(function: ast.expr) -> bool:
    """``speech.say(…)``, or ``say.append(…)`` of the set-up."""
    if not isinstance(function, ast.Attribute):
        return False
    return function.attr in SPEAKS or ast.unparse(function) == "self.say.append"


@pytest.mark.parametrize("lang", LANGS)
def test_there_is_a_clip_for_all_that_the_coach_can_say(lang: Lang) -> None:
    said = set(sayable())
    assert {
        "enough_last",
        "enough_next",
        "ask_repeat",
        "how_heart",
        "name_left",
        "mark_again",
        "phase_camera_lost",
        "count_12",
        "unseen_small",
        "hint_order",
    } <= said
    assert {clip for clip in said if not (BANK / lang / f"{clip}.ogg").is_file()} == set()


def length(file: Path) -> float:
    """Seconds; a clip that nobody would hear has none."""
    with av.open(str(file)) as container:
        sound = np.concatenate([frame.to_ndarray().ravel() for frame in container.decode(audio=0)])
    return len(sound) / 48_000 if np.abs(sound).max() > 0.3 else 0.0


def test_hints_with_values_are_spoken_without_them() -> None:
    for lang in LANGS:
        texts = said_in(lang)
        assert {key for key, text in texts.items() if "{" in text} == set()
        assert {"hint_more", "hint_hold_longer", "unseen_dark", "segment_heart", "count_12", "mark_c7"} <= set(texts)


def test_the_pepet_is_spelled_out() -> None:
    assert make_voices.spelled("Lebih pelan.", "id") == "[[l@b'ih]] [[p@l'an]]."
    assert make_voices.spelled("More slowly, love.", "en") == "More slowly, love."


def test_nothing_is_spelled_that_is_never_said() -> None:
    every = (*spoken.clips(load("oxytocin"), "id").values(), *make_voices.statements(make_voices.TESTS, "id").values())
    said = " ".join(every).lower()
    assert {word for word in make_voices.PEPET if word not in said} == set()
