"""Seal files: plain text that another program, or a patient person, can check line by line.

::

    bihuan-seal 1
    number 12
    previous <SM3 of the whole file before, or 64 zeros>
    tx <first> <first not covered>
    made <time>
    key <fingerprint of the public key>

    <seq> <matter> <digest> <number of the matter>
    …

    entries <count of lines>
    signature <r‖s of SM2 over the SM3 of everything above this line>
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from bihuan.kernel.crypto import keyfiles, sm2, sm3

FIRST_LINE = b"bihuan-seal 1\n"
NO_SEAL = bytes(32)
NAME = re.compile(r"(\d{6,})\.seal")
_HEADER = re.compile(
    rb"bihuan-seal 1\nnumber (\d+)\nprevious ([0-9a-f]{64})\n"
    rb"tx (\d+) (\d+)\nmade (\S+)\nkey ([0-9a-f]{16})\n\n"
)
LINE = re.compile(rb"\d+ [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12} [0-9a-f]{64} [!-~]+\n")


@dataclass(frozen=True, slots=True)
class SealHead:
    """What stands above the lines of a seal. ``from_tx`` is covered, ``upto_tx`` is not."""

    number: int
    previous: bytes
    from_tx: int
    upto_tx: int
    made_at: datetime
    key: str

    def text(self) -> bytes:
        """As it stands in the file."""
        return FIRST_LINE + (
            f"number {self.number}\nprevious {self.previous.hex()}\ntx {self.from_tx} {self.upto_tx}\n"
            f"made {self.made_at.isoformat()}\nkey {self.key}\n\n"
        ).encode("ascii")


@dataclass(frozen=True, slots=True)
class SealFile:
    """A seal that was read to its end and whose signature holds."""

    head: SealHead
    entries: int
    digest: bytes


class BadSeal(Exception):
    """封存文件损坏、被改动，或签名无效。"""


def name_of(number: int) -> str:
    """``000012.seal``"""
    return f"{number:06d}.seal"


def numbers_in(folder: Path) -> list[int]:
    """The numbers of the seals that lie in ``folder``, in order."""
    found = (NAME.fullmatch(entry) for entry in os.listdir(folder))
    return sorted(int(match[1]) for match in found if match)


def write(folder: Path, head: SealHead, lines: Iterable[bytes], key: sm2.PrivateKey) -> SealFile:
    """Write a seal whole or not at all; when this returns it survives a power cut."""
    path = folder / name_of(head.number)
    draft = path.with_suffix(".draft")
    running, entries = sm3.new(), 0
    with draft.open("wb") as file:
        _put(file, head.text(), running)
        for line in lines:
            entries += 1
            _put(file, line, running)
        _put(file, f"\nentries {entries}\n".encode(), running)
        _put(file, f"signature {key.sign(running.digest()).hex()}\n".encode(), running)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
    keyfiles.settle(folder)
    return SealFile(head, entries, running.digest())


def _put(file: BinaryIO, chunk: bytes, running: sm3.Running) -> None:
    file.write(chunk)
    running.update(chunk)


def read(path: Path, keys: Mapping[str, bytes], take: Callable[[bytes], None] | None = None) -> SealFile:
    """Check a seal from its first byte to its last, handing every line to ``take`` on the way.

    Lines are handed over before the signature at the end is known to hold: drop them when this raises.

    Raises:
        BadSeal: with what is wrong, in words.
    """
    running, entries = sm3.new(), 0
    try:
        with path.open("rb") as file:
            head = _read_head(file)
            running.update(head.text())
            for line in file:
                if line == b"\n":
                    break
                if not LINE.fullmatch(line):
                    raise BadSeal("有一行不是封存条目")
                entries += 1
                running.update(line)
                if take is not None:
                    take(line)
            tail = file.read(400)
    except OSError as reason:
        raise BadSeal(f"无法读取（{reason}）") from reason
    counted = f"entries {entries}\n".encode()
    running.update(b"\n" + counted)
    signed = running.digest()
    _check_signature(head, signed, counted, tail, keys)
    running.update(tail[len(counted) :])
    return SealFile(head, entries, running.digest())


def _read_head(file: BinaryIO) -> SealHead:
    text = b"".join(file.readline(400) for _ in range(7))
    match = _HEADER.fullmatch(text)
    if match is None:
        raise BadSeal("文件开头不是封存文件的格式")
    try:
        made_at = datetime.fromisoformat(match[5].decode("ascii"))
    except ValueError as reason:
        raise BadSeal("封存时间无法识别") from reason
    return SealHead(
        int(match[1]),
        bytes.fromhex(match[2].decode()),
        int(match[3]),
        int(match[4]),
        made_at,
        match[6].decode(),
    )


def _check_signature(
    head: SealHead, digest: bytes, counted: bytes, tail: bytes, keys: Mapping[str, bytes]
) -> None:
    if not tail.startswith(counted):
        raise BadSeal("条目数与实际行数不符，文件可能被截断")
    match = re.fullmatch(rb"signature ([0-9a-f]{128})\n", tail[len(counted) :])
    if match is None:
        raise BadSeal("末尾没有签名，文件可能被截断")
    public = keys.get(head.key)
    if public is None:
        raise BadSeal(f"没有签名所用的公钥 {head.key}")
    if not sm2.verify(public, digest, bytes.fromhex(match[1].decode())):
        raise BadSeal("签名无效，文件被改动过")
