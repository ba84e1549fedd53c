"""Reviews spread over an existing Dask cluster by one option."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import av
import pytest

from coach.commands.cluster import spread
from coach.domain import InputError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler and two workers of one thread each, as processes of their own."""
    folder = tmp_path_factory.mktemp("dask")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    environ = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}

    def start(*command: str) -> subprocess.Popen[bytes]:
        with (folder / "log").open("ab") as log:
            return subprocess.Popen([sys.executable, "-m", *command], cwd=folder, env=environ, stdout=log, stderr=log)

    host = ("--host", "127.0.0.1")
    running = [start("distributed.cli.dask_scheduler", *host, "--port", str(port), "--no-dashboard")]
    worker = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder))
    running += [start("distributed.cli.dask_worker", address, *host, *worker) for _ in range(2)]
    try:
        yield address
    finally:
        for process in running:
            process.kill()  # they have nothing to lose, and would take their time to say goodbye
            process.wait()


def beginning(film: Path, short: Path, seconds: float = 3.0) -> Path:
    """The film's first seconds, not encoded anew."""
    with av.open(str(film)) as whole, av.open(str(short), "w") as part:
        source = whole.streams.video[0]
        stream = part.add_stream_from_template(source)
        for packet in whole.demux(source):
            if packet.dts is not None and float(packet.dts * source.time_base) < seconds:
                packet.stream = stream
                part.mux(packet)
    return short


def process_and_square(number: int) -> tuple[int, int]:
    return os.getpid(), number * number


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Dask's own connections warn when they are closed late; that is not ours to mend."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def test_the_work_is_done_elsewhere_and_comes_back_in_order(scheduler: str) -> None:
    found = list(spread(process_and_square, range(12), scheduler))
    assert [square for _, square in found] == [n * n for n in range(12)]
    assert os.getpid() not in {process for process, _ in found}


def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.commands.cluster.PATIENCE_S", 1)
    with pytest.raises(InputError) as refused:
        list(spread(process_and_square, [1], "tcp://127.0.0.1:9"))
    assert refused.value.key == "cluster_unreachable"


def test_reviews_go_through_it_and_keep_their_results(scheduler: str, tmp_path: Path) -> None:
    video = beginning(ROOT / "samples" / "d03.mp4", tmp_path / "short.mp4")
    missing = tmp_path / "nothing.mp4"
    back = (ROOT / "samples" / "d03.back").read_text("utf-8").strip()
    command = [str(Path(sys.executable).with_name("coach")), "review", str(video), str(missing), "--back", back]
    options = ["--cluster", scheduler, "--save", "--kader", "K01", "--data", str(tmp_path / "store"), "--lang", "en"]
    done = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 2, done.stderr  # one of the two is not there
    assert "CHECKLIST" in done.stdout
    kept = re.search(r"kept as session ([0-9a-f]{8})", done.stderr)
    assert kept is not None, done.stderr
    assert "nothing.mp4" in done.stderr
