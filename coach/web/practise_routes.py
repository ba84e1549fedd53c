"""The routes of live practice: its page, what the page is told at its start, its sounds and its socket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from coach import places
from coach.web.app import PAGE
from coach.web.assets import page_file
from coach.web.clips import LARGEST, ClipError, Clips
from coach.web.desk import Desk
from coach.web.films import LARGEST as LARGEST_FILM
from coach.web.films import Films
from coach.web.sent import Sent

DEMONSTRATIONS = places.SAMPLES / "demonstrations"
HANDS = DEMONSTRATIONS / "hands.json"
_LOOPS = (".webm", ".mp4")


@dataclass(frozen=True, slots=True)
class PractisePages:
    """What the routes of practice serve."""

    desk: Desk
    about: Callable[[], Mapping[str, Any]]  # what the page is told at its start, JSON-ready
    clips: Clips
    films: Films
    page: Path = PAGE
    look: Callable[[int], bytes] = lambda _: b""  # a small JPEG of a camera that may be chosen; empty: there is none
    check_up: Callable[[], Mapping[str, Any]] = dict  # what is found of this laptop, JSON-ready; takes seconds

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/practise", self._page),
            Route("/api/practise", self._about),
            Route("/clips/{lang}/{name}", self._clip),
            Route("/api/clips/{lang}/{clip}", self._own_clip, methods=["PUT", "DELETE"]),
            Route("/demonstrations/hands.json", self._hands),
            Route("/demonstrations/{name}", self._demonstration),
            Route("/api/demonstrations/{step}", self._own_film, methods=["PUT", "DELETE"]),
            Route("/api/cameras/{which:int}", self._camera),
            Route("/api/check-up", self._check_up, methods=["POST"]),
            WebSocketRoute("/ws", self.desk.serve),
        ]

    async def _page(self, _request: Request) -> Response:
        return page_file("practise.html", self.page)

    async def _about(self, _request: Request) -> Response:
        return JSONResponse({**self.about(), "run": self.desk.run})

    async def _clip(self, request: Request) -> Response:
        name = request.path_params["name"].rpartition(".")[0]
        found = self.clips.find(request.path_params["lang"], name)
        if found is None:
            return Response(status_code=404)
        return Sent(found[0], media_type=found[1])  # a trainer may record another in its place

    async def _own_clip(self, request: Request) -> Response:
        lang, clip = request.path_params["lang"], request.path_params["clip"]
        try:
            if request.method == "DELETE":
                await asyncio.to_thread(self.clips.remove, lang, clip)
            else:
                kind, sound = request.headers.get("content-type", ""), await _body(request)
                await asyncio.to_thread(self.clips.keep, lang, clip, kind, sound)
        except ClipError as error:
            return JSONResponse({"t": "refused", "key": error.key}, status_code=error.status)
        return Response(status_code=204)

    async def _camera(self, request: Request) -> Response:
        jpeg = self.look(request.path_params["which"])
        never = {"Cache-Control": "no-store"}
        return Response(jpeg, media_type="image/jpeg", headers=never) if jpeg else Response(status_code=204)

    async def _check_up(self, _request: Request) -> Response:
        """Asked for by hand only, since it opens the cameras."""
        found = await asyncio.to_thread(self.check_up)
        return JSONResponse(dict(found), headers={"Cache-Control": "no-store"})

    async def _demonstration(self, request: Request) -> Response:
        found = self.films.find(request.path_params["name"].rpartition(".")[0])
        return Response(status_code=404) if found is None else FileResponse(found)

    async def _hands(self, _request: Request) -> Response:
        """Where the hands are in the films that come with coach, and when they press."""
        return FileResponse(HANDS) if HANDS.is_file() else JSONResponse({})

    async def _own_film(self, request: Request) -> Response:
        step = request.path_params["step"]
        try:
            if request.method == "DELETE":
                await asyncio.to_thread(self.films.remove, step)
            else:
                film = await _body(request, LARGEST_FILM)
                await asyncio.to_thread(self.films.keep, step, film)
        except ClipError as error:
            return JSONResponse({"t": "refused", "key": error.key}, status_code=error.status)
        return JSONResponse({"demonstrations": self.films.addresses(), "own_films": self.films.replaced()})


async def _body(request: Request, largest: int = LARGEST) -> bytes:
    """The request's body, read no farther than it may be long."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > largest:
            raise ClipError("clip_large", 413)
    return bytes(body)


def demonstrations(folder: Path = DEMONSTRATIONS) -> dict[str, Path]:
    """The films that come with coach, by their segment's id."""
    return {file.stem: file for file in sorted(folder.glob("*")) if file.suffix in _LOOPS}
