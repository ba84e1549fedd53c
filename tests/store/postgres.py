"""A PostgreSQL of our own, from Debian's packages: started in a folder, without a port, and stopped after."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_OTHER = "postgres"  # PostgreSQL refuses to run as root; Debian's package makes this user


def programs() -> Path | None:
    """The folder of PostgreSQL's own programs, of the newest version there is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    return found[-1].parent if found else None


@contextlib.contextmanager
def running() -> Iterator[str]:
    """The address of an empty database of a server that runs as long as this is open."""
    folder = programs()
    if folder is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed, and here it has to be: apt-get install postgresql")
        pytest.skip("PostgreSQL is not installed")
    home = Path(tempfile.mkdtemp(prefix="coach-pg-", dir="/tmp"))  # a socket's path may not be long
    user = _OTHER if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(home, user)

    def run(program: str, *arguments: str) -> None:
        command = [str(folder / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, user=user, cwd=home, timeout=60)

    data = str(home / "data")
    try:
        run("initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off"
        run("pg_ctl", "-D", data, "-o", options, "-l", str(home / "log"), "-w", "start")
        try:
            name = user or pwd.getpwuid(os.geteuid()).pw_name
            run("createdb", "-h", str(home), "coach")
            yield f"postgresql://{name}@/coach?host={home}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)
