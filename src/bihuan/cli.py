"""The command ``bihuan``: finds the command, sees to the database and the settings, and hands over.

Nothing of Django is imported before it is known that the command needs it, so that ``--help``, a wrong option or a
closed folder is answered at once and in any locale.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import importlib
import importlib.util
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

from bihuan.commands.answers import WrongUsage, pure_output, refuse, say
from bihuan.conf import env, sm_library
from bihuan.kernel.errors import Absent, Refused

MODULES = {
    "up": "up",
    "setup": "setup",
    "createadmin": "accounts",
    "token": "accounts",
    "dburl": "dburl",
    "backup": "archives",
    "restore": "archives",
    "doctor": "doctor",
    "template": "ledgers",
    "import": "ledgers",
    "figures": "figures",
    "report": "report",
    "calendar": "calendar",
    "record": "record",
    "policy": "policy",
    "keys": "keys",
    "vault": "vault",
    "tasks": "tasks",
    "draw": "draws",
    "accident": "accident",
}
PASSING_BY = {
    "flush": "flush 会绕过闭环引擎清空记录",
    "loaddata": "loaddata 会绕过闭环引擎写入数据，请用 bihuan import",
    "createsuperuser": "本系统没有超级用户，请用 bihuan createadmin",
    "changepassword": "changepassword 会绕过账户管理，请由系统管理员在页面上重置密码",
}
AS_OWNER = frozenset({"migrate"})
WRONG_USAGE = 2
DISK_FULL = "53100"


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the words given, in Chinese, and exits with 2."""

    def error(self, message: str) -> NoReturn:
        """End with the reason; the usage line shows what would be right."""
        for english, chinese in (
            ("the following arguments are required:", "缺少参数："),
            ("unrecognized arguments:", "不认识的参数："),
            ("expected one argument", "后面须跟一个值"),
            ("expected at least one argument", "后面至少跟一个值"),
            ("invalid choice:", "没有这个选项："),
            ("choose from", "可选"),
            ("invalid int value:", "须为整数："),
            ("argument ", "参数 "),
        ):
            message = message.replace(english, chinese)
        say(self.format_usage().replace("usage:", "用法：").strip())
        say(f"用法有误：{message}。完整说明见 {self.prog} --help。")
        sys.exit(WRONG_USAGE)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 refused, 2 wrong usage."""
    words = [_readable(word) for word in (sys.argv[1:] if argv is None else argv)]
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.conf.settings")
    try:
        return _sparing_the_disk(words)
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] != sm_library.NAME:
            raise
        say(sm_library.missing())
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        say("已中断。没有做完的不会留下，重新运行同一条命令即可。")
        return 130


def _sparing_the_disk(words: list[str]) -> int:
    try:
        return _run(words)
    except Exception as fault:
        if not _is_disk_full(fault):
            raise
        say(f"磁盘写满了（数据目录 {env.current().data}），没有做完的不会留下。请清理或扩容后重新运行。")
        return 1


def _is_disk_full(fault: BaseException | None) -> bool:
    """Whether this, or what caused it, is the operating system or the database finding no more room."""
    while fault is not None:
        if getattr(fault, "errno", None) == errno.ENOSPC or getattr(fault, "sqlstate", None) == DISK_FULL:
            return True
        fault = fault.__cause__ or fault.__context__
    return False


def _readable(word: str) -> str:
    """A word as it was typed, in UTF-8, where the locale knows no letters but English ones."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return os.fsencode(word).decode("utf-8", errors="replace")
    return word


def _run(words: list[str]) -> int:
    name = words[0] if words else "--help"
    if name in PASSING_BY:
        say(f"不提供 {name}：{PASSING_BY[name]}。")
        return 1
    wanted = [name] if name in _known() else sorted(_known())
    parser = _parser(wanted)
    if not name.startswith("-") and name not in _known():
        return _pass_through(parser, words)
    arguments = parser.parse_args(words or ["--help"])
    with pure_output(arguments):
        try:
            return _perform(arguments)
        except WrongUsage as wrong:
            parser.error(str(wrong))
        except Refused as refusal:
            return refuse(arguments, refusal)
        except Absent as absent:
            return refuse(arguments, Refused.because(absent.code, str(absent) or str(Absent.__doc__)))


def _known() -> dict[str, str]:
    return {
        name: module
        for name, module in MODULES.items()
        if importlib.util.find_spec(f"bihuan.commands.{module}") is not None
    }


def _parser(names: list[str]) -> Parser:
    parser = Parser(
        prog="bihuan", description="闭环：区县安全生产监管系统。", epilog="Django 的各项命令也可直接使用。"
    )
    subparsers = parser.add_subparsers(dest="command", metavar="命令", required=True, parser_class=Parser)
    for module in dict.fromkeys(_known()[name] for name in names):
        _import(f"bihuan.commands.{module}").register(subparsers)
    _offer_json(parser)
    return parser


def _import(name: str) -> Any:
    from django.core.exceptions import AppRegistryNotReady

    try:
        return importlib.import_module(name)
    except AppRegistryNotReady:
        _set_up_django()
        return importlib.import_module(name)


def _offer_json(parser: argparse.ArgumentParser) -> None:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                if "--json" not in child._option_string_actions:
                    child.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")
                _offer_json(child)


def _perform(arguments: argparse.Namespace) -> int:
    if not hasattr(arguments, "run"):
        raise WrongUsage.saying(f"命令 {arguments.command} 不完整")
    if not getattr(arguments, "database", True):
        return int(arguments.run(arguments) or 0)
    with database():
        _set_up_django()
        from bihuan.conf.preparing import require_prepared

        require_prepared()
        return int(arguments.run(arguments) or 0)


@contextlib.contextmanager
def database() -> Iterator[None]:
    """Hold the district's database up for a block: its own one, started if need be, or the given one."""
    from bihuan.conf import accounts
    from bihuan.conf.postgres import Server

    accounts.become_owner_of(env.current().root)
    env.data_folder()
    if not env.current().embedded:
        yield
        return
    with Server(env.current().postgres).use():
        try:
            yield
        finally:
            _hang_up()


def _hang_up() -> None:
    if "django.db" in sys.modules:
        from django.db import connections

        connections.close_all()


def _set_up_django() -> None:
    import django

    django.setup()


def _is_application(word: str) -> bool:
    from django.apps import apps

    return word in {config.label for config in apps.get_app_configs()}


def _pass_through(parser: Parser, words: list[str]) -> int:
    """Every command Django and its applications bring, in the application's role; migrations in the owner's."""
    from django.core.management import execute_from_command_line, get_commands

    _set_up_django()
    if words[0] not in get_commands() and words[0] != "help":
        parser.error(f"没有命令 {words[0]}")
    if words[0] == "migrate" and any(_is_application(word) for word in words[1:]):
        parser.error("migrate 只能整体向前升级，不能指定应用或退回旧版本（退回会丢失记录）")
    try:
        with database(), contextlib.ExitStack() as stack:
            from bihuan.conf import binaries, preparing, roles

            with contextlib.suppress(Refused):
                os.environ["PATH"] = f"{os.environ.get('PATH', '')}{os.pathsep}{binaries.folder()}"
            if words[0] in AS_OWNER:
                stack.enter_context(roles.as_owner())
                preparing.refuse_halfway()
            execute_from_command_line(["bihuan", *words])
    except Refused as refusal:
        return refuse(argparse.Namespace(), refusal)
    return 0


if __name__ == "__main__":
    sys.exit(main())
