"""``coach practise`` with a film under way and nothing else: no camera, no tracker, no page.

Its clearing up takes a moment, as a slow disk's does.
"""

from __future__ import annotations

import socket
import sys
import threading
import time
import urllib.request
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from coach.cli import main
from coach.practice.keeping import Keeping
from coach.store import Consent, open_store
from coach.web.serve import Server
from tests.store.made import chunk, new

PICTURES = 40
SLOW_S = 0.3
CLEARING = "clearing"  # a file, once it clears up


async def empty(_scope: Any, _receive: Any, send: Any) -> None:
    """An application whose pages are all empty."""
    await send({"type": "http.response.start", "status": 204})
    await send({"type": "http.response.body"})


async def nothing() -> None:
    return


def tell(address: str) -> None:
    """Says so as soon as the server answers."""
    urllib.request.urlopen(address, timeout=20).close()
    print("filming", flush=True)


def run(
    _protocol: str, _camera: str, _lang: str, data: str, _door: object, listener: socket.socket, **_bound: str
) -> Any:
    with open_store(data) as store:
        keeping = Keeping(store.recording, store.tracks, new(consent=Consent(checks=(), video=True)))
        noise = np.random.default_rng(1)  # of which much must be written
        for number in range(PICTURES):
            keeping.picture(noise.integers(0, 255, (480, 640, 3)).astype(np.uint8), number / 15)
        keeping.chunk(chunk(0))
        keeping.whole()  # waits until all is on its way to the disk
        try:
            host, port = listener.getsockname()
            threading.Thread(target=tell, args=(f"http://{host}:{port}/",), daemon=True).start()
            Server(empty, nothing).run(listener)
        finally:
            Path(data, CLEARING).touch()
            time.sleep(SLOW_S)
            keeping.close()
    return Faults()


class Faults:
    what = trace = ""


if __name__ == "__main__":
    stub: Any = ModuleType("coach.practice.program")
    stub.run = run
    sys.modules["coach.practice.program"] = stub
    main(["practise", "--camera", "63", "--port", "0", "--no-browser", "--data", sys.argv[1]])
