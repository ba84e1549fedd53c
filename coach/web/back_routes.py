"""What both sides of the page ask about the back: the rectangle that goes with four places on the body."""

from __future__ import annotations

import numpy as np
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from coach import back_argument
from coach.locate.exchanged import exchanged
from coach.locate.marks import corners_of

FARTHEST = 1e6  # px: nothing that is marked is so far off


def routes() -> list[BaseRoute]:
    return [Route("/api/back", _back)]


def _back(request: Request) -> Response:
    """``?body=x,y,x,y,x,y,x,y&size=w,h`` px → {corners: (4, 2) px, trouble: a key or null}.

    The body's places are C7, both shoulder points and L5.
    """
    body, size = (_numbers(request.query_params.get(name, "")) for name in ("body", "size"))
    if len(body) != 8 or len(size) != 2 or min(size) < 1.0:
        return JSONResponse({"t": "refused", "key": "query_bad"}, status_code=400)
    marked = np.array(body).reshape(4, 2)
    corners = corners_of(marked, (round(size[0]), round(size[1])))
    trouble = exchanged(marked) or back_argument.trouble(corners)
    return JSONResponse({"corners": corners.round(2).tolist(), "trouble": trouble})


def _numbers(text: str) -> list[float]:
    """None where one of them is no number."""
    try:
        numbers = [float(word) for word in text.split(",")]
    except ValueError:
        return []
    return numbers if all(abs(number) <= FARTHEST for number in numbers) else []
