"""The appendix that opens every number of a report: what it counts, how many records, and their digest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bihuan.kernel import clock
from bihuan.kernel.documents import Block, Column, Paragraph, Table, Text
from bihuan.kernel.documents.numerals import chinese_date
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.models import FrozenFigure
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.reporting.briefing import Question
from bihuan.reporting.citing import Cited, Roll, key_of

TITLE = "报告所引数据明细"
DIGEST_SHOWN = 16
LATER = "签发时定"

Frozen = Mapping[Any, FrozenFigure]


def frozen_by_key(rows: Iterable[FrozenFigure]) -> Frozen:
    """Frozen figures by what makes two answers the same number."""
    return {
        (row.name, row.period, row.as_of, repr(sorted(Scope.of(row.scope).json().items()))): row
        for row in rows
    }


def appendix(
    question: Question, cited: Sequence[Cited], frozen: Frozen, moment: datetime
) -> tuple[Block, ...]:
    """A row a number; period, cut-off and time are those of all rows and stand once, above and below.

    A draft has no column of digests: nothing is frozen yet, and what a digest would bind may still change.
    """
    rows = tuple(_row(place, each, frozen) for place, each in enumerate(cited, 1))
    columns = [
        Column("序号", 3.6), Column("数据", align="left"), Column("分组", align="left"), Column("数值", align="right"),
        Column("记录数", 5.6, align="right"),
    ]  # fmt: skip
    if frozen:
        columns.append(Column("记录摘要", 10.4))
        digests = "“记录摘要”由这些记录的编号依次计算（SM3，列前十六位），记录有增减时摘要随之改变。"
    else:
        digests = "签发时逐项冻结，并列出记录摘要。"
    when = moment.astimezone(clock.SHANGHAI)
    notes = (
        f"注：计算时间为{chinese_date(when.date())}{when:%H:%M}。“记录数”是该数所数的记录，比率为分母的记录；{digests}",
        "分组为“全部”的数是本报告范围内的总数；各分组口径相互交叉，不得相加。",
    )
    span = f"时段：{question.period.chinese()}　{question.until}　范围：{question.place}"
    table = Table(
        tuple(columns), tuple(row[: len(columns)] for row in rows), unit=span, notes=notes, size=9.0, numbered=False,
        row_anchors=tuple(each.anchor for each in cited),
    )  # fmt: skip
    title = Paragraph((Text(TITLE, strong=True),), indent=False, align="center")
    return (Paragraph((Text("附件", strong=True),), indent=False), title, table)


def _row(place: int, cited: Cited, frozen: Frozen) -> tuple[str, ...]:
    count, digest = _proof(cited, frozen)
    return str(place), cited.label, cited.line or "全部", cited.shown, count, digest


def _proof(cited: Cited, frozen: Frozen) -> tuple[str, str]:
    source = cited.source
    if isinstance(source, Roll):
        return str(source.count), source.digest.hex()[:DIGEST_SHOWN]
    row = frozen.get(key_of(source))
    if row is not None:
        return str(row.records), bytes(row.records_digest).hex()[:DIGEST_SHOWN]
    known = source.denominator if source.kind == "ratio" else source.amount if _of_rows(source) else None
    return LATER if known is None else str(known), LATER


def _of_rows(value: FigureValue) -> bool:
    """Whether the number is how many records there are, not what they add up to (persons, money)."""
    return value.kind == "count" and not registry.figure(value.figure).amount
