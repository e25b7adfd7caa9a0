"""近五年事故情况: totals, shares by field, each year, and the graver ones by name (M258, N17 to N19, N26, N27).

Only for a report of a whole year. Fields and years must make the whole, else the section is refused with the difference and
nothing goes out; where years were never kept here, no total is printed at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bihuan.capabilities.accidents.models import AccidentVersion
from bihuan.capabilities.accidents.states import Branch, Grade
from bihuan.capabilities.accidents.years import reading
from bihuan.capabilities.accidents.years.reading import COUNT, DEATHS, LOSS, MAJOR, MAJOR_DEATHS
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Block, Cell, Column, FigureRef, Heading, Paragraph, Run, Table
from bihuan.kernel.documents.numerals import chinese_date
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.reconciling import share_note, shares
from bihuan.kernel.figures.values import FigureValue
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sentences import listed, say

HEADING = Heading(2, "近五年事故情况")
LISTED = 20


def compose(desk: Briefing) -> Part:
    """The section; nothing for a report that is not of a year, or where no accident was ever kept."""
    asked = desk.question
    if len(asked.period.label) != 4 or not desk.ever_kept(COUNT):
        return Part()
    period = Period.years(asked.period.first.year - reading.SPAN + 1, asked.period.first.year)
    found = reading.read(_count(desk), period, asked.as_of)
    if found.unkept:
        years = "、".join(year.chinese() for year in found.unkept)
        told = "{years}没有完整的事故登记，五年合计不作统计，导入历年事故台账后再统计。"
        return Part((HEADING, Paragraph(say(told, years=years))))
    if not found.whole[COUNT].amount:
        return Part()
    blocks: list[Block] = [HEADING, Paragraph(_whole(desk, found)), _fields(desk, found)]
    grave = _grave(desk, found)
    blocks += [Paragraph(grave)] if grave else []
    return Part((*blocks, _years(desk, found)))


SECTION = Section("five-years", 3, compose, frozenset())


def _count(desk: Briefing) -> reading.Count:
    def count(names: Sequence[str], period: Period, as_of: date, by: str) -> Mapping[str, FigureValue]:
        return answers.values(names, period, as_of, desk.question.scope, by=by)

    return count


def _named(value: FigureValue) -> FigureValue:
    """Its name says which years it is of: the appendix tells only the report's own."""
    label = f"{value.label}（{value.period.chinese()}）"
    return replace(value, label=label, by={name: replace(one, label=label) for name, one in value.by.items()})


def _cite(desk: Briefing, value: FigureValue, line: str = "") -> FigureRef:
    return desk.cite.figure(_named(value), line)


def _whole(desk: Briefing, found: reading.Years) -> tuple[Run, ...]:
    """How many in all, and the field that has most of them with its shares."""
    told = say(
        "{period}，{place}共登记生产安全事故{count}起、死亡{dead}人、直接经济损失{loss}。",
        period=found.period.chinese(), place=desk.question.place, count=_cite(desk, found.whole[COUNT]),
        dead=_cite(desk, found.whole[DEATHS]), loss=_cite(desk, found.whole[LOSS]),
    )  # fmt: skip
    lines = found.whole[COUNT].by
    most = max(lines, key=lambda name: lines[name].amount or 0)
    if len(lines) == 1:
        return told + say("全部为{field}事故。", field=most)
    each = [
        say(
            "{what}占{own}%、其余各行业占{rest}%",
            what=what,
            own=_share(desk, found, name, most),
            rest=_rest(desk, found, name, most),
        )
        for name, what in ((COUNT, "起数"), (DEATHS, "死亡人数"))
        if found.whole[name].amount
    ]
    return told + say("按统计行业分，{field}事故最多，{each}。", field=most, each=listed(each, "，"))


def _two(found: reading.Years, name: str, most: str) -> tuple[str, str]:
    """The shares of one field and of all others together; the two make 100."""
    own = (
        found.whole[name].by[most].amount or 0 if most in found.whole[name].by else 0
    )  # a field with accidents may have no dead
    two = shares({"own": own, "rest": (found.whole[name].amount or 0) - own}, _digits(name))
    return two[0].told, two[1].told


def _digits(name: str) -> int:
    """Accidents to one decimal; of the dead there are so few that a decimal would claim what is not there."""
    return 0 if name in (DEATHS, MAJOR_DEATHS) else 1


def _share(desk: Briefing, found: reading.Years, name: str, most: str) -> FigureRef:
    return replace(_cite(desk, found.whole[name]), text=_two(found, name, most)[0])


def _rest(desk: Briefing, found: reading.Years, name: str, most: str) -> FigureRef:
    return replace(_cite(desk, found.whole[name]), text=_two(found, name, most)[1])


def _fields(desk: Briefing, found: reading.Years) -> Table:
    """A line a field with counts and shares; the shares make 100."""
    columns = (
        Column("统计行业", align="left"), Column("起数"), Column("占比（%）"), Column("死亡（人）"), Column("占比（%）"),
        Column("直接经济损失"),
    )  # fmt: skip
    told = {name: {one.name: one for one in found.shares(name, _digits(name))} for name in (COUNT, DEATHS)}
    rows: list[tuple[Cell, ...]] = []
    for line in found.whole[COUNT].by:
        cells: list[Cell] = [line]
        for name in (COUNT, DEATHS):
            share = told[name].get(line)
            cells += [_part(desk, found, name, line), share.told if share else "0"]
        rows.append((*cells, _part(desk, found, LOSS, line)))
    total: tuple[Cell, ...] = (
        "合计", _bare(desk, found.whole[COUNT]), "100", _bare(desk, found.whole[DEATHS]),
        "100" if found.whole[DEATHS].amount else "—", _bare(desk, found.whole[LOSS]),
    )  # fmt: skip
    notes = tuple(note for name in (COUNT, DEATHS) if (note := share_note(found.shares(name, _digits(name)))))
    base = "注：一起事故只计入一个统计行业，各行之和为合计，占比合计为百分之百。"
    return Table(
        columns,
        (*rows, total),
        caption=f"{found.period.chinese()}各统计行业事故",
        unit="单位：起",
        totals=1,
        notes=(base, *notes),
        size=10.5,
    )


def _part(desk: Briefing, found: reading.Years, name: str, line: str) -> Cell:
    _cite(desk, found.whole[name])
    part = found.whole[name].by.get(line)
    return "0" if part is None else _bare(desk, part, line)


def _bare(desk: Briefing, value: FigureValue, line: str = "") -> Cell:
    return desk.cite.bare(_named(value), line)


def _grave(desk: Briefing, found: reading.Years) -> tuple[Run, ...]:
    """较大及以上 with what part of all they are, and each by day, unit, field and dead."""
    whole = found.whole
    if not whole[MAJOR].amount:
        return say("五年内没有较大及以上生产安全事故的登记（{zero}起）。", zero=_cite(desk, whole[MAJOR]))
    told = say(
        "其中较大及以上事故{count}起、死亡{dead}人，占事故起数的{times}%、死亡人数的{lives}%",
        count=_cite(desk, whole[MAJOR]), dead=_cite(desk, whole[MAJOR_DEATHS]),
        times=_of(desk, found, MAJOR, COUNT), lives=_of(desk, found, MAJOR_DEATHS, DEATHS),
    )  # fmt: skip
    value = whole[MAJOR]
    rows = answers.records(MAJOR, value.period, value.as_of, value.scope).order_by("occurred_on", "pk")
    each = [_one(desk, value, row) for row in rows[:LISTED] if isinstance(row, AccidentVersion)]
    return told + say("：{each}。", each=listed(each, "；"))


def _of(desk: Briefing, found: reading.Years, part: str, name: str) -> FigureRef:
    """What part of a whole; its number opens the part."""
    amount, whole = found.whole[part].amount or 0, found.whole[name].amount or 0
    told = shares({"part": amount, "rest": whole - amount})[0].told
    return replace(_cite(desk, found.whole[part]), text=told)


def _one(desk: Briefing, value: FigureValue, row: AccidentVersion) -> tuple[Run, ...]:
    """2024年2月1日某单位道路交通较大事故，死亡6人; the dead open the list it stands in."""
    words = f"{row.unit}{Branch(row.branch).label}{Grade(row.grade).label}事故"
    dead = replace(_cite(desk, value), text=str(row.counted_deaths))
    return say("{day}{words}，死亡{dead}人", day=chinese_date(row.occurred_on), words=words, dead=dead)


def _years(desk: Briefing, found: reading.Years) -> Table:
    """A line a year, and the years before the last two together: what is left when those are taken away."""
    columns = (
        Column("年份", align="left"), Column("起数"), Column("死亡（人）"), Column("直接经济损失"), Column("较大及以上（起）"),
        Column("较大及以上死亡（人）"),
    )  # fmt: skip
    lines: list[tuple[str, Mapping[str, FigureValue]]] = [
        (year.chinese(), values) for year, values in found.each
    ]
    if found.earlier is not None:
        lines.insert(len(lines) - 2, (f"{found.earlier[0].chinese()}小计", found.earlier[1]))
    rows = [(label, *(_bare(desk, values[name]) for name in reading.NAMES)) for label, values in lines]
    total = ("合计", *(_bare(desk, found.whole[name]) for name in reading.NAMES))
    return Table(
        columns,
        (*rows, total),
        caption=f"{found.period.chinese()}逐年事故",
        unit="单位：起",
        totals=1,
        notes=("注：各年之和为合计。各年均按本报告截至日所知的事故事实统计。",),
        size=10.5,
    )
