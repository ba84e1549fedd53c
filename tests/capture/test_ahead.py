from __future__ import annotations

import threading
import time
from collections.abc import Generator

import pytest

from coach.capture.ahead import Ahead


def _count(upto: int, log: list[str] | None = None) -> Generator[int, None, None]:
    try:
        for number in range(upto):
            if log is not None:
                log.append(f"{number}")
            yield number
    finally:
        if log is not None:
            log.append("closed")


def _broken() -> Generator[int, None, None]:
    yield 0
    yield 1
    raise OSError("the disk is gone")


@pytest.fixture(autouse=True)
def _no_thread_remains() -> Generator[None, None, None]:
    before = threading.active_count()
    yield
    assert threading.active_count() == before


def test_gives_all_items_in_order_and_then_stays_at_its_end() -> None:
    ahead = Ahead(lambda: _count(50))
    assert list(ahead) == list(range(50))
    assert list(ahead) == []


def test_nothing_is_a_sequence_too() -> None:
    assert list(Ahead(lambda: _count(0))) == []


def test_an_error_comes_after_the_items_before_it() -> None:
    ahead = Ahead(_broken)
    assert [next(ahead), next(ahead)] == [0, 1]
    with pytest.raises(OSError, match="the disk is gone"):
        next(ahead)
    assert list(ahead) == []


def test_an_error_at_the_start_of_the_source_is_raised() -> None:
    def refuse() -> Generator[int, None, None]:
        raise ValueError("no source")

    with pytest.raises(ValueError, match="no source"):
        next(Ahead(refuse))


def test_works_ahead_but_never_further_than_its_depth() -> None:
    log: list[str] = []
    ahead = Ahead(lambda: _count(100, log), depth=3)
    deadline = time.monotonic() + 2
    while len(log) < 4 and time.monotonic() < deadline:
        time.sleep(0.001)
    time.sleep(0.02)
    assert len(log) == 4  # three in the queue and one that waits to get in
    ahead.close()


@pytest.mark.parametrize("taken", range(7))
def test_leaving_early_closes_the_source_and_the_thread(taken: int) -> None:
    log: list[str] = []
    ahead = Ahead(lambda: _count(1000, log), depth=2)
    assert [next(ahead) for _ in range(taken)] == list(range(taken))
    ahead.close()
    ahead.close()
    assert log[-1] == "closed"
    assert list(ahead) == []


def test_a_depth_that_could_block_the_close_is_refused() -> None:
    with pytest.raises(ValueError, match="depth"):
        Ahead(lambda: _count(1), depth=1)
