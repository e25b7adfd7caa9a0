"""``bihuan figures``: figures by period, cut-off and scope; ``bihuan figures check``: the proof of their tallies."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from bihuan.commands.answers import WrongUsage, answer, say
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused

if TYPE_CHECKING:
    from bihuan.kernel.figures.scope import Scope
    from bihuan.kernel.figures.values import FigureValue

CHECK = "check"


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = subparsers.add_parser("figures", help="统计指标；figures check 核对汇总与逐条计数是否一致")
    parser.add_argument("names", nargs="*", metavar="指标", help="如 hazards.found；不写即全部；check 为核对")
    parser.add_argument("--period", help="时段：2023、2023H1、2023Q2、2023-05、2023W23")
    parser.add_argument("--as-of", help="截至日期，如 2023-06-30；不写即今天")
    parser.add_argument("--region", help="行政区划代码或镇街名称")
    parser.add_argument("--sector", help="行业领域名称")
    parser.add_argument(
        "--by",
        choices=[
            "sector",
            "town",
            "unit",
            "source",
            "grade",
            "kind",
            "type",
            "campaign",
            "body",
            "leader",
            "code",
            "site",
            "rule",
            "target",
            "result",
            "topic",
            "origin",
            "company",
        ],
        help="分组",
    )
    parser.add_argument("--digits", type=int, choices=range(5), default=1, help="百分比保留的小数位数")
    parser.set_defaults(run=show)


def show(arguments: Namespace) -> int:
    """Answer the figures asked for, or check them all."""
    if arguments.names == [CHECK]:
        return check(arguments)
    from bihuan.kernel import clock
    from bihuan.kernel.figures import answers, registry

    if not arguments.period:
        raise WrongUsage.saying("缺少参数：--period（时段），例如 --period 2023H1")
    period = Period.parse(arguments.period)
    as_of = _day(arguments.as_of) if arguments.as_of else clock.today()
    found = answers.values(
        arguments.names or registry.fitting(_needed(arguments)),
        period,
        as_of,
        _scope(arguments, as_of),
        by=arguments.by or "",
        digits=arguments.digits,
    )
    payload = {
        "period": period.label,
        "as_of": as_of.isoformat(),
        "figures": {name: value.json() for name, value in found.items()},
    }
    answer(arguments, payload, _table(found))
    return 0


def _needed(arguments: Namespace) -> set[str]:
    """What a figure must be told apart by to answer at all."""
    from bihuan.kernel.figures.answers import BY

    return {BY[arguments.by]} if arguments.by else {"sector"} if arguments.sector else set()


def check(arguments: Namespace) -> int:
    """Compare every tally with its records; exit status 1 when they differ."""
    from bihuan.kernel.figures import checking

    found = checking.check()
    text = f"已核对 {found.compared} 项，" + ("汇总与逐条计数一致。" if found.ok else "发现不一致：")
    if found.cells:
        say(f"汇总表有 {found.cells} 格与明细不符。")
    for wrong in found.mismatches:
        where = f"，{wrong.by} {wrong.line}" if wrong.by else ""
        say(
            f"{wrong.figure} {wrong.period} 截至{wrong.as_of}{where}：汇总 {wrong.tallied}，逐条 {wrong.counted}"
        )
    answer(arguments, found.json(), text)
    return 0 if found.ok else 1


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"看不懂截至日期“{text}”，请写成 2023-06-30 的形式。"
        raise Refused.because("figure.bad_day", message, "as_of") from None


def _scope(arguments: Namespace, on: date) -> Scope:
    from bihuan.kernel.figures.scope import Scope
    from bihuan.kernel.territory import meant

    regions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    if arguments.region:
        region = meant.region_meant(arguments.region, on)
        if region is None:
            message = f"没有区划“{arguments.region}”，请写行政区划代码或镇街全称。"
            raise Refused.because("figure.unknown_region", message, "region")
        regions = (region.path,)
    if arguments.sector:
        sector = meant.sector_meant(arguments.sector)
        if sector is None:
            message = f"没有行业领域“{arguments.sector}”，请写行业领域表中的名称。"
            raise Refused.because("figure.unknown_sector", message, "sector")
        sectors = (sector.path,)
    return Scope(regions=regions, sectors=sectors)


def _table(found: dict[str, FigureValue]) -> str:
    lines = [next(iter(found.values())).caption()] if found else []
    for value in found.values():
        claimed = f"（其中台账所载 {value.claimed}）" if value.kind == "count" and value.claimed else ""
        lines.append(f"{value.label}  {value.text()}{claimed}")
        lines += [f"  {name}  {line.text()}" for name, line in value.by.items()]
    return "\n".join(lines)
