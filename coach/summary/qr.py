"""QR codes as SVG."""

from __future__ import annotations

import io

QUIET = 2  # modules of white around it; printed on white


def qr_svg(text: str) -> str:
    """Black on white, with a quarter of it readable where the rest is stained."""
    import segno  # noqa: PLC0415  late: few commands print

    stream = io.BytesIO()
    segno.make(text, error="q", micro=False).save(stream, kind="svg", border=QUIET, scale=4, title=text)
    return stream.getvalue().decode("utf-8")
