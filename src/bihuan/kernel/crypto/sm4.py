"""SM4 (GB/T 32907) in GCM: what lies encrypted also shows when it has been changed or moved elsewhere."""

from __future__ import annotations

import secrets

from tongsuopy.crypto.ciphers import Cipher, algorithms, modes
from tongsuopy.crypto.exceptions import InvalidTag

KEY_SIZE = 16
_NONCE = 12
_TAG = 16


class Locked(Exception):
    """内容无法解密：密钥不符，或密文被改动。"""


def new_key() -> bytes:
    """Sixteen random bytes."""
    return secrets.token_bytes(KEY_SIZE)


def seal(key: bytes, plain: bytes, bound_to: bytes = b"") -> bytes:
    """``nonce‖ciphertext‖tag``; opens only with the same ``bound_to``: it cannot be moved to another row."""
    nonce = secrets.token_bytes(_NONCE)
    context = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    context.authenticate_additional_data(bound_to)
    body: bytes = context.update(plain) + context.finalize()
    tag: bytes = context.tag
    return nonce + body + tag


def open_sealed(key: bytes, sealed: bytes, bound_to: bytes = b"") -> bytes:
    """The plain text of :func:`seal`.

    Raises:
        Locked: another key, another ``bound_to`` or changed bytes.
    """
    if len(sealed) < _NONCE + _TAG:
        raise Locked
    nonce, body, tag = sealed[:_NONCE], sealed[_NONCE:-_TAG], sealed[-_TAG:]
    context = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
    context.authenticate_additional_data(bound_to)
    try:
        plain: bytes = context.update(body) + context.finalize()
    except InvalidTag as reason:
        raise Locked from reason
    return plain


def encrypt_block(key: bytes, block: bytes) -> bytes:
    """One bare block of 16 bytes, as the standard's own examples state it."""
    context = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()
    result: bytes = context.update(block) + context.finalize()
    return result
