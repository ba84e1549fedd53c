"""A disk that refuses while a session is kept: what is kept, what is given up, and what is told."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.capture.writer import VideoWriter
from coach.domain import Image, InputError
from coach.practice import keeping
from coach.practice.keeping import Keeping
from coach.store import Consent, Filter, Store, open_store
from coach.store.base import Base
from coach.store.track_file import TrackWriter
from tests.practice.cable import plugged_in
from tests.practice.session import room
from tests.practice.test_course import BACK, ready
from tests.store.made import chunk, new, result

PICTURE: Image = np.full((480, 640, 3), 90, dtype=np.uint8)
FILMED = Consent(checks=(), video=True)


class Disk:
    """Refuses what is named in :attr:`full`: "tracks", "rows", "video"."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.full: set[str] = set()
        for name, of, method in (
            ("tracks", TrackWriter, "_add"),
            ("rows", Base, "note"),
            ("video", VideoWriter, "write"),
        ):
            patch.setattr(of, method, self._refusing(name, getattr(of, method)))

    def _refusing(self, name: str, does: Callable[..., Any]) -> Callable[..., Any]:
        def done(*given: Any) -> Any:
            if name in self.full:
                raise InputError("store_full", path=name)
            return does(*given)

        return done


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    monkeypatch.setattr(keeping, "AGAIN_S", 0.05)
    return Disk(monkeypatch)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


def kept(store: Store, consent: Consent | None = None) -> Keeping:
    return Keeping(store.recording, store.tracks, new(consent=consent), store.leave)


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_what_a_full_disk_refuses_is_kept_in_its_order_once_there_is_room(store: Store, disk: Disk) -> None:
    with closing(kept(store)) as one:
        one.chunk(chunk(0))
        until(lambda: one.session)
        disk.full = {"tracks", "rows"}
        one.chunk(chunk(1))
        one.finish(result(), {}, over=True)
        until(lambda: one.problem)
        assert [len(part.time_s) for part in one.whole()] == [15, 15]
        disk.full = set()
        until(lambda: one.problem is None)  # though nothing else came
    times = [float(part.time_s[0]) for part in store.tracks(one.session)]
    assert times == [float(chunk(k).time_s[0]) for k in (0, 1)]
    assert len(store.session(one.session).results) == 1


def test_who_waits_for_the_session_is_told_once_and_again_only_where_the_disk_refuses(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "AGAIN_S", 0.05)
    told: list[str] = []

    def begun(session: str) -> None:
        told.append(session)
        if len(told) == 1:
            raise InputError("store_full", path="entries")

    with closing(Keeping(store.recording, store.tracks, new(), store.leave, begun)) as one:
        until(lambda: len(told) == 2)
        one.chunk(chunk(0))
    assert told == [one.session] * 2


def test_room_that_is_made_before_the_end_is_used_at_the_end(
    store: Store, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "AGAIN_S", 60.0)
    with closing(kept(store)) as one:
        until(lambda: one.session)
        disk.full = {"rows"}
        one.finish(result(), {}, over=True)
        until(lambda: one.problem)
        disk.full = set()
    assert one.problem is None
    assert len(store.session(one.session).results) == 1


@pytest.mark.parametrize("full", ["tracks", "rows"])
def test_a_session_that_could_not_begin_begins_later_and_leaves_nothing_of_its_tries(
    store: Store, disk: Disk, full: str
) -> None:
    disk.full = {full}
    with closing(kept(store, FILMED)) as one:
        one.chunk(chunk(0))
        until(lambda: one.problem)
        time.sleep(0.2)  # a few more tries
        assert store.ids() == []
        until(lambda: store.files.sessions() == [])
        disk.full = set()
        until(lambda: one.problem is None)
        assert one.video_lost  # it would lack the beginning
    assert store.files.sessions() == [one.session] == store.ids(Filter(state="recording"))
    assert len(list(store.tracks(one.session))) == 1


def test_a_video_that_cannot_be_written_is_given_up_and_all_else_is_kept(store: Store, disk: Disk) -> None:
    with closing(kept(store, FILMED)) as one:
        one.picture(PICTURE, 0.0)
        one.chunk(chunk(0))
        one.whole()
        assert one.video
        disk.full = {"video"}
        one.picture(PICTURE, 0.1)
        one.whole()
        assert (one.video, one.video_lost, one.problem) == (False, True, None)
        assert store.files.recorded(one.session) == []  # its room is free
        one.picture(PICTURE, 0.2)
        one.chunk(chunk(1))
        one.finish(result(), {}, over=True)
    assert one.problem is None
    assert len(list(store.tracks(one.session))) == 2
    stored = store.session(one.session)
    assert (len(stored.results), stored.row.video, store.video(one.session)) == (1, "", None)


def test_a_folder_that_was_taken_away_is_told(store: Store, disk: Disk) -> None:
    assert not disk.full
    with closing(kept(store)) as one:
        one.chunk(chunk(0))
        one.whole()
        shutil.rmtree(store.files.of(one.session))
        one.chunk(chunk(1))
        one.whole()
        assert one.problem is not None
        assert one.problem.key == "store_unreadable"


def test_a_session_that_is_over_leaves_no_file_open(store: Store) -> None:
    before = len(store._all)
    for _ in range(3):
        with closing(kept(store, FILMED)) as one:
            one.picture(PICTURE, 0.0)
            one.chunk(chunk(0))
            one.finish(result(), {}, over=True)
        assert one.problem is None
    assert len(store._all) == before
    assert len(store.ids()) == 3  # this thread's own still answers


def test_the_page_is_told_once_what_the_disk_refuses(tmp_path: Path, disk: Disk) -> None:
    with room(tmp_path, plugged_in()) as running:
        ready(running, video=True)
        running.mark(BACK)
        running.say(t="start")
        running.phase("practising")
        running.until(lambda: running.state["saved"])
        assert running.state["saved"]["video_lost"] is False
        disk.full = {"video"}
        running.refused("unsaved_video")
        running.until(lambda: running.state["saved"]["video_lost"])
        disk.full = {"video", "tracks"}
        running.until(lambda: running.state["saved"].get("key") == "store_full")
        running.refused("unsaved")
        time.sleep(1.5)
        assert running.page.refusals == []
        assert running.state["phase"] == "practising"
        disk.full = {"video"}
        running.until(lambda: "key" not in running.state["saved"])


def test_who_practised_before_is_welcome_though_the_disk_cannot_be_read(tmp_path: Path) -> None:
    def unreadable(_code: str) -> dict[str, int]:
        raise InputError("store_unreadable", path="coach.db")

    with room(tmp_path, plugged_in()) as running:
        running.practice.settings.history = unreadable
        ready(running, code="K07")
        running.mark(BACK)
        running.say(t="start")
        running.phase("practising")
        assert running.page.refusals == []
