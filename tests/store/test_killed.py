"""kill -9 at any moment: nothing that was promised is lost, and no older session is touched."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from coach.store import Store, open_store, repair
from tests.store.made import new, result

TIMES = 3
ROOT = Path(__file__).resolve().parents[2]


def started(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.kill_me", str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def killed(processes: list[subprocess.Popen[str]], after_s: float) -> list[list[list[str]]]:
    """What each recording process had said until it was killed; the time counts from its first promise."""
    said = []
    firsts = [[process.stdout.readline() for _ in range(4)] for process in processes if process.stdout]
    time.sleep(after_s)
    for process, first in zip(processes, firsts, strict=True):
        process.send_signal(signal.SIGKILL)
        assert process.stdout is not None
        lines = "".join([*first, process.stdout.read()]).splitlines()
        process.stdout.close()
        assert process.wait() == -signal.SIGKILL
        said.append([line.split() for line in lines if len(line.split()) == 2])
    return said


def check(store: Store, said: list[list[str]]) -> None:
    promised: dict[str, list[str]] = {}
    for word, value in said:
        promised.setdefault(word, []).append(value)
    finished = store.session(promised["finished"][0])
    assert finished.report == result()
    notes = [c.event["text"] for c in finished.corrections]
    assert notes[: len(promised.get("note", []))] == promised.get("note", [])
    assert len(notes) <= len(promised.get("note", [])) + 1
    recording = store.session(promised["recording"][0])
    assert recording.row.state == "recording"
    kept = len(list(store.tracks(recording.row.id)))
    assert len(promised["chunk"]) <= kept <= len(promised["chunk"]) + 1


def test_nothing_promised_is_lost(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        older = store.add(new(kader="K00"), result())
    everything: list[list[list[str]]] = []
    for seed in range(TIMES):
        together = [started(tmp_path) for _ in range(1 + seed % 2)]  # two writers, now and then
        said = killed(together, random.Random(seed).random() * 0.4)
        everything += said
        with open_store(tmp_path) as store:
            for one in said:
                check(store, one)
            assert store.session(older).report == result()
    with sqlite3.connect(tmp_path / "coach.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    assert repair(tmp_path) == 1 + 2 * len(everything)
    with open_store(tmp_path) as store:
        for one in everything:
            check(store, one)
