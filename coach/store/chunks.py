"""Tracks as bytes: chunks of up to a second, each framed so that a torn one at the end is noticed and left out."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np

from coach.domain import TrackChunk

MAGIC = b"coach.tracks/1\r\n"
_FRAME = struct.Struct("<4sII")  # mark, length, crc-32
_MARK = b"CHNK"
LARGEST = 16_000_000  # bytes of a chunk: a second of two hands is 15 kB
_MOST_VALUES = 50_000_000  # of an array: a forged header may promise any size
_PX = 8.0  # landmarks are kept in eighths of a px, far below the detector's noise
_LIMIT = np.iinfo(np.int16)


def encode(chunk: TrackChunk) -> bytes:
    """A chunk with its frame."""
    stream = io.BytesIO()
    marks = np.clip(np.nan_to_num(np.round(chunk.landmarks * _PX)), _LIMIT.min, _LIMIT.max)
    np.savez_compressed(
        stream,
        allow_pickle=False,
        time_s=chunk.time_s.astype(np.float64),
        motions=chunk.motions.astype(np.float32),
        frame=chunk.frame.astype(np.uint16),
        landmarks=marks.astype(np.int16),
        confidence=chunk.confidence.astype(np.float16),
        bridged=chunk.bridged.astype(np.bool_),
    )
    return framed(stream.getvalue())


def framed(data: bytes) -> bytes:
    return _FRAME.pack(_MARK, len(data), zlib.crc32(data)) + data


def decode(data: bytes) -> TrackChunk:
    """A chunk from its bytes without the frame.

    :raises ValueError: for bytes that are no chunk
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            if sum(info.file_size for info in arrays.zip.infolist()) > _MOST_VALUES:
                raise ValueError("larger than any chunk")
            chunk = TrackChunk(
                time_s=arrays["time_s"].astype(np.float64),
                motions=arrays["motions"].astype(np.float64),
                frame=arrays["frame"].astype(np.int64),
                landmarks=arrays["landmarks"].astype(np.float64) / _PX,
                confidence=arrays["confidence"].astype(np.float64),
                bridged=arrays["bridged"].astype(np.bool_),
            )
    except ValueError:
        raise
    except Exception as error:  # zipfile, zlib and numpy have many words for it
        raise ValueError(f"no chunk: {error}") from error
    _check(chunk)
    return chunk


def _check(chunk: TrackChunk) -> None:
    n, k = len(chunk.time_s), len(chunk.frame)
    shapes = (chunk.time_s.shape, chunk.motions.shape, chunk.frame.shape, chunk.landmarks.shape)
    if shapes != ((n,), (n, 3, 3), (k,), (k, 21, 2)) or chunk.confidence.shape != (k,) or chunk.bridged.shape != (k,):
        raise ValueError(f"shapes of a chunk do not fit: {shapes}")
    if k and not (n and chunk.frame.max() < n):
        raise ValueError("a sighting in a frame that is not there")
    if not (np.isfinite(chunk.time_s).all() and np.isfinite(chunk.motions).all()):
        raise ValueError("times and motions must be numbers")


def frames(stream: BinaryIO) -> Iterator[bytes]:
    """The chunks' bytes, up to the first that is torn or damaged."""
    if stream.read(len(MAGIC)) != MAGIC:
        return
    while len(head := stream.read(_FRAME.size)) == _FRAME.size:
        mark, length, check = _FRAME.unpack(head)
        if mark != _MARK or length > LARGEST:
            return
        data = stream.read(length)
        if len(data) < length or zlib.crc32(data) != check:
            return
        yield data
