"""``bihuan dburl``: the database's address, for tools of the account that owns the data."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from bihuan.commands.answers import answer, say
from bihuan.conf import env


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = subparsers.add_parser("dburl", help="数据库地址（供拥有数据的系统账户使用）")
    parser.add_argument("--owner", action="store_true", help="全部权限的地址，用于检查与修复")
    parser.set_defaults(run=show, database=False)


def show(arguments: Namespace) -> int:
    """Print the address. With ``--owner`` the embedded server's superuser: no wall inside the database binds it."""
    from bihuan.conf import postgres, roles

    environment = env.current()
    if environment.embedded:
        user = roles.SUPERUSER if arguments.owner else roles.APP
        url = postgres.address(environment.postgres, user).url()
        if not environment.postgres.exists() or not postgres.Server(environment.postgres).answers():
            say("内置数据库此刻没有运行；运行 bihuan up 后此地址可用。")
    else:
        url = (environment.owner_url if arguments.owner else environment.database_url) or ""
    answer(arguments, {"url": url}, url)
    return 0
