"""SM3 (GB/T 32905): the digest of the record, its seals and its commitments."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Protocol

SIZE = 32


class Running(Protocol):
    """A digest under way; fed piece by piece for files and streams."""

    def update(self, data: bytes, /) -> None: ...

    def digest(self) -> bytes: ...


def _from_openssl() -> Running:
    return hashlib.new("sm3")


class _FromTongsuo:
    """For a Python whose OpenSSL was built without SM3."""

    def __init__(self) -> None:
        from tongsuopy.crypto import hashes

        self._context = hashes.Hash(hashes.SM3())

    def update(self, data: bytes, /) -> None:
        self._context.update(data)

    def digest(self) -> bytes:
        value: bytes = self._context.copy().finalize()
        return value


def _choose() -> Callable[[], Running]:
    return _from_openssl if "sm3" in hashlib.algorithms_available else _FromTongsuo


new = _choose()


if new is _from_openssl:

    def digest(data: bytes) -> bytes:
        """The 32 bytes of SM3 over ``data``."""
        return hashlib.new("sm3", data).digest()

else:

    def digest(data: bytes) -> bytes:
        """The 32 bytes of SM3 over ``data``."""
        running = new()
        running.update(data)
        return running.digest()
