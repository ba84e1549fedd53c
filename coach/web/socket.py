"""One page's socket: what it says goes to the practice, the newest state and the newest picture go back.

Nothing queues: a state or a picture that was not sent before the next one came is forgotten, and no more than
:data:`IN_FLIGHT` pictures are under way that the page has not drawn yet.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from coach.domain import Value
from coach.web.framing import LARGEST, page_picture
from coach.web.live import Live
from coach.web.said import Ack, parse

IN_FLIGHT = 2  # pictures: one being drawn, one on its way
PATIENCE_S = 1.0  # a page in the background draws nothing; it still gets a picture now and then
RATE, BURST = 120.0, 240.0  # messages a second, and at once: thirty pictures, as many answers, and a busy hand
FLOOD = 2000  # messages over the rate before the socket is closed
MOST_REFUSALS = 8  # waiting to be sent
# Close codes: the program ends; another page; a page of an earlier run; too many messages.
GOING_AWAY, TAKEN_OVER, EARLIER_RUN, FLOODED = 1001, 4001, 4002, 4008


class PageSocket:
    """An accepted socket. A :class:`~coach.web.live.Listener`; its methods may be called from any thread."""

    def __init__(self, websocket: WebSocket, live: Live, clock: Callable[[], float] = time.monotonic) -> None:
        self._websocket, self._live, self._clock = websocket, live, clock
        self._loop = asyncio.get_running_loop()
        self._something = asyncio.Event()
        self._state: str | None = None
        self._frame: tuple[int, bytes] | None = None
        self._refusals: list[str] = []
        self._sent = self._acked = 0
        self._in_flight = 0
        self._sent_s = 0.0
        self._allowance, self._counted_s, self._over = BURST, clock(), 0
        self._closing: tuple[int, str] | None = None

    # ------------------------------------------------------------------ told by the practice
    def wants_frame(self) -> bool:
        return self._in_flight < IN_FLIGHT or self._clock() - self._sent_s > PATIENCE_S

    def frame(self, number: int, message: bytes) -> None:
        self._frame = (number, message)
        self._wake()

    def state(self, text: str) -> None:
        self._state = text
        self._wake()

    def refused(self, key: str, values: Mapping[str, Value]) -> None:
        if len(self._refusals) < MOST_REFUSALS:
            self._refusals.append(json.dumps({"t": "refused", "key": key, "values": dict(values)}))
            self._wake()

    def close(self, code: int, key: str) -> None:
        """Says goodbye, with a key of the catalogue as the reason."""
        self._closing = (code, key)
        self._wake()

    def _wake(self) -> None:
        try:
            self._loop.call_soon_threadsafe(self._something.set)
        except RuntimeError:  # the server is gone; so is the page
            return

    # ------------------------------------------------------------------ the two halves
    async def run(self) -> None:
        """Serves the page until it leaves or is sent away."""
        halves = [asyncio.create_task(self._send()), asyncio.create_task(self._receive())]
        try:
            done, _ = await asyncio.wait(halves, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        except (WebSocketDisconnect, RuntimeError, OSError):  # gone in the middle of a message
            pass
        finally:
            for task in halves:
                task.cancel()
            await asyncio.gather(*halves, return_exceptions=True)
        await self._goodbye()

    async def _goodbye(self) -> None:
        states = (self._websocket.client_state, self._websocket.application_state)
        if states == (WebSocketState.CONNECTED, WebSocketState.CONNECTED):
            code, key = self._closing or (1000, "")
            try:
                await self._websocket.close(code, key)
            except (WebSocketDisconnect, RuntimeError, OSError):
                return

    async def _send(self) -> None:
        while self._closing is None:
            await self._something.wait()
            self._something.clear()
            while self._refusals:
                await self._websocket.send_text(self._refusals.pop(0))
            text, self._state = self._state, None
            if text is not None:
                await self._websocket.send_text(text)
            frame, self._frame = self._frame, None
            if frame is not None:
                self._sent, self._in_flight, self._sent_s = frame[0], self._in_flight + 1, self._clock()
                await self._websocket.send_bytes(frame[1])

    async def _receive(self) -> None:
        while self._closing is None:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect" or self._closing is not None:  # another page has it by now
                return
            if self._within_rate():
                self._take(message.get("text"), message.get("bytes"))

    def _take(self, text: str | None, data: bytes | None) -> None:
        try:
            if text is not None:
                said = parse(text)
                if isinstance(said, Ack):
                    self._drawn(said.n)
                else:
                    self._live.take(said)
            elif data is not None and len(data) <= LARGEST:
                self._live.picture(*page_picture(data))
            else:
                raise ValueError("too large")
        except ValueError:
            self.refused("refused_malformed", {})

    def _drawn(self, number: int) -> None:
        if self._acked < number <= self._sent:
            self._acked = number
            self._in_flight = max(0, self._in_flight - 1) if number < self._sent else 0

    def _within_rate(self) -> bool:
        now = self._clock()
        self._allowance = min(BURST, self._allowance + RATE * (now - self._counted_s))
        self._counted_s = now
        if self._allowance >= 1.0:
            self._allowance -= 1.0
            return True
        if self._over == 0:
            self.refused("refused_flood", {})
        self._over += 1
        if self._over > FLOOD:
            self.close(FLOODED, "refused_flood")
        return False
