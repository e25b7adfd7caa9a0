"""``bihuan doctor``: what is wrong with this installation, in words."""

from __future__ import annotations

import importlib.util
import os
import shutil
import stat
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from bihuan.commands.answers import answer
from bihuan.commands.trouble import Trouble
from bihuan.conf import env, sm_library
from bihuan.kernel.errors import Refused

NO_SM = "doctor.no_sm_library"
LEAST_FREE = 2 * 1024**3


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = subparsers.add_parser("doctor", help="检查本机安装，用文字说明问题")
    parser.set_defaults(run=examine, database=False)


def examine(arguments: Namespace) -> int:
    """Look at folder, keys, database and jobs; 1 when anything is wrong."""
    found = [*_platform(), *_folder(), *_keys(), *_settings()]
    if not any(trouble.code == NO_SM for trouble in found):
        found += _database()
    payload = {
        "ok": not found,
        "data": str(env.current().data),
        "demo": env.current().demo,
        "findings": [asdict(trouble) for trouble in found],
    }
    lines = [f"· {trouble.message}" for trouble in found] or ["没有发现问题。"]
    answer(arguments, payload, f"数据目录：{env.current().data}\n" + "\n".join(lines))
    return 1 if found else 0


def _platform() -> Iterator[Trouble]:
    if importlib.util.find_spec(sm_library.NAME) is None:
        yield Trouble(NO_SM, sm_library.missing())


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
    for path in sorted(folder.glob("*.next")):
        yield Trouble(
            "doctor.half_changed_key",
            f"主密钥 {path.stem} 更换到一半，新旧两把都在，内容都能打开。请重新运行 bihuan keys rotate 办完。",
        )
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
            from bihuan.commands.database_checks import CHECKS

            for check in CHECKS:
                yield from check()
    except Refused as refusal:
        for failure in refusal.failures:
            yield Trouble(failure.code, failure.message)
