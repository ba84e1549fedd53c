"""The statements of the knowledge test read aloud: clips that come with coach, or were made for one's own test."""

from __future__ import annotations

from coach.domain import InputError
from coach.instruments import TestSheet
from coach.trainer.programme.desk import ProgrammeDesk
from coach.web.calls import OnDisk
from coach.web.clips import BANK, Clips
from coach.web.spoken import statement

FOLDER = "statements"


def _clips(desk: ProgrammeDesk) -> Clips:
    return Clips(desk.office.folder / "clips" / FOLDER, frozenset(), BANK / FOLDER)


def spoken(desk: ProgrammeDesk, sheet: TestSheet) -> dict[str, dict[str, str]]:
    """Statement's id → language → its clip, as far as there are any."""
    clips = _clips(desk)
    named = {one.id: {"id": statement(one.text.id), "en": statement(one.text.en)} for one in sheet.statements}
    return {
        id_: {lang: clip for lang, clip in own.items() if clips.find(lang, clip) is not None}
        for id_, own in named.items()
    }


def clip(desk: ProgrammeDesk, lang: str, name: str) -> OnDisk:
    """:raises InputError: clip_unknown"""
    found = _clips(desk).find(lang, name)
    if found is None:
        raise InputError("clip_unknown")
    return OnDisk(*found)
