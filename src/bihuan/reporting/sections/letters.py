"""责任书签订: how many letters of the year are signed, and which units have not signed (M006, M032)."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Block, Heading, Paragraph, Run
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.values import FigureValue
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sentences import say

ISSUED, SIGNED, UNSIGNED, RATE = (
    f"letters.{name}" for name in ("issued", "signed", "unsigned", "signing_rate")
)
NAMED = 30
STEP = "抓紧签订责任书。对尚未签订责任书的单位限期由主要负责人本人签订，未签订的不得考核计分。"


def compose(desk: Briefing) -> Part:
    """The section; silent without letters, and in a report that is not of a place: letters know no sector.

    Letters are of a year, so the whole year is asked, cut off at the report's day.
    """
    asked = desk.question
    if asked.scope.dims() - {"region"}:
        return Part()
    year = Period.parse(f"{asked.period.first.year:04d}")
    found = answers.values(
        (ISSUED, SIGNED, UNSIGNED, RATE), year, asked.as_of, asked.scope, digits=asked.digits
    )
    if not found[ISSUED].amount:
        return Part()
    blocks: tuple[Block, ...] = (Heading(2, "安全生产责任书签订"), Paragraph(_signed(desk, year, found)))
    return Part(blocks, next_steps=(STEP,) if found[UNSIGNED].amount else ())


SECTION = Section("letters", 9, compose)


def _signed(desk: Briefing, year: Period, found: dict[str, FigureValue]) -> tuple[Run, ...]:
    asked, cite = desk.question, desk.cite
    told = say(
        "{year}{place}共下达安全生产目标管理责任书{issued}份，{until}双方签订{signed}份，签订率{rate}",
        year=year.chinese(), place=asked.place, issued=cite.figure(found[ISSUED]), until=asked.until,
        signed=cite.figure(found[SIGNED]), rate=cite.figure(found[RATE]),
    )  # fmt: skip
    if not found[UNSIGNED].amount:
        return told + say("，已全部签订。")
    return told + say(
        "，尚有{unsigned}份未签订：{names}。",
        unsigned=cite.figure(found[UNSIGNED]), names=_names(desk, year),
    )  # fmt: skip


def _names(desk: Briefing, year: Period) -> str:
    rows: Any = answers.records(UNSIGNED, year, desk.question.as_of, desk.question.scope)
    assert rows.model is Letter
    names = list(
        rows.order_by("level", "receiver_name", "no").values_list("receiver_name", flat=True)[: NAMED + 1]
    )
    return "、".join(names[:NAMED]) + ("等" if len(names) > NAMED else "")
