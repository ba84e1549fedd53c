"""What a trainer has recorded → a prompt: what is to be heard in it, and nothing before and after.

A trainer thinks for a moment before she speaks, and looks for the button afterwards. A count that begins so much later
is a wrong one by then.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TypeAlias

import av
import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.float32]  # (n,), of one channel, 1 where it is as loud as can be

RATE = 48_000  # Hz, one that Opus knows
RATES = (8_000, 192_000)  # Hz that microphones have; of one sample an hour a day of sound would be made
BITS = 32_000  # a second
WINDOW = RATE // 50  # samples that are as loud as each other
SILENT = 0.05  # of the loudest window; a quiet room beside a voice is less
MARGIN = RATE // 8  # samples kept before and after: the beginning of a word is soft
_FORMATS = {"audio/webm": "matroska", "audio/ogg": "ogg", "audio/mp4": "mp4", "audio/wav": "wav"}  # in libav's words


def samples(kind: str, sound: bytes, most_s: float) -> Samples:
    """The recording, as far as ``most_s`` and a bit; none where it was ended before it had begun.

    :param kind: one of those in which browsers record
    :raises ValueError: for what is no such sound
    """
    found: list[Samples] = []
    try:
        for piece in _decoded(_FORMATS[kind], sound):
            found.append(piece)
            if sum(map(len, found)) > most_s * RATE:
                break
    except av.error.EOFError:  # nothing was recorded, or it is cut off
        pass
    except (av.error.FFmpegError, OSError) as error:
        raise ValueError("no sound") from error
    return np.concatenate(found) if found else np.zeros(0, dtype=np.float32)


def _decoded(form: str, sound: bytes) -> Iterator[Samples]:
    even = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    with av.open(io.BytesIO(sound), "r", format=form, metadata_errors="replace") as container:
        if not container.streams.audio or not RATES[0] <= container.streams.audio[0].rate <= RATES[1]:
            raise ValueError("no sound")
        for frame in container.decode(container.streams.audio[0]):
            for made in even.resample(frame):
                yield made.to_ndarray()[0].astype(np.float32)
        for made in even.resample(None):
            yield made.to_ndarray()[0].astype(np.float32)


def spoken(recorded: Samples) -> Samples:
    """From where somebody begins to speak to where she ends."""
    whole = recorded[: len(recorded) // WINDOW * WINDOW].reshape(-1, WINDOW)
    loud = np.sqrt(np.mean(whole.astype(np.float64) ** 2, axis=1))
    if not loud.size or not loud.max() > 0:
        return recorded
    heard = np.flatnonzero(loud >= SILENT * loud.max())
    return recorded[max(0, heard[0] * WINDOW - MARGIN) : (heard[-1] + 1) * WINDOW + MARGIN]


def written(prompt: Samples) -> bytes:
    """Opus in Ogg, as the prompts are that come with coach."""
    out = io.BytesIO()
    with av.open(out, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=RATE, options={"application": "voip"})
        stream.layout = "mono"
        stream.bit_rate = BITS
        frame = av.AudioFrame.from_ndarray(np.clip(prompt, -1, 1)[None, :], format="flt", layout="mono")
        frame.sample_rate = RATE
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return out.getvalue()
