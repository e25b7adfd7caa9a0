"""What binds an archive together: a digest of everything in it, signed by the key that seals the record.

Whoever changes a backup without that key is found out, and what was changed is named. Whoever has the key is found out
by its fingerprint no less than a rewritten record is: by what was handed out before.
"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from bihuan.kernel import clock
from bihuan.kernel.crypto import sm2, sm3
from bihuan.kernel.record import seal_keys

DIGESTS = "digests.json"
PURPOSE = b"bihuan.archive.2:"
CHUNK = 1 << 20


class Bound:
    """Adds members to an archive and remembers what they were, whatever becomes of the files meanwhile."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive
        self._digests: dict[str, str] = {}

    def add(self, path: Path, name: str) -> None:
        """One file; its digest is taken of the bytes that go in."""
        with path.open("rb") as file:
            member = self._archive.gettarinfo(arcname=name, fileobj=file)
            reader = _Digesting(file)
            self._archive.addfile(member, reader)
            self._digests[name] = reader.digest()

    def add_text(self, name: str, text: str) -> None:
        """One member of our own words."""
        content = text.encode()
        self._digests[name] = sm3.digest(content).hex()
        self._put(name, content)

    def close(self) -> None:
        """The last member: all digests and the signature over them."""
        key = seal_keys.signing_key()
        listed = json.dumps(self._digests, sort_keys=True, ensure_ascii=False)
        told = {
            "digests": listed,
            "key": sm2.fingerprint(key.public),
            "public": key.public.hex(),
            "signature": key.sign(_bound(listed)).hex(),
        }
        self._put(DIGESTS, json.dumps(told).encode())

    def _put(self, name: str, content: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = len(content), 0o600, int(clock.now().timestamp())
        self._archive.addfile(member, io.BytesIO(content))


class _Digesting:
    """A file that digests what is read of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._running = sm3.new()

    def read(self, size: int = -1) -> bytes:
        content = self._file.read(size)
        self._running.update(content)
        return content

    def digest(self) -> str:
        return self._running.digest().hex()


class Checked(NamedTuple):
    """What an archive turned out to be: whose key bound it, and every member that is not as it was."""

    key: str
    faults: list[str]


def check(path: Path) -> Checked:
    """Read the whole archive and compare it with what was bound."""
    found: dict[str, str] = {}
    told: dict[str, str] = {}
    with tarfile.open(path, "r:") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is None:
                continue
            with file:
                if member.name == DIGESTS:
                    told = json.loads(file.read())
                else:
                    found[member.name] = _digest_of(file)
    return Checked(told.get("key", ""), list(_faults(found, told)))


def _faults(found: dict[str, str], told: dict[str, str]) -> Iterator[str]:
    if not told:
        yield "没有校验清单，备份不完整或被截断"
        return
    listed, public = told["digests"], bytes.fromhex(told["public"])
    signature = bytes.fromhex(told["signature"])
    if sm2.fingerprint(public) != told["key"] or not sm2.verify(public, _bound(listed), signature):
        yield "校验清单的签名不符"
    bound = json.loads(listed)
    for name in sorted(bound.keys() | found.keys()):
        if name not in found:
            yield f"缺少 {name}"
        elif name not in bound:
            yield f"多出 {name}"
        elif bound[name] != found[name]:
            yield f"{name} 被改动"


def _digest_of(file: IO[bytes]) -> str:
    running = sm3.new()
    while chunk := file.read(CHUNK):
        running.update(chunk)
    return running.digest().hex()


def _bound(listed: str) -> bytes:
    return sm3.digest(PURPOSE + listed.encode())
