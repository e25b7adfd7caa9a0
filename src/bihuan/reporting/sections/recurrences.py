"""反复发生的隐患: what came back at the same place of the same object (M096)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.documents import Block, Column, Heading, Paragraph, Table
from bihuan.kernel.figures import answers, registry
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.citing import Roll
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sections.hazards import FOUND
from bihuan.reporting.sections.themes import enterprise
from bihuan.reporting.sentences import say

LISTED_AT_MOST = 10


def compose(desk: Briefing) -> Part:
    """Silent where nothing was found at all; else how many are repeats, and the worst of them."""
    if not desk.amount(FOUND):
        return Part()
    heading = Heading(2, "反复发生的隐患")
    repeats = _repeats(desk)
    if not repeats:
        return Part(
            (heading, Paragraph(say("按同一单位、同一类别、同一部位比对，本期没有登记到反复发生的隐患。")))
        )
    asked = desk.question
    caption = f"{asked.period.chinese()}，{asked.until}，{asked.place}"
    uids = tuple(str(hazard) for hazard, _ in repeats)
    units = tuple(dict.fromkeys(str(unit) for _, unit in repeats))
    blocks: list[Block] = [
        heading,
        Paragraph(
            say(
                "按同一单位、同一类别、同一部位比对，本期登记的隐患中有{count}项属于反复发生，涉及{units}家单位。",
                count=desk.count(Roll("hazards.repeats", "反复发生隐患", "项", caption, uids)),
                units=desk.count(Roll("hazards.repeat_units", "反复发生隐患单位", "家", caption, units)),
            )
        ),
        _table(repeats),
    ]
    problem = enterprise(
        "同类问题反复出现。【反复发生隐患】项隐患在同一单位同一部位再次发生，前次整改没有触及根源。"
    )
    step = "治理反复发生的隐患。对再次发生的隐患倒查前次整改措施和验收把关，由责任单位说明原因并从制度上加以纠正。"
    return Part(tuple(blocks), (problem,), (step,))


SECTION = Section("recurrences", 17, compose)


def _repeats(desk: Briefing) -> Sequence[tuple[UUID, UUID]]:
    """Hazard and object of each, those that came back most often first; a year has too many to load them whole."""
    asked = desk.question
    tally = registry.figure(FOUND).tally
    rows = Hazard.objects.filter(
        answers.in_scope(tally, asked.scope),
        registry.figure(FOUND).counted(asked.period, asked.as_of),
        recurrence__gt=0,
    )
    return list(rows.order_by("-recurrence", "found_on", "uid").values_list("uid", "object_id"))


def _table(repeats: Sequence[tuple[UUID, UUID]]) -> Table:
    columns = (
        Column("序号", 3.2), Column("单位名称", 6.4, align="left"), Column("部位和内容", align="left"),
        Column("发现日期", 6.6), Column("第几次", 3.4), Column("前次编号", 11.4),
    )  # fmt: skip
    first = [uid for uid, _ in repeats[:LISTED_AT_MOST]]
    held = Hazard.objects.select_related("object", "recurs").in_bulk(first)
    rows = tuple(
        (str(place), hazard.object.name, _what(hazard), hazard.found_on.isoformat(), str(hazard.recurrence + 1),
         hazard.recurs.no if hazard.recurs else "—")
        for place, hazard in enumerate((held[uid] for uid in first), 1)
    )  # fmt: skip
    notes = ("注：本表只列发生次数较多的部分，全部事项见系统。",) if len(repeats) > LISTED_AT_MOST else ()
    return Table(columns, rows, caption="反复发生的隐患", notes=notes, size=10.5)


def _what(hazard: Hazard) -> str:
    line = " ".join(f"{hazard.place} {hazard.description}".split())
    return line if len(line) <= 40 else line[:39] + "…"
