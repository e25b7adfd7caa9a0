"""Where the bytes lie. Paths are made from our own identities; nothing a user typed reaches the disk."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings


def folder() -> Path:
    """The folder of all stored files."""
    return Path(settings.BIHUAN_DATA) / "files"


def path_of(uid: UUID) -> Path:
    """Where the file of ``uid`` lies; its last two digits spread files evenly, the first ones are a time."""
    return folder() / uid.hex[-2:] / uid.hex


def write(uid: UUID, content: bytes) -> None:
    """Store ``content`` so that after a power cut it is there whole or not at all."""
    target = path_of(uid)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.parent / f".{uuid4().hex}.part"
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    _settle(target.parent)


def read(uid: UUID) -> bytes:
    """The stored bytes.

    Raises:
        FileNotFoundError: the file is gone from the disk.
    """
    return path_of(uid).read_bytes()


def remove(path: Path) -> None:
    """Delete a file that no attachment names."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()


def shelves() -> Iterator[list[tuple[Path, UUID | None]]]:
    """The stored files, a subfolder at a time, each with the identity its name spells; ``None`` for a draft."""
    for shelf in sorted(folder().glob("[0-9a-f][0-9a-f]")):
        yield [(path, _identity(path.name)) for path in sorted(shelf.iterdir())]


def _identity(name: str) -> UUID | None:
    try:
        return UUID(hex=name)
    except ValueError:
        return None


def _settle(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
