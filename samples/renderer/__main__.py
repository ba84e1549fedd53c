"""Renders session scripts: `python -m samples.renderer SCRIPT.toml … --out FOLDER`."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

from samples.renderer.assets import AssetError, body_folder
from samples.renderer.checklist import protocol
from samples.renderer.load import load
from samples.renderer.play import act
from samples.renderer.progress import Progress
from samples.renderer.reel import BusyError
from samples.renderer.script import Script, ScriptError
from samples.renderer.truth import retold, text

SAMPLES = Path(__file__).resolve().parents[1]
SCRIPTS, CACHE, DEMONSTRATIONS = SAMPLES / "scripts", SAMPLES / "cache" / "sessions", SAMPLES / "demonstrations"


def main(arguments: list[str] | None = None) -> int:
    """Renders what is not rendered yet; returns the exit code."""
    options = _options(arguments)
    try:
        scripts = [load(path) for path in options.scripts or sorted(SCRIPTS.glob("*.toml"))]
        return _done(scripts, options)
    except (ScriptError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    except AssetError as error:
        print(error, file=sys.stderr)
        return 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m samples.renderer", description=__doc__)
    parser.add_argument("scripts", nargs="*", type=Path, help="scripts (default: all of samples/scripts)")
    parser.add_argument("--out", type=Path, help="folder for the clips and their truth (default: samples/cache)")
    parser.add_argument("--again", action="store_true", help="render even what exists")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--check", action="store_true", help="only read and act the scripts, and say what is in them")
    instead.add_argument("--truth-only", action="store_true", help="only renew what needs no pixels in rendered truths")
    instead.add_argument("--publish", action="store_true", help="put these scripts' rendered clips into samples/")
    instead.add_argument("--fetch", action="store_true", help="only download the bodies' data")
    instead.add_argument("--demonstrations", action="store_true", help="render the loops of the movements instead")
    instead.add_argument("--followed", action="store_true", help="only tell anew where the hands are in these loops")
    return parser.parse_args(arguments)


def _done(scripts: list[Script], options: argparse.Namespace) -> int:
    if options.fetch:
        print(body_folder())
        return 0
    if options.check:
        return _checked(scripts)
    if options.demonstrations:
        from samples.renderer import demonstrations  # noqa: PLC0415  (needs OpenGL)

        demonstrations.render(options.out or DEMONSTRATIONS)
    if options.demonstrations or options.followed:
        from samples.renderer import followed  # noqa: PLC0415

        followed.write(options.out or DEMONSTRATIONS)
        return 0
    folder = options.out or CACHE
    if options.publish:
        return _published(options.scripts, folder)
    return _retold(scripts, folder) if options.truth_only else _rendered(scripts, folder, options.again)


def _checked(scripts: list[Script]) -> int:
    for script in scripts:
        acted = act(script)
        print(f"{script.name}: {acted.duration:.0f} s, {script.fps}/s, {', '.join(acted.faults) or 'no mistakes'}")
    return 0


def _retold(scripts: list[Script], folder: Path) -> int:
    """Renews the truths that are there; 1 where a script has changed since."""
    stale = 0
    for script in scripts:
        path = folder / f"{script.name}.truth.json"
        if not path.exists():
            continue
        try:
            document = retold(
                json.loads(path.read_text(encoding="utf-8")), script, act(script), protocol(script.protocol)
            )
        except ValueError as error:
            print(error, file=sys.stderr)
            stale = 1
            continue
        waiting = path.with_suffix(".writing")
        waiting.write_text(text(document), encoding="utf-8")
        waiting.replace(path)
        print(f"{script.name}: checklist written")
    return stale


def _published(paths: list[Path], folder: Path) -> int:
    """Copies rendered clips with their truth and the back's corners as `--back` takes them."""
    for path in paths:
        document = json.loads((folder / f"{path.stem}.truth.json").read_text(encoding="utf-8"))
        shutil.copyfile(folder / f"{path.stem}.mp4", SAMPLES / f"{path.stem}.mp4")
        (SAMPLES / f"{path.stem}.truth.json").write_text(text(document), encoding="utf-8")
        corners = " ".join(f"{x:g},{y:g}" for x, y in document["back_frame_px"])
        (SAMPLES / f"{path.stem}.back").write_text(corners + "\n", encoding="utf-8")
    return 0


def _rendered(scripts: list[Script], folder: Path, again: bool) -> int:
    waiting = [script for script in scripts if again or not (folder / f"{script.name}.mp4").exists()]
    progress = Progress({script.name: int(act(script).duration * script.fps) for script in waiting}, len(scripts))
    for script in waiting:
        from samples.renderer.film import render  # noqa: PLC0415  (checking needs no OpenGL)

        if (folder / f"{script.name}.mp4").exists() and not again:
            continue  # another run was quicker
        try:
            render(script, folder, progress.of(script.name))
        except BusyError as error:
            print(error, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
