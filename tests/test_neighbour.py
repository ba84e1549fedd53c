"""A practice beside the trainer's pages: one at most, told by its address, ended with them."""

from __future__ import annotations

import sys
from contextlib import closing

import pytest

from coach.commands.neighbour import Neighbour
from coach.domain import InputError

ADDRESS = "http://127.0.0.1:8761/?token=a-b_c"
SAYS = "import sys, time; print('Open: ' + sys.argv[1], flush=True); time.sleep(60)"


@pytest.fixture
def neighbour() -> Neighbour:
    made = Neighbour("folder", "id", "oxytocin")
    assert made._command[1:4] == ["-m", "coach", "practise"]
    assert made._command[-2:] == ["--data", "folder"]
    return made


def test_it_is_started_once_and_ended_with_the_pages(neighbour: Neighbour) -> None:
    neighbour._command = [sys.executable, "-c", SAYS, ADDRESS]
    with closing(neighbour):
        assert neighbour.address() == neighbour.address() == ADDRESS
        process = neighbour._process
        assert process is not None
        assert process.poll() is None
    assert process.poll() is not None


@pytest.mark.parametrize("command", [[sys.executable, "-c", "print('no camera')"], ["/no/such/program"]])
def test_one_that_tells_no_address_is_refused(neighbour: Neighbour, command: list[str]) -> None:
    neighbour._command = command
    with closing(neighbour), pytest.raises(InputError) as refused:
        neighbour.address()
    assert refused.value.key == "practise_not_started"
