"""``bihuan setup``: everything ``bihuan up`` prepares, without serving."""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
from argparse import Namespace
from typing import Any

from bihuan.commands.answers import answer, say
from bihuan.conf import env
from bihuan.kernel.errors import Refused

DEMO = "bihuan.demo"


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = subparsers.add_parser("setup", help="准备数据库与目录；可以重复执行")
    parser.add_argument("--district", nargs=2, metavar=("代码", "名称"), help="行政区划代码（6 位）与名称")
    parser.add_argument("--demo", action="store_true", help="建立演示区（存放在 BIHUAN_DATA/demo）")
    parser.set_defaults(run=setup, database=False)


def setup(arguments: Namespace) -> int:
    """Prepare the district named by the arguments; without ``--demo`` an empty, real one."""
    from bihuan.cli import database

    choose(arguments.demo)
    district = _district(arguments.district)
    with database():
        name = make_ready(district)
        url = env.current().database_url
    payload = {"database": _where(url), "demo": env.current().demo, "district": name}
    kind = "演示区" if env.current().demo else "正式区"
    answer(arguments, payload, f"{kind}已准备好：{name or '（尚未命名）'}，数据在 {env.current().data}。")
    return 0


def choose(demo: bool) -> None:
    """Fix for this process and its children which of the two districts is meant.

    Raises:
        Refused: a demo is wanted on an external database.
    """
    if demo and os.environ.get("DATABASE_URL"):
        raise Refused.because(
            "setup.demo_is_embedded", "演示区只使用自带的数据库，请先取消环境变量 DATABASE_URL 再建立演示区。"
        )
    os.environ["BIHUAN_DEMO"] = "1" if demo else "0"
    env.current.cache_clear()
    if not demo and env.current().demo:
        raise Refused.because(
            "setup.demo_folder",
            f"目录 {env.current().data} 是演示区，不能作正式区。请用 BIHUAN_DATA 另行指定。",
        )


def make_ready(district: tuple[str, str] | None = None) -> str:
    """Set up Django, tables and, in the demo, its inhabitants. Returns the district's name."""
    import django

    django.setup()
    from bihuan.conf import preparing

    if preparing.installation() is None:
        say("第一次使用：正在建立数据库的表 …")
    preparing.prepare(district)
    if district:
        _found_district(*district)
    from bihuan.kernel.territory.trees import the_district

    if env.current().demo and importlib.util.find_spec(DEMO):
        if the_district() is None:
            say("正在建立演示区：一个虚构的区和它半年的工作，约需一两分钟 …")
        importlib.import_module(DEMO).ensure()

    here = the_district()
    return here.region.name if here else ""


def _district(words: list[str] | None) -> tuple[str, str] | None:
    if not words:
        return None
    code, name = words[0].strip(), words[1].strip()
    if not re.fullmatch(r"\d{6}", code) or not name:
        raise Refused.because(
            "setup.bad_district",
            f"行政区划代码「{code}」须为 6 位数字，名称不能为空，例如 --district 370403 薛城区。",
        )
    return code, name


def _found_district(code: str, name: str) -> None:
    """Let the territory begin with the district itself."""
    from django.db import transaction

    from bihuan.founding import found

    with transaction.atomic():
        found(code, name)


def _where(url: str | None) -> str:
    if url is None:
        return f"embedded:{env.current().postgres}"
    from bihuan.conf.address import Address

    return Address.parse(url).without_password().url()
