"""What ``bihuan doctor`` asks the database."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import psycopg

from bihuan.commands import last_backup
from bihuan.commands.trouble import Trouble
from bihuan.conf import env, postgres, roles
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused

OLDEST_SERVER = 16_00_00
HORIZON = "bihuan.kernel.record.horizon"
CLOCKS_APART = 60
SEALED_WITHIN = timedelta(minutes=15)
BACKED_UP_WITHIN = timedelta(days=7)


def _row(statement: str, values: Sequence[Any] = ()) -> tuple[Any, ...]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row or (None,)


def _one(statement: str) -> Any:
    return _row(statement)[0]


def _server() -> Iterator[Trouble]:
    version = int(_one("SELECT current_setting('server_version_num')"))
    if version < OLDEST_SERVER:
        yield Trouble("doctor.old_server", f"PostgreSQL 版本 {version // 10000} 过旧，请使用 16 以上版本。")
    if _one("SELECT current_setting('server_encoding')") != "UTF8":
        yield Trouble("doctor.encoding", "数据库编码不是 UTF8，请以 UTF8 重新建库后恢复备份。")


def _migrations() -> Iterator[Trouble]:
    from bihuan.conf import preparing

    try:
        behind = preparing.pending()
    except Refused as refused:
        yield from (Trouble(one.code, one.message) for one in refused.failures)
    else:
        if behind:
            yield Trouble(
                "doctor.not_migrated",
                "数据库结构与程序版本不一致，请运行 bihuan setup 或重新启动 bihuan up。",
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


def _setbacks() -> Iterator[Trouble]:
    """Rows that jobs could not do; the others went on."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT job, count(*), (array_agg(about || '（' || says || '）' ORDER BY since))[1:3], min(since)"
            " FROM loops_setback GROUP BY job ORDER BY job"
        )
        found = cursor.fetchall()
    for job, count, some, since in found:
        yield Trouble(
            "doctor.rows_set_back",
            f"后台任务 {job} 有 {count} 条没有办成，其余照常办理；最早自 {since.astimezone(clock.SHANGHAI):%m-%d %H:%M} 起："
            f"{'；'.join(some)}{'等' if count > len(some) else ''}。请按编号核对，办成后本条自动消失。",
        )


def _clock() -> Iterator[Trouble]:
    """The server's moment stands beside every claim, so its clock must be right and never go back."""
    apart = abs((_one("SELECT clock_timestamp()") - clock.now()).total_seconds())
    if apart > CLOCKS_APART:
        yield Trouble(
            "doctor.clock",
            f"本机与数据库的时钟相差 {apart:.0f} 秒，留痕的时间会前后矛盾。请校准两边的时间（NTP）。",
        )
    newest = _one(
        "SELECT greatest((SELECT max(made_at) FROM record_seal), (SELECT max(recorded_at) FROM record_entry"
        " WHERE tx >= (SELECT coalesce(max(upto_tx), 0) FROM record_seal)))"
    )
    if newest is not None and (ahead := (newest - clock.now()).total_seconds()) > CLOCKS_APART:
        yield Trouble(
            "doctor.clock_went_back",
            f"最新的留痕时间比现在晚 {ahead / 60:.0f} 分钟，时钟曾经走快或被拨回。请校准系统时间（NTP）。",
        )


def _sealing() -> Iterator[Trouble]:
    """What cannot be sealed could still be taken away unseen."""
    upto = _one("SELECT coalesce(max(upto_tx), 0) FROM record_seal")
    waiting, oldest = _row("SELECT count(*), min(recorded_at) FROM record_entry WHERE tx >= %s", [upto])
    if not waiting or clock.now() - oldest < SEALED_WITHIN:
        return
    minutes = int((clock.now() - oldest).total_seconds() // 60)
    holding = _holding()
    if not holding:
        yield Trouble(
            "doctor.not_sealed",
            f"有 {waiting} 条留痕超过 {minutes} 分钟没有封存。请确认 bihuan up 正在运行，或执行 bihuan record seal。",
        )
    for pid, who, state, since in holding:
        yield Trouble(
            "doctor.long_transaction",
            f"数据库里有一个事务从 {since.astimezone(clock.SHANGHAI):%m-%d %H:%M} 起没有结束"
            f"（进程 {pid}，账户 {who}，{state}），其后的 {waiting} 条留痕不能封存。请确认它在做什么；"
            f"确实无用的，用 bihuan dburl --owner 所示地址执行 SELECT pg_terminate_backend({pid})。",
        )


_HOLDING = """
SELECT pid, coalesce(usename::text, '?'), coalesce(state, '?'), xact_start FROM pg_stat_activity
 WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid() AND xact_start < now() - interval '2 seconds'
 ORDER BY age(backend_xid) DESC LIMIT 1
"""


def _holding() -> list[tuple[int, str, str, datetime]]:
    """The oldest transaction that wrote something and goes on; of others' the server tells only its superuser."""
    environment = env.current()
    if environment.embedded:
        with psycopg.connect(postgres.address(environment.postgres, roles.SUPERUSER).url()) as connection:
            return connection.execute(_HOLDING).fetchall()
    found = _row(_HOLDING)
    return [found] if len(found) > 1 else []


def _keys() -> Iterator[Trouble]:
    from bihuan.kernel.signatures.masters import Master, lost

    for master in Master:
        if missing := lost(master):
            yield Trouble(
                "doctor.lost_keys",
                f"有 {missing} 把密钥由本机没有的{master.label}加锁，所锁的内容打不开。有密钥备份的，请用 bihuan restore --keys 恢复。",
            )


def _backup() -> Iterator[Trouble]:
    """A demo needs none; a district that is a week old does."""
    made_at = _one("SELECT made_at FROM conf_installation WHERE NOT demo")
    if made_at is None:
        return
    last = last_backup.read()
    since = last.made_at if last else made_at
    if clock.now() - since > BACKED_UP_WITHIN:
        days = (clock.now() - since).days
        told = f"最近一次备份在 {days} 天前（{last.file}）" if last else f"建区 {days} 天，从未备份"
        yield Trouble(
            "doctor.no_backup", f"{told}。请执行 bihuan backup 文件 --keys-to 文件，并存到别的机器上。"
        )


CHECKS: tuple[Callable[[], Iterator[Trouble]], ...] = (
    _server, _clock, _migrations, _walls, _horizon, _sealing, _keys, _jobs, _setbacks, _backup,
)  # fmt: skip
