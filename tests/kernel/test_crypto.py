"""The standards' own examples: GB/T 32905, GB/T 32907 (and RFC 8998 for GCM), GB/T 32918."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bihuan.conf import env
from bihuan.kernel.crypto import keyfiles, sm2, sm3, sm4

SCALAR = bytes.fromhex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")
PUBLIC = bytes.fromhex(
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
)
SIGNATURE = bytes.fromhex(
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
)
SM4_KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("BIHUAN_DATA", str(tmp_path))
    monkeypatch.delenv("BIHUAN_DEMO", raising=False)
    env.current.cache_clear()
    yield tmp_path / "keys"
    env.current.cache_clear()


def test_sm3_of_the_standard() -> None:
    assert sm3.digest(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert (
        sm3.digest(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    )


def test_sm3_in_pieces_is_sm3() -> None:
    for running in (sm3.new(), sm3._FromTongsuo()):
        running.update(b"ab")
        running.update(b"c")
        assert running.digest() == sm3.digest(b"abc")


def test_sm4_block_of_the_standard() -> None:
    assert sm4.encrypt_block(SM4_KEY, SM4_KEY).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_a_million_times_as_the_standard_asks() -> None:
    from tongsuopy.crypto.ciphers import Cipher, algorithms, modes

    encryptor = Cipher(algorithms.SM4(SM4_KEY), modes.ECB()).encryptor()
    block = SM4_KEY
    for _ in range(1_000_000):
        block = encryptor.update(block)
    assert block.hex() == "595298c7c6fd271f0402f804c33d3f66"


def test_sm4_gcm_of_rfc_8998() -> None:
    sealed = bytes.fromhex(
        "00001234567800000000abcd"
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )
    bound_to = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    plain = sm4.open_sealed(SM4_KEY, sealed, bound_to)
    assert plain == b"".join(bytes([value]) * 8 for value in bytes.fromhex("aabbccddeeffeeaa"))


def test_sm4_refuses_changed_moved_and_foreign_text() -> None:
    key = sm4.new_key()
    sealed = sm4.seal(key, "举报人：张三".encode(), b"matter 1")
    assert sm4.open_sealed(key, sealed, b"matter 1").decode() == "举报人：张三"
    broken = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for other_key, text, place in (
        (sm4.new_key(), sealed, b"matter 1"),
        (key, sealed, b"matter 2"),
        (key, broken, b"matter 1"),
        (key, b"short", b"matter 1"),
    ):
        with pytest.raises(sm4.Locked):
            sm4.open_sealed(other_key, text, place)


def test_sm2_verifies_the_signature_of_the_standard() -> None:
    assert sm2.PrivateKey(SCALAR).public == PUBLIC
    assert sm2.verify(PUBLIC, b"message digest", SIGNATURE)
    assert not sm2.verify(PUBLIC, b"message digesT", SIGNATURE)


def test_sm2_signs_what_it_verifies() -> None:
    for _ in range(40):
        key = sm2.PrivateKey.generate()
        message = sm3.digest(key.public)
        signature = key.sign(message)
        assert len(signature) == sm2.SIGNATURE_SIZE
        assert sm2.verify(key.public, message, signature)
        assert not sm2.verify(PUBLIC, message, signature)


def test_sm2_takes_nonsense_as_not_valid() -> None:
    assert not sm2.verify(PUBLIC, b"message digest", b"")
    assert not sm2.verify(PUBLIC, b"message digest", bytes(64))
    assert not sm2.verify(PUBLIC, b"message digest", b"\xff" * 64)
    assert not sm2.verify(b"\x04" + bytes(64), b"message digest", SIGNATURE)
    assert not sm2.verify(b"no key", b"message digest", SIGNATURE)


def test_a_key_is_made_once_and_for_the_owner_only(keys: Path) -> None:
    assert keyfiles.read("vault.key") is None
    first = keyfiles.read_or_make("vault.key", sm4.new_key)
    assert keyfiles.read_or_make("vault.key", sm4.new_key) == first == keyfiles.read("vault.key")
    assert stat.S_IMODE((keys / "vault.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert [path.name for path in keys.iterdir()] == ["vault.key"]


def test_threads_that_make_a_key_at_once_agree(keys: Path) -> None:
    seen: list[bytes] = []
    start = threading.Barrier(8)

    def make() -> None:
        start.wait()
        seen.append(keyfiles.read_or_make("vault.key", sm4.new_key))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8
    assert len(set(seen)) == 1
