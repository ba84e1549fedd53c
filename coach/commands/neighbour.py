"""A practice beside the trainer's pages: ``coach practise`` in a process of its own, started when it is asked for."""

from __future__ import annotations

import re
import subprocess
import sys
import threading

from coach.domain import InputError
from coach.messages import Lang

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\?token=[\w-]+")
_PATIENCE_S = 5.0  # for it to close what it has open


class Neighbour:
    """One practice at most, for there is one camera; threads share it."""

    def __init__(self, data: str | None, lang: Lang, protocol: str) -> None:
        """:param data: the folder or address of the store that both use"""
        self._command = [sys.executable, "-m", "coach", "practise", "--no-browser", "--lang", lang]
        self._command += ["--protocol", protocol, *(() if data is None else ("--data", data))]
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._address = ""

    def address(self) -> str:
        """Where it listens; it is started where it does not run yet.

        :raises InputError: practise_not_started
        """
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            return self._address

    def _start(self) -> None:
        try:
            self._process = subprocess.Popen(
                self._command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
            )
        except OSError as error:
            raise InputError("practise_not_started") from error
        assert self._process.stdout is not None
        for line in self._process.stdout:  # until it tells or ends
            if found := _ADDRESS.search(line):
                self._address = found[0]
                return
        self._process.communicate()
        raise InputError("practise_not_started")

    def close(self) -> None:
        """Ends it; what it was keeping is kept."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.communicate(timeout=_PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
