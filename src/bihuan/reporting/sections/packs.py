"""What a dispatch pack, a quarterly plan and a bulletin are put together from, beside the hazards' own sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bihuan.capabilities.dispatch.models import OPEN_STATES, Task
from bihuan.capabilities.dispatch.weekly.models import WeeklyForm
from bihuan.capabilities.dispatch.weekly.states import FormState
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Block, Cell, Column, Heading, Paragraph, Run, Table
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.values import FigureValue
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.citing import Roll
from bihuan.reporting.genres import PACKS, following
from bihuan.reporting.models import Kind
from bihuan.reporting.sections import Part, Section, campaigns, filing_record, hazards, majors, meetings
from bihuan.reporting.sentences import listed, say

OVERDUE = "hazards.overdue"
DISPATCHED, CLOSED, OPEN, LATE, RATE = (
    "tasks.dispatched", "tasks.closed", "tasks.open", "tasks.overdue", "tasks.closing_rate",
)  # fmt: skip
ACCIDENTS, DEATHS = "accidents.count", "accidents.deaths"
LISTED = 30
UNITS = 20


def accidents(desk: Briefing) -> Part:
    """Accidents come first in every pack. Where nobody registers them, that is said; it is never a zero."""
    heading = Heading(2, "事故情况")
    if not desk.ever_kept(ACCIDENTS):
        says = "系统内尚无事故登记，本材料对事故情况不作统计和结论，请以事故统计直报系统为准。"
        return Part((heading, Paragraph(say(says))))
    asked = desk.question
    if asked.scope.dims() - registry.figure(ACCIDENTS).tally.dims.keys():
        return Part()
    found = answers.values((ACCIDENTS, DEATHS), asked.period, asked.as_of, asked.scope, by="kind")
    count, deaths = found[ACCIDENTS], found[DEATHS]
    told = say("{period}登记生产安全事故{count}起", period=asked.period.chinese(), count=desk.tell(count))
    if not count.amount:
        return Part((heading, Paragraph(told + say("。"))))
    told += say("，死亡{deaths}人。按统计行业分，", deaths=desk.tell(deaths))
    each = [
        _of_field(desk, name, line, deaths.by.get(name)) for name, line in count.by.items() if line.amount
    ]
    return Part((heading, Paragraph(told + listed(each) + say("。"))))


def _of_field(desk: Briefing, name: str, count: FigureValue, deaths: FigureValue | None) -> tuple[Run, ...]:
    """One statistical field: an accident lies in exactly one, so that the parts are the whole (M216)."""
    told = say("{name}{count}起", name=name, count=desk.tell(count, name))
    if deaths is None or not deaths.amount:
        return told
    return told + say("（死亡{deaths}人）", deaths=desk.tell(deaths, name))


def overdue(desk: Briefing) -> Part:
    """Every hazard past its day this year, whenever it was found: what a meeting asks about first."""
    asked, year = desk.question, _year(desk)
    late = _this_year(answers.value(OVERDUE, year, asked.as_of, asked.scope))
    heading = Heading(2, "逾期未整改隐患")
    if not late.amount:
        told = say("{until}，{year}以来发现的隐患没有逾期未整改的。", until=asked.until, year=year.chinese())
        return Part((heading, Paragraph(told)))
    told = say(
        "{until}，{year}以来发现的隐患中逾期未整改{late}项。", until=asked.until, year=year.chinese(),
        late=desk.tell(late),
    )  # fmt: skip
    rows = answers.records(OVERDUE, year, asked.as_of, asked.scope).select_related(
        "object", "object__region", "agency"
    )
    listed: list[Any] = list(rows.order_by("rectify_by", "pk")[:LISTED])
    columns = (
        Column("编号", 12.5), Column("单位", align="left"), Column("属地"), Column("监管单位", align="left"),
        Column("整改期限", 6.8), Column("逾期（天）", 4.4, align="right"),
    )  # fmt: skip
    table = Table(
        columns,
        tuple(
            (
                one.no, one.object.name, one.object.region.name, one.agency.name if one.agency else "—",
                one.rectify_by.isoformat(), str((asked.as_of - one.rectify_by).days),
            )
            for one in listed
        ),
        caption="逾期未整改隐患清单", notes=_first(late.amount, len(listed)), size=10.5,
    )  # fmt: skip
    problem = "隐患整改有拖延。本年以来逾期未整改【逾期未整改（本年以来）】项，须逐项明确责任人和完成时间。"
    return Part((heading, Paragraph(told), table), (problem,))


def tasks(desk: Briefing) -> Part:
    """Tasks by unit, the laggards first."""
    asked = desk.question
    if asked.scope.dims() - registry.figure(DISPATCHED).tally.dims.keys():
        return Part()
    year, heading = _year(desk), Heading(2, "调度任务落实")
    names = [DISPATCHED, CLOSED, OPEN, LATE, RATE]
    found = {
        name: _this_year(value)
        for name, value in answers.values(
            names, year, asked.as_of, asked.scope, by="unit", digits=asked.digits
        ).items()
    }
    if not found[DISPATCHED].amount:
        return Part((heading, Paragraph(say("{year}以来没有交办任务的登记。", year=year.chinese()))))
    told = say(
        "{year}以来交办任务{all}项，{until}，办结{closed}项，未办结{open}项，其中逾期{late}项，办结率{rate}。",
        year=year.chinese(), until=asked.until, all=desk.tell(found[DISPATCHED]), closed=desk.tell(found[CLOSED]),
        open=desk.tell(found[OPEN]), late=desk.tell(found[LATE]), rate=desk.tell(found[RATE]),
    )  # fmt: skip
    blocks: list[Block] = [heading, Paragraph(told), _units(desk, found, names)]
    if not found[LATE].amount:
        return Part(tuple(blocks))
    problem = "部分任务没有按期办结。逾期未办结任务【逾期未办结任务（本年以来）】项，须由牵头单位说明原因、重定措施。"
    step = "对逾期任务逐项督办。由安委办列出清单，牵头单位限期报送进展，仍不办结的挂牌督办。"
    return Part(tuple(blocks), (problem,), (step,))


def _units(desk: Briefing, found: dict[str, FigureValue], names: Sequence[str]) -> Table:
    """A line a unit, those with the most overdue first."""
    lines = found[DISPATCHED].by

    def behind(unit: str) -> tuple[int, int]:
        late, left = found[LATE].by[unit].amount or 0, found[OPEN].by[unit].amount or 0
        return -late, -left

    ranked = sorted(lines, key=behind)[:UNITS]
    cite = desk.cite.bare
    rows: list[tuple[Cell, ...]] = []
    rows += [
        (unit, *(cite(found[name].by[unit], unit) for name in names)) for unit in ranked if unit in lines
    ]
    rows.append(("合计", *(cite(found[name]) for name in names)))
    columns = (
        Column("牵头单位", align="left"), Column("交办"), Column("办结"), Column("未办结"), Column("其中逾期"),
        Column("办结率（%）"),
    )  # fmt: skip
    return Table(
        columns, tuple(rows), caption="各单位任务办理情况", unit="单位：项", totals=1,
        notes=_first(len(lines), len(ranked)),
    )  # fmt: skip


def raised(desk: Briefing) -> Part:
    """What the units themselves raised in the weekly forms of the period, in their own words (the newest of each)."""
    asked = desk.question
    rows = WeeklyForm.objects.filter(
        state=FormState.APPROVED.value,
        week_from__gte=asked.period.first,
        week_from__lte=asked.as_of,
        nil=False,
    )
    if asked.agency is not None:
        rows = rows.filter(agency=asked.agency)
    elif not asked.whole:
        rows = rows.filter(region_path__startswith=asked.scope.regions[0])
    newest: dict[int, WeeklyForm] = {}
    for form in rows.filter(week_from__lte=asked.period.last).order_by("week_from", "uid"):
        newest[form.agency_id] = form
    told = [form for form in newest.values() if form.words.get("problems")]
    if not told:
        return Part()
    columns = (
        Column("单位", 10.0, align="left"),
        Column("提出的问题", align="left"),
        Column("周调度表", 12.5),
    )
    lines = tuple((form.unit_name, str(form.words["problems"]), form.no) for form in told[:UNITS])
    blocks: tuple[Block, ...] = (
        Heading(2, "各单位提出的问题"),
        Paragraph(say("各牵头单位在经审定的周调度表中提出的主要问题如下，为单位原话。")),
        Table(columns, lines, caption="各单位提出的问题", size=10.5),
    )
    return Part(blocks)


def ahead(desk: Briefing) -> Part:
    """The next stage: every open task that falls due in it, decisions of meetings among them."""
    asked = desk.question
    if asked.agency is not None:
        return Part()
    stage = following(asked.period)
    due = Task.objects.filter(
        withdrawn=False, state__in=[state.value for state in OPEN_STATES], due_on__gte=stage.first,
        due_on__lte=stage.last, dispatched_on__lte=asked.as_of,
    )  # fmt: skip
    if not asked.whole:
        due = due.filter(region_path__startswith=asked.scope.regions[0])
    listed = list(due.select_related("agency").order_by("due_on", "uid"))
    caption = f"{stage.chinese()}到期，{asked.until}未办结，{asked.place}"
    roll = Roll("tasks.due_next", "下一阶段到期任务", "项", caption, tuple(str(task.uid) for task in listed))
    heading = Heading(2, "下一阶段到期的任务和议定事项")
    if not listed:
        says = "{stage}没有已经交办、到期应办结的任务，须结合季节特点和会议议定事项补充安排。"
        return Part((heading, Paragraph(say(says, stage=stage.chinese()))))
    told = say(
        "{stage}到期应办结的任务共{count}项，清单如下。", stage=stage.chinese(), count=desk.count(roll)
    )
    columns = (
        Column("编号", 12.5), Column("任务", align="left"), Column("牵头单位", align="left"), Column("期限", 6.8),
        Column("来源", align="left"),
    )  # fmt: skip
    table = Table(
        columns,
        tuple(
            (task.no, task.title, task.agency.name, task.due_on.isoformat(), task.source_title or "—")
            for task in listed[:LISTED]
        ),
        caption="下一阶段到期任务清单", notes=_first(len(listed), min(len(listed), LISTED)), size=10.5,
    )  # fmt: skip
    step = "按清单推进【下一阶段到期任务】项到期任务，牵头单位按月报送进展，到期前由安委办提醒。"
    return Part((heading, Paragraph(told), table), next_steps=(step,))


def _year(desk: Briefing) -> Period:
    return Period.parse(str(desk.question.period.first.year))


def _this_year(value: FigureValue) -> FigureValue:
    """A figure of the year in a paper about a month says so in its name, in the text and in the appendix."""
    label = f"{value.label}（本年以来）"
    return replace(
        value, label=label, by={name: replace(line, label=label) for name, line in value.by.items()}
    )


def _first(of: int | None, shown: int) -> tuple[str, ...]:
    return (f"注：只列前{shown}项，其余见系统。",) if of and of > shown else ()


SECTIONS = (
    Section("pack-accidents", 2, accidents, PACKS),
    Section("pack-meetings", 5, meetings.compose, PACKS),
    Section("pack-campaigns", 8, campaigns.compose, PACKS),
    Section("pack-hazards", 10, hazards.compose, PACKS),
    Section("pack-majors", 20, majors.compose, PACKS),
    Section("pack-overdue", 30, overdue, PACKS),
    Section("pack-tasks", 40, tasks, PACKS),
    Section("pack-filings", 50, filing_record.compose, PACKS),
    Section("pack-raised", 60, raised, PACKS),
    Section("pack-ahead", 70, ahead, frozenset({Kind.MONTHLY_PACK.value, Kind.QUARTERLY_PLAN.value})),
)
