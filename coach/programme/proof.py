"""What the QR on a certificate says: enough to be compared with a register without any network.

The digest is of the certificate's first entry and of what it said: a paper with another name, number or day has
another. It proves that a register has this very certificate, not who carries the paper.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from coach.domain import InputError
from coach.programme.bodies import Certificate
from coach.programme.people import code_of
from coach.programme.state import Held, State

_MARK = "COACH1"
_LENGTH = 20  # hexadecimal signs: 80 bits


@dataclass(frozen=True, slots=True)
class Proof:
    number: str
    code: str
    issued: str
    expires: str
    digest: str

    @property
    def text(self) -> str:
        return "|".join((_MARK, self.number, self.code, self.issued, self.expires, self.digest))


def proof(state: State, held: Held[Certificate]) -> Proof:
    """The same before and after a provisional certificate has become a whole one, which is not printed anew."""
    body = held.body
    code = code_of(state, body.person)
    fields = (held.id, body.number, body.person, body.rules, body.issued, body.expires, body.signed_by)
    digest = hashlib.sha256("\n".join(fields).encode("utf-8")).hexdigest()[:_LENGTH]
    return Proof(body.number, code, body.issued, body.expires, digest)


def parse_proof(text: str) -> Proof:
    """:raises InputError: verify_unreadable"""
    parts = text.strip().split("|")
    if len(parts) != 6 or parts[0] != _MARK or len(parts[-1]) != _LENGTH:
        raise InputError("verify_unreadable")
    return Proof(*parts[1:])
