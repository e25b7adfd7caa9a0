"""PostgreSQL's own folder: made once, opened to the right accounts at every start, carried into a new major version."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from bihuan.conf import accounts, binaries, env, roles
from bihuan.conf.accounts import Account
from bihuan.conf.address import Address

LOCALE_SINCE = 17
DATABASE = "bihuan"
PORT = "5432"


def make(folder: Path, major: int, socket: Path, *, lasting: bool = True) -> None:
    """See to it that ``folder/<major>`` is a cluster this account may use; on the disk for sure when ``lasting``.

    A cluster of an older major version is dumped with its own programs and loaded with the new ones; it stays beside
    the new one under another name until somebody deletes it.
    """
    target = folder / str(major)
    account = accounts.for_server(target)
    accounts.let_through(binaries.folder(major) / "postgres", account)
    if not (target / "PG_VERSION").exists():
        fresh = _initialise(folder, major, account, lasting)
        older = [number for number in binaries.FOLDERS if number < major and (folder / str(number)).is_dir()]
        if older:
            _bring_forward(folder, max(older), major, socket, account)
        fresh.rename(target)
        for number in older:
            (folder / str(number)).rename(folder / f"{number}.before-{major}")
    _open_to_accounts(target, folder, account)


def _initialise(folder: Path, major: int, account: Account, lasting: bool) -> Path:
    fresh = folder / f"{major}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    accounts.hand_over(fresh, account)
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if major >= LOCALE_SINCE else []
    hasty = [] if lasting else ["--no-sync"]
    _run(
        "initdb", "-D", str(fresh), "--username", roles.SUPERUSER, "--auth=peer", "--encoding=UTF8",
        "--locale=C", *locale, *hasty, major=major, account=account,
    )  # fmt: skip
    return fresh


def _open_to_accounts(target: Path, folder: Path, account: Account) -> None:
    for name, text in (("pg_hba.conf", roles.HBA), ("pg_ident.conf", roles.ident(account, folder))):
        path = target / name
        path.write_text(text, encoding="utf-8")
        accounts.hand_over(path, account)


def _bring_forward(folder: Path, old: int, new: int, socket: Path, account: Account) -> None:
    """Dump from the old cluster, load into the new one; the mark tells that transaction numbers began anew."""
    print(f"正在把数据库从 PostgreSQL {old} 转到 {new}，旧的一份保留在原处 …", file=sys.stderr)
    address = Address(name=DATABASE, user=roles.SUPERUSER, host=str(socket), port=PORT)
    roles_file, dump = folder / "upgrade.roles", folder / "upgrade.dump"
    try:
        with _running(folder, folder / str(old), old, socket, account):
            everyone = binaries.run(
                "pg_dumpall", "--roles-only", f"--dbname={address.named('postgres').url()}", major=old
            )
            known = (f"CREATE ROLE {name};" for name in (roles.SUPERUSER, roles.OWNER, roles.APP))
            roles_file.write_text(_without(everyone, set(known)), encoding="utf-8")
            binaries.run(
                "pg_dump", "--format=custom", f"--file={dump}", f"--dbname={address.url()}", major=old
            )
        with _running(folder, folder / f"{new}.new", new, socket, account):
            roles.prepare(address)
            binaries.run("psql", "--quiet", "--no-psqlrc", f"--file={roles_file}", address.url(), major=new)
            binaries.run(
                "pg_restore", "--single-transaction", "--exit-on-error", f"--dbname={address.url()}", str(dump),
                major=new,
            )  # fmt: skip
            binaries.run("psql", "--quiet", "--no-psqlrc", "--command=ANALYZE", address.url(), major=new)
        (folder.parent / env.BEHIND).touch(mode=0o600)
    finally:
        roles_file.unlink(missing_ok=True)
        dump.unlink(missing_ok=True)


class _running:
    """A cluster up for a block, reachable by this account only through the usual socket."""

    def __init__(self, folder: Path, target: Path, major: int, socket: Path, account: Account) -> None:
        self.target, self.major, self.account = target, major, account
        self.options = f"-c listen_addresses= -c port={PORT} -c unix_socket_directories='{socket}'"
        self.log = target / "upgrade.log"
        _open_to_accounts(target, folder, account)

    def __enter__(self) -> None:
        self._control("start", "-l", str(self.log), "-o", self.options)

    def __exit__(self, *_: object) -> None:
        self._control("stop", "-m", "fast")

    def _control(self, verb: str, *more: str) -> None:
        words = [verb, "-w", "-t", "120", "-D", str(self.target), *more]
        _run("pg_ctl", *words, major=self.major, account=self.account)


def _run(program: str, *words: str, major: int, account: Account) -> None:
    uid, gid = (account.uid, account.gid) if os.geteuid() == 0 else (None, None)
    binaries.run(program, *words, major=major, uid=uid, gid=gid)


def _without(text: str, lines: set[str]) -> str:
    return "\n".join(line for line in text.splitlines() if line not in lines)
