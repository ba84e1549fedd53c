"""A file or an address → a libav container with a stream of pictures, or a clear refusal.

Only containers that hold films are tried: libav would else read a text file as terminal art, a still
picture as a film, or a play list that leads to the network.
"""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from coach.capture.boxes import LEAST, boxes
from coach.domain import InputError

FILMS = ("mov", "mp4", "matroska", "webm", "avi", "gif", "mpegts", "mpeg", "flv", "asf", "ogg")
SOUNDS = ("mp3", "wav", "flac", "aac", "amr")  # only so that a sound file is refused as one
_OPTIONS = {
    "format_whitelist": ",".join(FILMS + SOUNDS),
    "protocol_whitelist": "file",
    "max_pixels": str(8192 * 8192),  # px: a broken header must not ask for gigabytes
}
# Of addresses; a device, a pipe or a live stream's protocol has no film. libav reads each by the protocols beside it
# alone, so that a play list on a server leads to no file of this machine.
_WEB = "http,https,httpproxy,tcp,tls,crypto"
_PROTOCOLS = {"http": _WEB, "https": _WEB, "ftp": "ftp,tcp", "file": "file"}
_PLAY_LIST = "hls"
_ANSWER_S = 5.0  # for a server to answer, and to send the next piece
_STILL = av.stream.Disposition.attached_pic | av.stream.Disposition.timed_thumbnails  # the cover of a song
FIRST_YEAR = 2005  # of films from telephones


def open_film(name: str) -> tuple[InputContainer, VideoStream]:
    """An open container and its film, the first stream of moving pictures; the caller closes it. Raises InputError."""
    path, length = Path(name), _length(name)
    try:
        # "file:" keeps libav from reading a protocol into the name; bad letters in metadata are no reason to fail.
        container = av.open(f"file:{path.absolute()}", "r", options=_OPTIONS, metadata_errors="replace")
    except (av.error.FFmpegError, ValueError) as error:
        raise InputError(_why_unreadable(path, length), path=name) from error
    try:
        return container, _film(container, name)
    except BaseException:
        container.close()
        raise


def can_hold_films(address: str) -> bool:
    """Whether films are read by this address's protocol; by rtsp and the like streams alone are."""
    return address.split("://", maxsplit=1)[0].lower() in _PROTOCOLS


def open_address(address: str) -> tuple[InputContainer, VideoStream]:
    """As :func:`open_film`, of a film behind an address. Raises InputError: camera_no_stream, video_…."""
    protocols = _PROTOCOLS[address.split("://", maxsplit=1)[0].lower()]
    options = _OPTIONS | {"format_whitelist": ",".join((*FILMS, _PLAY_LIST)), "protocol_whitelist": protocols}
    try:
        container = av.open(address, "r", options=options, metadata_errors="replace", timeout=_ANSWER_S)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise InputError("camera_no_stream") from error
    try:
        return container, _film(container, address)
    except BaseException:
        container.close()
        raise


def has_an_end(container: InputContainer, film: VideoStream) -> bool:
    """Whether what an address gives is a film, and no stream that goes on for as long as somebody reads it.

    Either tells no length: not in bytes, for a server knows that of a file; a play list's own length is none of these;
    nor in time, but of a fragmented MP4 libav adds up what has come so far, whose pictures no table tells beforehand.
    """
    formats = container.format.name.split(",")
    timed = duration_s(container, film) is not None
    if _PLAY_LIST in formats:
        return timed
    return container.size > 0 or (timed and not ("mp4" in formats and film.frames == 0))


def _film(container: InputContainer, name: str) -> VideoStream:
    moving = [s for s in container.streams.video if not s.disposition & _STILL]
    film = next((s for s in moving if s.codec_context), None)
    if film is None:
        silent = moving or not container.streams.audio  # a film in a code that libav does not know
        raise InputError("video_unreadable" if silent else "video_no_picture", path=name)
    context = film.codec_context
    context.options = {"max_pixels": _OPTIONS["max_pixels"]}
    film.thread_count = 1  # decodes as fast as the detector asks; each further one holds pictures, of 8K 50 MB each
    return film


def duration_s(container: InputContainer, film: VideoStream) -> float | None:
    """The film's length as the container tells it, s; the shortest of its answers, None if it tells nothing."""
    told = [container.duration / av.time_base] if container.duration else []
    if film.duration and film.time_base:
        told.append(float(film.duration * film.time_base))
    return min((t for t in told if t > 0), default=None)


def made(container: InputContainer) -> str:
    """When it was filmed, ISO text in UTC; "" where the container says nothing, or no more than where its clock began.

    Cameras whose clock was never set, and converters, write the first moment that the format knows (1904, 1970).
    """
    try:
        moment = datetime.fromisoformat(container.metadata.get("creation_time", ""))
    except ValueError:
        return ""
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat() if moment.year >= FIRST_YEAR else ""


def lacks_its_end(name: str, container: InputContainer) -> bool:
    """Whether a GIF stops without its end mark: the only one of the containers that tells no length beforehand."""
    if container.format.name != "gif" or not os.path.isfile(name):
        return False
    with open(name, "rb") as file:
        file.seek(max(0, os.stat(name).st_size - 64))
        return not file.read().rstrip(b"\0\r\n").endswith(b";")


def _length(name: str) -> int:
    """The file's length in bytes. Raises InputError where it is no file that can be read."""
    try:
        status = os.stat(name)
        if stat.S_ISREG(status.st_mode):
            with open(name, "rb") as file:
                file.read(1)
    except PermissionError as error:
        raise InputError("video_forbidden", path=name) from error
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise InputError("video_missing", path=name) from error
    except OSError as error:  # a name too long, a circle of links, a disk that fails
        raise InputError("video_unreadable", path=name) from error
    if not stat.S_ISREG(status.st_mode):  # a pipe would hang, a device never end
        key = "video_is_directory" if stat.S_ISDIR(status.st_mode) else "video_not_a_file"
        raise InputError(key, path=name)
    if status.st_size == 0:
        raise InputError("video_empty", path=name)
    return status.st_size


def _why_unreadable(path: Path, length: int) -> str:
    """video_cut_off for an MP4 or MOV that ends in mid-box or without its table of contents, else video_unreadable.

    A phone writes the table last: one that runs out of power leaves such a file, and so does half a download.
    """
    end, table = 0, False
    for kind, start, end in boxes(path):
        if end - start < LEAST or (start == 0 and kind != b"ftyp"):
            return "video_unreadable"
        table |= kind == b"moov"
    return "video_cut_off" if end and (end != length or not table) else "video_unreadable"
