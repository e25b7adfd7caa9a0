"""A backup brings back everything, except what it says it does not."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bihuan.commands import key_bundle
from bihuan.kernel.errors import Refused
from tests.conf.conftest import run

PASSPHRASE = "一句足够长的口令话"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def backup(places: Callable[[], Path]) -> Path:
    """A folder with ``a.tar``, ``a.keys`` and the district ``data`` they come from."""
    folder = places()
    data = folder / "data"
    assert run(data, "setup", "--district", "370403", "示例区").returncode == 0
    assert run(data, "createadmin", "wang", "--role", "system").returncode == 0
    assert run(data, "record", "seal").returncode == 0
    (data / "files" / "ab").mkdir(parents=True)
    (data / "files" / "ab" / "photo").write_bytes(b"\x00picture")
    done = run(data, "backup", f"{folder}/a.tar", "--keys-to", f"{folder}/a.keys", given=PASSPHRASE + "x\n")
    assert done.returncode == 0, done.stderr
    return folder


def accounts_in(data: Path) -> str:
    program = "from bihuan.kernel.people.models import User; print(*User.objects.values_list('username', flat=True))"
    return run(data, "shell", "-v", "0", "-c", program).stdout.strip()


def test_everything_comes_back_with_the_keys(backup: Path, place: Path) -> None:
    data = place / "data"
    done = run(
        data, "restore", f"{backup}/a.tar", "--keys", f"{backup}/a.keys", "--json", given=PASSPHRASE + "x\n"
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["district"], found["demo"], found["keys"]) == ("示例区", False, True)
    assert (data / "seals" / f"key-{found['bound_by']}.pub").exists()
    assert accounts_in(data) == "wang"
    assert (data / "files" / "ab" / "photo").read_bytes() == b"\x00picture"
    for key in (backup / "data" / "keys").iterdir():
        assert (data / "keys" / key.name).read_bytes() == key.read_bytes()


def test_without_the_keys_it_says_what_cannot_be_read_or_signed(backup: Path, place: Path) -> None:
    data = place / "data"
    done = run(data, "restore", f"{backup}/a.tar")
    assert done.returncode == 0, done.stderr
    assert "密封内容" in done.stderr
    assert "签名私钥" in done.stderr
    assert accounts_in(data) == "wang"
    assert (data / "keys" / "django.key").read_bytes() != (
        backup / "data" / "keys" / "django.key"
    ).read_bytes()


def test_the_restored_record_goes_on_counting(backup: Path, place: Path) -> None:
    data = place / "data"
    run(data, "restore", f"{backup}/a.tar")
    found = json.loads(run(data, "doctor", "--json").stdout)["findings"]
    assert "doctor.horizon_behind" not in [trouble["code"] for trouble in found]


def test_the_restored_record_is_closed_to_the_application(backup: Path, place: Path) -> None:
    data = place / "data"
    assert run(data, "restore", f"{backup}/a.tar").returncode == 0
    found = json.loads(run(data, "doctor", "--json").stdout)["findings"]
    assert "doctor.record_open" not in [trouble["code"] for trouble in found]
    program = (
        "from django.db import connection as c\n"
        "def rights(t): return c.cursor().execute('SELECT string_agg(p, chr(32)) FROM unnest(ARRAY["
        "$$SELECT$$,$$INSERT$$,$$UPDATE$$,$$DELETE$$]) p WHERE has_table_privilege(%s, p)', [t]).fetchone()[0]\n"
        "print(rights('record_seal'), rights('conf_installation'), rights('people_user'), sep='; ')"
    )
    told = run(data, "shell", "-v", "0", "-c", program).stdout.strip()
    assert told == "SELECT INSERT; SELECT; SELECT INSERT UPDATE DELETE"


def test_no_private_key_is_in_the_archive(backup: Path) -> None:
    with tarfile.open(backup / "a.tar") as archive:
        names = archive.getnames()
        whole = (backup / "a.tar").read_bytes()
    assert not [name for name in names if "key" in name and not name.endswith(".pub")]
    for key in (backup / "data" / "keys").iterdir():
        assert key.read_bytes().strip() not in whole


def test_the_record_verifies_elsewhere_with_the_seals_handed_out(backup: Path, place: Path) -> None:
    data = place / "data"
    assert run(data, "restore", f"{backup}/a.tar").returncode == 0
    for words in ([], ["--seals", str(backup / "data" / "seals")]):
        done = run(data, "record", "verify", "--json", *words)
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert found["ok"]
        assert found["entries"] == 4
        assert found["findings"] == []


def _changed(archive: Path, target: Path, name: str) -> None:
    """A copy of the archive with one byte of one member changed, as a thief would leave it: a sound tar file."""
    with tarfile.open(archive) as old, tarfile.open(target, "w") as new:
        for member in old:
            content = bytearray(old.extractfile(member).read())  # type: ignore[union-attr]
            if member.name == name:
                content[len(content) // 2] ^= 1
            new.addfile(member, io.BytesIO(bytes(content)))


@pytest.mark.parametrize("name", ["database.dump", "files/ab/photo", "seals/000001.seal"])
def test_a_tampered_backup_is_named_and_not_restored(backup: Path, place: Path, name: str) -> None:
    _changed(backup / "a.tar", place / "b.tar", name)
    done = run(place / "data", "restore", f"{place}/b.tar", "--json")
    assert done.returncode == 1
    (failure,) = json.loads(done.stdout)["failures"]
    assert failure["code"] == "restore.tampered"
    assert f"{name} 被改动" in failure["message"]
    assert not (place / "data").exists()


def test_a_backup_cut_short_is_not_restored(backup: Path, place: Path) -> None:
    whole = (backup / "a.tar").read_bytes()
    (place / "c.tar").write_bytes(whole[: len(whole) * 2 // 3])
    done = run(place / "data", "restore", f"{place}/c.tar", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["failures"][0]["code"] == "restore.tampered"


def test_a_district_is_never_written_over(backup: Path) -> None:
    done = run(backup / "data", "restore", f"{backup}/a.tar", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["failures"][0]["code"] == "restore.not_empty"


def test_a_wrong_passphrase_stops_it_before_anything_is_made(backup: Path, place: Path) -> None:
    data = place / "data"
    done = run(data, "restore", f"{backup}/a.tar", "--keys", f"{backup}/a.keys", given="another passphrase\n")
    assert done.returncode == 1
    assert "口令不符" in done.stderr
    assert not data.exists()


def test_a_file_that_is_no_backup_is_refused(place: Path) -> None:
    (place / "a.tar").write_bytes(b"nonsense")
    done = run(place / "data", "restore", f"{place}/a.tar")
    assert done.returncode == 1
    assert "不是本系统的备份文件" in done.stderr


def test_a_short_passphrase_is_refused(backup: Path, place: Path) -> None:
    done = run(backup / "data", "backup", f"{place}/b.tar", "--keys-to", f"{place}/b.keys", given="short\n")
    assert done.returncode == 1
    assert not list(place.iterdir())


def test_a_changed_key_file_does_not_open(place: Path) -> None:
    folder = place / "keys"
    folder.mkdir()
    (folder / "seal.key").write_bytes(b"secret")
    key_bundle.write(place / "k", folder, PASSPHRASE)
    assert key_bundle.read(place / "k", PASSPHRASE) == {"seal.key": b"secret"}
    content = bytearray((place / "k").read_bytes())
    content[-1] ^= 1
    (place / "k").write_bytes(content)
    with pytest.raises(Refused, match="已损坏"):
        key_bundle.read(place / "k", PASSPHRASE)
