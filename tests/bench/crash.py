"""``kill -9``, Ctrl-C and a full disk in the middle of an import, a correction, a deletion, an export or a withdrawal.

``python -m tests.bench.crash`` prints what each left behind after one start: orphans (files that nothing knows of, rows
whose files are missing), lost (what was there before, or was promised) and doubled. All must be 0.

A program is killed at any moment, and at points: the calls that it makes out of coach/store, counted.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from coach import store as stores
from coach.domain import InputError
from coach.store import Consent, Store
from tests.bench.crash_audit import FILM, NAME, Found, Place, Template, audit, opened
from tests.store.postgres import running

KINDS = ("import", "correct", "delete", "export", "withdraw")
LONGEST_S = 0.25  # within which each of them is done on an idle machine
_STORE = str(Path(stores.__file__).parent)


def operation(kind: str, store: Store, template: Template, out: Path) -> None:
    """What is broken off."""
    if kind == "import":
        store.import_(template.file)
    elif kind == "correct":
        store.correct(template.session, {"do": "tick_item", "item": "oil", "points": 2}, "T1", id=NAME)
    elif kind == "delete":
        store.delete(template.session)
    elif kind == "export":
        store.export(template.session, out / "x.zip", video=True)
    else:
        store.consent(template.session, Consent(withdrawn=True, by="T1"))


class Counting:
    """Counts the calls that leave coach/store, and does something at one of them."""

    def __init__(self, at: int = 0, do: Callable[[], object] = lambda: None) -> None:
        self.count, self.at, self.do = 0, at, do

    def __call__(self, frame: FrameType, event: str, _argument: Any) -> None:
        if event in ("c_call", "c_return", "return") and frame.f_code.co_filename.startswith(_STORE):
            self.count += 1
            if self.count == self.at:
                self.do()


def child(work: Callable[[], object]) -> int:
    """Runs something in a copy of this process; returns its process id."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        work()
        code = 0
    except BaseException as error:
        code = 2 if isinstance(error, InputError | KeyboardInterrupt) else 1
        if code == 1:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
    finally:
        os._exit(code)


def run(kind: str, place: Place, template: Template, counting: Counting | None = None) -> None:
    out = place.folder.parent / "out"
    out.mkdir(exist_ok=True)
    with opened(place) as store:
        if counting is not None:
            sys.setprofile(counting)
        try:
            operation(kind, store, template, out)
        finally:
            sys.setprofile(None)


def points(kind: str, template: Template) -> int:
    """How many calls an operation makes out of coach/store."""
    with template.copied() as place:
        ears, mouth = os.pipe()

        def work() -> None:
            counting = Counting()
            run(kind, place, template, counting)
            os.write(mouth, str(counting.count).encode())

        assert os.waitpid(child(work), 0)[1] == 0
        os.close(mouth)
        with os.fdopen(ears, "rb") as stream:
            return int(stream.read())


def killed_at(kind: str, template: Template, point: int, interrupt: bool = False) -> Found:
    """:param interrupt: as Ctrl-C does, instead of kill -9"""

    def end() -> None:
        if interrupt:
            raise KeyboardInterrupt
        os.kill(os.getpid(), signal.SIGKILL)

    with template.copied() as place:
        os.waitpid(child(lambda: run(kind, place, template, Counting(point, end))), 0)
        return audit(kind, place, template)


def killed_after(kind: str, template: Template, seconds: float) -> Found:
    with template.copied() as place:
        pid = child(lambda: run(kind, place, template))
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return audit(kind, place, template)


@contextlib.contextmanager
def small_disk(size: int) -> Iterator[Path]:
    """:raises OSError: where none may be mounted"""
    folder = Path(tempfile.mkdtemp(prefix="coach-disk-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        folder.rmdir()
        raise PermissionError(1, "a small disk may not be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


def full(kind: str, template: Template, room: int) -> Found:
    """The operation on a disk with so many bytes of room; then there is more, and coach starts."""
    size = sum(file.stat().st_size for file in template.folder.rglob("*")) + 3_000_000
    with small_disk(size) as disk:
        place = Place(disk / "store")
        shutil.copytree(template.folder, place.folder)
        ballast = disk / "ballast"
        usage = os.statvfs(disk)
        with ballast.open("wb") as stream:
            os.posix_fallocate(stream.fileno(), 0, max(usage.f_bavail * usage.f_frsize - room, 4096))
        os.waitpid(child(lambda: run(kind, place, template)), 0)
        ballast.unlink()
        return audit(kind, place, template)


def _told(name: str, found: list[Found]) -> bool:
    total = {word: sum(len(getattr(one, word)) for one in found) for word in ("orphans", "lost", "doubled")}
    done = sum(one.done for one in found)
    print(
        f"{name:<28}{len(found):>6}{done:>10}{total['orphans']:>9}{total['lost']:>6}{total['doubled']:>9}", flush=True
    )
    for one in found:
        for word in ("orphans", "lost", "doubled"):
            for what in getattr(one, word):
                print(f"    {word}: {what}")
    return not any(total.values())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--full", type=int, default=50)
    parser.add_argument("--postgres", action="store_true", help="the rows on a server; its disk is not ours to fill")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance, good = random.Random(asked.seed), True
    with contextlib.ExitStack() as needed:
        place = needed.enter_context(tempfile.TemporaryDirectory())
        url = needed.enter_context(running()) if asked.postgres else None
        template = Template.made(Path(place), FILM, url)
        calls = {kind: points(kind, template) for kind in KINDS}
        print(f"{'':<28}{'times':>6}{'went on':>10}{'orphans':>9}{'lost':>6}{'doubled':>9}")
        each = max(1, asked.kills // (2 * len(KINDS)))
        for kind in KINDS:
            moments = [chance.uniform(0, LONGEST_S) for _ in range(each)]
            good &= _told(f"{kind}, killed any time", [killed_after(kind, template, s) for s in moments])
            at = [chance.randint(1, calls[kind]) for _ in range(each)]
            good &= _told(f"{kind}, killed at a point", [killed_at(kind, template, k) for k in at])
            at = [chance.randint(1, calls[kind]) for _ in range(max(1, each // 2))]
            good &= _told(f"{kind}, Ctrl-C at a point", [killed_at(kind, template, k, True) for k in at])
        for kind in KINDS if url is None else ():
            rooms = [chance.randint(4096, 400_000) for _ in range(max(1, asked.full // len(KINDS)))]
            good &= _told(f"{kind}, disk full", [full(kind, template, room) for room in rooms])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
