"""A server on this machine's loopback address alone, until Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
import threading
import webbrowser
from collections.abc import Awaitable, Callable, Generator, Iterator

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from coach import signals
from coach.domain import InputError
from coach.web.framing import LARGEST

HOST = "127.0.0.1"
USUAL_PORT = 8760  # always the same where it is free: browsers remember a camera's permission for an address
_TRIES = 20  # ports after the usual one
_GOODBYE_S = 2  # for pages to close
_MOST = 400  # connections at once; on Windows a loop that waits for 512 breaks
_ASKS_S = 5.0  # until a request must have come; uvicorn waits as long for the next one


@contextlib.contextmanager
def listening(port: int | None) -> Iterator[socket.socket]:
    """A socket that listens on the loopback address, so that a browser may come at once.

    :param port: 0 for any free one, None for the usual one, one of those after it, or else any
    :raises InputError: practise_port_taken, practise_port_forbidden
    """
    # At last any: Windows keeps whole ranges of ports for itself on some machines.
    tried = (*range(USUAL_PORT, USUAL_PORT + _TRIES), 0) if port is None else (port,)
    with contextlib.closing(_bound(tried)) as found:
        yield found


def _bound(ports: tuple[int, ...]) -> socket.socket:
    for port in ports:
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name == "posix":  # a port just closed is free at once; on Windows the option would let two listen
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((HOST, port))
            found.listen(16)
        except OSError as error:
            found.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES) or port == ports[-1]:
                key = "practise_port_forbidden" if error.errno == errno.EACCES else "practise_port_taken"
                raise InputError(key, port=port) from error
        else:
            return found
    raise InputError("practise_port_taken", port=0)


def open_browser(address: str) -> None:
    """Opens the address in the person's browser, without waiting for it; a machine without one only has the line."""

    def opened() -> None:
        with contextlib.suppress(webbrowser.Error, OSError):
            webbrowser.open(address)

    threading.Thread(target=opened, name="coach-browser", daemon=True).start()


class Server:
    """Serves an application until Ctrl-C, a signal to end, or :meth:`stop`.

    :param ending: awaited when it begins to end, so that sockets may be closed with a word
    """

    def __init__(self, app: ASGIApp, ending: Callable[[], Awaitable[None]]) -> None:
        config = uvicorn.Config(
            app,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            ws="websockets-sansio",
            ws_max_size=LARGEST,
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=_GOODBYE_S,
            # On Windows uvicorn would take the other loop, which hears of nobody any more once a browser has given up a
            # connection at the wrong moment (python/cpython#93821).
            loop="asyncio:SelectorEventLoop",
            http=_Http,
        )
        self._server = _Uvicorn(config, ending)

    def run(self, listener: socket.socket) -> None:
        """:param listener: from :func:`listening`"""
        try:
            with contextlib.suppress(KeyboardInterrupt):  # uvicorn gives the signal on when it has ended
                self._server.run(sockets=[listener])
        finally:
            signals.clear_up_undisturbed()

    def stop(self) -> None:
        """From any thread."""
        self._server.should_exit = True


class _Http(H11Protocol):
    """Closes a connection that asks for nothing: uvicorn would keep it, until there is no file left for the page's."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.since_s = asyncio.get_running_loop().time()
        if len(self.connections) > _MOST:
            self._make_room()
        asyncio.get_running_loop().call_later(_ASKS_S, self._close_idle)

    def _make_room(self) -> None:
        """Gives up the connection that has asked for nothing for longest, for who comes now is about to ask."""
        others = [one for one in self.connections if isinstance(one, _Http) and one is not self]
        idle = [one for one in others if not one.asked and not one.transport.is_closing()]
        min(idle, key=lambda one: one.since_s, default=self).transport.abort()

    @property
    def asked(self) -> bool:
        """Whether it is answered now, or is a socket by now."""
        answered = self.cycle is not None and not self.cycle.response_complete
        return answered or self.transport.get_protocol() is not self

    def _close_idle(self) -> None:
        asked = self.cycle is not None or self.transport.get_protocol() is not self  # a socket by now
        if not asked and not self.transport.is_closing():
            self.transport.close()


class _Uvicorn(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ending: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._ending = ending

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """uvicorn itself does not listen to a closed window."""
        with super().capture_signals(), signals.hang_up_handled(self.handle_exit):
            yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._ending()
        await super().shutdown(sockets)
