"""Commitments: what the record may show of a sealed value.

They bind whoever made them and tell nobody anything.
"""

from __future__ import annotations

import hmac
import secrets
from typing import NamedTuple

from bihuan.kernel.crypto import sm3

SALT_SIZE = 16
_PURPOSE = b"bihuan.commitment.1:"


class Opening(NamedTuple):
    """What proves a commitment later: give both, and anyone can check. The salt is hexadecimal."""

    salt: str
    value: str


def commit(value: str) -> tuple[str, Opening]:
    """A fresh commitment to ``value`` and what opens it."""
    salt = secrets.token_hex(SALT_SIZE)
    return _commitment(salt, value), Opening(salt, value)


def opens(commitment: str, salt: str, value: str) -> bool:
    """Whether ``commitment`` (hexadecimal, as the record holds it) was made from this salt and value."""
    try:
        return hmac.compare_digest(_commitment(salt, value), commitment.lower())
    except (TypeError, ValueError):
        return False


def _commitment(salt: str, value: str) -> str:
    raw = bytes.fromhex(salt)
    if len(raw) != SALT_SIZE:
        raise ValueError("a salt has 16 bytes")
    return sm3.digest(_PURPOSE + raw + value.encode()).hex()
