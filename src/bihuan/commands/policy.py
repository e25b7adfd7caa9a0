"""``bihuan policy``: what the district chose within the law, and setting it from the terminal."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError, Namespace
from datetime import date
from typing import Any

from bihuan.commands.answers import answer
from bihuan.kernel.errors import Refused


def register(subparsers: Any) -> None:
    """Add the commands."""
    parser = subparsers.add_parser("policy", help="本区的期限和规则")
    commands = parser.add_subparsers(dest="policy_command", metavar="命令", required=True)
    listing = commands.add_parser("list", help="列出各项规则的现行规定、可选范围和依据")
    listing.add_argument("--on", type=_date, metavar="日期", help="按哪一天，默认今天")
    listing.set_defaults(run=show_policies)
    setting = commands.add_parser("set", help="自某日起设定一项规则")
    setting.add_argument("key", metavar="规则", help="如 hazard.rectify_days，见 bihuan policy list")
    setting.add_argument("value", metavar="取值", help="整数；逐级升级写成 JSON 数组")
    setting.add_argument(
        "--from", dest="since", type=_date, required=True, metavar="日期", help="施行日期，今天或以后"
    )
    setting.add_argument("--reason", required=True, metavar="理由", help="作出这项规定的文件或会议")
    setting.set_defaults(run=set_value)


def show_policies(arguments: Namespace) -> int:
    """Print what holds on a day; a range nobody has read in the law itself is marked 待核对."""
    from bihuan.kernel import clock
    from bihuan.kernel.policies import values as policies
    from bihuan.kernel.policies.declarations import declarations
    from bihuan.kernel.web.rules.words import basis_words, range_words, value_words

    day = arguments.on or clock.today()
    listed = declarations(day)
    found = policies.values([declared.key for declared in listed], day)
    payload = {
        "on": day.isoformat(),
        "policies": [
            {
                "key": declared.key,
                "label": declared.label,
                "kind": declared.kind,
                "value": found[declared.key].value,
                "unit": declared.unit,
                "minimum": declared.minimum,
                "maximum": declared.maximum,
                "basis": declared.basis,
                "status": declared.status,
                "effective_from": _iso(found[declared.key].effective_from),
                "reason": found[declared.key].basis if found[declared.key].effective_from else None,
            }
            for declared in listed
        ],
    }
    lines = [
        f"{declared.key}\n  {declared.label}：{value_words(declared, found[declared.key].value)}"
        f"（可选 {range_words(declared)}；{basis_words(declared)}）"
        for declared in listed
    ]
    answer(arguments, payload, "\n".join(lines))
    return 0


def set_value(arguments: Namespace) -> int:
    """Set one policy as the account at the terminal.

    Raises:
        Refused: no such policy (``policy.unknown``), or whatever the policies' room refuses.
    """
    from bihuan.commands.operators import terminal
    from bihuan.kernel.policies.declarations import Undeclared, declaration
    from bihuan.kernel.policies.values import set_policy
    from bihuan.kernel.web.rules.words import value_words

    try:
        declared = declaration(arguments.key, arguments.since)
    except Undeclared:
        raise Refused.because(
            "policy.unknown", f"没有叫 {arguments.key} 的规则，请用 bihuan policy list 查看", "key"
        ) from None
    row = set_policy(
        arguments.key,
        _value(declared.kind, arguments.value),
        effective_from=arguments.since,
        actor=terminal(),
        basis=arguments.reason,
    )
    payload = {
        "key": arguments.key,
        "value": row.value,
        "effective_from": row.effective_from.isoformat(),
        "reason": row.basis,
    }
    words = value_words(declared, row.value)
    answer(arguments, payload, f"“{declared.label}”自 {row.effective_from} 起为 {words}。")
    return 0


def _value(kind: str, text: str) -> Any:
    """What was typed, in the policy's kind; what cannot be read is left for the policies' room to refuse in words."""
    if kind == "choice":
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as reason:
        raise ArgumentTypeError(f"日期“{text}”应写成 2023-01-20 的形式") from reason
