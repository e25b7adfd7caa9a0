"""生产安全事故: how many, how grave and in which field, each with its scope, and what became of them (M208, M216, N07).

Nothing is said to have stayed away where nobody keeps a record of it. 工矿商贸 is told with construction and without, and
the two are never added.
"""

from __future__ import annotations

from collections.abc import Mapping

from bihuan.capabilities.accidents.states import Branch
from bihuan.kernel.documents import Block, Cell, Column, Heading, Paragraph, Run, Table
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.values import FigureValue
from bihuan.reporting import year_on_year
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sections.aftermath import handled, lessons, measures, unanswered, unchecked
from bihuan.reporting.sections.themes import enterprise
from bihuan.reporting.sentences import joined, listed, say

COUNT, DEATHS, MISSING, SERIOUS, LOSS, MAJOR, MAJOR_DEATHS, LATE = (
    f"accidents.{name}"
    for name in ("count", "deaths", "missing", "serious", "loss", "major", "major_deaths", "late")
)
INDUSTRIAL, INDUSTRIAL_DEATHS, BUILDING, BUILDING_DEATHS = (
    f"accidents.{name}" for name in ("industrial", "industrial_deaths", "construction", "construction_deaths")
)
TOTALS = (
    COUNT, DEATHS, MISSING, SERIOUS, LOSS, MAJOR, MAJOR_DEATHS, LATE, INDUSTRIAL, INDUSTRIAL_DEATHS, BUILDING,
    BUILDING_DEATHS,
)  # fmt: skip
COMPARED = (COUNT, DEATHS, LOSS)
ALONE = Branch.INDUSTRIAL.label
UNKEPT = "系统内没有生产安全事故登记，本报告对事故情况不作统计和结论，请以事故统计直报系统的数据为准。"
APART = (
    "注：每起事故只计入一个统计行业，各行之和即为合计；失踪人员未经确认的不计入死亡。“—”为没有上年同期登记。"
)
Values = Mapping[str, FigureValue]


def compose(desk: Briefing) -> Part:
    """The section and the first sentences of the report."""
    heading = Heading(2, "生产安全事故情况")
    if not desk.ever_kept(COUNT):
        return Part((heading, Paragraph(say(UNKEPT)))) if desk.question.whole else Part()
    asked = desk.question
    found = answers.values(TOTALS, asked.period, asked.as_of, asked.scope, digits=asked.digits)
    by_field = answers.values(
        (COUNT, DEATHS, SERIOUS, LOSS), asked.period, asked.as_of, asked.scope, by="kind"
    )
    then = year_on_year.before(desk, (COUNT, DEATHS, LOSS), "kind")
    blocks: list[Block] = [heading, Paragraph(_against_last_year(desk, found, then))]
    if found[COUNT].amount:
        blocks.append(Paragraph(joined(_fields(desk, found, by_field) + _gravity(desk, found))))
        blocks.append(_table(desk, by_field, then))
    blocks += [Paragraph(runs) for runs in (handled(desk), lessons(desk)) if runs]
    return Part(tuple(blocks), _problems(desk, found), _next_steps(desk), _opening(desk, found))


SECTION = Section("accidents", 2, compose)


def _opening(desk: Briefing, found: Values) -> tuple[Run, ...]:
    """The situation in one breath: how many, how many dead, in what scope, and whether any was grave."""
    asked, cite = desk.question, desk.tell
    if not found[COUNT].amount:
        return say(
            "{until}，{place}{period}登记的生产安全事故为{count}起。",
            until=asked.until, place=asked.place, period=asked.period.chinese(), count=cite(found[COUNT]),
        )  # fmt: skip
    told = say(
        "{period}，{place}发生生产安全事故{count}起、死亡{dead}人",
        period=asked.period.chinese(), place=asked.place, count=cite(found[COUNT]), dead=cite(found[DEATHS]),
    )  # fmt: skip
    if found[MISSING].amount:
        told += say("，另有失踪{missing}人尚未确认、不计入死亡", missing=cite(found[MISSING]))
    if found[INDUSTRIAL].amount:
        told += say(
            "，其中工矿商贸事故{count}起、死亡{dead}人（含建筑施工事故{building}起、死亡{fallen}人）",
            count=cite(found[INDUSTRIAL]), dead=cite(found[INDUSTRIAL_DEATHS]), building=cite(found[BUILDING]),
            fallen=cite(found[BUILDING_DEATHS]),
        )  # fmt: skip
    if not found[MAJOR].amount:
        return told + say("；没有较大及以上生产安全事故的登记（{zero}起）。", zero=cite(found[MAJOR]))
    return told + say(
        "；按等级看，较大及以上事故{major}起、死亡{dead}人。",
        major=cite(found[MAJOR]),
        dead=cite(found[MAJOR_DEATHS]),
    )


def _against_last_year(desk: Briefing, found: Values, then: Values) -> tuple[Run, ...]:
    """起数、死亡、损失 each against last year; a base nobody has is said once, not guessed."""
    if not then:
        return say("系统内没有上年同期的事故登记，事故起数、死亡人数和直接经济损失不作同比。")
    names = {COUNT: "事故起数", DEATHS: "死亡人数", LOSS: "直接经济损失"}
    each = [
        say("{name}{moved}", name=name, moved=year_on_year.moved(desk, found[figure], then))
        for figure, name in names.items()
    ]
    return say("与上年同期相比，{each}。", each=listed(each, "；"))


def _fields(desk: Briefing, found: Values, by_field: Values) -> tuple[Run, ...]:
    """工矿商贸 in both scopes, each by its name."""
    alone = by_field[COUNT].by.get(ALONE)
    if not found[BUILDING].amount or not found[INDUSTRIAL].amount:
        return ()
    desk.cite.figure(by_field[COUNT])
    desk.cite.figure(by_field[DEATHS])
    dead = by_field[DEATHS].by.get(ALONE)
    if alone is None or dead is None or not alone.amount:
        return say("本期工矿商贸事故均为建筑施工事故。")
    return say(
        "工矿商贸事故不含建筑施工的为{count}起、死亡{dead}人，与前述含建筑施工的数口径不同，不得相加。",
        count=desk.cite.figure(alone, ALONE), dead=desk.cite.figure(dead, ALONE),
    )  # fmt: skip


def _gravity(desk: Briefing, found: Values) -> tuple[Run, ...]:
    """By grade, with the severely injured and the loss."""
    asked = desk.question
    grades = answers.value(COUNT, asked.period, asked.as_of, asked.scope, by="grade")
    desk.cite.figure(grades)
    each = [
        say("{name}事故{count}起", name=name, count=desk.cite.figure(line, name))
        for name, line in grades.by.items()
        if line.amount
    ]
    told = say("按事故等级分，{each}。", each=listed(each))
    hurt = (
        say("造成重伤（含急性工业中毒）{serious}人，", serious=desk.tell(found[SERIOUS]))
        if found[SERIOUS].amount
        else ()
    )
    if found[LOSS].amount:
        return told + hurt + say("已核定的直接经济损失{loss}。", loss=desk.tell(found[LOSS]))
    return told + hurt + say("直接经济损失尚未核定。")


def _table(desk: Briefing, by_field: Values, then: Values) -> Table:
    """A line a field; last year's two columns are blank where nothing was kept."""
    columns = (
        Column("统计行业", align="left"), Column("起数", group="本期"), Column("死亡（人）", group="本期"),
        Column("重伤（人）", group="本期"), Column("直接经济损失", group="本期"), Column("起数", group="上年同期"),
        Column("死亡（人）", group="上年同期"),
    )  # fmt: skip
    names = list(by_field[COUNT].by)
    if then:
        names += [name for name in then[COUNT].by if name not in names]
    rows: list[tuple[Cell, ...]] = [
        (name, *(_cell(desk, by_field[figure], name) for figure in (COUNT, DEATHS, SERIOUS, LOSS)),
         *(_cell(desk, then[figure], name) if then else "—" for figure in (COUNT, DEATHS)))
        for name in names
    ]  # fmt: skip
    total: tuple[Cell, ...] = (
        "合计", *(_bare(desk, by_field[figure]) for figure in (COUNT, DEATHS, SERIOUS, LOSS)),
        *(_bare(desk, then[figure]) if then else "—" for figure in (COUNT, DEATHS)),
    )  # fmt: skip
    return Table(
        columns,
        (*rows, total),
        caption="各统计行业生产安全事故情况",
        unit="单位：起",
        totals=1,
        notes=(APART,),
        size=10.5,
    )


def _cell(desk: Briefing, value: FigureValue, name: str) -> Cell:
    line = value.by.get(name)
    return _bare(desk, line, name) if line is not None else "0"


def _bare(desk: Briefing, value: FigureValue, line: str = "") -> Cell:
    return desk.cite.bare(value, line)


def _problems(desk: Briefing, found: Values) -> tuple[str, ...]:
    told = []
    if found[MAJOR].amount:
        told.append(
            "较大事故没有得到有效遏制。本期登记较大及以上事故【较大及以上事故】起，死亡【较大及以上事故死亡】人。"
        )
    if found[LATE].amount:
        desk.tell(found[LATE])
        told.append(enterprise("事故报告不够及时。有【迟报的事故】起事故超过法定时限报告。"))
    if measures(desk)[2].count:
        told.append(
            enterprise(
                "事故教训吸取不够。事故调查报告提出的措施中有【逾期未落实的事故整改和防范措施】项逾期没有落实。"
            )
        )
    if unchecked(desk)[1].count:
        told.append(
            enterprise(
                "举一反三抓得不实。有【逾期未按警示排查的单位】家次单位没有按事故警示的要求按期反馈排查结果。"
            )
        )
    return tuple(told)


def _next_steps(desk: Briefing) -> tuple[str, ...]:
    told = []
    if unanswered(desk).count:
        told.append(
            "抓好事故查处。对尚未批复的事故按法定期限完成调查，查清原因、认定责任，依法依规提出处理建议。"
        )
    if measures(desk)[1].count or unchecked(desk)[1].count:
        told.append(
            "用事故教训推动工作。逐项督促整改和防范措施落实，组织同类单位对照排查，到期评估并向社会公开。"
        )
    return tuple(told)
