"""Why the system would not open a file, in words that people are told."""

from __future__ import annotations

import errno

import pytest

from coach.messages import LANGS, Catalogue
from coach.why import why


@pytest.mark.parametrize(
    ("number", "of_windows", "word"),
    [
        (errno.EACCES, None, "no_permission"),
        (errno.EACCES, 5, "no_permission"),
        (errno.EACCES, 32, "in_use"),
        (errno.EACCES, 33, "in_use"),
        (errno.EINVAL, 123, "bad_name"),
        (errno.ENOENT, 206, "name_too_long"),
        (errno.ENOENT, None, "no_folder"),
        (errno.EIO, None, "other"),
    ],
)
def test_windows_own_number_tells_more(number: int, of_windows: int | None, word: str) -> None:
    error = OSError(number, "refused")
    error.winerror = of_windows  # type: ignore[attr-defined]  # only Windows has it
    assert why(error) == word
    assert all(f"why_{word}" in Catalogue(lang) for lang in LANGS)
