"""``bihuan vault forget``: destroy the key of a matter's sealed fields, with a user's rights and a reason.

There is no command that reads a sealed field: what is read is shown once, on a page, to somebody who gave a password.
"""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from bihuan.commands.answers import answer
from bihuan.commands.operators import actor_named
from bihuan.kernel.errors import Refused


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = subparsers.add_parser("vault", help="密封内容")
    commands = parser.add_subparsers(dest="vault_command", metavar="命令", required=True)
    forgetting = commands.add_parser("forget", help="销毁一件事项的密封内容，不能恢复；留痕不受影响")
    forgetting.add_argument("no", metavar="编号", help="如 370403-H2026-000412")
    forgetting.add_argument("--reason", required=True, help="销毁原因，将留痕")
    forgetting.add_argument(
        "--as", dest="user", metavar="账号", required=True, help="以该账号的权限办理，留痕写明由谁代办"
    )
    forgetting.set_defaults(run=forget)


def forget(arguments: Namespace) -> int:
    """Forget what one matter has sealed; the record keeps the commitments."""
    from bihuan.kernel.loops import sealed
    from bihuan.kernel.loops.registry import all_running

    by = actor_named(arguments.user)
    for service in all_running():
        if service.visible(by).filter(no=arguments.no).exists():
            fields = sealed.forget_sealed(service.loop.name, arguments.no, arguments.reason, actor=by)
            break
    else:
        raise Refused.because(
            "vault.no_matter", f"没有事项 {arguments.no}，或不在账号 {arguments.user} 的管辖范围内。"
        )
    answer(
        arguments,
        {"no": arguments.no, "forgotten": fields},
        f"{arguments.no} 的密封内容已销毁，不能恢复；记录完整，仍可验证。\n"
        "此前用 --keys-to 另存的旧备份里还有这把密钥，请按规定一并销毁。",
    )
    return 0
