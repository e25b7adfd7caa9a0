"""Key files below ``BIHUAN_DATA/keys``: made once, readable by the owner of the data only.

A key is never overwritten with another. It is changed in three moves, any of which may be the last of a killed process:
the next key is laid beside it, what it locks is locked anew, the next takes its place. Until then both are tried.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from bihuan.conf import env

NEXT = ".next"
"""Ending of a key that is to take another's place."""


def path_of(name: str) -> Path:
    """Where the key ``name`` lies."""
    return env.keys_folder() / name


def read(name: str) -> bytes | None:
    """The key, or None when this installation does not have it (a restore without the key file)."""
    return _read(path_of(name))


def read_or_make(name: str, make: Callable[[], bytes]) -> bytes:
    """The key; made on first use. Two processes that start at once end with the same one."""
    path = path_of(name)
    found = _read(path)
    if found is not None:
        return found
    write_once(path, make().hex().encode() + b"\n")
    made = _read(path)
    if made is None:
        raise FileNotFoundError(path)
    return made


def candidates(name: str) -> list[bytes]:
    """The key and, while it is being changed, the next one: what was locked opens with one of them."""
    return [key for key in (read(name), read(name + NEXT)) if key is not None]


def take_over(name: str) -> None:
    """Let the next key take the place of ``name``; from now on the former one is gone."""
    os.replace(path_of(name + NEXT), path_of(name))
    settle(path_of(name).parent)


def write_once(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Put ``content`` at ``path`` whole or not at all, leaving alone what is already there."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, path)
    except FileExistsError:
        return
    finally:
        fresh.unlink(missing_ok=True)
    settle(path.parent)


def settle(folder: Path) -> None:
    """Make the names in ``folder`` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(path: Path) -> bytes | None:
    try:
        stamp = path.stat()
    except FileNotFoundError:
        return None
    return _content(path, stamp.st_mtime_ns, stamp.st_ino)


@lru_cache(maxsize=64)
def _content(path: Path, _mtime: int, _inode: int) -> bytes:
    return bytes.fromhex(path.read_text(encoding="ascii").strip())
