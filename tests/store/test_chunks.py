"""Tracks as bytes: whole chunks come back, a torn one at the end is left out, and nothing forged gets in."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.store import chunks
from tests.store.made import chunk

THREE = [chunks.encode(chunk(k)) for k in range(3)]
WHOLE = chunks.MAGIC + b"".join(THREE)


def read(data: bytes) -> list[bytes]:
    return list(chunks.frames(io.BytesIO(data)))


def test_come_back_within_an_eighth_of_a_pixel() -> None:
    back = [chunks.decode(data) for data in read(WHOLE)]
    for k, found in enumerate(back):
        assert np.abs(found.landmarks - chunk(k).landmarks).max() <= 1 / 16
        np.testing.assert_array_equal(found.time_s, chunk(k).time_s)
        np.testing.assert_array_equal(found.bridged, chunk(k).bridged)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(WHOLE)))
def test_cut_anywhere_what_was_whole_before_is_read(length: int) -> None:
    ends = np.cumsum([len(chunks.MAGIC), *(len(t) for t in THREE)])
    assert len(read(WHOLE[:length])) == max(0, int((ends <= length).sum()) - 1)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_a_changed_byte_never_gives_another_chunk(at: int, by: int) -> None:
    damaged = bytearray(WHOLE)
    damaged[at] ^= by
    found = read(bytes(damaged))
    assert found == read(WHOLE)[: len(found)]
    assert len(found) < 3


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_of_another_kind_are_a_chunk(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"chunk|pickle|array"):
        chunks.decode(data)


def test_arrays_that_do_not_fit_together_are_refused() -> None:
    stream = io.BytesIO()
    np.savez_compressed(
        stream,
        time_s=np.zeros(2),
        motions=np.zeros((2, 3, 3)),
        frame=np.array([5], dtype=np.uint16),
        landmarks=np.zeros((1, 21, 2)),
        confidence=np.zeros(1),
        bridged=np.zeros(1, dtype=bool),
    )
    with pytest.raises(ValueError, match="not there"):
        chunks.decode(stream.getvalue())


def test_a_bomb_is_not_unpacked() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("time_s.npy", b"\0" * 60_000_000)
    assert len(stream.getvalue()) < 100_000
    with pytest.raises(ValueError, match="larger"):
        chunks.decode(stream.getvalue())


def test_a_pickle_is_not_opened() -> None:
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=True, time_s=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ValueError, match=r"chunk|pickle|array"):
        chunks.decode(stream.getvalue())
