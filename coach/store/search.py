"""Looks for bytes in the files of an open database, from a process of its own.

POSIX drops all of a process's locks on a file as soon as the process closes any handle on it. Were the database's files
read in the process that has them open, another process would take itself for the only one, throw the write-ahead log
away, and what is written afterwards would be lost (https://www.sqlite.org/howtocorrupt.html, section 2.2).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_PIECE = 1 << 20  # bytes of a file looked at together


def holding(files: Sequence[Path], wanted: str) -> tuple[Path, ...]:
    """Those of the files that contain the text (UTF-8); one that is gone meanwhile contains nothing.

    :raises OSError: for a file that cannot be read
    """
    if not files:
        return ()
    command = [sys.executable, "-I", __file__, wanted, *map(str, files)]
    told = json.loads(subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True).stdout)
    for number, text, name in told["faults"]:
        raise OSError(number, text, name)
    return tuple(Path(name) for name in told["found"])


def _holds(name: str, wanted: bytes) -> bool:
    with open(name, "rb") as stream:
        tail = b""
        while piece := stream.read(_PIECE):
            if wanted in tail + piece:
                return True
            tail = piece[-len(wanted) :]
    return False


def _main(wanted: str, *names: str) -> None:
    found, faults = [], []
    for name in names:
        try:
            if _holds(name, wanted.encode()):
                found.append(name)
        except FileNotFoundError:
            continue
        except OSError as error:
            faults.append((error.errno, error.strerror, name))
    print(json.dumps({"found": found, "faults": faults}))


if __name__ == "__main__":
    _main(*sys.argv[1:])
