"""What is private at rest: bodies sealed under a key that is neither in the database nor in its copies."""

import base64
import hashlib
import os
import secrets
import stat
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.core.errors import OperatorError
from storage.chance import Draws

KEY_BYTES = 32
_NONCE_BYTES = 12
_nonces = Draws(_NONCE_BYTES)
_NAME_BYTES = 4
"""Enough to tell a network's few keys apart."""


class Unsealable(Exception):
    """Sealed under a key that is not here any more, for something else, or changed since."""


class Seal:
    """AES-256-GCM. The first key seals; every key opens, so that an old one stays good while it is being replaced.

    Raises ValueError unless each key is 32 bytes.
    """

    def __init__(self, *keys: bytes) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError("a seal needs keys of 32 bytes")
        self._keys = keys
        self._ciphers = {_name(key): AESGCM(key) for key in keys}
        self._first = _name(keys[0])

    def of(self, whose: str) -> "Seal":
        """A seal of their own: each key derived from one of these (HKDF-SHA256, RFC 5869) for that name alone."""
        own = (HKDF(SHA256(), KEY_BYTES, salt=None, info=whose.encode()) for _ in self._keys)
        return Seal(*(kdf.derive(key) for kdf, key in zip(own, self._keys, strict=True)))

    def close(self, body: bytes, about: str) -> bytes:
        """The body sealed; it opens only for the same `about`."""
        nonce = _nonces.next()
        return self._first + nonce + self._ciphers[self._first].encrypt(nonce, body, about.encode())

    def is_present(self, sealed: bytes) -> bool:
        """Whether it was sealed under the key that seals now."""
        return sealed.startswith(self._first)

    def open(self, sealed: bytes, about: str) -> bytes:
        """The body. Raises Unsealable."""
        name, nonce, rest = sealed[:_NAME_BYTES], sealed[_NAME_BYTES:][:_NONCE_BYTES], sealed[_NAME_BYTES:]
        cipher = self._ciphers.get(name)
        try:
            if cipher is not None:
                return cipher.decrypt(nonce, rest[_NONCE_BYTES:], about.encode())
        except (InvalidTag, ValueError):
            pass
        raise Unsealable


def _name(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()[:_NAME_BYTES]


@dataclass(frozen=True)
class Secrets:
    """A network's own: `seal` for private bodies, `mark` for keyed hashes, which must never change. `mark_is_lost`: the
    operator says that the one before it is gone for good."""

    seal: Seal
    mark: bytes
    mark_is_lost: bool = False


def read_secrets(folder: Path) -> Secrets:
    """The keys in `folder`, made there the first time. Raises OperatorError when they are open to others or broken.

    `seal.key` seals. To replace it, move it to `seal.old.key` and start: a new one is made, both open, and the old one
    may go after 30 days, when every letter under it has ended. `mark.key` is never replaced: where it is not the one
    that a database was written with, the database is not opened (storage/settings.py).
    """
    old = folder / "seal.old.key"
    try:
        keys = [_read_or_make(folder / "seal.key"), *([_read(old)] if old.exists() else [])]
        return Secrets(Seal(*keys), _read_or_make(folder / "mark.key"), (folder / "mark.lost").exists())
    except OSError as problem:
        raise OperatorError(
            f"{folder} cannot be used for keys ({problem.strerror}). Make it a folder that the user that runs HeadsUp, "
            "and nobody else, can read and write."
        ) from None


def _read_or_make(path: Path) -> bytes:
    if not path.exists():
        _make(path)
    return _read(path)


def _make(path: Path) -> None:
    """A new key that nobody else could read at any moment: there whole, and for good, or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    whole = base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n"
    number, new = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another process was quicker, and may have sealed with its key
            os.link(new, path)
        _keep_names(path.parent)
    finally:
        os.unlink(new)


def _keep_names(folder: Path) -> None:
    """What a folder holds outlives a power cut from now on."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _read(path: Path) -> bytes:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise OperatorError(f"{path} can be read by others on this machine. Mend it with: chmod 600 {path}")
    try:
        key = base64.b64decode(path.read_bytes(), validate=False)
    except (ValueError, OSError):
        key = b""
    if len(key) != KEY_BYTES:
        raise OperatorError(f"{path} is no key any more. Put it back from where you keep a copy of the keys folder.")
    return key


def random_keys(count: int) -> Sequence[bytes]:
    """Keys that are kept nowhere, for worlds that end with the process."""
    return [secrets.token_bytes(KEY_BYTES) for _ in range(count)]
