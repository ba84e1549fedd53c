"""Makes the stick: ``make bundle`` for Windows, ``make bundle PLATFORM=linux`` for its twin.

A folder ``dist/coach-VERSION-PLATFORM`` and its zip hold every locked wheel of that platform, checked against its hash,
coach's own wheel, starters, licences, and where there is one Python's own installer. NSIS makes a set-up program of it.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PACKAGING = ROOT / "packaging"
LOCK = ROOT / "requirements" / "run.txt"
# MediaPipe asks for it to hear; coach only lets it see, and it runs without. With it goes what it brings along.
LEFT_OUT = frozenset({"sounddevice", "cffi", "pycparser"})
TAGS = {
    "windows": ("win_amd64",),
    "linux": ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
}


def environment(platform: str, python: str) -> dict[str, str]:
    """What a marker of the lock asks of the machine that the bundle is for."""
    windows = platform == "windows"
    return {
        "sys_platform": "win32" if windows else "linux",
        "platform_system": "Windows" if windows else "Linux",
        "os_name": "nt" if windows else "posix",
        "platform_machine": "AMD64" if windows else "x86_64",
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }


def wanted(lock: str, platform: str, python: str) -> list[str]:
    """The lock's entries for a platform, hashes and all, without their markers."""
    there, out = environment(platform, python), []
    needs_cffi = "cryptography==" in lock  # then it is not sounddevice's alone
    for block in re.split(r"(?m)^(?=[a-z])", lock)[1:]:
        head, _, hashes = block.partition("\\\n")
        requirement = Requirement(head.strip())
        marker = requirement.marker
        left = requirement.name in LEFT_OUT and (requirement.name == "sounddevice" or not needs_cffi)
        if not left and (marker is None or marker.evaluate(there)):
            out.append(f"{requirement.name}{requirement.specifier} \\\n{hashes}".rstrip())
    return out


def download(lines: list[str], platform: str, python: str, folder: Path) -> None:
    """Every wheel into the folder; one that is not there for this platform, or is another file, ends it."""
    folder.mkdir(parents=True)
    file = folder.parent / "requirements.txt"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    abi = "cp" + python.replace(".", "")
    tags = [option for tag in TAGS[platform] for option in ("--platform", tag)]
    abis = ["--abi", abi, "--abi", "abi3", "--abi", "none"]
    pip(
        "download", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:", "--implementation", "cp",
        "--python-version", python, *tags, *abis, "--requirement", str(file), "--dest", str(folder),
    )  # fmt: skip


def pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments], check=True, cwd=ROOT)


def licences(wheels: Path, target: Path) -> None:
    """Each wheel's licence files, and a table of what is inside under which licence."""
    target.mkdir()
    lines = []
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            names = archive.namelist()
            told = next(name for name in names if name.endswith(".dist-info/METADATA"))
            about = HeaderParser().parsestr(archive.read(told).decode("utf-8"))
            kinds = [
                one.rpartition(" :: ")[2] for one in about.get_all("Classifier", []) if one.startswith("License ::")
            ]
            licence = about["License-Expression"] or ", ".join(kinds) or (about["License"] or "see its files")
            lines.append(f"{about['Name']} {about['Version']}: {licence.splitlines()[0]}")
            for name in names:
                if ".dist-info/" in name and re.search(r"(?i)(licen[cs]e|copying|notice)", Path(name).name):
                    place = target / about["Name"] / Path(name).name
                    place.parent.mkdir(exist_ok=True)
                    place.write_bytes(archive.read(name))
    (target / "LICENCES.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    shutil.copy(PACKAGING / "GPL.txt", target)


def runtime(folder: Path) -> str:
    """Copies Python's installer where a person has put it and it is the file that was named; says what became of it."""
    told = tomllib.loads((PACKAGING / "windows" / "python-runtime.toml").read_text(encoding="utf-8"))
    file = PACKAGING / "windows" / "python" / told["name"]
    if not file.is_file():
        return f"without Python's own installer: put {told['name']} of {told['page']} into {file.parent}"
    data = file.read_bytes()
    if len(data) != told["bytes"] or hashlib.sha256(data).hexdigest() != told["sha256"]:
        raise SystemExit(f"{file} is not the file that python-runtime.toml names: {len(data)} bytes, other sha256")
    (folder / "python").mkdir()
    shutil.copy(file, folder / "python")
    return f"with {told['name']}"


def starters(platform: str, folder: Path, python: str, version: str) -> None:
    """The files that a person clicks, filled in; Windows' with its line ends."""
    for file in sorted((PACKAGING / platform).glob("*.*")):
        if file.suffix in (".nsi", ".toml"):
            continue
        target = folder / file.name
        if file.suffix == ".ico":
            shutil.copy(file, target)
            continue
        text = file.read_text(encoding="utf-8").replace("@PYTHON@", python).replace("@VERSION@", version)
        target.write_text(text, encoding="utf-8", newline="\r\n" if platform == "windows" else "\n")
        target.chmod(file.stat().st_mode & 0o777)


def zipped(folder: Path) -> Path:
    """The folder as a zip, which keeps what may be run."""
    return Path(shutil.make_archive(str(folder), "zip", folder.parent, folder.name))


def make(platform: str, python: str, out: Path) -> Path:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    folder = out / f"coach-{version}-{platform}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    download(wanted(LOCK.read_text(encoding="utf-8"), platform, python), platform, python, folder / "wheels")
    pip("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder / "wheels"), ".")
    licences(folder / "wheels", folder / "licences")
    starters(platform, folder, python, version)
    if platform == "windows":
        print(runtime(folder))
        if shutil.which("makensis"):
            script = str(PACKAGING / "windows" / "coach.nsi")
            defines = [f"-DVERSION={version}", f"-DSOURCE={folder}", f"-DOUT={out / f'coach-{version}-setup.exe'}"]
            subprocess.run(["makensis", "-V2", "-WX", "-NOCD", *defines, script], check=True)
    archive = zipped(folder)
    print(f"{archive}: {archive.stat().st_size / 1e6:.0f} MB")
    return archive


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("platform", choices=sorted(TAGS))
    parser.add_argument("--python", default="3.12", choices=("3.11", "3.12", "3.13"))
    given = parser.parse_args()
    make(given.platform, given.python, ROOT / "dist")
