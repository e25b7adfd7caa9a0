"""Receipt numbers: what a reporter holds instead of an account.

Sixteen random digits, told once. The installation keeps only a digest under a key of its own (``keys/receipts.key``), so
that neither the database nor a backup without keys leads back to a number, and trying numbers needs the key. The key
stays when the vault's master key is changed, or every receipt handed out would be void.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Any

from bihuan.kernel.crypto import keyfiles

KEY = "receipts.key"
DIGITS = 16
_SPACES = re.compile(r"[\s\-－—·]+")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_RECEIPT, _COLLECT = b"bihuan.receipt.1:", b"bihuan.collect.1:"


def new() -> str:
    """A fresh number nobody can guess."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def read(text: str) -> str | None:
    """The number somebody typed, in groups or wide digits; None when it is none."""
    number = _SPACES.sub("", text.translate(_WIDE))
    return number if len(number) == DIGITS and number.isascii() and number.isdigit() else None


def grouped(number: str) -> str:
    """The number as it is shown, in fours."""
    return " ".join(number[place : place + 4] for place in range(0, DIGITS, 4))


def digest(number: str) -> bytes:
    """What is kept of a number: 32 bytes under the installation's key."""
    return _keyed(_RECEIPT + number.encode("ascii"))


def collecting_code(kept: bytes, item_no: str) -> str:
    """Eight digits by which the holder of a receipt collects one item's reward without telling the receipt itself."""
    raw = _keyed(_COLLECT + kept + item_no.encode())
    return f"{int.from_bytes(raw[:8]) % 10**8:08d}"


def same(one: str | bytes, other: str | bytes) -> bool:
    """Whether two codes agree, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(_bytes(one), _bytes(other))


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _keyed(message: bytes) -> bytes:
    key = keyfiles.read_or_make(KEY, lambda: secrets.token_bytes(32))
    return hmac.new(key, message, _sm3).digest()


def _sm3(data: bytes = b"") -> Any:
    return hashlib.new("sm3", data)
