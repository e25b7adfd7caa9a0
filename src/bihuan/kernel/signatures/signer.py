"""The seam for signing: software keys today, a UKey or a certificate authority's signer beside it tomorrow."""

from __future__ import annotations

from typing import Protocol

from bihuan.kernel.crypto import sm2


class Signer(Protocol):
    """Signs 32-byte digests and verifies such signatures."""

    @property
    def public(self) -> bytes:
        """The public key, as stored beside every signature made with it."""
        ...

    def sign(self, digest: bytes) -> bytes:
        """A signature of ``digest``."""
        ...

    def verify(self, public: bytes, digest: bytes, signature: bytes) -> bool:
        """Whether ``signature`` is of ``digest`` under ``public``."""
        ...


class SoftwareSigner:
    """SM2 in this process, with a person's key unlocked."""

    def __init__(self, scalar: bytes) -> None:
        self._key = sm2.PrivateKey(scalar)
        self.public = self._key.public

    def sign(self, digest: bytes) -> bytes:
        """r‖s over ``digest``."""
        return self._key.sign(digest)

    def verify(self, public: bytes, digest: bytes, signature: bytes) -> bool:
        """Whether r‖s holds."""
        return sm2.verify(public, digest, signature)
