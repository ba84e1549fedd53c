"""What was seen of a session, frame by frame, ready to be drawn: folded once, then kept.

As bytes it is one message: four bytes with the length of the header, little-endian; the header, JSON in UTF-8, with
``n`` and for each array its name, dtype, shape and offset; spaces up to a multiple of eight; then the arrays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from coach.domain import HANDS, Floats, Hand, HandTrack
from coach.locate.plane import SQUARE, homographies, to_back
from coach.moves.trace import CONTACT_LANDMARKS, runs
from coach.parameters.traces import SMOOTHING_S
from coach.pipeline import Watching

Arrays: TypeAlias = dict[str, NDArray[Any]]
VERSION = 4  # of the bytes, or of how tracks are folded; those of another one are made anew
UNSEEN, BRIDGED, SEEN = 0, 1, 2
WORKING = list(CONTACT_LANDMARKS["fingers"])
_ALIGN = 8


@dataclass(frozen=True, slots=True)
class Seen:
    """A session's frames. Little-endian arrays:

    - ``time_s`` f8 (n,) · ``corners`` f4 (n, 4, 2) px of the back as it moves
    - for each hand ``landmarks`` f4 (n, 21, 2) px and ``position`` f4 (n, 2) back coordinates of the fingers, NaN where
      unseen; ``seen`` u1 (n,) 0 unseen, 1 bridged, 2 seen; ``speed`` f4 (n,) back units a second
    - ``distance`` f4 (n,) between the two hands, back units
    - ``eye`` f8 (n, 3), only where the back was marked anew meanwhile
    """

    arrays: Arrays
    eye: Floats | None = None  # (3,) where the camera is (:mod:`coach.locate.relief`), else in the arrays
    view: Floats | None = None  # (3, 3) or (k, 3, 3) what is in the picture (:mod:`coach.locate.framing`)

    @classmethod
    def of(cls, watching: Watching) -> Seen:
        """:param watching: the fold at the session's end; at least one frame"""
        planes = watching.planes()
        back: Floats = np.linalg.inv(planes).astype(np.float64)
        tracks = watching.tracks()
        time_s = np.array(watching.time_s)
        arrays: Arrays = {"time_s": time_s, "corners": to_back(SQUARE[None], back).astype("<f4")}
        for hand in HANDS:
            arrays |= _hand(hand, tracks[hand], back)
        away = arrays["left_position"] - arrays["right_position"]
        arrays["distance"] = np.hypot(away[:, 0], away[:, 1]).astype("<f4")
        eye, view = tracks["left"].eye, tracks["left"].view
        if eye is not None and eye.ndim > 1:
            arrays["eye"], eye = eye.astype("<f8"), None
        return cls(arrays, eye, view)

    @classmethod
    def read(cls, data: bytes) -> Seen | None:
        """Out of its bytes; None where they are of another version, or damaged."""
        try:
            length = int.from_bytes(data[:4], "little")
            header = json.loads(data[4 : 4 + length])
            start = _even(4 + length)
            if header["version"] != VERSION or len(data) != start + header["bytes"]:
                return None
            camera = [None if header[name] is None else np.array(header[name]) for name in ("eye", "view")]
            return cls({one["name"]: _array(data, start, one) for one in header["arrays"]}, *camera)
        except (ValueError, KeyError, TypeError):
            return None

    def bytes(self) -> bytes:
        arrays = {name: np.ascontiguousarray(values) for name, values in self.arrays.items()}
        told, offset = [], 0
        for name, values in arrays.items():
            told.append({"name": name, "dtype": values.dtype.str, "shape": values.shape, "offset": offset})
            offset += _even(values.nbytes)
        camera = {name: None if at is None else at.tolist() for name, at in (("eye", self.eye), ("view", self.view))}
        header = {"version": VERSION, "n": len(self.arrays["time_s"]), "bytes": offset, "arrays": told, **camera}
        text = json.dumps(header, separators=(",", ":")).encode()
        out = bytearray(len(text).to_bytes(4, "little") + text)
        out += b" " * (_even(len(out)) - len(out))
        for values in arrays.values():
            out += values.tobytes()
            out += b"\0" * (_even(values.nbytes) - values.nbytes)
        return bytes(out)

    def tracks(self) -> dict[Hand, HandTrack]:
        """The hands in back coordinates, as the scoring is given them."""
        planes = homographies(self.arrays["corners"].astype(np.float64))
        camera = self.arrays.get("eye", self.eye), self.view
        found: dict[Hand, HandTrack] = {}
        for hand in HANDS:
            seen = self.arrays[f"{hand}_seen"]
            marks = to_back(self.arrays[f"{hand}_landmarks"].astype(np.float64), planes)
            found[hand] = HandTrack(hand, self.arrays["time_s"], marks, seen > UNSEEN, seen == BRIDGED, *camera)
        return found


def _hand(hand: Hand, track: HandTrack, back: Floats) -> Mapping[str, NDArray[Any]]:
    known = track.seen & np.isfinite(track.landmarks[:, 0, 0])
    place = track.landmarks[:, WORKING].mean(axis=1)
    return {
        f"{hand}_landmarks": to_back(track.landmarks, back).astype("<f4"),
        f"{hand}_position": place.astype("<f4"),
        f"{hand}_seen": np.where(known, np.where(track.bridged, BRIDGED, SEEN), UNSEEN).astype("u1"),
        f"{hand}_speed": speed(track.time_s, place).astype("<f4"),
    }


def speed(time_s: Floats, place: Floats) -> Floats:
    """(n,) back units a second of a place (n, 2), smoothed within each stretch that was seen; NaN outside."""
    out = np.full(len(time_s), np.nan)
    for start, end in runs(np.isfinite(place[:, 0])):
        if end - start < 3:
            continue
        own = time_s[start:end]
        frames = max(SMOOTHING_S / max(float(np.median(np.diff(own))), 1e-3), 0.5)
        from scipy.ndimage import gaussian_filter1d  # noqa: PLC0415  late: a page at its start can do without SciPy

        steady = gaussian_filter1d(place[start:end], frames, axis=0, mode="nearest")
        moved = np.gradient(steady, own, axis=0)
        out[start:end] = np.hypot(moved[:, 0], moved[:, 1])
    return out


def _even(length: int) -> int:
    return -(-length // _ALIGN) * _ALIGN


def _array(data: bytes, start: int, told: Mapping[str, Any]) -> NDArray[Any]:
    count = int(np.prod(told["shape"], dtype=np.int64))
    found = np.frombuffer(data, np.dtype(told["dtype"]), count, start + told["offset"])
    return found.reshape(told["shape"])
