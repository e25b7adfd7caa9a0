"""台账报送情况: who filed, who said there was nothing, and who kept silent (M093)."""

from __future__ import annotations

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Block, Heading, Paragraph, Run
from bihuan.reporting import filings
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sections.themes import coordination
from bihuan.reporting.sentences import say


def compose(desk: Briefing) -> Part:
    """The section; without any expectation it says that nothing can be said."""
    heading = Heading(2, "隐患台账报送")
    if not filings.due(desk).count:
        silence = say(
            "系统内没有本期隐患台账报送要求的记录，不能判断各单位是否都已报送，本报告的数据仅反映已经登记的情况。"
        )
        step = "明确台账报送要求。各单位按月报送隐患台账，当月没有发现隐患的作出零报告并写明检查情况。"
        return Part((heading, Paragraph(silence)), next_steps=(step,))
    blocks: list[Block] = [heading, Paragraph(_counts(desk))]
    if missing := filings.silent(desk):
        blocks.append(Paragraph(say("没有报送的单位和月份：{units}。", units=_units(desk, missing))))
        problem = coordination(
            "台账报送不够及时。有【未报送台账】期次隐患台账到期没有报送，影响底数的完整性。"
        )
        step = "规范台账报送。对没有报送的单位限期补报，当月没有发现隐患的作出零报告并写明检查情况。"
        return Part(tuple(blocks), (problem,), (step,))
    return Part(tuple(blocks))


SECTION = Section("filing-record", 90, compose)


def _counts(desk: Briefing) -> tuple[Run, ...]:
    count = desk.count
    parts: list[Run] = []
    if filings.nil(desk).count:
        parts += say("，其中零报告{nil}期次", nil=count(filings.nil(desk)))
    if filings.late(desk).count:
        parts += say("，迟报{late}期次", late=count(filings.late(desk)))
    if filings.waived(desk).count:
        parts += say("，经批准免报{waived}期次", waived=count(filings.waived(desk)))
    if filings.missing(desk).count:
        parts += say("，未报送{missing}期次", missing=count(filings.missing(desk)))
    else:
        parts += say("，没有欠报")
    return say(
        "{until}，本期应报送隐患台账{due}期次，已报送{came}期次{parts}。",
        until=desk.question.until, due=count(filings.due(desk)), came=count(filings.came(desk)), parts=tuple(parts),
    )  # fmt: skip


def _units(desk: Briefing, missing: list[tuple[str, list[str]]]) -> str:
    year = str(desk.question.period.first.year)
    told = []
    for holder, months in missing:
        words = [Period.parse(month).chinese().removeprefix(f"{year}年") for month in months]
        told.append(f"{holder}（{'、'.join(words)}）")
    return "；".join(told)
