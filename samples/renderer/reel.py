"""The pieces of a clip that is being rendered, so that an interrupted run goes on where it was.

A clip is encoded in pieces of PIECE frames, each with its frames' truth beside it; at the end they are joined without
encoding them again. A piece counts once its truth is there, and only for the very script and renderer it came from.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from samples.renderer.script import Script

PIECE = 150  # frames
Entry = dict[str, Any]  # one frame's truth


class BusyError(RuntimeError):
    """Another run renders this clip at this moment."""


class Reel:
    """The folder NAME.parts beside the clip; one run at a time may have it.

    :raises BusyError: another run has it
    """

    def __init__(self, script: Script, folder: Path) -> None:
        self.script = script
        self.folder = folder / f"{script.name}.parts"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.lock = (self.folder / "lock").open("w")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.lock.close()
            raise BusyError(f"{script.name}: another run is rendering it") from None
        self._keep_own()

    def __enter__(self) -> Reel:
        return self

    def __exit__(self, *_: object) -> None:
        self.lock.close()

    def _keep_own(self) -> None:
        """Takes away the pieces of another script, or of another version of the renderer."""
        mark, digest = self.folder / "made_from", _digest(self.script)
        if not mark.exists() or mark.read_text() != digest:
            for path in self.folder.iterdir():
                if path.name != "lock":
                    path.unlink()
            mark.write_text(digest)

    def entries(self, piece: int) -> list[Entry] | None:
        """The truth of a piece's frames, if the piece is complete."""
        path = self._path(piece, ".json")
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None

    def write(self, piece: int, shots: Iterable[tuple[Any, Entry]]) -> list[Entry]:
        """Encodes a piece's pictures (height, width, 3) uint8; returns their truth."""
        entries: list[Entry] = []
        with av.open(str(self._path(piece, ".mp4")), "w") as container:
            stream: Any = container.add_stream("libx264", rate=self.script.fps)
            stream.width, stream.height, stream.pix_fmt = *self.script.size, "yuv420p"
            stream.options = {"crf": str(self.script.picture.crf), "preset": "veryfast", "threads": "1"}
            for picture, entry in shots:
                entries.append(entry)
                container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            container.mux(stream.encode())
        waiting = self._path(piece, ".writing")
        waiting.write_text(json.dumps(entries), encoding="utf-8")
        waiting.replace(self._path(piece, ".json"))
        return entries

    def join(self, pieces: int, target: Path) -> None:
        """Puts the pieces one behind the other into `target`, which appears whole or not at all."""
        waiting = self.folder / "joined.mp4"
        with av.open(str(waiting), "w", options={"movflags": "faststart"}) as out:
            stream: Any = None
            for piece in range(pieces):
                with av.open(str(self._path(piece, ".mp4"))) as source:
                    first = source.streams.video[0]
                    stream = stream or out.add_stream_from_template(first)
                    self._copy(source, out, stream, piece)
        waiting.replace(target)

    def _copy(self, source: Any, out: Any, stream: Any, piece: int) -> None:
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is None:  # the demuxer's last, empty one
                continue
            shift = int(Fraction(piece * PIECE, self.script.fps) / packet.time_base)
            packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
            packet.stream = stream
            out.mux(packet)

    def clear(self) -> None:
        """Takes the pieces away."""
        shutil.rmtree(self.folder)

    def _path(self, piece: int, ending: str) -> Path:
        return self.folder / f"{piece:04d}{ending}"


def _digest(script: Script) -> str:
    """Of the script and of the renderer's own code."""
    found = hashlib.sha256(json.dumps(asdict(script), sort_keys=True).encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()
