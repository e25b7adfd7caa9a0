"""The window's paper: what was found, done and reported while it lasted, each number opening its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from bihuan.capabilities.dispatch.windows.models import KeyWindow
from bihuan.capabilities.dispatch.windows.turning import TOLD, kind_of, span
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import (
    Block,
    Column,
    Document,
    FigureRef,
    Heading,
    Paragraph,
    SignatureBlock,
    Table,
)
from bihuan.kernel.documents.numerals import chinese_date, chinese_day, percent
from bihuan.kernel.figures.values import NOTHING

SHOWN = 40
NOTE = "注：隐患和任务按发现、交办日期在时段之内的统计；两组数据口径不同，不得相加。"


def document_of(window: KeyWindow, *, demo: bool = False) -> Document:
    """The summary as an official paper, from what was kept on leaving; nothing is counted again."""
    told = window.found()
    blocks: list[Block] = [Paragraph.of(_opening(window, told)), *_figures(told), *_reports(window, told)]
    blocks += _tasks(told)
    if window.opinion:
        blocks += [
            Heading(1, "总结意见"),
            *(Paragraph.of(line) for line in window.opinion.splitlines() if line.strip()),
        ]
    organ = window.agency.name if window.agency is not None else ""
    return Document(
        kind="summary",
        title=f"{window.name}期间安全防范工作情况",
        blocks=tuple(blocks),
        issuer=organ,
        signature=SignatureBlock(organ, window.left_on) if window.left_on is not None and organ else None,
        serial=window.no,
        demo=demo,
    )


def _opening(window: KeyWindow, told: Mapping[str, Any]) -> str:
    words = f"{window.name}重点时段为{span(window).chinese()}。"
    if window.entered_on is None:
        return f"{words}时段内系统没有运行，任务没有自动布置，以下数据只来自登记的隐患和任务。"
    opened, closed = told["tasks"]["opened"], told["tasks"]["closed"]
    return f"{words}{chinese_date(window.entered_on)}布置任务{opened}项，到总结时已办结{closed}项。"


def _figures(told: Mapping[str, Any]) -> list[Block]:
    rows = tuple((one["label"], FigureRef(shown(one), f"figure-{name}", href_of(name, told)))
                 for name, one in in_order(told))  # fmt: skip
    if not rows:
        return []
    columns = (Column("数据", align="left"), Column("数值", align="right"))
    as_of = f"截至{chinese_day(told['as_of'])}"
    return [
        Heading(1, "时段数据"),
        Table(columns, rows, caption=f"时段内隐患和任务情况（{as_of}）", notes=(NOTE,)),
    ]


def in_order(told: Mapping[str, Any]) -> Sequence[tuple[str, Mapping[str, Any]]]:
    """The kept figures in the order they are told in; the database keeps none."""
    kept = told["figures"]
    return [(name, kept[name]) for name in TOLD if name in kept]


def shown(one: Mapping[str, Any]) -> str:
    if one["unit"] == "%":
        return percent(one["numerator"], one["denominator"], 1) if one["denominator"] else NOTHING
    return f"{one['amount'] or 0}{one['unit']}"


def href_of(name: str, told: Mapping[str, Any]) -> str:
    return f"/figures/{name}/records/?{urlencode({'period': told['period'], 'as_of': told['as_of']})}"


def _reports(window: KeyWindow, told: Mapping[str, Any]) -> list[Block]:
    reports = told["reports"]
    if not reports["due"]:
        return []
    ref = FigureRef(str(reports["missing"]), "figure-missing", f"/filings/?kind={kind_of(window)}")
    words: list[Any] = [
        f"应报日报{reports['due']}份，已报{reports['came']}份，其中迟报{reports['late']}份，未报"
    ]
    ends = f"份，另有{reports['waiting']}份未到报送期限。" if reports["waiting"] else "份。"
    blocks: list[Block] = [Heading(1, "日报情况"), Paragraph.of(*words, ref, ends)]
    if reports["owed"]:
        owed = "；".join(f"{unit}（{days_words(days)}）" for unit, days in reports["owed"].items())
        blocks.append(Paragraph.of(f"没有报送的单位和日期：{owed}。"))
    return blocks


def days_words(days: list[str]) -> str:
    shown = "、".join(Period.parse(day).chinese().split("年", 1)[1] for day in days[:5])
    return shown if len(days) <= 5 else f"{shown}等{len(days)}天"


def _tasks(told: Mapping[str, Any]) -> list[Block]:
    left = told["tasks"]["open"]
    if not left:
        return [Heading(1, "未办结任务"), Paragraph.of("时段布置的任务没有未办结的。")]
    rows = tuple((str(place), no, title, unit) for place, (no, title, unit) in enumerate(left[:SHOWN], 1))
    columns = (Column("序号"), Column("编号"), Column("任务", align="left"), Column("牵头单位", align="left"))
    notes = (f"注：共 {len(left)} 项，本表只列前 {SHOWN} 项。",) if len(left) > SHOWN else ()
    return [Heading(1, "未办结任务"), Table(columns, rows, caption="时段结束时仍未办结的任务", notes=notes)]
