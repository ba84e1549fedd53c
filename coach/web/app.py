"""The server's application: routes from the modules beside this one, behind the guard."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from coach.web import back_routes
from coach.web.assets import asset_routes
from coach.web.guard import Door, Guard

PAGE = Path(__file__).parent / "page"  # the page's own files
# Windows asks its registry, which often calls a script a plain text: with "nosniff" a browser would refuse it.
_KINDS = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".ogg": "audio/ogg",
    ".svg": "image/svg+xml",
    ".wav": "audio/wav",
    ".webmanifest": "application/manifest+json",
    ".webm": "video/webm",
    ".woff2": "font/woff2",
}


def create_app(door: Door, routes: Sequence[BaseRoute], page: Path = PAGE) -> ASGIApp:
    """The application: the given routes, what every page asks, and its files under ``/static``; behind the guard."""
    for suffix, kind in _KINDS.items():
        mimetypes.add_type(kind, suffix)
    every = [*routes, *back_routes.routes(), *asset_routes(page)]
    app = Starlette(routes=every, exception_handlers={404: _missing, 500: _fault})
    return Guard(app, door)


async def _missing(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("404", status_code=404)


async def _fault(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("500", status_code=500)
