"""What is to be heard in a recording: a clip in which nothing is would take a prompt away from the hearer."""

from __future__ import annotations

import io

import av
import numpy as np

_FORMATS = {"audio/webm": "matroska", "audio/ogg": "ogg", "audio/mp4": "mp4", "audio/wav": "wav"}  # in libav's words


def heard(kind: str, sound: bytes, most_s: float) -> tuple[float, float]:
    """(length in s, the loudest of it where 1 is the most there can be); no more than ``most_s`` and a bit is read.

    :param kind: one of those in which browsers record
    :raises ValueError: for what is no such sound
    """
    length_s, loudest = 0.0, 0.0
    try:
        with av.open(io.BytesIO(sound), "r", format=_FORMATS[kind], metadata_errors="replace") as container:
            if not container.streams.audio:
                raise ValueError("no sound")
            for frame in container.decode(container.streams.audio[0]):
                samples = frame.to_ndarray()
                most = float(np.iinfo(samples.dtype).max) if samples.dtype.kind in "iu" else 1.0
                length_s += frame.samples / frame.sample_rate
                loudest = max(loudest, float(np.abs(samples.astype(np.float64)).max(initial=0.0)) / most)
                if length_s > most_s:
                    break
    except av.error.EOFError:  # it was ended before anything was recorded, or is cut off
        return length_s, loudest
    except (av.error.FFmpegError, OSError) as error:
        raise ValueError("no sound") from error
    return length_s, loudest
