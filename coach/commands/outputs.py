"""Where the results of each video go, settled and tried before the long work begins."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence

from coach.domain import InputError
from coach.why import why

STDOUT = "-"


def targets(option: str, given: str | None, videos: Sequence[str], suffix: str) -> list[str | None]:
    """A path for each video's result.

    A folder (it is one, or ends with a slash; made if need be) gets one file per video, named after it; a file
    serves for a single video only; ``-`` is standard output.

    :raises InputError: output_needs_folder, output_is_input, output_unwritable
    """
    if given is None or given == STDOUT:
        return [given] * len(videos)
    if given.endswith(("/", os.sep)) or os.path.isdir(given):
        _make_folder(given)
        paths = [os.path.join(given, name) for name in _names(videos, suffix)]
    elif len(videos) > 1:
        raise InputError("output_needs_folder", option=option, path=given)
    else:
        paths = [given]
    for path in paths:
        _check(path, videos)
    return list(paths)


def check_apart(*results: Sequence[str | None]) -> None:
    """Refuses one file for two results: the later one would be written over the earlier.

    :raises InputError: output_twice
    """
    paths = [path for kind in results for path in kind if path not in (None, STDOUT)]
    for k, path in enumerate(paths):
        if path is not None and any(other is not None and _same(path, other) for other in paths[:k]):
            raise InputError("output_twice", path=path)


def _names(videos: Sequence[str], suffix: str) -> list[str]:
    """File names after the videos'; namesakes from different folders get a number.

    Names that differ in capitals only are namesakes too: on Windows and on a Mac they are one file.
    """
    names: list[str] = []
    for video in videos:
        stem = os.path.splitext(os.path.basename(video))[0] or "video"
        name, number = stem + suffix, 2
        while name.casefold() in (other.casefold() for other in names):
            name, number = f"{stem}-{number}{suffix}", number + 1
        names.append(name)
    return names


def _make_folder(path: str) -> None:
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise InputError("output_unwritable", path=path, why=why(error)) from error


def _check(path: str, videos: Sequence[str]) -> None:
    if any(_same(path, video) for video in videos):
        raise InputError("output_is_input", path=path)
    folder = os.path.dirname(path) or "."
    problem = ""
    if os.path.isdir(path):
        problem = "is_directory"
    elif not os.path.isdir(folder):
        problem = "no_folder"
    elif not os.access(path if os.path.exists(path) else folder, os.W_OK):
        problem = "no_permission"
    if problem:
        raise InputError("output_unwritable", path=path, why=problem)
    if os.path.isfile(path) or not os.path.exists(path):  # a device is written to as it is
        _try(path, folder)


def _try(path: str, folder: str) -> None:
    """Makes a file and takes it away: of a folder Windows always says that it may be written to."""
    try:
        handle, probe = tempfile.mkstemp(prefix=".coach-", dir=folder)
        os.close(handle)
        os.unlink(probe)
    except OSError as error:
        raise InputError("output_unwritable", path=path, why=why(error)) from error


def _same(path: str, video: str) -> bool:
    """Whether both are one file, by whatever names: a Mac takes capitals and small letters for the same."""
    if os.path.realpath(path) == os.path.realpath(video):
        return True
    try:
        return os.path.samefile(path, video)
    except (OSError, ValueError):  # one of them is not there
        return False
