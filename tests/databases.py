"""Databases for tests: migrated once per state of the migrations, copied in a blink afterwards."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psycopg
from django.core.management import call_command
from psycopg import sql

import bihuan
from bihuan.conf import roles
from bihuan.conf.address import Address

LOCK = 7_701_001
KEPT = 3


def template(server: Address) -> Address:
    """The migrated database to copy from, built by the first process that needs it."""
    name = f"template_{_state()}"
    with psycopg.connect(_maintenance(server), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not _exists(connection, name):
            _build(connection, server.named(name))
            _drop_old(connection, name)
    return server.named(name)


@dataclass(frozen=True, slots=True)
class Clone:
    """A copy of a template under a name of its own."""

    source: Address
    name: str

    def address(self, user: str) -> Address:
        """The copy's address for one role."""
        return self.source.named(self.name).as_user(user)

    def make(self) -> None:
        """Throw the copy away and take it anew."""
        self.drop()
        with psycopg.connect(_maintenance(self.source), autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER owner TEMPLATE {}").format(
                    sql.Identifier(self.name), sql.Identifier(self.source.name)
                )
            )

    def drop(self) -> None:
        """Throw the copy away, whoever is still connected."""
        with psycopg.connect(_maintenance(self.source), autocommit=True) as connection:
            _drop(connection, self.name)


def _maintenance(server: Address) -> str:
    return server.named("postgres").as_user(roles.SUPERUSER).url()


def _state() -> str:
    digest = hashlib.sha256()
    package = Path(bihuan.__file__).parent
    for path in sorted([*package.rglob("migrations/*.py"), package / "conf" / "roles.py"]):
        digest.update(str(path.relative_to(package)).encode() + path.read_bytes())
    for name in ("django", "django-axes", "procrastinate"):
        digest.update(version(name).encode())
    return digest.hexdigest()[:16]


def _exists(connection: psycopg.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _build(connection: psycopg.Connection, target: Address) -> None:
    draft = target.named("draft_" + target.name)
    _drop(connection, draft.name)
    roles.prepare(draft.as_user(roles.SUPERUSER))
    with roles.as_owner(draft.as_user(roles.OWNER)):
        call_command("migrate", verbosity=0, interactive=False)
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    connection.execute(rename.format(sql.Identifier(draft.name), sql.Identifier(target.name)))


def _drop_old(connection: psycopg.Connection, newest: str) -> None:
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%' ORDER BY oid DESC"
    )
    names = [row[0] for row in rows if row[0] != newest]
    for name in names[KEPT:]:
        _drop(connection, name)
