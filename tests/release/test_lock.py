"""The locks hold what ``pyproject.toml`` asks for, each file with its hash; what does not is named."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.footage import ROOT
from tools.check_lock import lacking

LOCKS = ROOT / "requirements"


def locked(name: str) -> dict[str, list[str]]:
    """Package → its versions in a lock."""
    found: dict[str, list[str]] = {}
    for line in (LOCKS / name).read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([a-z0-9-]+)==(\S+)", line):
            found.setdefault(match[1], []).append(match[2])
    return found


@pytest.mark.parametrize(
    ("lock", "extras"), [("run.txt", ()), ("dev.txt", ("dev", "docs", "postgres", "cluster", "release"))]
)
def test_the_lock_holds_what_is_asked_for(lock: str, extras: tuple[str, ...]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in extras for one in project["optional-dependencies"][extra])]
    versions = locked(lock)
    for requirement in map(Requirement, wanted):
        if requirement.name != "coach":
            there = versions.get(canonicalize_name(requirement.name), [])
            assert there, f"requirements/{lock} lacks {requirement}: run make lock"
            assert all(requirement.specifier.contains(one) for one in there), f"{requirement}: run make lock"


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt", "node.txt"])
def test_every_locked_package_has_its_hashes(lock: str) -> None:
    blocks = re.split(r"(?m)^(?=[a-z])", (LOCKS / lock).read_text(encoding="utf-8"))[1:]
    assert blocks
    assert not [block.split()[0] for block in blocks if "--hash=sha256:" not in block]


def test_users_get_the_versions_that_were_tested() -> None:
    tested = locked("dev.txt")
    assert not {name: one for name, one in locked("run.txt").items() if tested.get(name) != one}


def test_what_is_lacking_is_named() -> None:
    there = metadata.version("click")
    assert lacking([f"click=={there}", "nobody-has-this; extra == 'other'"]) == []
    assert lacking(["nobody-has-this>=1", "click<1"]) == ["nobody-has-this>=1", f"click<1 (there is {there})"]
