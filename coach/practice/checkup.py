"""Will this laptop do? What is measured of it: cameras, speed, disk, memory, browser, voices, folder and versions."""

from __future__ import annotations

import os
import platform
import shutil
import time
import webbrowser
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from importlib import metadata
from itertools import islice
from math import inf
from pathlib import Path
from typing import Literal, TypeAlias

import cv2

from coach import __version__, places
from coach.capture.camera import Device, Pictures, Source
from coach.capture.jpeg import encode
from coach.capture.look import look
from coach.capture.video import open_video
from coach.detect.hands import MediaPipeHands
from coach.domain import InputError, Value
from coach.practice.setup_check import Limits, load_limits

State: TypeAlias = Literal["ok", "weak", "bad", "unknown"]
PICTURE_WIDTH = 320  # px of a camera's picture, as the page shows it
CAMERAS = 4  # numbers that are tried; a laptop has one or two
WARM, MEASURED = 5, 20  # pictures of a camera: the first are dark, or late
SPEED_S = 3.0  # how long pictures are looked at for hands
GOOD_PER_S = 20.0  # pictures a second from which live practice has room for everything else
FREE_MB, ENOUGH_MB = 500, 2000  # of the disk: an hour of practice with its film is about 300 MB
MEMORY_MB = 1000  # free, for a review or a practice beside the browser
LIBRARIES = ("mediapipe", "opencv-python-headless", "av", "numpy", "scipy", "starlette")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check-up; the key and its values are the catalogue's."""

    id: str
    state: State
    key: str
    values: Mapping[str, Value] = field(default_factory=dict)
    picture: bytes = b""  # a small JPEG of what a camera sees


def worst(findings: Iterable[Finding]) -> State:
    """The state of all together: bad, weak, or else ok."""
    states = {one.state for one in findings}
    return "bad" if "bad" in states else "weak" if "weak" in states else "ok"


def check_up(folder: Path, voices: Mapping[str, int]) -> Iterator[Finding]:
    """Each finding as soon as it is known.

    :param folder: where the sessions are kept
    :param voices: language → how many prompts can be spoken
    """
    limits = load_limits()
    yield from cameras(map(Device, range(CAMERAS)), limits)
    yield speed(limits, for_s=SPEED_S)
    yield disk(folder)
    yield memory()
    yield browser()
    yield spoken(voices)
    yield data(folder)
    yield versions()


def cameras(devices: Iterable[Source], limits: Limits) -> Iterator[Finding]:
    """A finding for each camera that gives pictures, or a single one that none does."""
    some = False
    for number, device in enumerate(devices):
        try:
            with closing(device.pictures()) as pictures:
                found = list(_camera(number, pictures, limits))
        except InputError:
            continue
        some = some or bool(found)
        yield from found
    if not some:
        yield Finding("camera", "bad", "doctor_no_camera")


def _camera(number: int, pictures: Pictures, limits: Limits) -> Iterator[Finding]:
    for _ in islice(pictures, WARM):
        pass
    taken = list(islice(pictures, MEASURED))
    if len(taken) < 2:
        return
    image, began_s = taken[0]
    per_s = (len(taken) - 1) / max(taken[-1][1] - began_s, 1e-3)
    height, width = image.shape[:2]
    values: dict[str, Value] = {"number": number, "width": width, "height": height, "per_s": per_s}
    picture, _ = encode(taken[-1][0], PICTURE_WIDTH)
    yield Finding("camera", "ok" if per_s >= limits.fps else "bad", "doctor_camera", values, picture)
    light = look(taken[-1][0]).light
    state, key = _light(light, limits)
    yield Finding("light", state, key, {"number": number, "light": light})


def _light(light: float, limits: Limits) -> tuple[State, str]:
    if light > limits.brightest:
        return "bad", "doctor_light_bright"
    if light < limits.dim:
        return "bad" if light < limits.darkest else "weak", "doctor_light_dark"
    return "ok", "doctor_light"


def speed(limits: Limits, clock: Callable[[], float] = time.monotonic, for_s: float = SPEED_S) -> Finding:
    """How many pictures of the sample session are looked at for hands in a second."""
    cv2.setNumThreads(1)  # as in live practice
    number, began = 0, inf
    with MediaPipeHands() as finder, open_video(str(places.SAMPLES / "d03.mp4")) as film:
        for frame in film.frames():
            finder.find(frame)
            number, began = (number + 1, began) if began < inf else (0, clock())  # the first one loads the models
            if clock() - began >= for_s:
                break
    per_s = number / max(clock() - began, 1e-3)
    state: State = "ok" if per_s >= GOOD_PER_S else "weak" if per_s >= limits.fps else "bad"
    return Finding("speed", state, f"doctor_speed_{state}", {"per_s": per_s, "needed": limits.fps})


def disk(folder: Path) -> Finding:
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    free = shutil.disk_usage(there).free / 1e6
    state: State = "ok" if free >= ENOUGH_MB else "weak" if free >= FREE_MB else "bad"
    return Finding("disk", state, "doctor_disk" if state == "ok" else "doctor_disk_full", {"gb": free / 1000})


def memory() -> Finding:
    free = _free_memory_mb()
    if free is None:
        return Finding("memory", "unknown", "doctor_memory_unknown")
    state: State = "ok" if free >= MEMORY_MB else "weak"
    return Finding("memory", state, "doctor_memory" if state == "ok" else "doctor_memory_low", {"gb": free / 1000})


def _free_memory_mb() -> float | None:
    """What programs may still take, in MB; None where the system does not tell."""
    if os.name == "nt":
        return _windows_memory_mb()
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration):
        return None


def _windows_memory_mb() -> float | None:
    import ctypes  # noqa: PLC0415  late: only Windows asks this way

    class Status(ctypes.Structure):  # MEMORYSTATUSEX
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *(
                (name, ctypes.c_ulonglong)
                for name in ("all", "free", "page", "page_free", "virtual", "virtual_free", "x")
            ),
        )

    status = Status()
    status.length = ctypes.sizeof(status)
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009  only there on Windows, as the types know
    return status.free / 1e6 if kernel.GlobalMemoryStatusEx(ctypes.byref(status)) else None


def browser() -> Finding:
    try:
        name = webbrowser.get().name if os.name != "nt" else ""
    except webbrowser.Error:
        return Finding("browser", "bad", "doctor_no_browser")
    return Finding("browser", "ok", "doctor_browser", {"name": Path(name).name or "Windows"})


def spoken(voices: Mapping[str, int]) -> Finding:
    good = all(voices.values())
    values: dict[str, Value] = {"indonesian": voices.get("id", 0), "english": voices.get("en", 0)}
    return Finding("voices", "ok" if good else "weak", "doctor_voices", values)


def data(folder: Path) -> Finding:
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    good = os.access(there, os.W_OK)
    return Finding(
        "data", "ok" if good else "bad", "doctor_data" if good else "doctor_data_closed", {"path": str(folder)}
    )


def versions() -> Finding:
    libraries = ", ".join(f"{name} {_version(name)}" for name in LIBRARIES)
    values: dict[str, Value] = {
        "coach": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "cores": os.cpu_count() or 0,
        "libraries": libraries,
    }
    return Finding("versions", "ok", "doctor_versions", values)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "–"
