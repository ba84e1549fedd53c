"""The desk at which one page at a time sits: the practice has one camera and one person before it."""

from __future__ import annotations

import asyncio
import secrets

from starlette.websockets import WebSocket

from coach.web.live import Live
from coach.web.socket import EARLIER_RUN, GOING_AWAY, TAKEN_OVER, PageSocket


class Desk:
    """Gives the practice to the page that came last; the one before is told so and sent away."""

    def __init__(self, live: Live) -> None:
        self.run = secrets.token_hex(8)  # a page that was left open when the program ended names the run before
        self._live = live
        self._page: PageSocket | None = None

    async def serve(self, websocket: WebSocket) -> None:
        """Serves a page until it leaves. The guard has let it in."""
        await websocket.accept()
        if websocket.query_params.get("run", self.run) != self.run:
            await websocket.close(EARLIER_RUN, "page_elsewhere")
            return
        page = PageSocket(websocket, self._live)
        if self._page is not None:
            self._page.close(TAKEN_OVER, "page_elsewhere")
        self._page = page
        self._live.listen(page)
        try:
            await page.run()
        finally:
            if self._page is page:
                self._page = None
                self._live.listen(None)

    async def close(self) -> None:
        """Sends the page away, because the program ends; waits a moment until it has heard."""
        if self._page is None:
            return
        self._page.close(GOING_AWAY, "server_gone")
        for _ in range(20):
            if self._page is None:
                return
            await asyncio.sleep(0.05)
