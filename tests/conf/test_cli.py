"""The command line: what it refuses, what it answers and where."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest

from tests.conf.conftest import run


def test_setup_names_the_district_and_can_be_repeated(district: Path) -> None:
    again = run(district, "setup", "--json")
    assert again.returncode == 0, again.stderr
    found = json.loads(again.stdout)
    assert found == {"database": f"embedded:{district}/postgres", "demo": False, "district": "示例区"}


def test_the_district_of_a_database_is_not_changed(district: Path) -> None:
    done = run(district, "setup", "--district", "110101", "他区", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["failures"][0]["code"] == "setup.other_district"


def test_a_bad_district_code_is_refused_before_anything_is_made(place: Path) -> None:
    done = run(place / "data", "setup", "--district", "37", "某区")
    assert done.returncode == 1
    assert "6 位数字" in done.stderr
    assert not (place / "data").exists()


def test_no_account_exists_in_a_new_district(district: Path) -> None:
    done = run(
        district,
        "shell",
        "-v",
        "0",
        "-c",
        "from bihuan.kernel.people.models import User; print(User.objects.count())",
    )
    assert done.returncode == 0, done.stderr
    before = int(done.stdout)
    made = run(district, "createadmin", "first", "--role", "system", "--json")
    assert made.returncode == 0, made.stderr
    done = run(
        district,
        "shell",
        "-v",
        "0",
        "-c",
        "from bihuan.kernel.people.models import User; print(User.objects.count())",
    )
    assert int(done.stdout) == before + 1


def test_an_administrator_has_one_post_and_must_change_the_password(district: Path) -> None:
    made = json.loads(run(district, "createadmin", "shenji", "--role", "audit", "--json").stdout)
    assert made["username"] == "shenji"
    assert len(made["secret"]) >= 12
    refused = run(district, "createadmin", "shenji", "--role", "security", "--json")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["failures"][0]["code"] == "people.account_exists"
    program = (
        "from bihuan.kernel.people.models import User; from bihuan.kernel.people.actors import actor_of; "
        "u = User.objects.get(username='shenji'); "
        "print(u.must_change_password, sorted(str(r.value) for r in actor_of(u).roles), u.check_password('"
        + made["secret"]
        + "'))"
    )
    assert run(district, "shell", "-v", "0", "-c", program).stdout.strip() == "True ['auditor'] True"


def test_a_token_is_shown_once_and_kept_as_a_hash(district: Path) -> None:
    run(district, "createadmin", "jiekou", "--role", "system")
    token = json.loads(run(district, "token", "jiekou", "--days", "3", "--scope", "read", "--json").stdout)[
        "token"
    ]
    dump = run(district, "dumpdata", "people.ApiToken")
    assert token
    assert token not in dump.stdout
    assert run(district, "token", "nobody-here").returncode == 1


@pytest.mark.parametrize("name", ["flush", "loaddata", "createsuperuser", "changepassword"])
def test_commands_that_pass_the_engine_by_are_refused_with_a_sentence(place: Path, name: str) -> None:
    done = run(place / "data", name)
    assert done.returncode == 1
    assert done.stdout == ""
    assert name in done.stderr
    assert "。" in done.stderr
    assert not (place / "data").exists()


@pytest.mark.parametrize(
    "words", [["no-such-command"], ["setup", "--no-such-option"], ["createadmin"], ["up", "--port", "x"]]
)
def test_wrong_usage_is_2_and_says_so_in_chinese(place: Path, words: list[str]) -> None:
    done = run(place / "data", *words)
    assert done.returncode == 2
    assert "用法有误" in done.stderr
    assert done.stdout == ""
    assert not (place / "data").exists()


@pytest.mark.parametrize("locale", ["C", "POSIX", "zh_CN.GB18030", "C.UTF-8"])
def test_json_is_one_utf8_object_in_every_locale(district: Path, locale: str) -> None:
    done = run(district, "setup", "--json", LC_ALL=locale, PYTHONCOERCECLOCALE="0")
    assert done.stdout.count("\n") == 1
    assert json.loads(done.stdout)["district"] == "示例区"


def test_a_command_before_setup_says_what_to_do(place: Path) -> None:
    done = run(place / "data", "createadmin", "x", "--role", "system")
    assert done.returncode == 1
    assert "bihuan setup" in done.stderr


def test_django_commands_run_as_the_application_and_migrations_as_owner(district: Path) -> None:
    program = "from django.db import connection as c; k = c.cursor(); k.execute('SELECT current_user'); print(k.fetchone()[0])"
    assert run(district, "shell", "-v", "0", "-c", program).stdout.strip() == "app"
    assert run(district, "migrate", "-v", "0").returncode == 0


def test_migrating_by_hand_from_halfway_is_refused_in_words(district: Path) -> None:
    def said(statement: str) -> None:
        program = (
            "from bihuan.conf import roles; from django.db import connection\n"
            f"with roles.as_owner(), connection.cursor() as cursor:\n    cursor.execute({statement!r})"
        )
        done = run(district, "shell", "-v", "0", "-c", program)
        assert done.returncode == 0, done.stderr

    said("DELETE FROM django_migrations WHERE app = 'policies' AND name <> '0001_initial'")
    try:
        done = run(district, "migrate", "-v", "0")
        assert done.returncode == 1
        assert "早先版本升级的中途（policies）" in done.stderr
        assert "Traceback" not in done.stderr
    finally:
        said(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('policies', '0002_on_record', now()),"
            " ('policies', '0001_policies', now())"
        )
    assert run(district, "migrate", "-v", "0").returncode == 0


def test_dburl_names_a_server_that_is_not_running_and_says_so(place: Path) -> None:
    done = run(place / "data", "dburl")
    assert done.returncode == 0
    assert done.stdout.startswith("postgresql://app@/bihuan?host=")
    assert "bihuan up" in done.stderr
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(done.stdout.strip())


def test_a_demo_on_an_external_database_is_refused(place: Path) -> None:
    done = run(place / "data", "setup", "--demo", DATABASE_URL="postgresql://app@db/bihuan")
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr


def test_doctor_finds_a_new_district_sound_and_a_missing_one_missing(district: Path, place: Path) -> None:
    sound = run(district, "doctor", "--json")
    assert json.loads(sound.stdout)["findings"] == []
    assert sound.returncode == 0
    missing = run(place / "data", "doctor", "--json")
    assert missing.returncode == 1
    assert json.loads(missing.stdout)["findings"][0]["code"] == "doctor.no_data"


def test_dburl_of_a_running_server_lets_its_owner_in(district: Path) -> None:
    with psycopg.connect(run(district, "dburl").stdout.strip()) as connection:
        assert connection.execute("SELECT current_user::text").fetchone() == ("app",)
    with psycopg.connect(run(district, "dburl", "--owner").stdout.strip()) as connection:
        assert connection.execute("SHOW is_superuser").fetchone() == ("on",)


def test_doctor_names_a_key_that_others_can_read(place: Path, district: Path) -> None:
    key = district / "keys" / "django.key"
    key.chmod(0o644)
    try:
        found = json.loads(run(district, "doctor", "--json").stdout)["findings"]
    finally:
        key.chmod(0o600)
    assert [trouble["code"] for trouble in found] == ["doctor.open_key"]
