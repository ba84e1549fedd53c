"""The small parts: the slot, the memory, the reader, the speech, the preview."""

from __future__ import annotations

import errno
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import pytest

from coach.capture.jpeg import decode, encode, jpeg_size
from coach.domain import HANDS, Hand, HandTrack
from coach.practice.camera_name import is_film
from coach.practice.eyes import Shot
from coach.practice.memory import FILE, MOST, Memory
from coach.practice.preview import Preview, Rate
from coach.practice.reader import Reader, Whole
from coach.practice.slot import Slot
from coach.practice.speech import KEPT_S, Speech
from coach.protocol import files as protocol_files
from coach.tutor.state import Said

BACK = np.array([[120.0, 40], [520, 40], [520, 440], [120, 440]])


@pytest.mark.parametrize(
    ("given", "film"),
    [
        ("0", False),
        ("rtsp://camera/1", False),
        ("http://", False),
        ("film.mp4", True),
        ("C:\\Video Ibu\\film.mp4", True),
        ("C://film.mp4", True),
        ("\\\\server\\film.mp4", True),
    ],
)
def test_a_film_on_a_drive_of_windows_is_no_address(given: str, film: bool) -> None:
    assert is_film(given) == film


def test_the_slot_holds_the_newest() -> None:
    slot: Slot[int] = Slot()
    for number in range(5):
        slot.put(number)
    assert (slot.take(0), slot.take(0), slot.dropped) == (4, None, 4)


def test_the_slot_can_wait_so_that_none_is_lost() -> None:
    slot: Slot[int] = Slot()

    def fill() -> None:
        for number in range(50):
            slot.put(number, wait=True)

    thread = threading.Thread(target=fill)
    thread.start()
    assert [slot.take(5) for _ in range(50)] == list(range(50))
    thread.join()


def test_the_slot_wakes_and_closes() -> None:
    slot: Slot[int] = Slot()
    slot.wake()
    began = time.monotonic()
    assert slot.take(5) is None
    slot.put(1)
    threading.Timer(0.05, slot.close).start()
    slot.put(2, wait=True)
    assert time.monotonic() - began < 4


def test_marks_are_remembered_by_camera_and_size(tmp_path: Path) -> None:
    Memory(tmp_path).keep("device 0", (640, 480), BACK)
    memory = Memory(tmp_path)
    found = memory.mark("device 0", (640, 480))
    assert found is not None
    assert (found == BACK).all()
    assert memory.mark("device 0", (1280, 720)) is None
    assert memory.mark("device 1", (640, 480)) is None
    for number in range(MOST + 5):
        memory.keep(f"device {number}", (640, 480), BACK)
    assert memory.mark("device 0", (640, 480)) is None


def test_a_mark_that_a_full_disk_refuses_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr("json.dump", full)
    Memory(tmp_path).keep("device 0", (640, 480), BACK)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"device 0": 3}',
        '{"device 0": {"size": [640, 480], "corners": [[1, 2]]}}',
        '{"device 0": {"size": [640, 480], "corners": [["a", 2], [1, 2], [1, 2], [1, 2]]}}',
        '{"device 0": {"size": [640, 480], "corners": [[0, 0], [NaN, 0], [500, 400], [0, 400]]}}',
        '{"device 0": {"size": [640, 480], "corners": [[0, 0], [1, 0], [1, 1], [0, 1]]}}',
        "[" * 100_000,
    ],
    ids=range(9),
)
def test_a_damaged_memory_is_no_memory(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, "utf-8")
    assert Memory(tmp_path).mark("device 0", (640, 480)) is None


def test_a_memory_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    Memory(tmp_path / "file").keep("device 0", (640, 480), BACK)


def test_a_memory_that_is_read_at_the_moment_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EACCES, "in use")  # as Windows does

    Memory(tmp_path).keep("device 0", (640, 480), BACK)
    monkeypatch.setattr(os, "replace", refused)
    Memory(tmp_path).keep("device 1", (640, 480), BACK)
    assert [file.name for file in tmp_path.iterdir()] == [FILE]
    assert Memory(tmp_path).mark("device 0", (640, 480)) is not None


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader(protocol_files.load("oxytocin"))
    yield made
    made.close()


def tracks() -> dict[Hand, HandTrack]:
    """Two seconds in which nothing was seen."""
    time_s, unseen = np.arange(30) / 15, np.zeros(30, dtype=bool)
    return {hand: HandTrack(hand, time_s, np.full((30, 21, 2), np.nan), unseen, unseen) for hand in HANDS}


def ask(reader: Reader) -> None:
    end = time.monotonic() + 30
    while not reader.ask_whole(tracks()):
        assert time.monotonic() < end
        time.sleep(0.02)


def answer(reader: Reader) -> object:
    end = time.monotonic() + 30
    while (found := reader.poll()) is None:
        assert time.monotonic() < end
        if reader.asked is None:
            ask(reader)
        time.sleep(0.02)
    return found


def test_the_reader_reads_and_outlives_a_murder(reader: Reader) -> None:
    ask(reader)
    first = answer(reader)
    assert isinstance(first, Whole)
    ask(reader)
    assert reader.pid is not None
    os.kill(reader.pid, signal.SIGKILL)
    assert isinstance(answer(reader), Whole)


def test_the_reader_outlives_a_murder_as_windows_tells_of_it(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """There a connection whose other end is gone refuses even to be asked whether something came."""
    there = Connection.poll

    def poll(connection: Connection, timeout: float = 0.0) -> bool:
        came = there(connection, timeout)
        with socket.socket(fileno=os.dup(connection.fileno())) as ours:
            if came and not ours.recv(1, socket.MSG_PEEK):
                raise BrokenPipeError(errno.EPIPE, "The pipe has been ended")
        return came

    monkeypatch.setattr(Connection, "poll", poll)
    ask(reader)
    assert isinstance(answer(reader), Whole)
    ask(reader)
    assert reader.pid is not None
    os.kill(reader.pid, signal.SIGKILL)
    assert isinstance(answer(reader), Whole)


def test_a_reader_that_is_killed_now_and_then_on_a_long_day_reads_on(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.practice.reader.LIVES", 2)
    reader._lives = 2
    for _ in range(3):
        ask(reader)
        assert isinstance(answer(reader), Whole)
        assert reader.pid is not None
        os.kill(reader.pid, signal.SIGKILL)
    ask(reader)
    assert isinstance(answer(reader), Whole)


def test_prompts_have_growing_numbers_and_are_told_for_a_while() -> None:
    speech = Speech()
    speech.say("mark_c7", 0.0)
    speech.relay([Said(1, "phase_start"), Said(2, "count_1")], 1.0)
    speech.relay([Said(2, "count_1"), Said(3, "count_2")], 2.0)
    assert [p["clip"] for p in speech.shown(2.0)] == ["mark_c7", "phase_start", "count_1", "count_2"]
    assert [p["id"] for p in speech.shown(2.0)] == [1, 2, 3, 4]
    speech.another_tutor()
    speech.relay([Said(1, "phase_start")], 2.5)
    assert [p["id"] for p in speech.shown(1.5 + KEPT_S)] == [4, 5]


def test_the_preview_is_at_most_640_wide() -> None:
    preview = Preview()
    image = np.zeros((720, 1280, 3), dtype=np.uint8)
    jpeg, size = preview.begin(Shot(image, None, 0.0)).result(5)
    assert size == (640, 360) == jpeg_size(jpeg)
    large, _ = encode(image, 1280)
    assert preview.begin(Shot(None, large, 0.0)).result(5)[1] == (640, 360)
    assert preview.begin(Shot(None, jpeg, 0.0)).result(5)[0] is jpeg
    preview.close()


def test_jpegs_that_claim_to_be_huge_are_not_decoded() -> None:
    jpeg, _ = encode(np.zeros((48, 64, 3), dtype=np.uint8), 64)
    at = jpeg.index(b"\xff\xc0") + 5
    assert decode(jpeg) is not None
    assert decode(jpeg[:at] + b"\xff\xff\xff\xff" + jpeg[at + 4 :]) is None
    assert decode(jpeg[:at] + b"\0\1\0\1" + jpeg[at + 4 :]) is None
    assert decode(b"") is None


def test_the_rate_is_that_of_the_last_seconds() -> None:
    rate = Rate()
    assert (rate.fps, rate.known) == (0.0, False)
    for k in range(100):
        rate.tick(k / 15)
    assert rate.known
    assert rate.fps == pytest.approx(15)


def test_too_few_pictures_for_a_while_are_slow() -> None:
    rate = Rate(10.0)
    assert rate.slow is None
    for k in range(60):
        rate.tick(k / 15)
    assert rate.slow is None
    last_s = 59 / 15
    for k in range(1, 25):
        rate.tick(last_s + k / 5)
    assert rate.slow is None  # not for long enough
    for k in range(25, 60):
        rate.tick(last_s + k / 5)
    assert rate.slow == 5
    last_s += 59 / 5
    for k in range(1, 30):
        rate.tick(last_s + k / 3)
        assert rate.slow == 5  # told once: it does not change with every picture
    last_s += 29 / 3
    for k in range(1, 60):
        rate.tick(last_s + k / 15)
    assert rate.slow == 5  # nor does it go at once
    for k in range(60, 150):
        rate.tick(last_s + k / 15)
    assert rate.slow is None
