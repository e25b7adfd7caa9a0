"""A seal is checked by a program that shares nothing with ours but the written form."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tools import verify_seals

from bihuan.kernel import clock
from bihuan.kernel.crypto import sm2
from bihuan.kernel.record import seal_files
from bihuan.kernel.record.seal_files import SealHead

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
LINE = b"1 01a201f2-312e-7682-8933-cf84d01657bc " + b"7a" * 32 + b" 370403-H2026-000851\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two seals and their key."""
    key = sm2.PrivateKey.generate()
    name = sm2.fingerprint(key.public)
    (tmp_path / f"key-{name}.pub").write_text(key.public.hex() + "\n", encoding="ascii")
    previous = seal_files.NO_SEAL
    for number in (1, 2):
        head = SealHead(number, previous, number * 10, number * 10 + 10, clock.now(), name)
        previous = seal_files.write(tmp_path, head, [LINE] * number, key).digest
    return tmp_path


def test_two_seals_in_a_row_are_good(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify_seals.main(folder) == 0
    assert capsys.readouterr().out == "000001.seal: good\n000002.seal: good\n"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"000851", b"000852", "signature"),
        (b"entries 1", b"entries 2", "as many entries"),
        (b"number 1", b"number 3", "its name"),
        (b"previous 00", b"previous 01", "follow"),
    ],
)
def test_whatever_is_changed_shows(
    folder: Path, capsys: pytest.CaptureFixture[str], old: bytes, new: bytes, words: str
) -> None:
    first = folder / "000001.seal"
    first.write_bytes(first.read_bytes().replace(old, new, 1))
    assert verify_seals.main(folder) == 1
    assert words in capsys.readouterr().out


def test_a_missing_first_seal_shows(folder: Path) -> None:
    (folder / "000001.seal").unlink()
    assert verify_seals.main(folder) == 1
