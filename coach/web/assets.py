"""The pages' own files: scripts, styles and pictures.

A page loads about a hundred of them. A browser that kept them asks for none again: their address, as a page names it,
carries what they hold, so that those of another version of coach have another address. They tell of no session.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

ANY = "/static"  # what they are now
HANDBOOK = Path(__file__).parent / "handbook"  # made by tools/build_handbook.py
KEPT = "max-age=31536000, immutable"


def asset_routes(page: Path) -> list[BaseRoute]:
    """Where they are found: by their content, and as they are now."""
    kept, now = _Kept(directory=page, check_dir=False), StaticFiles(directory=page, check_dir=False)
    # What names no icon, as a sheet of paper, is shown in a tab like a page, and the browser asks for one by itself.
    icon = Route("/favicon.ico", lambda _: FileResponse(page / "icon.svg", media_type="image/svg+xml"))
    book = StaticFiles(directory=HANDBOOK, check_dir=False, html=True)
    return [Mount(f"{ANY}-{{edition}}", kept), Mount(ANY, now), Mount("/handbook", book), icon]


def page_file(name: str, page: Path) -> Response:
    """One of the HTML files, which names the files that it needs by their content."""
    text = (page / name).read_text("utf-8")
    return HTMLResponse(text.replace(f'"{ANY}/', f'"{ANY}-{edition(page)}/'))


def edition(page: Path) -> str:
    """What the files hold, in a few letters; read anew each time, so that a page shows what was changed just now."""
    told = hashlib.blake2b(digest_size=8)
    for path in sorted(path for path in page.rglob("*") if path.is_file()):
        data = path.read_bytes()
        told.update(f"{path.relative_to(page).as_posix()} {len(data)} ".encode() + data)
    return told.hexdigest()


class _Kept(StaticFiles):
    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        found = super().file_response(full_path, stat_result, scope, status_code)
        found.headers["Cache-Control"] = KEPT
        return found
