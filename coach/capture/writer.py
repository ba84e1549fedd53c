"""RGB frames → a video that browsers play and that survives being cut off."""

from __future__ import annotations

import os
from fractions import Fraction
from io import BufferedWriter
from pathlib import Path
from types import TracebackType

import av
import cv2
import numpy as np
from av.video.stream import VideoStream

from coach.capture.part import clear, open_part
from coach.domain import Image, InputError
from coach.patience import patiently
from coach.why import why

_MILLI = Fraction(1, 1000)  # the time base: finer than any camera, and whole numbers stay small
_FRAGMENTS = {"movflags": "frag_keyframe+empty_moov+default_base_moof"}
_CODING = {"preset": "ultrafast", "tune": "zerolatency", "crf": "23"}
_KEY_EVERY = 30  # frames: a player seeks to within a second, and so much is lost at most if the file is cut off


def check_writable(path: str | Path) -> None:
    """Make sure, before a long run, that a file can be written at ``path``; leaves nothing behind.

    What a run that was killed while it wrote the same file has left beside it is removed too.

    Raises InputError output_unwritable with ``path`` and ``why``: no_folder, no_permission, read_only, disk_full,
    name_too_long, is_directory, not_a_file or other.
    """
    part, file = _open_part(path)
    file.close()
    patiently(lambda: part.unlink(missing_ok=True))
    clear(_target(path))


def _target(path: str | Path) -> Path:
    """The file to replace: behind a link, the file it leads to. Raises InputError, and OSError on circles."""
    target = Path(path).resolve()
    if target.is_symlink():  # from Python 3.13 on a circle is left unresolved, and refused no more
        raise InputError("output_unwritable", path=str(path), why="other")
    if target.is_dir():
        raise InputError("output_unwritable", path=str(path), why="is_directory")
    if target.exists() and not target.is_file():  # to replace /dev/null would break the machine
        raise InputError("output_unwritable", path=str(path), why="not_a_file")
    if target.exists() and not os.access(target, os.W_OK):
        raise InputError("output_unwritable", path=str(path), why="no_permission")
    return target


def _open_part(path: str | Path) -> tuple[Path, BufferedWriter]:
    try:
        return open_part(_target(path))
    except (OSError, ValueError, RuntimeError) as error:
        raise _unwritable(path, error) from error


def _unwritable(path: str | Path, error: Exception) -> InputError:
    return InputError("output_unwritable", path=str(path), why=why(error) if isinstance(error, OSError) else "other")


class VideoWriter:
    """Writes RGB frames with their true times as H.264 in fragmented MP4. Use it as a context manager.

    ``size`` is the (width, height) of the frames, px; where one is odd the last column or row is doubled,
    as H.264 wants them even and positions must not move. The video appears at ``path`` only when the block ends
    well and a frame was written; else nothing remains. Raises InputError output_unwritable (see
    :func:`check_writable`) at once or, if the disk fills up, later.
    """

    def __init__(self, path: str | Path, size: tuple[int, int]) -> None:
        width, height = size
        if min(width, height) < 1:
            raise ValueError(f"size must be positive, got {width} × {height}")
        self._path = path
        self._size = size
        self._last: int | None = None
        self._part, self._file = _open_part(path)
        try:
            self._container = av.open(self._file, "w", format="mp4", options=_FRAGMENTS)
            self._stream = self._add_stream(width + width % 2, height + height % 2)
        except BaseException:
            self._discard()
            raise

    def _add_stream(self, width: int, height: int) -> VideoStream:
        stream: VideoStream = self._container.add_stream("libx264", rate=30, options=_CODING)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.gop_size = _KEY_EVERY
        stream.codec_context.time_base = _MILLI
        return stream

    def write(self, image: Image, time_s: float) -> None:
        """Append a frame: (height, width, 3) RGB uint8, at ``time_s`` ≥ 0 s.

        Times are kept to the millisecond; one that does not grow is moved to a millisecond after the last.
        Raises ValueError where the picture or its time is not as said, InputError where it cannot be written.
        """
        expected = (self._size[1], self._size[0], 3)
        if image.shape != expected or image.dtype != np.uint8:
            raise ValueError(f"expected a picture {expected} uint8, got {image.shape} {image.dtype}")
        if not 0 <= time_s < float("inf"):
            raise ValueError(f"expected a time of 0 s or more, got {time_s}")
        frame = av.VideoFrame.from_ndarray(_even(image), format="rgb24")
        stamp = round(time_s / _MILLI)
        self._last = stamp if self._last is None else max(stamp, self._last + 1)
        frame.pts, frame.time_base = self._last, _MILLI
        self._encode(frame)

    def _encode(self, frame: av.VideoFrame | None) -> None:
        try:
            self._container.mux(self._stream.encode(frame))
        except (OSError, av.error.FFmpegError) as error:
            raise _unwritable(self._path, error) from error

    def __enter__(self) -> VideoWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None or self._last is None:
            self._discard()
            return
        try:
            self._encode(None)
            self._container.close()
            self._file.flush()
            if os.name != "posix":  # Windows renames no file that is open; elsewhere its lock is kept until it is done
                self._file.close()
            patiently(lambda: self._part.replace(_target(self._path)))
            self._file.close()
        except (OSError, av.error.FFmpegError) as failure:
            raise _unwritable(self._path, failure) from failure
        finally:
            self._discard()

    def _discard(self) -> None:
        """Close what is open and remove what was not renamed; the disk may be full, so errors are expected."""
        for close in (getattr(self, "_container", self._file).close, self._file.close):
            try:
                close()
            except (OSError, ValueError, av.error.FFmpegError):
                continue
        patiently(lambda: self._part.unlink(missing_ok=True))


def _even(image: Image) -> Image:
    height, width, _ = image.shape
    if height % 2 or width % 2:
        image = cv2.copyMakeBorder(image, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE).astype(
            np.uint8, copy=False
        )
    return np.ascontiguousarray(image)
