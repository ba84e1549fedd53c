"""Says what ``pyproject.toml`` asks for and the environment, made from the lock, does not hold."""

from __future__ import annotations

import sys
from importlib import metadata

from packaging.requirements import Requirement


def lacking(wanted: list[str], extra: str = "dev") -> list[str]:
    """Those of the requirements that are not met here, each as it is written."""
    out = []
    for requirement in map(Requirement, wanted):
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
            continue
        try:
            there = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            out.append(str(requirement))
            continue
        if not requirement.specifier.contains(there, prereleases=True):
            out.append(f"{requirement} (there is {there})")
    return out


def main() -> int:
    missing = lacking(metadata.requires("coach") or [])
    for requirement in missing:
        print(f"The lock does not hold {requirement}, which pyproject.toml asks for: run make lock", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
