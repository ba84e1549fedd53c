"""Broken off at points all over it: an import, a correction, a deletion, an export, a withdrawal of consent.

``python -m tests.bench.crash`` does the same at any moment and more often, and on disks that are full.
"""

from __future__ import annotations

import os

import pytest

from tests.bench.crash import KINDS, full, killed_at, points
from tests.bench.crash_audit import FILM, Found, Template

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not copied here"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]
KILLS, INTERRUPTS = 7, 3
ROOM = 48_000  # bytes: coach can be opened, and no operation has enough


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return Template.made(tmp_path_factory.mktemp("template"), FILM)


def spread(number: int, calls: int) -> list[int]:
    """The first and the last call of the operation, and others between them."""
    return [1 + round(k * (calls - 1) / (number - 1)) for k in range(number)]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_done_or_not_and_nothing_lies_about(kind: str, template: Template) -> None:
    calls = points(kind, template)
    assert calls > 100
    killed = [killed_at(kind, template, point) for point in spread(KILLS, calls)]
    stopped = [killed_at(kind, template, point, interrupt=True) for point in spread(INTERRUPTS, calls)]
    for one in (*killed, *stopped):
        assert one == Found(done=one.done)
    assert [killed[0].done, killed[-1].done] == [False, True]


@pytest.mark.parametrize("kind", KINDS)
def test_nor_on_a_disk_that_is_full(kind: str, template: Template) -> None:
    try:
        found = full(kind, template, ROOM)
    except PermissionError:
        pytest.skip("mounting a small disk is not allowed here")
    assert found == Found(done=found.done)
    assert found.done == (kind == "delete")  # which makes its own room


def test_the_look_at_what_is_left_sees_what_is_wrong(template: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without what is done at the start, or with a journal that is written too early, it finds something."""
    monkeypatch.setattr("coach.store.sweeping.sweep", lambda _: None)
    calls = points("import", template)
    left = [killed_at("import", template, point) for point in spread(KILLS, calls)]
    assert any(one.orphans for one in left)
