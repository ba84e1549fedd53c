"""The two catalogues say the same things, and say them as people do."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

import pytest

import coach
from coach.domain import Value
from coach.messages import LANGS, Catalogue, Lang, default_lang, page_texts, safety_ids, texts, trainer_texts
from coach.protocol.check import _LIMITS, _TYPES
from coach.summary.checklist import _FLAW_WORDS
from tests.summary.example import MISTAKES

PAGES = ("page.", "trainer.", "review.", "programme.")  # catalogues of what only pages in the browser say
REASONS = {
    "done": {"repetitions"},
    "done_presses": {"presses"},
    "not_done": set(),
    "not_visible": {"unseen_s"},
    "count_right": {"count", "low", "high"},
    "count_few": {"count", "low", "high"},
    "count_partial": {"count", "low", "high", "partial"},
    "count_more": {"count", "low", "high"},
    "count_side": {"left", "right", "low", "high"},
    "order_right": set(),
    "order_early": {"before"},
    "order_press_first": {"strokes"},
    "order_points": {"seen", "expected"},
    "tempo_right": {"median_s", "shortest_s"},
    "tempo_fast": {"median_s", "shortest_s"},
    "duration_right": {"took_s", "low_s", "high_s"},
    "duration_short": {"took_s", "low_s", "high_s"},
    "duration_long": {"took_s", "low_s", "high_s"},
    "hands_right": set(),
    "hands_one_side": {"hand", "share_percent"},
    "hands_wrong": {"expected", "seen"},
    "hands_not_together": {"share_percent"},
    "hands_asymmetric": {"ratio_percent"},
    "hands_not_alternating": {"turns", "repetitions"},
    "path_right": set(),
    "path_short": {"reach_percent"},
    "path_direction": set(),
    "path_shape": {"fit_percent"},
    "path_off": set(),
    "hold_right": {"points"},
    "hold_short": {"point", "held_s", "needed_s"},
    "hold_missing": {"point"},
    "hold_wrong": {"point", "instead"},
    "manual": set(),
}
GOOD = {"done", "done_presses", "not_visible", "manual", "count_more", "duration_long"}


def placeholders(text: str) -> set[tuple[str, str]]:
    return {(name, spec or "") for _, name, spec, _ in string.Formatter().parse(text) if name is not None}


def names(text: str) -> set[str]:
    return {name for name, _ in placeholders(text)}


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    indonesian, english = trainer_texts("id"), trainer_texts("en")
    assert set(indonesian) == set(english)
    differing = {key for key in indonesian if placeholders(indonesian[key]) != placeholders(english[key])}
    assert differing == set()


def written(file: str) -> list[str]:
    """The keys of a catalogue's file, as they stand in it."""
    lines = (Path(coach.__file__).parent / "messages" / file).read_text(encoding="utf-8").splitlines()
    return [line.split(" = ")[0] for line in lines if re.match(r"[a-zA-Z_0-9]+ = ", line)]


@pytest.mark.parametrize("lang", LANGS)
def test_no_key_hides_another_in_a_different_section(lang: Lang) -> None:
    keys = [key for file in ("", *PAGES) for key in written(f"{file}{lang}.toml")]
    assert sorted(keys) == sorted(trainer_texts(lang))


@pytest.mark.parametrize("lang", LANGS)
def test_every_reason_has_its_sentence_and_asks_for_nothing_the_scoring_does_not_give(lang: Lang) -> None:
    for key, given in REASONS.items():
        assert names(texts(lang)[key]) <= given, key


@pytest.mark.parametrize("lang", LANGS)
def test_every_flaw_has_its_advice(lang: Lang) -> None:
    flaws = {key for key in REASONS if key not in GOOD and not key.endswith("_right")}
    assert {reason.key for _, reason in MISTAKES.values()} <= flaws
    for key in flaws:
        assert names(texts(lang)[f"advice_{key}"]) <= REASONS[key] | {"segment", "kind"}, key
    assert set(_FLAW_WORDS) <= flaws


@pytest.mark.parametrize("lang", LANGS)
def test_never_says_wrong(lang: Lang) -> None:
    harsh = re.compile(r"\b(salah(?! satu)|wrong(?!,)|gagal|failed|bodoh)\b", re.IGNORECASE)
    assert {key for key, text in trainer_texts(lang).items() if harsh.search(text)} == set()


def test_every_key_in_the_program_is_in_the_catalogue() -> None:
    sources = [file.read_text(encoding="utf-8") for file in Path(coach.__file__).parent.rglob("*.py")]
    pattern = re.compile(r'(?:InputError\(|\.text\(|help=)\s*"([a-z_0-9]+)"')
    used = {key for source in sources for key in pattern.findall(source)}
    assert len(used) > 40
    assert used - set(texts("id")) == set()


def test_every_complaint_about_a_protocol_is_in_the_catalogue() -> None:
    rules = (Path(coach.__file__).parent / "protocol/rules.py").read_text(encoding="utf-8")
    keys = set(re.findall(r'"(protocol_[a-z_]+)"', rules)) | {key for key, _ in _LIMITS.values()}
    keys |= {key for _, key in _TYPES}
    assert len(keys) > 25
    assert keys - set(texts("en")) == set()


def test_numbers_have_the_decimal_sign_of_the_language() -> None:
    values: dict[str, Value] = {"point": "jam 3", "held_s": 1.26, "needed_s": 2}
    indonesian = Catalogue("id").text("hold_short", **values)
    english = Catalogue("en").text("hold_short", **values)
    assert ("1,3" in indonesian, "2,0" in indonesian) == (True, True)
    assert ("1.3" in english, "2.0" in english) == (True, True)


def test_numbers_without_a_form_are_short_and_text_is_left_alone() -> None:
    catalogue = Catalogue("id")
    assert catalogue.text("protocol_low_high", low=0.123456, high=1234.5) == (
        "Angka pertama (0,123) harus lebih kecil dari yang kedua (1234)."
    )
    assert "v1.5.mp4" in catalogue.text("video_missing", path="v1.5.mp4")
    assert "{x}" in catalogue.text("video_missing", path="{x}")


def test_a_missing_value_is_noticed() -> None:
    with pytest.raises(KeyError):
        Catalogue("id").text("hold_short", point="jam 3")


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({}, "id"),
        ({"LANG": "C.UTF-8"}, "id"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "nl_NL.UTF-8"}, "id"),
        ({"LANG": "en_US", "LC_ALL": "id_ID"}, "id"),
        ({"LANG": "id_ID", "LC_MESSAGES": "en_US"}, "en"),
        ({"LANG": "en_US", "LC_ALL": ""}, "en"),
    ],
)
def test_the_locale_chooses_the_language(environ: dict[str, str], lang: Lang) -> None:
    assert default_lang(environ) == lang


PAGE = Path(coach.__file__).parent / "web" / "page" / "js"


def scripts() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in PAGE.rglob("*.js"))


def test_every_key_in_the_pages_is_in_the_catalogue() -> None:
    used = set(re.findall(r'\bt\("([a-z_0-9]+)"', scripts()))
    assert len(used) > 60
    assert used - set(trainer_texts("id")) == set()


@pytest.mark.parametrize("file", PAGES)
def test_every_page_key_is_used(file: str) -> None:
    """By its whole name, or by the beginning of one that is put together, such as ``check_${id}``."""
    program = "\n".join(file.read_text(encoding="utf-8") for file in Path(coach.__file__).parent.rglob("*.py"))
    source = scripts() + program
    named = set(re.findall(r'"([a-z][a-z_0-9]+)"', source))
    begun = tuple(re.findall(r"`([a-z_]+_)\$\{", source))
    spoken = set(tomllib.loads((PAGE.parents[2] / "messages/page.id.toml").read_text("utf-8"))["spoken"])
    # "x_one" is "x" of a single thing
    unused = {key for key in written(f"{file}id.toml") if not {key, key.removesuffix("_one")} & (named | spoken)}
    assert {key for key in unused if not key.startswith(begun)} == set()


def test_what_must_be_safe_is_the_same_in_both_languages() -> None:
    assert len(safety_ids()) >= 5
    assert {f"safety_{name}" for name in safety_ids()} <= set(trainer_texts("en"))


@pytest.mark.parametrize("lang", LANGS)
def test_only_a_pillow_or_a_doll_goes_without_the_safety_list(lang: Lang) -> None:
    """A friend in clothes is a person: she may be pregnant, or have a painful back."""
    text = " ".join(page_texts(lang)[key] for key in ("receiver_pillow", "refused_pillow")).lower()
    person = {"id": ("teman", "ibu", "berpakaian"), "en": ("friend", "mother", "clothe", "partner")}
    assert [word for word in person[lang] if word in text] == []
