"""Practice talks to this machine alone: the whole program is watched by strace while a page is served."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from websockets.sync.client import connect

from coach.messages import safety_ids
from tests.footage import BACK, SAMPLE
from tests.test_no_network import STRACE, talk

PROGRAM = "from coach.cli import main; main()"
PATIENCE_S = 60.0


def test_practice_talks_to_this_machine_alone(tmp_path: Path) -> None:
    log = tmp_path / "trace"
    command = ["practise", "--camera", str(SAMPLE), "--no-browser", "--port", "0", "--data", str(tmp_path / "data")]
    program = subprocess.Popen(
        [*STRACE, str(log), sys.executable, "-c", PROGRAM, *command], stdout=subprocess.PIPE, text=True
    )
    try:
        assert program.stdout is not None
        found = re.search(r"http://(\S+)/\?token=(\S+)", program.stdout.readline())
        assert found is not None
        practise(f"ws://{found[1]}/ws?token={found[2]}")
        (child,) = Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text("utf-8").split()
        os.kill(int(child), signal.SIGINT)
        program.communicate(timeout=30)
    finally:
        program.kill()
        program.communicate()
    trace = log.read_text("utf-8")
    assert "bind(" in trace
    assert "127.0.0.1" in trace
    assert talk(trace) == []


def practise(address: str) -> None:
    """Through the set-up and into the massage, with the tracker and the reader at work."""
    corners = [[float(number) for number in point.split(",")] for point in BACK.split()]
    script = [
        {"t": "mode", "mode": "free"},
        {"t": "consent", "checks": [*safety_ids(), "agreed"], "video": False},
        {"t": "mark", "way": "drag", "kind": "corners", "points": corners},
        {"t": "start"},
    ]
    end = time.monotonic() + PATIENCE_S
    with connect(address, max_size=None) as page:
        while time.monotonic() < end:
            message = page.recv(30)
            if isinstance(message, bytes):
                continue
            state = json.loads(message)
            if state["t"] == "state" and state["tracker"] == "ok" and script:
                page.send(json.dumps(script.pop(0)))
            elif state.get("phase") == "practising":
                end = min(end, time.monotonic() + 4.0)
    assert not script
