"""``bihuan accident grade``: how grave an accident is under the rules in force on its day; needs no database."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bihuan.capabilities.accidents.grading import grade_of
from bihuan.commands.answers import answer
from bihuan.kernel import clock


def register(subparsers: Any) -> None:
    """Add the commands."""
    parser = subparsers.add_parser("accident", help="生产安全事故等级")
    commands = parser.add_subparsers(dest="accident_command", metavar="命令", required=True)
    grading = commands.add_parser("grade", help="按事故发生之日有效的标准判定等级")
    grading.add_argument("--deaths", type=_count, required=True, metavar="人", help="死亡人数；失踪不计入")
    grading.add_argument(
        "--serious", type=_count, required=True, metavar="人", help="重伤人数，含急性工业中毒"
    )
    grading.add_argument("--loss-yuan", type=_fen, required=True, metavar="元", help="直接经济损失")
    grading.add_argument("--on", type=_day, metavar="日期", help="事故发生之日，不写即今天")
    grading.set_defaults(run=show, database=False)


def show(arguments: Namespace) -> int:
    """Grade, with the reason."""
    on = arguments.on or clock.today()
    verdict = grade_of(arguments.deaths, arguments.serious, arguments.loss_yuan, on)
    payload = {
        "grade": verdict.grade.label,
        "basis": verdict.basis,
        "on": on.isoformat(),
        "mark": verdict.rules.mark,
    }
    answer(arguments, payload, f"{verdict.grade.label}事故：{verdict.basis}")
    return 0


def _count(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or len(text) > 6:
        raise ArgumentTypeError(f"“{text}”应为不小于 0 的整数")
    return int(text)


def _fen(text: str) -> int:
    try:
        fen = Decimal(text) * 100
        if not fen.is_finite() or fen < 0 or fen != fen.to_integral_value() or fen > 10**16:
            raise InvalidOperation
    except InvalidOperation:
        raise ArgumentTypeError(f"“{text}”应为不小于 0 的金额，单位为元，最多到分") from None
    return int(fen)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as reason:
        raise ArgumentTypeError(f"日期“{text}”应写成 2023-01-20 的形式") from reason
