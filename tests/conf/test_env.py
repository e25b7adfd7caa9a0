"""Which district is meant, and keys that stay private."""

from __future__ import annotations

import stat
from pathlib import Path

from bihuan.conf import env


def test_nothing_said_and_nothing_there_means_a_real_district(tmp_path: Path) -> None:
    found = env.read({"BIHUAN_DATA": str(tmp_path)})
    assert (found.demo, found.data, found.embedded) == (False, tmp_path, True)


def test_a_folder_that_holds_only_a_demo_means_the_demo(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / env.DEMO_MARK).touch()
    assert env.read({"BIHUAN_DATA": str(tmp_path)}).data == tmp_path / "demo"


def test_the_real_district_comes_before_the_demo(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / env.DEMO_MARK).touch()
    (tmp_path / "postgres").mkdir()
    assert not env.read({"BIHUAN_DATA": str(tmp_path)}).demo
    assert env.read({"BIHUAN_DATA": str(tmp_path), "BIHUAN_DEMO": "1"}).demo


def test_the_folder_of_a_demo_is_a_demo_whatever_is_said(tmp_path: Path) -> None:
    (tmp_path / env.DEMO_MARK).touch()
    found = env.read({"BIHUAN_DATA": str(tmp_path), "BIHUAN_DEMO": "0"})
    assert (found.demo, found.data) == (True, tmp_path)


def test_a_demo_never_touches_an_external_database(tmp_path: Path) -> None:
    given = {"BIHUAN_DATA": str(tmp_path), "BIHUAN_DEMO": "1", "DATABASE_URL": "postgresql://a@h/b"}
    found = env.read(given)
    assert found.database_url is None
    assert found.owner_url is None


def test_the_page_key_is_made_once_and_private(bihuan_data: Path) -> None:
    env.keep_secret_key()
    path = bihuan_data / "keys" / "django.key"
    first = path.read_text()
    env.keep_secret_key()
    assert path.read_text() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [item.name for item in path.parent.iterdir()] == ["django.key"]


def test_looking_at_the_settings_writes_nothing(bihuan_data: Path) -> None:
    assert len(env.secret_key()) >= 50
    assert not bihuan_data.exists()
