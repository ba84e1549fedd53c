"""Processes under a share of the machine's cores: by what this machine allows, which is told.

A control group with a quota is nearest to a slow laptop: the kernel lets the group run for so much of each hundredth
of a second. Where none may be made, ``systemd-run`` asks the system for one, and at worst the processes are stopped and
let go on again in turn.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

SHARE = 0.25
PERIOD_US = 10_000  # short, so that the work is slow and does not stand still for a picture's time
GROUPS = Path("/sys/fs/cgroup")
UNIT = f"coach-bench-{os.getpid()}"
CYCLE_S = 0.02  # of stopping and going on
# A group's weight among others that want the cores: it gets its share on a busy machine too, and never more.
WEIGHT_V1, WEIGHT_V2 = "65536", "10000"


@dataclass(frozen=True, slots=True)
class Limit:
    """How processes are held to a share.

    - ``name``: what holds them, for the bench's print.
    - ``prefix``: goes before a command's words.
    - ``hold``: told the process id of a command, which leads a session of its own; gives what lets go of it.
    """

    name: str
    prefix: tuple[str, ...] = ()
    hold: Callable[[int], Callable[[], None]] = lambda _pid: lambda: None


@contextmanager
def limited(share: float = SHARE) -> Iterator[Limit]:
    """What holds processes to this share of all cores; undone on leaving."""
    cores = share * (os.cpu_count() or 1)
    for version, root in ((2, GROUPS), (2, GROUPS / "unified"), (1, GROUPS / "cpu")):
        group = root / UNIT
        if _made(group, version, cores):
            try:
                yield Limit(f"a control group (version {version}) of {cores:g} cores", _joined(group))
            finally:
                _removed(group)
            return
    scope = ("systemd-run", "--quiet", "--scope", "-p", f"CPUQuota={100 * cores:g}%", "-p", "CPUQuotaPeriodSec=10ms")
    if shutil.which(scope[0]) and subprocess.run([*scope, "true"], capture_output=True, check=False).returncode == 0:
        yield Limit(f"systemd-run, {cores:g} cores", scope)
        return
    yield Limit(f"stopped for {1 - share:.0%} of each {1000 * CYCLE_S:.0f} ms", hold=lambda pid: _in_turn(pid, share))


@contextmanager
def running(command: Sequence[str], limit: Limit | None) -> Iterator[subprocess.Popen[str]]:
    """A command under a limit, or under none; its standard input and output are pipes."""
    words = [*(limit.prefix if limit else ()), *command]
    pipe = subprocess.PIPE
    process = subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, start_new_session=True)
    let_go = limit.hold(process.pid) if limit else lambda: None
    try:
        yield process
    finally:
        let_go()
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=60)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _made(group: Path, version: int, cores: float) -> bool:
    """Whether a group with that quota stands now."""
    quota = round(cores * PERIOD_US)
    files = (
        {"cpu.max": f"{quota} {PERIOD_US}", "cpu.weight": WEIGHT_V2}
        if version == 2
        else {"cpu.cfs_period_us": str(PERIOD_US), "cpu.cfs_quota_us": str(quota), "cpu.shares": WEIGHT_V1}
    )
    try:
        group.mkdir()
    except OSError:
        return False
    try:
        for name, value in files.items():
            if not (group / name).exists():  # written to, it would become a file where no group is
                raise OSError(name)
            (group / name).write_text(value, "utf-8")
    except OSError:
        group.rmdir()
        return False
    return True


def _removed(group: Path) -> None:
    """A process that has not ended yet keeps it a little longer."""
    for _ in range(50):
        with suppress(OSError):
            group.rmdir()
            return
        time.sleep(0.1)


def _joined(group: Path) -> tuple[str, ...]:
    """Lets a command begin within the group, and all that it starts."""
    return ("sh", "-c", f'echo $$ > "{group}/cgroup.procs" && exec "$@"', "sh")


def _in_turn(pid: int, share: float) -> Callable[[], None]:
    """Stops a session's processes and lets them go on, until it is called off."""
    over = threading.Event()

    def turns() -> None:
        with suppress(ProcessLookupError):
            while not over.wait(share * CYCLE_S):
                os.killpg(pid, signal.SIGSTOP)
                over.wait((1 - share) * CYCLE_S)
                os.killpg(pid, signal.SIGCONT)

    thread = threading.Thread(target=turns, name="in-turn", daemon=True)
    thread.start()

    def let_go() -> None:
        over.set()
        thread.join()

    return let_go
