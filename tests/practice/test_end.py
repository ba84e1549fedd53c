"""The program is told to end in the middle of a massage that is filmed: all that was seen is kept, and nothing else."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import av
import pytest
from websockets.sync.client import ClientConnection, connect

from coach.messages import safety_ids
from coach.web.framing import unpack
from tests.footage import BACK, SAMPLE

PROGRAM = "from coach.cli import main; main()"
PATIENCE_S = 60.0
FILMED_S = 1.0
PICTURES = 5  # or longer, until so many were shown


def told(page: ClientConnection) -> dict[str, Any]:
    """The next state."""
    while True:
        message = page.recv(PATIENCE_S)
        if isinstance(message, str) and (state := json.loads(message))["t"] == "state":
            return dict(state)


def film_a_massage(address: str) -> int:
    """How many pictures were shown meanwhile."""
    corners = [[float(number) for number in point.split(",")] for point in BACK.split()]
    script = [
        {"t": "mode", "mode": "free"},
        {"t": "consent", "checks": [*safety_ids(), "agreed"], "video": True},
        {"t": "mark", "way": "drag", "kind": "corners", "points": corners},
        {"t": "start"},
    ]
    with connect(address, max_size=None) as page:
        while (state := told(page))["phase"] != "practising":
            if state["tracker"] == "ok" and script:
                page.send(json.dumps(script.pop(0)))
        end, shown = time.monotonic() + FILMED_S, -1  # the first may be of before
        while time.monotonic() < end or shown < PICTURES:
            message = page.recv(PATIENCE_S)
            if isinstance(message, bytes):
                shown += 1
                page.send(json.dumps({"t": "ack", "n": unpack(message)[0]["n"]}))
        return shown


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_with_the_film_whole_and_nothing_half_written(tmp_path: Path, end: signal.Signals) -> None:
    command = ["practise", "--camera", str(SAMPLE), "--no-browser", "--port", "0", "--data", str(tmp_path)]
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert program.stdout is not None
        found = re.search(r"http://(\S+)/\?token=(\S+)", program.stdout.readline())
        assert found is not None
        shown = film_a_massage(f"ws://{found[1]}/ws?token={found[2]}")
        assert list(tmp_path.rglob("*.part"))
        program.send_signal(end)
        out, err = program.communicate(timeout=30)
        assert (out, err, program.returncode) == ("", "", 0)
    finally:
        program.kill()
        program.communicate()
    assert not [*tmp_path.rglob("*.part"), *tmp_path.glob("*.db-*")]
    (film,) = tmp_path.rglob("video.mp4")
    with av.open(str(film)) as container:
        assert sum(1 for _ in container.decode(video=0)) >= shown >= PICTURES
