"""Under which operating-system account the embedded server runs, and what it must be able to reach.

PostgreSQL refuses to run as root, and should: as root the server gets an account without rights, and of the
folders above it nothing but the bit that lets it pass through.
"""

from __future__ import annotations

import os
import pwd
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from bihuan.kernel.errors import Refused

PREFERRED = ("bihuan", "nobody")
_CALLED_BY = os.getuid()
"""Who started this process, whatever it becomes afterwards."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of this machine."""

    name: str
    uid: int
    gid: int


def myself() -> Account:
    """The account of this process.

    Raises:
        Refused: it has no name on this machine; PostgreSQL's peer check needs one.
    """
    return named(os.geteuid())


def caller() -> str:
    """The name of the account that called the command, from the system and not from variables anybody can set."""
    try:
        return pwd.getpwuid(_CALLED_BY).pw_name
    except KeyError:
        return f"uid{_CALLED_BY}"


def named(uid: int) -> Account:
    """The account with this number.

    Raises:
        Refused: the machine knows no name for it.
    """
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise Refused.because(
            "postgres.nameless_account",
            f"系统中没有编号为 {uid} 的账户名，内置数据库无法核对身份。"
            "请在 /etc/passwd 中为它添加一行，或改用有名称的账户运行。",
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def for_server(folder: Path) -> Account:
    """Who runs the server whose files are in ``folder``: ourselves, or, as root, whoever owns the data.

    Raises:
        Refused: root owns the data and the machine has no account without rights.
    """
    me = myself()
    if me.uid != 0:
        return me
    owner = _nearest(folder).stat().st_uid
    if owner != 0:
        return named(owner)
    for name in PREFERRED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise Refused.because(
        "postgres.no_plain_account",
        "数据库不能以 root 身份运行，而系统中没有 bihuan 或 nobody 账户。请先执行 useradd --system bihuan。",
    )


def _nearest(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path


def hand_over(path: Path, account: Account) -> None:
    """Make ``path`` (not what is in it) the account's own. Only root can and needs to."""
    if os.geteuid() == 0:
        os.chown(path, account.uid, account.gid)


def let_through(path: Path, account: Account) -> None:
    """Give the account the search bit, and only that, on closed folders above ``path``; say which."""
    if os.geteuid() != 0:
        return
    for folder in reversed(path.resolve().parents):
        status = folder.stat()
        needed = _search_bit(status, account)
        if not status.st_mode & needed:
            folder.chmod(stat.S_IMODE(status.st_mode) | needed)
            print(
                f"数据库以账户 {account.name} 运行；已为目录 {folder} 加上仅供通过的权限"
                "（不能列出，也不能读写其中的文件）。",
                file=sys.stderr,
            )


def _search_bit(status: os.stat_result, account: Account) -> int:
    if status.st_uid == account.uid:
        return stat.S_IXUSR
    if status.st_gid == account.gid:
        return stat.S_IXGRP
    return stat.S_IXOTH


def become_owner_of(root: Path) -> None:
    """As root over another account's data, go on as that account, so that no file of root's is left behind.

    Nothing happens when the account has no name or cannot read the program.
    """
    if os.geteuid() != 0 or not root.exists() or (owner := root.stat().st_uid) == 0:
        return
    try:
        account = named(owner)
    except Refused:
        return
    os.seteuid(account.uid)
    readable = os.access(__file__, os.R_OK, effective_ids=True) and os.access(
        sys.executable, os.X_OK, effective_ids=True
    )
    os.seteuid(0)
    if readable:
        print(f"数据目录 {root} 属于账户 {account.name}，改以该账户运行。", file=sys.stderr)
        os.initgroups(account.name, account.gid)
        os.setgid(account.gid)
        os.setuid(account.uid)
        os.environ["HOME"] = pwd.getpwuid(account.uid).pw_dir
