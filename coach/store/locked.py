"""A file that opens with a passphrase alone: scrypt makes the key, AES-GCM seals it piece by piece.

Each piece is sealed with its number and whether it is the last, so that none can be left out, moved or cut off. The
library is ``cryptography``; nothing of the cipher is written here.
"""

from __future__ import annotations

import os
import secrets
import struct
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from coach.domain import InputError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"COACH-LOCKED-1\n"
SHORTEST = 8  # letters of a passphrase
_COST = 2**15  # of scrypt: 32 MB and a tenth of a second on a posyandu's laptop
_SALT, _NONCE, _TAG = 16, 7, 16
_PIECE = 1 << 20


def is_locked(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(len(MAGIC)) == MAGIC


def lock(plain: Path, file: Path, passphrase: str) -> None:
    """:raises InputError: lock_short; OSError where the file cannot be written"""
    if len(passphrase) < SHORTEST:
        raise InputError("lock_short", least=SHORTEST)
    salt, begin = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    seal = _cipher(passphrase, salt)
    with plain.open("rb") as source, file.open("wb") as out:
        out.write(MAGIC + salt + begin)
        number, piece = 0, source.read(_PIECE)
        while True:
            following = source.read(_PIECE)
            out.write(seal.encrypt(_nonce(begin, number, not following), piece, MAGIC))
            if not following:
                break
            number, piece = number + 1, following
        out.flush()
        os.fsync(out.fileno())


def unlock(file: Path, plain: Path, passphrase: str) -> None:
    """:raises InputError: lock_wrong where the passphrase is another, or the file was changed or cut off"""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  late: few commands need it

    with file.open("rb") as source, plain.open("wb") as out:
        head = source.read(len(MAGIC) + _SALT + _NONCE)
        salt, begin = head[len(MAGIC) : -_NONCE], head[-_NONCE:]
        if not head.startswith(MAGIC) or len(begin) < _NONCE or len(salt) < _SALT:
            raise InputError("lock_wrong", path=str(file))
        seal = _cipher(passphrase, salt)
        try:
            _open(source, out, seal, begin)
        except (InvalidTag, OverflowError) as error:
            raise InputError("lock_wrong", path=str(file)) from error


def _open(source: BinaryIO, out: BinaryIO, seal: AESGCM, begin: bytes) -> None:
    number, piece = 0, source.read(_PIECE + _TAG)
    while True:
        following = source.read(_PIECE + _TAG)
        out.write(seal.decrypt(_nonce(begin, number, not following), piece, MAGIC))
        if not following:
            return
        number, piece = number + 1, following


def _nonce(begin: bytes, number: int, last: bool) -> bytes:
    return begin + struct.pack(">I?", number, last)


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  late: few commands need it
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # noqa: PLC0415

    key = Scrypt(salt=salt, length=32, n=_COST, r=8, p=1).derive(passphrase.encode("utf-8"))
    return AESGCM(key)
