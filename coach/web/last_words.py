"""The last words of a program that cannot start, for the browser that it has opened already."""

from __future__ import annotations

import socket
import threading
from html import escape
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from coach.messages import Catalogue
from coach.web.app import PAGE, create_app
from coach.web.assets import page_file
from coach.web.guard import Door
from coach.web.serve import Server

PATIENCE_S = 20.0  # for a browser to start
LOADS_S = 5.0  # for what the page asks for besides


def last_words(text: str, catalogue: Catalogue, door: Door, listener: socket.socket) -> None:
    """Answers with a page that says why, until a browser has it, none has come for long, or Ctrl-C.

    Without it a browser would tell of a connection that was reset, which says nothing of what to do.

    :param listener: from :func:`coach.web.serve.listening`
    """
    words = {"lang": catalogue.lang, "title": catalogue.text("not_started"), "text": text}
    file = bytes(page_file("not_started.html", PAGE).body).decode()
    page = Template(file).substitute({name: escape(value) for name, value in words.items()})

    async def closed() -> None:
        return None

    async def told(_request: Request) -> Response:
        _after(LOADS_S, server)
        return HTMLResponse(page, status_code=503)

    server = Server(create_app(door, [Route(door.home, told)]), closed)
    _after(PATIENCE_S, server)
    server.run(listener)


def _after(wait_s: float, server: Server) -> None:
    timer = threading.Timer(wait_s, server.stop)
    timer.daemon = True
    timer.start()
