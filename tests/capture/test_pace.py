"""Of a film as many pictures are looked at as a reading needs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.capture.pace import Pace
from coach.capture.video import open_video
from tests.footage import SAMPLE


@pytest.mark.parametrize(
    ("per_s", "step"), [(8, 1), (15, 1), (24, 1), (25, 1), (30, 1), (29.97, 1), (50, 2), (60, 2), (59.94, 2), (120, 4)]
)
def test_a_film_is_looked_at_in_even_steps(per_s: float, step: int) -> None:
    pace = Pace()
    due = [k for k in range(200) if pace.due(k / per_s)]
    assert set(np.diff(due)) == {step}
    assert per_s / step >= min(per_s, 25)


def test_frames_that_are_not_due_keep_their_index_and_the_others_their_times() -> None:
    with open_video(SAMPLE) as film:
        every = [(frame.index, frame.time_s) for frame in film.frames()]
        some = [(frame.index, frame.time_s) for frame in film.frames(Pace(10).due)]
    assert some == every[::2]


def test_a_quick_film_is_read_like_the_sample_it_was_made_of(tmp_path: Path) -> None:
    """Every picture shown twice: the same pictures are looked at, so the same is read."""
    from coach import wiring  # noqa: PLC0415  late: MediaPipe
    from coach.back_argument import parse  # noqa: PLC0415
    from coach.protocol.files import load  # noqa: PLC0415
    from tests.bench.speed import quicker  # noqa: PLC0415
    from tests.footage import cut  # noqa: PLC0415

    back = parse(SAMPLE.with_suffix(".back").read_text("utf-8").strip())
    short = cut(SAMPLE, tmp_path / "short.mp4", 60)
    (tmp_path / "quick").mkdir()
    quick = quicker(short, tmp_path / "quick", 60.0)
    sessions = [
        wiring.review(str(film), load("oxytocin"), back, None, lambda *_: None, thorough=thorough)
        for film, thorough in ((short, True), (quick, False), (quick, True))
    ]
    assert [session.video.frames for session in sessions] == [60, 240, 240]  # the film's own, looked at or not
    slow, usual, thorough = (session.tracking for session in sessions)
    assert (usual.frames, thorough.frames) == (2 * slow.frames, 4 * slow.frames)
    assert usual.frames_2_hands == pytest.approx(2 * slow.frames_2_hands, abs=6)
