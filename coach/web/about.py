"""What a page of practice is told at its start: the protocol, all the words, the clips and the films."""

from __future__ import annotations

from typing import Any

from coach import __version__
from coach.messages import LANGS, Lang, page_texts, safety_ids
from coach.protocol import Protocol
from coach.web.clips import Clips
from coach.web.films import Films
from coach.web.spoken import clips as spoken


def about(protocol: Protocol, lang: Lang, clips: Clips, films: Films) -> dict[str, Any]:
    """JSON-ready; words with their placeholders unfilled."""
    texts = {each: dict(spoken(protocol, each)) for each in LANGS}
    return {
        "software": f"coach {__version__}",
        "lang": lang,
        "protocol": protocol.model_dump(mode="json", by_alias=True),
        "messages": {each: dict(page_texts(each)) for each in LANGS},
        "safety": list(safety_ids()),
        "clips": [
            {"clip": clip, "text": {each: texts[each].get(clip, "") for each in LANGS}, "own": clips.recorded(clip)}
            for clip in texts[LANGS[0]]
        ],
        "demonstrations": films.addresses(),
        "own_films": films.replaced(),
    }
