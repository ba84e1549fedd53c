"""The trainer's side talks to this machine alone: the program and its workers are watched by strace while they work."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx2 as httpx

from tests.test_no_network import STRACE, talk
from tests.trainer.made import CORNERS, clip

PROGRAM = "from coach.cli import main; main()"
PATIENCE_S = 120.0


def test_the_trainer_s_side_talks_to_this_machine_alone(tmp_path: Path) -> None:
    log, film = tmp_path / "trace", clip(tmp_path / "film.mp4", 20)
    command = ["serve", "--no-browser", "--port", "0", "--data", str(tmp_path / "data")]
    program = subprocess.Popen(
        [*STRACE, str(log), sys.executable, "-c", PROGRAM, *command], stdout=subprocess.PIPE, text=True
    )
    try:
        assert program.stdout is not None
        found = re.search(r"(http://\S+)/\?token=(\S+)", program.stdout.readline())
        assert found is not None
        work(found[1], found[2], film)
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


def work(base: str, token: str, film: Path) -> None:
    """A film in, reviewed by the real tracker, and its sheet out."""
    cookies = {f"coach_{base.rpartition(':')[2]}": token}
    with httpx.Client(base_url=base, headers={"origin": base}, cookies=cookies, timeout=60.0) as page:
        job = page.post("/api/imports", content=film.read_bytes(), headers={"X-Name": "film.mp4"}).json()
        consent = {"video": False, "checks": ["agreed"], "by": "T01"}
        marks = {"corners": CORNERS, "size": [640, 480], "kader": "K01", "posyandu": "Mawar", "consent": consent}
        assert page.post(f"/api/imports/{job['id']}", json=marks).status_code == 200
        end = time.monotonic() + PATIENCE_S
        state = ""
        while state not in ("done", "failed"):
            assert time.monotonic() < end
            time.sleep(0.2)
            state = next(one["state"] for one in page.get("/api/imports").json() if one["id"] == job["id"])
        assert state == "done"
        (row,) = page.get("/api/sessions").json()["rows"]
        sheet = page.get("/api/papers/sheet", params={"sessions": row["id"], "lang": "id"})
        assert sheet.content.startswith(b"%PDF")
