"""A master key changed by a process that is killed: with the old key or the new, everything opens, and work goes on."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from signal import SIGKILL
from uuid import UUID

import psycopg
import pytest
from django.db import connection

from bihuan.conf import env
from bihuan.kernel.crypto import keyfiles
from bihuan.kernel.people.models import Person
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.record.verification import verify
from bihuan.kernel.signatures import keyring, masters
from bihuan.kernel.signatures.masters import Master
from bihuan.kernel.signatures.models import PersonKey
from bihuan.kernel.uid import uuid7
from bihuan.kernel.vault import safe
from bihuan.kernel.vault.models import VaultKey

pytestmark = pytest.mark.django_db(transaction=True)
MATTERS = 1_500
PROGRAM = """
import django
django.setup()
from bihuan.conf import roles
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.signatures.masters import Master, change_master
print("begun", flush=True)
with roles.as_owner():
    change_master(Master("{master}"), Actor.at_terminal("root"), "介质遗失，例行更换")
print("done", flush=True)
"""


def changing(master: Master, database_url: str, owner_url: str) -> subprocess.Popen[str]:
    surroundings = {
        **os.environ,
        "DATABASE_URL": database_url,
        "DATABASE_OWNER_URL": owner_url,
        "BIHUAN_DATA": str(env.current().data),
        "DJANGO_SETTINGS_MODULE": "bihuan.conf.settings",
    }
    program = PROGRAM.format(master=master)
    return subprocess.Popen(
        [sys.executable, "-c", program], env=surroundings, stdout=subprocess.PIPE, text=True
    )


def killed(process: subprocess.Popen[str], after: float) -> bool:
    """Kill it so long after it began; True when it had come to its end before."""
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(after)
    os.kill(process.pid, SIGKILL)
    return "done" in process.communicate()[0]


def _let_go() -> None:
    """Wait until the server has noticed the dead: the lock of the change is theirs until then."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock'"
            )
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.02)
    raise AssertionError("a killed process still holds the lock")


def _opens(values: dict[UUID, str]) -> None:
    assert safe.unreadable() == 0
    for matter, value in values.items():
        assert safe.reveal(matter, "reporter") == value


def test_killed_at_any_moment_everything_opens_and_repeating_finishes(
    database_url: str, owner_url: str, bihuan_data: Path
) -> None:
    values = {uuid7(): f"举报人{number}" for number in range(MATTERS)}
    for matter, value in values.items():
        safe.put(matter, "reporter", value)
    some = dict(list(values.items())[::50])
    first = masters.name(Master.VAULT)
    chance = random.Random(20_261_122)
    broken = 0
    for _ in range(6):
        ended = killed(changing(Master.VAULT, database_url, owner_url), chance.uniform(0.0, 0.6))
        broken += not ended
        _let_go()
        _opens(some)
        matter = uuid7()
        safe.put(matter, "reporter", "更换途中的举报人")
        some[matter] = "更换途中的举报人"
    assert broken
    last = changing(Master.VAULT, database_url, owner_url)
    assert last.communicate()[0] == "begun\ndone\n"
    assert not masters.begun(Master.VAULT)
    assert masters.name(Master.VAULT) != first
    _opens({**values, **some})
    assert set(VaultKey.objects.values_list("master", flat=True)) == {masters.name(Master.VAULT)}
    assert verify().ok


@pytest.mark.parametrize("master", list(Master))
def test_between_rows_and_file_both_keys_open_and_the_change_is_entered_once(
    master: Master, owner_connection: psycopg.Connection, owner_url: str, database_url: str
) -> None:
    """The very moment: the rows are committed under the next key, the file has not taken its place yet."""
    from bihuan.conf import roles
    from bihuan.conf.address import Address
    from bihuan.kernel.people.actors import Actor

    person, matter = Person.objects.create(name="王建国"), uuid7()
    safe.put(matter, "reporter", "赵敏")
    keyring.forget()
    fingerprint = keyring.key_of(person.pk).fingerprint
    file = {Master.VAULT: safe.MASTER, Master.PERSONS: keyring.LOCKS}[master]
    former = keyfiles.read(file)
    assert former is not None
    by = Actor.at_terminal("root")
    with roles.as_owner(Address.parse(owner_url)):
        assert masters.relock(master, former, by, "介质遗失") == 1
    keyring.forget()
    assert masters.begun(master)
    assert safe.reveal(matter, "reporter") == "赵敏"
    assert keyring.key_of(person.pk).fingerprint == fingerprint
    later = uuid7()
    safe.put(later, "reporter", "王芳")
    with roles.as_owner(Address.parse(owner_url)):
        masters.change_master(master, by, "介质遗失")
    keyring.forget()
    assert not masters.begun(master)
    assert keyfiles.read(file) != former
    assert [safe.reveal(one, "reporter") for one in (matter, later)] == ["赵敏", "王芳"]
    assert keyring.key_of(person.pk).fingerprint == fingerprint
    assert PersonKey.objects.count() == 1
    assert [entry.verb for entry in entries_of(masters.chain_of(masters.number_of(master)))] == [
        "master_changed"
    ]
