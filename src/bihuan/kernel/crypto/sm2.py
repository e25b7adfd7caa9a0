"""SM2 signatures (GB/T 32918.2 with SM3 and the default identity); keys and signatures are plain bytes.

A signature is kept as the 64 bytes r‖s, a public key as the 65 bytes of the uncompressed point, a private key
as its 32-byte scalar: half the size of the usual wrappings, and readable by every other SM2 implementation.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from tongsuopy.crypto import hashes
from tongsuopy.crypto.asymciphers import ec
from tongsuopy.crypto.asymciphers.utils import encode_dss_signature
from tongsuopy.crypto.exceptions import InvalidSignature
from tongsuopy.crypto.serialization import Encoding, PublicFormat

from bihuan.kernel.crypto import sm3

SIGNATURE_SIZE = 64
_SM3_ECDSA = ec.ECDSA(hashes.SM3())


class PrivateKey:
    """A signing key, unlocked."""

    __slots__ = ("_key", "public", "scalar")

    def __init__(self, scalar: bytes) -> None:
        self.scalar = scalar
        self._key: Any = ec.derive_private_key(int.from_bytes(scalar), ec.SM2())
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public = bytes(point)

    @classmethod
    def generate(cls) -> PrivateKey:
        """A fresh key from the library's random source."""
        value: int = ec.generate_private_key(ec.SM2()).private_numbers().private_value
        return cls(value.to_bytes(32))

    def sign(self, message: bytes) -> bytes:
        """r‖s over ``message`` (which for us is always a 32-byte digest)."""
        return _flat(self._key.sign(message, _SM3_ECDSA))


@lru_cache(maxsize=4096)
def _loaded(public: bytes) -> Any:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SM2(), public)


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` is of ``message`` under ``public``.

    Malformed keys and signatures are simply not valid.
    """
    if len(signature) != SIGNATURE_SIZE:
        return False
    try:
        key = _loaded(public)
        wrapped = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
        key.verify(wrapped, message, _SM3_ECDSA)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: bytes) -> str:
    """The short name of a key: the first 8 bytes of its SM3, in hexadecimal."""
    return sm3.digest(public)[:8].hex()


def _flat(wrapped: bytes) -> bytes:
    """DER ``SEQUENCE(INTEGER r, INTEGER s)`` as r‖s; both are below 2²⁵⁶, so every length is one byte."""
    first = 4 + wrapped[3]
    r = int.from_bytes(wrapped[4:first])
    s = int.from_bytes(wrapped[first + 2 :])
    return r.to_bytes(32) + s.to_bytes(32)
