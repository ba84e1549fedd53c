"""Codes that coach gives: three letters of the place, a number, and a letter that tells a slip of the pen.

``MEL-07K``: a weighted sum modulo a prime gives the letter, so that one wrong digit or letter and two neighbours
exchanged always give another. Numbers whose letter would be I, O or none at all are not given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_PRIME = 29
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O, which are read as 1 and 0
_FORM = re.compile(r"(?:IBU-)?([A-Z]{3})-(\d{2,4})([A-Z])")
MOTHER = "IBU-"
_FILLER = "X"


def prefix(place: str) -> str:
    """Three letters of a place's name: "Melati 2" → "MEL"."""
    plain = unicodedata.normalize("NFKD", place).encode("ascii", "ignore").decode().upper()
    letters = re.sub(r"[^A-Z]", "", re.sub(r"^(POSYANDU|PUSKESMAS|PMB)\b", "", plain.strip()))
    return (letters + _FILLER * 3)[:3]


def check_letter(letters: str, digits: str) -> str:
    """The check letter, "" where there is none."""
    values = [ord(sign) - ord("A") for sign in letters] + [int(sign) for sign in digits]
    rest = sum((k + 2) * value for k, value in enumerate(values)) % _PRIME
    return _LETTERS[rest] if rest < len(_LETTERS) else ""


def is_whole(code: str) -> bool:
    """Whether a code of coach's own form has its right letter; codes of another form are nobody's business."""
    match = _FORM.fullmatch(code.strip().upper())
    return match is not None and check_letter(match[1], match[2]) == match[3]


def looks_own(code: str) -> bool:
    return _FORM.fullmatch(code.strip().upper()) is not None


def new(place: str, taken: Iterable[str], mother: bool = False) -> str:
    """The next code of a place that nobody has.

    :param taken: the codes of the whole puskesmas
    """
    letters, known = prefix(place), {code.upper() for code in taken}
    return next(code for code in _codes(letters, mother) if code not in known)


def _codes(letters: str, mother: bool) -> Iterator[str]:
    width = 3 if mother else 2
    for number in range(1, 10_000):
        digits = f"{number:0{width}}"
        letter = check_letter(letters, digits)
        if letter:
            yield f"{MOTHER if mother else ''}{letters}-{digits}{letter}"
