"""A server on this machine with films in a folder, and with cameras: what stands behind ``--camera http://…``."""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from coach.capture.jpeg import encode
from coach.domain import Image


class Handler(SimpleHTTPRequestHandler):
    """``/NAME``: a file of the folder; ``/live/NAME``: the same without a length, as a camera sends it; ``/camera``:
    motion JPEG, which breaks off after the server's pictures."""

    server: Server

    def log_message(self, *_: object) -> None:
        return

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        try:
            if self.path == "/camera":
                self._camera()
            else:
                self._file(Path(self.translate_path(self.path.replace("/live/", "/"))), "/live/" in self.path)
        except ConnectionError:  # the reader has left
            return

    def _camera(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=next")
        self.end_headers()
        for image in self.server.images:
            jpeg, _ = encode(image, image.shape[1])
            self.wfile.write(b"--next\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(jpeg))
            self.wfile.write(jpeg + b"\r\n")
            self.server.leaving.wait(self.server.every_s)

    def _file(self, file: Path, live: bool) -> None:
        if not file.is_file():
            return self.send_error(404)
        data, start = file.read_bytes(), 0
        asked = re.match(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if self.server.ranges and asked and not live:
            start = int(asked[1])
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        else:
            self.send_response(200)
        if not live:
            self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        self.wfile.write(data[start:])
        return None


class Server(ThreadingHTTPServer):
    """:param ranges: whether a part of a file may be asked for, as most servers let one, but not Python's own"""

    def __init__(self, folder: Path, ranges: bool, images: list[Image], every_s: float) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
        self.ranges, self.images, self.every_s = ranges, images, every_s
        self.asked: list[str] = []
        self.leaving = threading.Event()

    def address(self, name: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{name}"


@contextmanager
def server(
    folder: Path, ranges: bool = False, images: list[Image] | None = None, every_s: float = 0.0
) -> Iterator[Server]:
    """Serves while inside.

    :param images: that the camera sends
    :param every_s: between two of them
    """
    with Server(folder, ranges, images or [], every_s) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield running
        finally:
            running.leaving.set()
            running.shutdown()
            thread.join()
