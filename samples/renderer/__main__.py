"""Renders session scripts: `python -m samples.renderer SCRIPT.toml … --out FOLDER`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from samples.renderer.assets import AssetError, body_folder
from samples.renderer.play import act
from samples.renderer.script import Script, ScriptError, load

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"
CACHE = Path(__file__).resolve().parents[1] / "cache" / "sessions"


def main(arguments: list[str] | None = None) -> int:
    """Renders what is not rendered yet; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m samples.renderer", description=__doc__)
    parser.add_argument("scripts", nargs="*", type=Path, help="scripts (default: all of samples/scripts)")
    parser.add_argument("--out", type=Path, default=CACHE, help="folder for the clips and their truth")
    parser.add_argument("--check", action="store_true", help="only read and act the scripts, and say what is in them")
    parser.add_argument("--fetch", action="store_true", help="only download the bodies' data")
    parser.add_argument("--again", action="store_true", help="render even what exists")
    options = parser.parse_args(arguments)
    if options.fetch:
        print(body_folder())
        return 0
    try:
        scripts = [load(path) for path in options.scripts or sorted(SCRIPTS.glob("*.toml"))]
    except (ScriptError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    try:
        return _rendered(scripts, options)
    except AssetError as error:
        print(error, file=sys.stderr)
        return 1


def _rendered(scripts: list[Script], options: argparse.Namespace) -> int:
    for script in scripts:
        if options.check:
            acted = act(script)
            print(f"{script.name}: {acted.duration:.0f} s, {script.fps}/s, {', '.join(acted.faults) or 'no mistakes'}")
            continue
        if (options.out / f"{script.name}.mp4").exists() and not options.again:
            print(f"{script.name}: there already", flush=True)
            continue
        from samples.renderer.film import render  # noqa: PLC0415  (checking needs no OpenGL)

        began = time.monotonic()
        render(script, options.out, _shown(script.name))
        print(f"{script.name}: done in {time.monotonic() - began:.0f} s", flush=True)
    return 0


def _shown(name: str) -> Callable[[int, int], None]:
    def show(done: int, count: int) -> None:
        if done % 150 == 0 or done == count:
            print(f"{name}: {done}/{count} frames", flush=True)

    return show


if __name__ == "__main__":
    sys.exit(main())
