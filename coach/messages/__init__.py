"""Everything coach says to people, in Indonesian and in English: ``id.toml`` and ``en.toml``.

What only the pages in the browser say is in ``page.id.toml`` and ``page.en.toml``, and for the trainer's side in
``trainer.…``, ``review.…`` and ``programme.…``; a page gets all of its side.
"""

from __future__ import annotations

import os
import string
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias, get_args

from coach.domain import Value

Lang: TypeAlias = Literal["id", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)


class _Formatter(string.Formatter):
    """``str.format`` with the language's decimal sign, and text left as it is."""

    def __init__(self, decimal: str) -> None:
        self.decimal = decimal

    def format_field(self, value: Any, format_spec: str) -> str:
        if not isinstance(value, int | float):
            return str(value)
        if isinstance(value, float) and not format_spec:
            format_spec = ".3g" if abs(value) < 1000 else ".0f"
        return format(value, format_spec).replace(".", self.decimal)

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:  # noqa: ARG002
        return kwargs[str(key)]


class Catalogue:
    """The messages of one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang
        self._texts = texts(lang)
        self._formatter = _Formatter(self._texts["decimal_sign"])

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def text(self, key: str, /, **values: Value) -> str:
        """The message of a key, with its placeholders filled in.

        :raises KeyError: for a key or a placeholder that is not there, a fault of ours
        """
        return self._formatter.vformat(self._texts[key], (), values)


@cache
def texts(lang: Lang) -> Mapping[str, str]:
    """All messages of a language by their key, placeholders unfilled."""
    return {key: text for section in _sections(f"{lang}.toml").values() for key, text in section.items()}


@cache
def page_texts(lang: Lang) -> Mapping[str, str]:
    """All messages that a page in the browser may show, by their key, placeholders unfilled."""
    own = {key: text for section in _sections(f"page.{lang}.toml").values() for key, text in section.items()}
    return {**texts(lang), **own}


@cache
def practice_keys(lang: Lang) -> frozenset[str]:
    """Of :func:`page_texts`, those that are written for the practice page."""
    return frozenset(key for section in _sections(f"page.{lang}.toml").values() for key in section)


@cache
def trainer_texts(lang: Lang) -> Mapping[str, str]:
    """All messages that a page of the trainer's side may show, by their key, placeholders unfilled."""
    names = ("trainer", "review", "programme")
    here = [name for name in names if files(__name__).joinpath(f"{name}.{lang}.toml").is_file()]
    own = [section for name in here for section in _sections(f"{name}.{lang}.toml").values()]
    return {**page_texts(lang), **{key: text for section in own for key, text in section.items()}}


def safety_ids() -> Sequence[str]:
    """What must be ticked before a massage; the sentence of ``x`` has the key ``safety_x``."""
    return [key.removeprefix("safety_") for key in _sections("page.id.toml")["safety"]]


def spoken_keys(lang: Lang) -> Sequence[str]:
    """The keys of what is said aloud: prompts, then hints and what cannot be seen."""
    prompts = [key for key in _sections(f"page.{lang}.toml")["spoken"] if not key.startswith("say_")]
    return [*prompts, *(key for key in texts(lang) if key.startswith(("hint_", "unseen_")))]


@cache
def _sections(file: str) -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files(__name__).joinpath(file).read_text(encoding="utf-8"))


def default_lang(environ: Mapping[str, str] | None = None) -> Lang:
    """The language of the locale: English where it says so, else Indonesian."""
    environ = os.environ if environ is None else environ
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return "en" if locale.lower().startswith("en") else "id"
