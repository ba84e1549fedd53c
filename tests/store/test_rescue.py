"""Videos whose recording was broken off: in their session as far as they go, or gone; no picture lies about unseen."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import numpy as np
import pytest

from coach import archive
from coach.capture.video import open_video
from coach.capture.writer import VideoWriter
from coach.cli import main
from coach.rescue import Rescued, rescue
from coach.store import Consent, Store, open_store
from tests.store.made import chunk, new, result

SIZE = (64, 48)
PICTURES = 75
YES, NO = Consent(checks=(), video=True), Consent(checks=(), video=False)
GONE = Consent(checks=(), video=True, withdrawn=True)


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a killed writer leaves."""
    folder, noise = tmp_path_factory.mktemp("broken"), np.random.default_rng(1)
    with VideoWriter(folder / "film.mp4", SIZE) as writer:
        for number in range(PICTURES):
            writer.write(noise.integers(0, 255, (48, 64, 3)).astype(np.uint8), number / 15)
        (part,) = folder.glob(".coach-*.part")
        shutil.copyfile(part, folder / "broken")
    return folder / "broken"


def recorded(store: Store, consent: Consent | None = YES) -> str:
    """A session that was broken off."""
    with store.recording(new(consent=consent)) as recording:
        recording.append(chunk(0))
    return recording.id


def left(store: Store, session: str, file: Path, name: str = ".coach-0a1b2c3d.part") -> Path:
    return Path(shutil.copyfile(file, store.files.make(session) / name))


def unfinished(store: Store) -> list[str]:
    return [file.name for file in store.folder.rglob("*.part")]


def test_a_video_that_was_broken_off_is_in_its_session_when_coach_starts_again(store: Store, broken: Path) -> None:
    session, finished = recorded(store), store.add(new(consent=YES), result())
    for one in (session, finished):
        left(store, one, broken)
    archive.recover(store)
    assert unfinished(store) == []
    for one in (session, finished):
        film = store.video(one)
        assert film is not None
        with open_video(film) as video:
            assert PICTURES // 2 < sum(1 for _ in video.frames()) <= PICTURES
    assert store.without_video() == []
    assert store.session(session).row.state == "recording"  # read once nothing was written for a while


@pytest.mark.parametrize("later", [NO, GONE])
def test_what_may_not_be_kept_is_erased(store: Store, broken: Path, later: Consent) -> None:
    session = recorded(store)
    store.consent(session, later)
    left(store, session, broken)
    assert rescue(store, store.files.sessions()) == Rescued(erased=1)
    assert (unfinished(store), store.video(session)) == ([], None)


def test_a_withdrawal_erases_what_is_not_finished_too(store: Store, broken: Path) -> None:
    session = recorded(store)
    left(store, session, broken)
    left(store, session, broken, "video.part")
    store.consent(session, GONE)
    assert unfinished(store) == []


def test_what_does_not_play_is_erased(store: Store, broken: Path, tmp_path: Path) -> None:
    session = recorded(store)
    (tmp_path / "head").write_bytes(broken.read_bytes()[:900])
    left(store, session, tmp_path / "head")
    left(store, session, broken, "video.part")  # half a copy: the whole is where it came from
    assert rescue(store, store.without_video()) == Rescued(erased=2)
    assert (unfinished(store), store.video(session)) == ([], None)


@pytest.mark.parametrize(("consent", "stays"), [(YES, True), (GONE, False)])
def test_a_video_that_was_whole_before_its_session_knew_of_it_is_told_to_it_or_goes(
    store: Store, broken: Path, consent: Consent, stays: bool
) -> None:
    session = recorded(store)
    store.consent(session, consent)
    left(store, session, broken, "video.mp4")
    assert store.without_video() == [session]
    assert rescue(store, store.without_video()) == Rescued(taken=int(stays), erased=int(not stays))
    assert (store.video(session) is not None, bool(store.session(session).row.video)) == (stays, stays)


def test_of_two_the_first_is_kept(store: Store, broken: Path) -> None:
    session = recorded(store)
    for name in (".coach-1.part", ".coach-2.part"):
        left(store, session, broken, name)
    assert rescue(store, [session]) == Rescued(taken=1, erased=1)
    assert unfinished(store) == []


@pytest.mark.parametrize(("old_s", "erased"), [(0.0, 0), (3600.0, 1)])
def test_what_is_begun_at_this_moment_is_left_alone(store: Store, old_s: float, erased: int) -> None:
    """A part is there for a moment before it is locked."""
    session = recorded(store)
    part = store.files.make(session) / ".coach-0a1b2c3d.part"
    part.touch()
    os.utime(part, (time.time() - old_s, time.time() - old_s))
    assert rescue(store, [session]) == Rescued(erased=erased)


def test_what_is_being_recorded_is_left_alone(store: Store) -> None:
    session = recorded(store)
    with VideoWriter(store.files.of(session) / "video.mp4", SIZE) as writer:
        writer.write(np.zeros((48, 64, 3), dtype=np.uint8), 0.0)
        assert rescue(store, store.files.sessions()) == Rescued()
        assert len(unfinished(store)) == 1
    assert store.video(session) is not None


def test_a_repair_sees_to_them_and_says_so(tmp_path: Path, broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_store(tmp_path) as store:
        kept, unknown, refused = recorded(store), recorded(store), recorded(store, consent=None)
        for session in (kept, unknown, refused):
            left(store, session, broken)
        (store.files.of(unknown) / "journal.jsonl").write_text("torn", "utf-8")
    (tmp_path / "coach.db").write_bytes(b"damaged")
    main(["sessions", "repair", "--data", str(tmp_path), "--lang", "en"], standalone_mode=False)
    said = capsys.readouterr().err.splitlines()
    assert [line.split()[0] for line in said] == ["2", "1", "1"]
    assert "video" in said[1]
    assert "erased" in said[2]
    with open_store(tmp_path) as store:
        assert [file.parent.name for file in store.folder.rglob("*.part")] == [unknown]  # nobody knows what was agreed
        assert [store.video(session) is not None for session in (kept, unknown, refused)] == [True, False, False]
        assert store.session(kept).row.id == kept
