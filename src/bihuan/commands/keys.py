"""``bihuan keys``: what keys there are, changing a master key, ending a person's signing key."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from typing import Any

from bihuan.commands.answers import WrongUsage, answer
from bihuan.commands.operators import terminal
from bihuan.kernel.errors import Refused

WHICH = ("vault", "persons")


def register(subparsers: Any) -> None:
    """Add the commands."""
    parser = subparsers.add_parser("keys", help="密钥：查看、更换主密钥、停用个人签名密钥")
    commands = parser.add_subparsers(dest="keys_command", metavar="命令", required=True)
    showing = commands.add_parser("show", help="有哪些密钥，是否有打不开的")
    showing.set_defaults(run=show)
    rotating = commands.add_parser("rotate", help="更换主密钥，所锁的密钥全部改由新钥加锁")
    rotating.add_argument(
        "which", choices=WHICH, metavar="主密钥", help="vault 密封内容；persons 人员签名密钥"
    )
    rotating.add_argument("--reason", required=True, help="更换原因，将留痕")
    rotating.set_defaults(run=rotate)
    revoking = commands.add_parser("revoke", help="停用一人的签名密钥；此前的签名仍有效")
    revoking.add_argument("username", metavar="账号")
    revoking.add_argument("--reason", required=True, help="停用原因，将留痕")
    revoking.add_argument(
        "--since", metavar="时间", help="可能自何时起被他人使用，如 2026-06-30T09:00；其后的签名列为存疑"
    )
    revoking.set_defaults(run=revoke)


def show(arguments: Namespace) -> int:
    """Names and numbers, never a key."""
    from bihuan.kernel.signatures import masters

    kept = {}
    lines = []
    for master in masters.Master:
        held, missing, half = masters.name(master), masters.lost(master), masters.begun(master)
        kept[str(master)] = {"name": held, "lost": missing, "half_changed": half}
        state = "更换到一半，请重新运行 bihuan keys rotate" if half else "完好"
        gone = f"，有 {missing} 把由本机没有的主密钥加锁，打不开" if missing else ""
        lines.append(f"{master.label} {held or '尚未生成'}：{state}{gone}")
    answer(arguments, {"masters": kept}, "\n".join(lines))
    return 0


def rotate(arguments: Namespace) -> int:
    """Change a master key; repeating it after a break finishes what was begun."""
    from bihuan.conf import roles
    from bihuan.kernel.signatures import masters

    by = terminal()
    with roles.as_owner():
        changed = masters.change_master(masters.Master(arguments.which), by, arguments.reason)
        named = masters.name(changed.master)
    payload = {
        "key": arguments.which,
        "name": named,
        "relocked": changed.relocked,
        "lost": changed.lost,
    }
    gone = f"另有 {changed.lost} 把早已打不开，保持原样。" if changed.lost else ""
    text = f"{changed.master.label}已更换（{named}），{changed.relocked} 把密钥改由新钥加锁。{gone}"
    answer(
        arguments,
        payload,
        text + "\n请立即用 bihuan backup … --keys-to … 另存新密钥；旧密钥文件只能打开旧备份。",
    )
    return 0


def revoke(arguments: Namespace) -> int:
    """End a person's signing key now."""
    from bihuan.kernel.people.models import User
    from bihuan.kernel.signatures import masters

    since = _moment(arguments.since)
    user = User.objects.filter(username=arguments.username).select_related("person").first()
    if user is None:
        raise Refused.because("people.no_account", f"没有账号 {arguments.username}，请核对账号名。")
    _, doubted = masters.revoke_key(user.person, terminal(), arguments.reason, doubted_since=since)
    payload = {"username": user.username, "person": user.person.name, "doubted_signatures": doubted}
    doubt = f"自 {arguments.since} 起的 {doubted} 个签名已列为存疑，请审计管理员核查。" if since else ""
    answer(
        arguments,
        payload,
        f"{user.person.name}的签名密钥已停用，此前的签名仍有效，下次签名另发新钥。{doubt}"
        "密码也可能泄露的，请系统管理员重设。",
    )
    return 0


def _moment(text: str | None) -> datetime | None:
    from bihuan.kernel.clock import SHANGHAI

    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise WrongUsage.saying(f"看不懂时间“{text}”，请写成 2026-06-30T09:00 的形式") from None
    return found if found.tzinfo else found.replace(tzinfo=SHANGHAI)
