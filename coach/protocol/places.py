"""Where the hands are asked to be."""

from __future__ import annotations

from itertools import pairwise

from coach.protocol.schema import Place, Segment


def places(segment: Segment) -> tuple[Place, ...]:
    """The places on the back that a segment touches: its points; of its path the corners and amid each two of them; or
    its circle's middle and outermost places.

    Back coordinates; of a mirrored path that both hands or the left one follow, the left hand's too.
    """
    if segment.hold is not None:
        return tuple(point.at for point in segment.hold.points)
    own = _along(segment.path or ())
    if segment.circle is not None:
        (x, y), (wide, high) = segment.circle.centre, segment.circle.radii
        own = ((x, y), (x - wide, y), (x + wide, y), (x, y - high), (x, y + high))
    left = tuple((1.0 - x, y) for x, y in own) if segment.mirrored else own
    if segment.hands == "left":
        return left
    return own if segment.hands == "right" or not segment.mirrored else (*own, *left)


def _along(path: tuple[Place, ...]) -> tuple[Place, ...]:
    amid = (((a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0) for a, b in pairwise(path))
    return (*path, *amid)
