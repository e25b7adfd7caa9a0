"""``bihuan doctor``: what is wrong with this installation, in words."""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import stat
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from bihuan.commands.answers import answer
from bihuan.conf import env
from bihuan.kernel.errors import Refused

LEAST_FREE = 2 * 1024**3
OLDEST_SERVER = 16_00_00
SIGN_OF_LIFE_SECONDS = 60
HORIZON = "bihuan.kernel.record.horizon"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong and how to mend it."""

    code: str
    message: str


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = subparsers.add_parser("doctor", help="检查本机安装，用文字说明问题")
    parser.set_defaults(run=examine, database=False)


def examine(arguments: Namespace) -> int:
    """Look at folder, keys, database and jobs; 1 when anything is wrong."""
    found = [*_folder(), *_keys(), *_settings(), *_database()]
    payload = {
        "ok": not found,
        "data": str(env.current().data),
        "demo": env.current().demo,
        "findings": [asdict(trouble) for trouble in found],
    }
    lines = [f"· {trouble.message}" for trouble in found] or ["没有发现问题。"]
    answer(arguments, payload, f"数据目录：{env.current().data}\n" + "\n".join(lines))
    return 1 if found else 0


def _folder() -> Iterator[Trouble]:
    data = env.current().data
    if not data.exists():
        yield Trouble("doctor.no_data", f"数据目录 {data} 不存在，请先运行 bihuan setup。")
        return
    status = data.stat()
    if stat.S_IMODE(status.st_mode) & 0o066:
        yield Trouble("doctor.open_folder", f"数据目录 {data} 对其他账户可读写，请执行 chmod go-rw {data}。")
    if status.st_uid not in {os.geteuid(), 0} and os.geteuid() != 0:
        yield Trouble("doctor.foreign_folder", f"数据目录 {data} 属于另一系统账户，请换用该账户。")
    free = shutil.disk_usage(data).free
    if free < LEAST_FREE:
        yield Trouble("doctor.disk_full", f"数据目录所在磁盘只剩 {free // 1024**2} MB，请清理或扩容。")


def _keys() -> Iterator[Trouble]:
    folder = env.current().data / "keys"
    if not folder.exists():
        return
    for path in sorted(folder.iterdir()):
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Trouble("doctor.open_key", f"密钥 {path} 对其他账户开放，请执行 chmod 600 {path}。")
    if not (folder / "django.key").exists():
        yield Trouble(
            "doctor.no_page_key", "缺少会话密钥，运行 bihuan setup 会重新生成，届时所有人须重新登录。"
        )


def _settings() -> Iterator[Trouble]:
    environment = env.current()
    if environment.hosts and not environment.https:
        yield Trouble(
            "doctor.no_https",
            "已设置 BIHUAN_HOSTS 对外服务，却没有启用 HTTPS。请在前面配置 HTTPS 并设置 BIHUAN_HTTPS=1。",
        )
    if environment.database_url and environment.owner_url == environment.database_url:
        yield Trouble(
            "doctor.one_role",
            "网页与迁移使用同一数据库账户，记录的防改保护因此失效。请把 DATABASE_OWNER_URL 设为另一账户。",
        )


def _database() -> Iterator[Trouble]:
    if not env.current().data.exists():
        return
    from bihuan.cli import database

    try:
        with database():
            import django

            django.setup()
            from bihuan.conf import preparing

            if preparing.installation() is None:
                yield Trouble("doctor.not_set_up", "数据库中还没有建立行政区，请先运行 bihuan setup。")
                return
            for check in CHECKS:
                yield from check()
    except Refused as refusal:
        for failure in refusal.failures:
            yield Trouble(failure.code, failure.message)


def _one(statement: str) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return row[0] if row else None


def _server() -> Iterator[Trouble]:
    version = int(_one("SELECT current_setting('server_version_num')"))
    if version < OLDEST_SERVER:
        yield Trouble("doctor.old_server", f"PostgreSQL 版本 {version // 10000} 过旧，请使用 16 以上版本。")
    if _one("SELECT current_setting('server_encoding')") != "UTF8":
        yield Trouble("doctor.encoding", "数据库编码不是 UTF8，请以 UTF8 重新建库后恢复备份。")
    if _one("SELECT abs(extract(epoch FROM clock_timestamp()) - extract(epoch FROM now())) > 60"):
        yield Trouble("doctor.clock", "数据库时钟异常，请检查系统时间。")


def _migrations() -> Iterator[Trouble]:
    from bihuan.conf import preparing

    if preparing.pending():
        yield Trouble(
            "doctor.not_migrated", "数据库结构与程序版本不一致，请运行 bihuan setup 或重新启动 bihuan up。"
        )


def _walls() -> Iterator[Trouble]:
    open_wall = (
        "SELECT coalesce(bool_or(pg_has_role(current_user, relowner, 'member')"
        " OR has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE')), false)"
        " FROM pg_class c WHERE relname LIKE 'record\\_entry%%' AND relkind IN ('r', 'p')"
    )
    if _one(open_wall.replace("%%", "%")):
        yield Trouble(
            "doctor.record_open",
            "网页所用的数据库账户可以改动记录，记录的防改保护失效。请检查 DATABASE_URL 的账户只属于角色 app。",
        )


def _horizon() -> Iterator[Trouble]:
    if importlib.util.find_spec(HORIZON) and (lag := importlib.import_module(HORIZON).behind()):
        yield Trouble(
            "doctor.horizon_behind",
            f"记录的事务编号落后 {lag}，无法继续封存（通常在恢复备份之后）。请运行 bihuan setup 使其跟上。",
        )


def _jobs() -> Iterator[Trouble]:
    failed = _one("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
    if failed:
        yield Trouble(
            "doctor.failed_jobs", f"有 {failed} 项后台任务失败，详情见 bihuan procrastinate shell。"
        )
    late = _one(
        "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'"
        " AND coalesce(scheduled_at, now()) < now() - interval '1 hour'"
    )
    if late:
        yield Trouble("doctor.late_jobs", f"有 {late} 项后台任务超过一小时未办，请确认 bihuan up 正在运行。")


CHECKS: tuple[Callable[[], Iterator[Trouble]], ...] = (_server, _migrations, _walls, _horizon, _jobs)
