"""Papers by typst: a template and data in, a tagged PDF out. Data are values, never markup, so they cannot inject."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

_TEMPLATES = "templates"
_FIXED = datetime(2000, 1, 1, tzinfo=UTC)  # where no moment is given, the same data give the same bytes


def pdf(
    template: str, data: Mapping[str, Any], made: datetime | None = None, pictures: Mapping[str, str] | None = None
) -> bytes:
    """A4 pages as PDF/UA-1.

    :param template: its name without ".typ"
    :param pictures: SVG by file name, for the template to place
    """
    import typst  # noqa: PLC0415  late: 40 MB, and few commands print

    sources = {"main.typ": _source(template), "base.typ": _source("base")}
    sources |= {name: svg.encode("utf-8") for name, svg in (pictures or {}).items()}
    compiled: Any = typst.compile  # its types do not know that several sources may be given
    made_pdf: bytes = compiled(
        sources,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, allow_nan=False)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=made or _FIXED,
    )
    return made_pdf


@cache
def _source(name: str) -> bytes:
    return files(__package__).joinpath(_TEMPLATES, f"{name}.typ").read_bytes()
