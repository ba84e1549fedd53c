"""Where chance comes from while a script is acted: a seeded generator, or none at all."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np


class Draw(Protocol):
    """What acting needs of numpy's generator."""

    def normal(self, loc: float = ..., scale: float = ..., size: Any = ...) -> Any: ...

    def uniform(self, low: float = ..., high: float = ..., size: Any = ...) -> Any: ...

    def exponential(self, scale: float = ..., size: Any = ...) -> Any: ...


class Steady:
    """No chance: always the middle, so that every repetition is the same."""

    def normal(self, loc: float = 0.0, scale: float = 1.0, size: Any = None) -> Any:
        """`loc`."""
        return _filled(loc + 0.0 * scale, size)

    def uniform(self, low: float = 0.0, high: float = 1.0, size: Any = None) -> Any:
        """The middle."""
        return _filled(0.5 * (low + high), size)

    def exponential(self, scale: float = 1.0, size: Any = None) -> Any:
        """The mean."""
        return _filled(scale, size)


def _filled(value: float, size: Any) -> Any:
    return value if size is None else np.full(size, value)
