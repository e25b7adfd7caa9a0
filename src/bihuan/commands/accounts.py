"""``bihuan createadmin`` and ``bihuan token``: the two things that nobody could do from a page on the first day."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from bihuan.commands.answers import answer
from bihuan.commands.operators import terminal
from bihuan.kernel.errors import Refused

SCOPES = ("read", "sign", "metrics")
TITLES = {"system": "系统管理员", "security": "安全管理员", "audit": "审计管理员"}


def register(subparsers: Any) -> None:
    """Add both commands."""
    admin = subparsers.add_parser("createadmin", help="建立管理员账号，显示一次性密码")
    admin.add_argument("username", metavar="账号")
    admin.add_argument(
        "--role", choices=tuple(TITLES), required=True, help="系统、安全、审计三种管理员之一，一人只任一种"
    )
    admin.add_argument("--name", help="姓名，默认与账号相同")
    admin.set_defaults(run=create_admin)
    token = subparsers.add_parser("token", help="发放接口令牌，只显示一次")
    token.add_argument("username", metavar="账号")
    token.add_argument("--days", type=int, default=90, help="有效天数，默认 90")
    token.add_argument(
        "--scope",
        nargs="+",
        choices=SCOPES,
        default=[],
        help="令牌的权限范围：read 只读，sign 可签名，metrics 读运行指标",
    )
    token.set_defaults(run=issue)


def create_admin(arguments: Namespace) -> int:
    """Make a person with an account and the one administrator post; business rights come with no such post.

    Raises:
        Refused: the account exists, or its name cannot be one.
    """
    from django.db import transaction

    from bihuan.kernel import clock
    from bihuan.kernel.people.accounts import open_account
    from bihuan.kernel.people.models import Role, User
    from bihuan.kernel.people.posts import begin_tenure, create_post

    roles = {"system": Role.SYSTEM_ADMIN, "security": Role.SECURITY_ADMIN, "audit": Role.AUDITOR}
    by = terminal()
    with transaction.atomic():
        if User.objects.filter(username__iexact=arguments.username).exists():
            raise Refused.because(
                "people.account_exists",
                f"账号 {arguments.username} 已存在。一人只任一种管理员，请为新的管理员另取账号。",
            )
        user, secret = open_account(by, arguments.username, name=arguments.name or arguments.username)
        post = create_post(by, TITLES[arguments.role], roles[arguments.role])
        begin_tenure(post, user.person, clock.today(), by)
    payload = {"username": user.username, "role": arguments.role, "secret": secret}
    answer(
        arguments,
        payload,
        f"已建立{TITLES[arguments.role]}账号 {user.username}\n一次性密码：{secret}\n"
        "只显示这一次，首次登录后须修改。",
    )
    return 0


def issue(arguments: Namespace) -> int:
    """Print a token of the account.

    Raises:
        Refused: no such account, or it is closed; or the days make no sense.
    """
    from django.db import transaction

    from bihuan.kernel.people.models import Person, User
    from bihuan.kernel.people.tokens import issue_token
    from bihuan.kernel.people.trail import note

    user = User.objects.filter(username=arguments.username, is_active=True).first()
    if user is None:
        raise Refused.because("people.no_account", f"没有启用中的账号 {arguments.username}，请核对账号名。")
    if not 0 < arguments.days <= 3660:
        raise Refused.because("people.token_days", "令牌有效天数须在 1 到 3660 之间。", "days")
    scope = " ".join(arguments.scope)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=user.person_id)
        secret = issue_token(user, days=arguments.days, scope=scope)
        told = {"username": user.username, "days": arguments.days, "scope": scope}
        note(person, "token_issued", terminal(), told)
    payload = {"username": user.username, "token": secret, "days": arguments.days, "scope": arguments.scope}
    answer(arguments, payload, secret)
    return 0
