"""A film as a player shows it: when each picture comes, and the picture that stands at a time."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import av

from coach.capture.container import open_film
from coach.capture.picture import Developer
from coach.domain import Image, InputError

_NEAR_S = 1e-4  # times come back from a page as decimal numbers


def times(path: str | Path) -> list[float]:
    """When each picture is shown, s from the first one; read from the packets, without decoding any.

    :raises InputError: video_…
    """
    container, film = open_film(str(path))
    with closing(container):
        unit_s = float(film.time_base or 0)
        try:
            stamps = sorted({p.pts for p in container.demux(film) if p.size and p.pts is not None})
        except (av.error.FFmpegError, ValueError) as error:
            raise InputError("video_unreadable", path=str(path)) from error
        first = film.start_time if film.start_time is not None else min(stamps, default=0)
    return [(stamp - first) * unit_s for stamp in stamps if stamp >= first]


def picture_at(path: str | Path, at_s: float) -> tuple[Image, float]:
    """The picture (height, width, 3) RGB, upright, that a player shows at a time, and when it came, s.

    The first one before its time, the last one from then on. Decodes from the key picture before.

    :raises InputError: video_…
    """
    container, film = open_film(str(path))
    with closing(container):
        unit_s = float(film.time_base or 0)
        first = film.start_time if film.start_time is not None else 0
        wanted = first + int((at_s + _NEAR_S) / unit_s)
        found = developer = None
        try:
            container.seek(max(wanted, first), stream=film, backward=True)
            for frame in container.decode(film):
                if frame.pts is None:
                    continue
                developer = developer or Developer(frame)
                if found is not None and frame.pts > wanted:
                    break
                found = frame
        except (av.error.FFmpegError, ValueError) as error:
            if found is None:
                raise InputError("video_unreadable", path=str(path)) from error
        if found is None or developer is None:
            raise InputError("video_no_frames", path=str(path))
        return developer.rgb(found), ((found.pts or 0) - first) * unit_s
