"""The second file of a backup: all private keys under a passphrase.

Apart from the archive on purpose: who finds the archive reads what an officer may read, but opens no sealed field and
signs nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from bihuan.kernel.crypto import sm4
from bihuan.kernel.errors import Refused

MAGIC = b"BIHUAN-KEYS-1\n"
SALT_SIZE = 16
WORK = 2**15


def write(path: Path, folder: Path, passphrase: str) -> None:
    """Everything in ``folder`` into the new file ``path``, readable by its owner only."""
    names = {item.name: item.read_bytes().hex() for item in sorted(folder.iterdir()) if item.is_file()}
    salt = secrets.token_bytes(SALT_SIZE)
    sealed = sm4.seal(_key(passphrase, salt), json.dumps(names).encode(), MAGIC)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(MAGIC + salt + sealed)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path, passphrase: str) -> dict[str, bytes]:
    """File name → content.

    Raises:
        Refused: not such a file, or another passphrase.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused.because("restore.no_keys", f"密钥文件 {path} 打不开（{error.strerror}）。") from error
    salt, sealed = content[len(MAGIC) : len(MAGIC) + SALT_SIZE], content[len(MAGIC) + SALT_SIZE :]
    if not content.startswith(MAGIC):
        raise Refused.because("restore.not_keys", f"{path} 不是本系统的密钥文件。")
    try:
        names = json.loads(sm4.open_sealed(_key(passphrase, salt), sealed, MAGIC))
    except sm4.Locked as error:
        raise Refused.because("restore.wrong_passphrase", f"口令不符，或密钥文件 {path} 已损坏。") from error
    return {Path(name).name: bytes.fromhex(text) for name, text in names.items()}


def place(keys: Mapping[str, bytes], folder: Path) -> None:
    """Put the keys where they belong; the folder is that of an empty installation."""
    for name, content in keys.items():
        descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)


def _key(passphrase: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        passphrase.encode(), salt=salt, n=WORK, r=8, p=1, dklen=sm4.KEY_SIZE, maxmem=128 * 1024 * 1024
    )
