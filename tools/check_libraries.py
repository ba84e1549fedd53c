"""Names the system libraries and programs that are missing, with the packages that bring them, before they are needed.

Tries to load them, as the tracker will: what a package manager says may be true of another system.
"""

from __future__ import annotations

import ctypes
import shutil
import sys

LIBRARIES = {"libEGL.so.1": "libegl1", "libGLESv2.so.2": "libgles2"}  # what MediaPipe loads
PROGRAMS = {"strace": "strace", "chromium": "chromium", "cc": "gcc libc6-dev"}  # for tests of network, page and camera


def lacking(*, programs: bool) -> dict[str, str]:
    """What is missing → the Debian package that brings it."""
    wanted = LIBRARIES if sys.platform == "linux" else {}  # a Mac and Windows bring their own
    missing = {library: package for library, package in wanted.items() if not _loads(library)}
    if programs:
        missing |= {program: package for program, package in PROGRAMS.items() if shutil.which(program) is None}
    return missing


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def main(arguments: list[str]) -> int:
    missing = lacking(programs="--tests" in arguments)
    if not missing:
        return 0
    print(f"Not there: {', '.join(missing)}.", file=sys.stderr)
    print(f"On Debian or Ubuntu: sudo apt install {' '.join(missing.values())}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
