"""A video file → frames with true times."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from fractions import Fraction
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from coach.capture.ahead import Ahead
from coach.capture.clock import Clock
from coach.capture.container import duration_s, lacks_its_end, made, open_film
from coach.capture.picture import Developer
from coach.domain import Frame, InputError

_EARLY_S = 0.5  # s that may be missing at the end before a file counts as truncated: sound often outlasts the film
_USUAL_S = 1 / 30  # s between pictures where the container tells nothing

Opener: TypeAlias = Callable[[str], tuple[InputContainer, VideoStream]]


class VideoFile:
    """A video that can be read, from the start and as often as wanted. Use it as a context manager.

    - ``path``: as given.
    - ``size``: (width, height) px of the frames, upright and at most 1280 on the long side.
    - ``picture_size``: (width, height) px of the picture that a player shows.
    - ``scale``: ratio of the two, 1 or less: a position in the player's picture × scale is one in the frame.
    - ``duration_s``: the container's own estimate, s; None where it tells nothing. For progress only.
    - ``made``: when it was filmed, as the container tells it, ISO text in UTC; "" where it tells nothing.
    - ``truncated``: the file ended before its pictures did; known once the frames were read to their end.
    - ``count``, ``last_s``: how many pictures it has that can be decoded, and the last one's time, s; known then too.
    """

    def __init__(self, path: str | Path, opener: Opener = open_film, mirrored: bool = False) -> None:
        """:param opener: opens the path, or what else stands in its place

        :param mirrored: the player's picture is one in a mirror; the frames are mirrored back
        """
        self.path, self.mirrored = str(path), mirrored
        self._opener = opener
        self.truncated = False
        self.count, self.last_s = 0, 0.0
        self._running: list[Ahead[Frame]] = []
        self._closed = False
        with closing(_Pass(self.path, self._opener)) as film:
            first = next(iter(film), None)
            if first is None:
                raise InputError("video_no_frames", path=self.path)
            if next(iter(film), None) is None:
                raise InputError("video_too_short", path=self.path, frames=1)
            pictures = Developer(first[1], mirrored)
            self.duration_s, self.made = film.duration_s, film.made
        self.size, self.picture_size, self.scale = pictures.size, pictures.stored, pictures.scale

    def frames(self) -> Iterator[Frame]:
        """All frames from the first, whose time is 0; decoded a few frames ahead in a thread of its own.

        Times grow strictly; what cannot be decoded is left out. A file that was cut off gives what it has and sets
        ``truncated``. Raises InputError if the file was taken away in the meantime, ValueError after ``close``.
        """
        if self._closed:
            raise ValueError("frames of a closed VideoFile")
        ahead = Ahead(self._decode)
        self._running.append(ahead)
        try:
            yield from ahead
        finally:
            ahead.close()
            self._running.remove(ahead)

    def _decode(self) -> Generator[Frame, None, None]:
        index, last_s, pictures = 0, 0.0, None
        with closing(_Pass(self.path, self._opener)) as film:
            for time_s, picture in film:
                pictures = pictures or Developer(picture, self.mirrored)
                try:
                    image = pictures.rgb(picture)
                except (av.error.FFmpegError, ValueError):  # damaged into a format that nobody knows
                    continue
                finally:
                    del picture  # else it would lie beside the next one while that is decoded
                yield Frame(index, time_s, image)
                index, last_s = index + 1, time_s
            self.truncated, self.count, self.last_s = film.truncated, index, last_s

    def close(self) -> None:
        """End whatever is being read; its threads and file handles are gone on return."""
        self._closed = True
        for ahead in tuple(self._running):
            ahead.close()

    def __enter__(self) -> VideoFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_video(path: str | Path, mirrored: bool = False) -> VideoFile:
    """A video file ready to be read: mp4, mov, webm, mkv, avi, gif and a few more.

    Two pictures are decoded to be sure of it. Raises InputError, always with ``path``: video_missing,
    video_is_directory, video_not_a_file, video_forbidden, video_empty, video_unreadable, video_cut_off,
    video_no_picture, video_no_frames, video_too_short (with ``frames``).
    """
    return VideoFile(path, mirrored=mirrored)


class _Pass:
    """One pass over a film: (time in s, libav frame) for every picture that can be decoded. Raises InputError."""

    def __init__(self, path: str, opener: Opener) -> None:
        self._container, self._stream = opener(path)
        self.duration_s = duration_s(self._container, self._stream)
        self.made = made(self._container)
        # PyAV tells the unit of a frame's stamps only as long as packets come, not when the decoder is emptied.
        self._unit_s = self._stream.time_base or Fraction(0)
        self.truncated = False
        self._unfinished = lacks_its_end(path, self._container)
        self._broken = False
        self._pictures = self._timed()

    def __iter__(self) -> Iterator[tuple[float, VideoFrame]]:
        return self._pictures

    def close(self) -> None:
        """Lets go of the file and of all pictures, of which a few of 8K are hundreds of MB."""
        self._pictures.close()  # it holds this object, which else would wait for the garbage collector
        self._container.close()

    def _timed(self) -> Generator[tuple[float, VideoFrame], None, None]:
        rate = self._stream.average_rate
        clock = Clock(1 / float(rate) if rate and rate > 0 else _USUAL_S)
        end_s = 0.0
        for frame in self._decoded():
            time_s = clock.time_s(self._stamp_s(frame))
            if time_s is not None:
                end_s = time_s + max(float(frame.duration * self._unit_s), clock.period_s)
                yield time_s, frame
            del frame  # of 8K it is 50 MB
        early = self.duration_s is not None and end_s < self.duration_s - _EARLY_S
        self.truncated = self._broken or self._unfinished or early

    def _decoded(self) -> Iterator[VideoFrame]:
        for packet in chain(self._packets(), [None]):  # at the end, what the decoder still holds
            pictures = self._decode(packet)
            while pictures:
                yield pictures.pop(0)

    def _decode(self, packet: Packet[VideoStream] | None) -> list[VideoFrame]:
        try:
            return self._stream.codec_context.decode(packet)
        except (av.error.FFmpegError, ValueError):  # a damaged picture is a gap, not the end
            return []

    def _packets(self) -> Iterator[Packet[VideoStream]]:
        """The film's packets. libav raises where the file ends in mid-picture, or marks the last packet."""
        try:
            for packet in self._container.demux(self._stream):
                if packet.size:  # an empty one tells the decoder that all is over, which only _decoded knows
                    self._broken = packet.is_corrupt
                    yield packet
        except (av.error.FFmpegError, ValueError):
            self._broken = True

    def _stamp_s(self, frame: VideoFrame) -> float | None:
        # AVI stamps packets only in the order of decoding.
        stamp = frame.dts if frame.pts is None else frame.pts
        return None if stamp is None or not self._unit_s else float(stamp * self._unit_s)
