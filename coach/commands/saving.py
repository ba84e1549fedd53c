"""Keeping what ``coach review`` found, where it was asked to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach import names
from coach.domain import InputError, Session
from coach.protocol import Protocol

if TYPE_CHECKING:
    from coach.wiring import Kept


LONGEST = 200  # characters, as the pages have it


def label(option: str, given: str) -> str:
    """A code or a name of a place as it is kept.

    :raises InputError: usage_label
    """
    plain = given.strip()
    if len(plain) > LONGEST or not plain.isprintable():
        raise InputError("usage_label", option=option, most=LONGEST)
    return plain


@dataclass(frozen=True, slots=True)
class Saving:
    """Where to and as whose; goes to every process that reviews."""

    data: str | None  # folder or PostgreSQL address
    protocol_file: bytes
    kader: str = ""
    posyandu: str = ""

    def check(self) -> None:
        """Before the long work: a store that cannot be used is told at once.

        :raises InputError: store_…
        """
        from coach.store import open_store  # noqa: PLC0415

        open_store(self.data).close()

    def save(self, video: str, session: Session, kept: Kept, protocol: Protocol, pillow: bool) -> str:
        """The id of the session in the store.

        :param pillow: nobody was massaged, but a pillow: that is kept as the session's consent is
        :raises InputError: store_…
        """
        from coach import archive  # noqa: PLC0415
        from coach.store import open_store  # noqa: PLC0415
        from coach.store.model import NO_PERSON, PILLOW, Consent  # noqa: PLC0415

        consent = Consent(checks=(NO_PERSON, PILLOW)) if pillow else None
        whose = archive.Belongs(self.kader, self.posyandu, names.told(os.path.basename(video)), consent)
        with open_store(self.data) as store:
            return archive.keep(store, session, kept, protocol, self.protocol_file, whose)
