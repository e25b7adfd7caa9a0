"""The installation's seal key: the private half stays with the other keys, the public one beside the seals.

Whoever is handed the seals is handed the public keys too and can keep their fingerprints apart.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from bihuan.conf import env
from bihuan.kernel.crypto import keyfiles, sm2
from bihuan.kernel.errors import Refused

PRIVATE = "seal.key"


def signing_key() -> sm2.PrivateKey:
    """The key that signs seals; made with its public file on first use."""
    key = _unlocked(keyfiles.read_or_make(PRIVATE, lambda: sm2.PrivateKey.generate().scalar))
    public = env.seals_folder() / f"key-{sm2.fingerprint(key.public)}.pub"
    if not public.exists():
        keyfiles.write_once(public, key.public.hex().encode() + b"\n", 0o644)
    return key


@lru_cache(maxsize=4)
def _unlocked(scalar: bytes) -> sm2.PrivateKey:
    return sm2.PrivateKey(scalar)


def public_keys(folder: Path) -> dict[str, bytes]:
    """Fingerprint → public key, for every ``key-….pub`` in ``folder``.

    A renamed or altered file names no key.
    """
    found: dict[str, bytes] = {}
    for path in sorted(folder.glob("key-*.pub")):
        public = read_public(path)
        if f"key-{sm2.fingerprint(public)}.pub" == path.name:
            found[sm2.fingerprint(public)] = public
    return found


def read_public(path: Path) -> bytes:
    """One public key file.

    Raises:
        Refused: ``record.bad_key``.
    """
    try:
        return bytes.fromhex(os.fsdecode(path.read_bytes()).strip())
    except (OSError, ValueError) as reason:
        raise Refused.because("record.bad_key", f"公钥文件“{path}”无法读取：{reason}") from reason
