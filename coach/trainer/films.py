"""The kept video of a session: the file, its pictures' true times, and single pictures."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from coach import wiring
from coach.domain import InputError
from coach.store import Store
from coach.web.calls import Content, OnDisk

_WIDEST = 1920  # px


def film(store: Store, session: str) -> OnDisk:
    """:raises InputError: session_missing, film_missing"""
    return OnDisk(_file(store, session), "video/mp4")


def frames(store: Store, session: str) -> dict[str, list[float]]:
    """:raises InputError: session_missing, film_missing, video_…"""
    return {"time_s": list(_times(*_marked(_file(store, session))))}


def frame(store: Store, session: str, at_s: float) -> Content:
    """The picture that is shown at a time, as JPEG. Raises InputError session_missing, film_missing, video_…"""
    jpeg, _ = wiring.shown_picture(str(_file(store, session)), at_s, _WIDEST)
    return Content(jpeg, "image/jpeg")


def _file(store: Store, session: str) -> Path:
    found = store.video(session)
    if found is None:
        store.record(session)
        raise InputError("film_missing")
    return found


def _marked(file: Path) -> tuple[str, int, int]:
    told = file.stat()
    return str(file), told.st_size, told.st_mtime_ns


@lru_cache(maxsize=8)
def _times(file: str, _bytes: int, _written: int) -> tuple[float, ...]:
    return tuple(round(time_s, 6) for time_s in wiring.shown_times(file))
