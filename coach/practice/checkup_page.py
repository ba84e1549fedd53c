"""The check-up as the page shows it: each finding as a sentence in every language, with a camera's picture."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any, TypeAlias

from coach.messages import LANGS, Catalogue
from coach.practice.checkup import Finding, worst

Json: TypeAlias = dict[str, Any]


def on_page(findings: Iterable[Finding]) -> Json:
    """JSON-ready: ``state``, ``text`` (language → sentence) of all, and the same of each of ``findings``."""
    found = list(findings)
    state = worst(found)
    catalogues = {lang: Catalogue(lang) for lang in LANGS}
    return {
        "state": state,
        "text": {lang: catalogue.text(f"doctor_{state}") for lang, catalogue in catalogues.items()},
        "findings": [
            {
                "state": one.state,
                "text": {lang: catalogue.text(one.key, **one.values) for lang, catalogue in catalogues.items()},
                "picture": base64.b64encode(one.picture).decode("ascii"),
            }
            for one in found
        ],
    }
