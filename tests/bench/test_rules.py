"""Every rule that can be switched off is there to be switched off."""

from __future__ import annotations

import pytest

from tests.bench.rules import RULES


@pytest.mark.parametrize("name", sorted(RULES))
def test_what_stands_in_a_rule_s_place_takes_it(name: str) -> None:
    with RULES[name].off():
        pass
