"""Who may do what inside the database: the owner builds the tables, the application works in them.

Triggers do not bind an owner, so the application never is one; whoever breaks into the web process finds a role
that cannot rewrite the record.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
from django.db import connections
from psycopg import sql

from bihuan.conf import accounts, env
from bihuan.conf.accounts import Account
from bihuan.conf.address import Address

APP = "app"
OWNER = "owner"
SUPERUSER = "postgres"
HBA = "# written at every start\nlocal all all peer map=bihuan\n"

GRANTS = (
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO app",
)
WITHHELD = (
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM app",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM app",
)


def ident(server: Account, folder: Path) -> str:
    """The user map: the data's owner, root and the server's own account, and no other, may be any role."""
    names = {server.name, accounts.myself().name, "root"}
    with contextlib.suppress(Exception):
        names.add(accounts.named(folder.stat().st_uid).name)
    lines = [f'bihuan "{name}" all' for name in sorted(names) if '"' not in name]
    return "# written at every start\n" + "\n".join(lines) + "\n"


def prepare(superuser: Address) -> None:
    """Make the two roles and the district's database; safe to repeat."""
    with psycopg.connect(superuser.named("postgres").url(), autocommit=True) as connection:
        known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        if OWNER not in known:
            connection.execute("CREATE ROLE owner LOGIN CREATEDB")
        if APP not in known:
            connection.execute("CREATE ROLE app LOGIN")
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [superuser.name])
        if not exists.fetchone():
            name = sql.Identifier(superuser.name)
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER owner TEMPLATE template0").format(name))
            connection.execute(sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(name))
            connection.execute(sql.SQL("GRANT TEMPORARY ON DATABASE {} TO app, owner").format(name))
    with psycopg.connect(superuser.as_user(OWNER).url(), autocommit=True) as connection:
        for grant in GRANTS:
            connection.execute(grant)


@contextlib.contextmanager
def only_dumped_rights(owner: Address) -> Iterator[None]:
    """Load a dump inside this block: a dump names the rights to add, so what tables get by default must be nothing.

    Otherwise a restored record could be changed and deleted by the application.
    """
    with psycopg.connect(owner.url(), autocommit=True) as connection:
        for statement in WITHHELD:
            connection.execute(statement)
        try:
            yield
        finally:
            for grant in GRANTS:
                connection.execute(grant)


@contextlib.contextmanager
def as_owner(owner: Address | None = None) -> Iterator[None]:
    """Let Django's default connection be the owner for a block: migrations and the installation's own row.

    Without ``owner`` the address comes from the installation.
    """
    connection = connections["default"]
    before = dict(connection.settings_dict)
    address = owner or installed_owner()
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    options = {key: value for key, value in before["OPTIONS"].items() if key != "pool"}
    connection.settings_dict.update(address.django())
    connection.settings_dict["OPTIONS"] = {**options, **address.options}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def installed_owner() -> Address:
    """The owner's address: given by ``DATABASE_OWNER_URL`` or the embedded server's own."""
    from bihuan.conf import postgres

    environment = env.current()
    if environment.owner_url:
        return Address.parse(environment.owner_url)
    return postgres.address(environment.postgres, OWNER)


def quiet_environment() -> dict[str, str]:
    """The process environment without the variables by which libpq could be led elsewhere."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")}
