"""A few words of SVG, written so that no text can become markup."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from coach.domain import Floats

FONT = "Libertinus Serif, Georgia, serif"  # the paper's own first; a browser takes what it has


def element(name: str, content: str = "", /, **attributes: str | float) -> str:
    """An element; underscores in attribute names are hyphens."""
    given = "".join(f" {key.rstrip('_').replace('_', '-')}={quoteattr(_plain(v))}" for key, v in attributes.items())
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def text(words: str, **attributes: str | float) -> str:
    return element("text", escape(words), **({"font_family": FONT} | attributes))


def drawing(width: float, height: float, parts: Iterable[str], title: str) -> str:
    """A whole picture with a title for those who cannot see it."""
    inside = element("title", escape(title)) + "".join(parts)
    return element(
        "svg",
        inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_plain(width)} {_plain(height)}",
        width=width,
        height=height,
        role="img",
    )


def line(points: Floats, **attributes: str | float) -> str:
    """A polyline through (n, 2) points."""
    return element("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), fill="none", **attributes)


def _plain(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
