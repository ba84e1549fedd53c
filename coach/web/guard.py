"""Who may talk to the server: this machine's own browser, with the token, on a page of ours.

Any page of the web can send requests to an address on this machine, so each request must name this server as its
``Host`` (a name that is made to point here is refused), must not come from a page of another ``Origin``, and must carry
the random token, in the address once and in a cookie from then on. Holds for pages, files and sockets alike.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SAFE = ("GET", "HEAD")
_OURS = ("same-origin", "none")  # Sec-Fetch-Site: a page of ours, or the person's own doing
_POLICY_VIOLATION = 1008


def new_token() -> str:
    """A token that cannot be guessed, fit for an address."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class Door:
    """What a request must show to come in."""

    port: int
    token: str
    home: str = "/practise"  # where the address with the token leads
    refusal: str = ""  # HTML for a person who comes without the token

    @property
    def hosts(self) -> tuple[str, ...]:
        return tuple(f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]"))

    @property
    def cookie(self) -> str:
        """Its name; browsers share cookies between the ports of one machine."""
        return f"coach_{self.port}"

    @property
    def address(self) -> str:
        """What a person opens."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"

    def foreign(self, headers: Headers, method: str, entering: bool) -> bool:
        """Whether the request was made for another host or by another page.

        :param entering: it is a person who opens the address with the token, which may be written down anywhere
        """
        host, origin = headers.get("host", "").lower(), headers.get("origin")
        if host not in self.hosts:
            return True
        if origin is not None and origin.lower() != f"http://{host}":
            return True
        if method not in _SAFE and origin is None:
            return True
        return headers.get("sec-fetch-site", "none") not in _OURS and not entering

    def in_address(self, scope: Scope) -> bool:
        """Whether the address carries the token."""
        given = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [])
        return any(self._right(token) for token in given)

    def in_cookie(self, headers: Headers) -> bool:
        """Whether a cookie carries the token."""
        try:
            jar = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        return self.cookie in jar and self._right(jar[self.cookie].value)

    def _right(self, token: str) -> bool:
        return secrets.compare_digest(token.encode("utf-8", "surrogateescape"), self.token.encode())


class Guard:
    """Lets in what the door lets in, and gives every answer the headers that keep a page to itself."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app, self._door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        method = scope.get("method", "GET")
        entering = scope["type"] == "http" and scope["path"] == "/" and method in _SAFE
        known = self._door.in_address(scope) or self._door.in_cookie(headers)
        if self._door.foreign(headers, method, entering and self._door.in_address(scope)) or not known:
            await self._refuse(scope, receive, send)
        elif entering:
            await self._welcome(scope, receive, self._sealed(scope, headers, send))
        else:
            await self._app(scope, receive, self._sealed(scope, headers, send))

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":  # closed before it was accepted: the browser sees a 403
            await receive()
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return
        page = HTMLResponse(self._door.refusal, status_code=403, headers=_styled(self._door.refusal))
        await page(scope, receive, self._sealed(scope, Headers(scope=scope), send))

    async def _welcome(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Leads on to the first page, with what else the address says."""
        given = parse_qsl(scope.get("query_string", b"").decode("latin-1"))
        rest = urlencode([(name, value) for name, value in given if name != "token"])
        home = f"{self._door.home}?{rest}" if rest else self._door.home
        response: Response = RedirectResponse(home, status_code=303)
        if Headers(scope=scope).get("sec-fetch-site", "none") not in _OURS:
            # Another page led here, the trainer's say: what follows a redirect would still be that page's doing.
            response = Response(headers={"refresh": f"0; url={home}"})
        response.set_cookie(self._door.cookie, self._door.token, httponly=True, samesite="strict")
        await response(scope, receive, send)

    def _sealed(self, scope: Scope, headers: Headers, send: Send) -> Send:
        if scope["type"] != "http":
            return send
        host = headers.get("host", "").lower()
        extra = seal(host if host in self._door.hosts else self._door.hosts[0])

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in extra.items():
                    found.setdefault(name, value)
            await send(message)

        return sealed


def _styled(page: str) -> dict[str, str]:
    """Lets a page have the style that stands in it, and nothing else: without the token no file is given out."""
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {"Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"}


def seal(host: str) -> dict[str, str]:
    """The headers of every answer: nothing from elsewhere is loaded, nothing is framed or told.

    Nothing is stored either, but for the pages' own files, which have headers of their own.
    """
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' blob: data:",
        "media-src": "'self' blob:",
        "font-src": "'self'",
        "connect-src": f"'self' ws://{host}",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), microphone=(self), geolocation=()",
        "Cache-Control": "no-store",
    }
