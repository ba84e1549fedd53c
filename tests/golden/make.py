"""Makes the golden files anew: `python -m tests.golden.make`. Look at what changed before it is kept.

The tracks are those of one simulated session, at 10 frames a second and to a thousandth of the back's width: only the
landmarks that coach reads of this massage are kept (CONTACT_LANDMARKS but for thumbs, and the palm). The reading is
compared exactly.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from coach.domain import HANDS, Floats, Hand, HandTrack, Span
from coach.moves.trace import CONTACT_LANDMARKS
from coach.score.session import read
from tests.fakes.protocols import shipped
from tests.fakes.session import tracks
from tests.fakes.simulated import played
from tests.simulator import SessionScript, Timing, d02_like

FOLDER = Path(__file__).resolve().parent
TRACKS, READING = FOLDER / "tracks.npz", FOLDER / "reading.json"
KEPT = sorted({mark for contact, marks in CONTACT_LANDMARKS.items() if contact != "thumbs" for mark in marks})
SEED = 9
STEP = 1000  # a thousandth of the back's width


def script() -> SessionScript:
    """Five mistakes and a stretch of wandering hands, at 10 frames a second."""
    usual = d02_like()
    return SessionScript(usual.steps, timing=Timing(10.0), name=usual.name)


def save(made: dict[Hand, HandTrack]) -> None:
    arrays: dict[str, Any] = {"time_ms": np.round(made["left"].time_s * 1000).astype(np.int32)}
    for hand in HANDS:
        marks = np.where(made[hand].seen[:, None, None], made[hand].landmarks[:, KEPT], 0.0)
        arrays[hand] = np.round(marks * STEP).astype(np.int16)
        arrays[f"{hand}_seen"] = made[hand].seen
    np.savez_compressed(TRACKS, **arrays)


def load() -> dict[Hand, HandTrack]:
    with np.load(TRACKS) as stored:
        time_s = stored["time_ms"] / 1000.0
        return {hand: _track(hand, time_s, stored[hand] / float(STEP), stored[f"{hand}_seen"]) for hand in HANDS}


def _track(hand: Hand, time_s: Floats, kept: Floats, seen: np.typing.NDArray[np.bool_]) -> HandTrack:
    marks = np.full((len(time_s), 21, 2), np.nan)
    marks[:, KEPT] = np.where(seen[:, None, None], kept, np.nan)
    return HandTrack(hand, time_s, marks, seen, np.zeros(len(time_s), dtype=np.bool_))


def reading(made: dict[Hand, HandTrack]) -> dict[str, Any]:
    """Segments and items as plain values, times to a hundredth of a second."""
    found, items, _ = read(made, shipped("oxytocin"))
    return {
        "segments": [
            {
                "id": m.segment_id,
                "span": _times(m.span),
                "repetitions": [[*_times(r.span), r.hand, r.whole] for r in m.repetitions],
                "holds": [[h.point, *_times(h.span), h.hand] for h in m.holds],
            }
            for m in found
        ],
        "items": {i.item_id: [i.status, i.points, i.reason.key] for i in items},
    }


def _times(span: Span) -> list[float]:
    return [round(span.start_s, 2), round(span.end_s, 2)]


def write() -> None:
    session = played(script(), SEED)
    save(tracks(session.observations, session.corners_px))
    lines = json.dumps(reading(load()), indent=1, ensure_ascii=False)
    READING.write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
