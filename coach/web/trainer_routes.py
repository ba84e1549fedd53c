"""The routes of the trainer's side: its pages, the calls they make, and files on their way in."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from coach.domain import InputError
from coach.web.app import PAGE
from coach.web.assets import page_file
from coach.web.calls import Answer, Asked, Call, Content, Desk, OnDisk, Upload
from coach.web.sent import Sent

T = TypeVar("T")
HOME = "/sessions"
PAGES = (HOME, "/progress", "/agreement", "/people", "/protocols", "/programme", "/import", "/papers")
LONGEST_NAME = 200  # characters of a file's name
_THREADS = 6  # fixed ones: each has a connection of its own to the store
_STATUS = {
    "body_large": 413,
    "store_full": 507,
    "store_read_only": 507,
    "store_locked": 503,
    "store_unreachable": 503,
    "fault": 500,
}


@dataclass(frozen=True, slots=True)
class TrainerPages:
    """What the routes of the trainer's side serve."""

    desk: Desk
    page: Path = PAGE
    demonstrations: Mapping[str, Path] = field(default_factory=dict)  # a short film for a segment's id
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(_THREADS, "trainer"))

    def routes(self) -> list[BaseRoute]:
        stick = self.desk.stick
        pages: list[BaseRoute] = [Route(path, self._app_page) for path in PAGES]
        return [
            *pages,
            Route(HOME + "/{id}", self._review_page),
            Route("/demonstrations/{name}", self._demonstration),
            Route("/api/imports", self._upload(self.desk.upload), methods=["POST"]),
            *([] if stick is None else [Route("/api/sticks", self._upload(stick), methods=["POST"])]),
            *(Route(call.path, self._endpoint(call), methods=[call.method]) for call in self.desk.calls),
        ]

    async def close(self) -> None:
        """Nobody asks any more."""
        self.pool.shutdown(wait=False, cancel_futures=True)

    async def _app_page(self, _request: Request) -> Response:
        return page_file("trainer.html", self.page)

    async def _review_page(self, _request: Request) -> Response:
        return page_file("review.html", self.page)

    async def _demonstration(self, request: Request) -> Response:
        found = self.demonstrations.get(request.path_params["name"].rpartition(".")[0])
        return Response(status_code=404) if found is None else FileResponse(found)

    def _endpoint(self, call: Call) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            try:
                body = await _json(request, call.largest) if call.method in ("POST", "PUT") else None
                asked = Asked(request.path_params, dict(request.query_params), body)
                return await self._run(lambda: _response(call.work(asked)))
            except ClientDisconnect:
                return Response(status_code=400)
            except Exception as error:
                return self._refused(error)

        return answer

    def _upload(self, begin: Callable[[str], Upload]) -> Callable[[Request], Any]:
        async def take(request: Request) -> Response:
            upload: Upload | None = None
            try:
                name = unquote(request.headers.get("x-name", ""))[:LONGEST_NAME]
                upload = await self._run(lambda: begin(name))
                async for piece in request.stream():
                    if piece:
                        await self._run(lambda piece=piece: upload.write(piece))  # type: ignore[misc]
                return await self._run(lambda: _response(upload.done()))
            except Exception as error:
                if upload is not None:
                    await self._run(upload.drop)
                return Response(status_code=400) if isinstance(error, ClientDisconnect) else self._refused(error)
            except asyncio.CancelledError:
                if upload is not None:
                    upload.drop()
                raise

        return take

    def _refused(self, error: Exception) -> Response:
        told = self.desk.refusal(error)
        return JSONResponse(dict(told), status_code=status_of(str(told["key"])))

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.pool, work)


def status_of(key: str) -> int:
    """The HTTP status that goes with an error."""
    return _STATUS.get(key, 404 if key.endswith("_missing") else 409 if key.endswith("_busy") else 400)


def _response(answer: Answer) -> Response:
    """Made where the work was done: to write 20 MB of JSON takes a while."""
    if isinstance(answer, Content):
        return Response(answer.data, media_type=answer.kind, headers=_saved_as(answer.name))
    if isinstance(answer, OnDisk):
        task = None if answer.sent is None else BackgroundTask(answer.sent)
        return Sent(answer.path, media_type=answer.kind, filename=answer.name or None, background=task)
    return JSONResponse(answer)


def _saved_as(name: str) -> Mapping[str, str]:
    """Names are made of ids and kinds, so that they need no quoting."""
    return {"Content-Disposition": f'attachment; filename="{name}"'} if name else {}


async def _json(request: Request, largest: int) -> Any:
    """:raises InputError: body_large, body_bad"""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > largest:
            raise InputError("body_large", most=largest)
    try:
        return json.loads(body, parse_constant=_no_number) if body else None
    except (ValueError, RecursionError) as error:
        raise InputError("body_bad") from error


def _no_number(_text: str) -> float:
    raise ValueError("NaN and infinities are no JSON")
