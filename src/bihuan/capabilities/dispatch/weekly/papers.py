"""The weekly form on paper: what stands in the file, before it is Excel or Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.capabilities.dispatch.weekly.display import Shown, shown_edition, shown_form, since_words, unit_of
from bihuan.capabilities.dispatch.weekly.layouts import COLUMNS, SINCE, WEEK
from bihuan.capabilities.dispatch.weekly.states import FormState
from bihuan.capabilities.dispatch.weekly.summary import OVERLAP, Summary
from bihuan.kernel import clock
from bihuan.kernel.figures.values import FigureValue


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its heading, its width in millimetres, and the heading it shares with its neighbours."""

    text: str
    width: float
    group: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: headings, rows (an empty first cell belongs to the one above), and texts over the whole width."""

    headings: Sequence[Head]
    rows: Sequence[Sequence[Any]]
    texts: Sequence[tuple[str, str]] = ()
    totals: int = 0
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A4 across: title, what it is about, tables, notes, and the line of hands."""

    title: str
    about: Sequence[str]
    grids: Sequence[Grid]
    notes: Sequence[str]
    hands: Sequence[str]
    foot: str


def plain(value: FigureValue | None) -> Any:
    """A number as a cell holds it: money in 万元, a ratio to one decimal, None where there is nothing."""
    if value is None or value.value is None:
        return None
    if value.kind == "sum":
        return float(value.wan(2))
    return value.value if isinstance(value.value, int) else float(value.value)


def paper_of_form(form: Any, edition: Any = None) -> Paper:
    """One unit's form, as it stands or as one edition said."""
    said = edition or form
    told: Shown = shown_edition(form, edition) if edition else shown_form(form)
    rows = [
        (
            block.title if place == 0 else "",
            row.label,
            unit_of(row),
            plain(told.values.get((row.key, WEEK))),
            plain(told.values.get((row.key, SINCE))),
        )
        for block in told.layout.blocks
        for place, row in enumerate(block.rows)
    ]
    layout = form.template.asks
    rows += [("单位自报", one.label, one.unit, said.stated.get(one.key), None) for one in layout.stated]
    texts = [(one.label, said.words.get(one.key, "")) for one in layout.judgements if said.words.get(one.key)]
    texts += [("零报告说明", said.nil_reason)] if said.nil else []
    texts += [("更正理由", said.correction)] if said.correction else []
    headings = (
        Head("类别", 38.0), Head("项目", 90.0), Head("单位", 20.0), Head("本周", 42.0), Head(since_words(form), 58.0),
    )  # fmt: skip
    return Paper(
        form.template.title,
        (
            f"填报单位：{said.unit_name or form.agency.name}",
            f"时段：{form.week.chinese()}",
            _standing(form, said),
        ),
        (Grid(headings, rows, texts),),
        _notes(form, said, told),
        (
            f"填报人：{said.filed_post} {said.filed_by}".strip(),
            f"审定人：{said.approved_post} {said.approved_by}".strip(),
            f"报送日期：{_day(said.filed_at)}",
        ),
        _foot(form, said),
    )


def _standing(form: Any, said: Any) -> str:
    if said.filed_at is None:
        return "状态：尚未报送（数据未定稿）"
    marks = [f"第{said.edition}稿"]
    marks += ["迟报"] if said.late else []
    marks += ["零报告"] if said.nil else []
    marks += [f"{_day(said.approved_at)}审定"] if said.approved_at else ["待审定"]
    return f"状态：{'，'.join(marks)}"


def _notes(form: Any, said: Any, told: Shown) -> list[str]:
    notes = [
        "表中数据由系统按登记记录统计，截至"
        + (f"{said.as_of}" if said.as_of and not told.live else "打印时")
        + "；单位自报的系统中没有记录可查。"
    ]
    titles = {block.key: block.title for block in form.template.asks.blocks}
    if said.zeros:
        notes.append(
            "经填报单位确认为零的部分：" + "、".join(titles.get(key, key) for key in said.zeros) + "。"
        )
    notes += [f"系统提示：{each['text']}" for each in said.suspicions]
    return notes


def _foot(form: Any, said: Any) -> str:
    return f"{form.no}　第{said.edition}稿　SM3 {said.digest}" if said.digest else f"{form.no}　未报送"


def _day(moment: Any) -> str:
    return clock.day_of(moment).isoformat() if moment else "　　"


def paper_of_summary(summary: Summary, office: str, who: str) -> Paper:
    """The district's summary: one table for the week, one since the campaign began."""
    template = summary.lines[0].form.template if summary.lines else None
    title = template.title if template else "周调度表"
    captions = {WEEK: "本周", SINCE: since_words(summary.lines[0].form) if summary.lines else "累计"}
    return Paper(
        f"{title}（全区汇总）",
        (f"汇总单位：{office}", f"时段：{summary.week.chinese()}"),
        tuple(_grid(summary, column, captions[column]) for column in COLUMNS),
        summary.notes(),
        (f"汇总人：{who}", "审定人：", f"日期：{clock.today()}"),
        f"周调度表全区汇总 {summary.week.label}",
    )


def _grid(summary: Summary, column: str, caption: str) -> Grid:
    asked = [row for _, row in summary.layout.rows]
    width = round(168 / max(1, len(asked)), 1)
    headings = [Head("序号", 9.0), Head("填报单位", 40.0)]
    headings += [
        Head(f"{row.label.removeprefix('其中：')}\n{unit_of(row)}", width, block.title)
        for block, row in summary.layout.rows
    ]
    headings += [Head("填报人", 16.0), Head("状态", 16.0)]
    rows: list[Sequence[Any]] = [
        (
            number, line.form.name, *(plain(line.values.get((row.key, column))) for row in asked),
            line.form.filed_by or "—", _state(line.form),
        )
        for number, line in enumerate(summary.lines, 1)
    ]  # fmt: skip
    rows.append(
        ("", f"合计（已报{summary.came}家）", *(_total(summary, row.key, column) for row in asked), "", "")
    )
    return Grid(headings, rows, totals=1, caption=caption)


def _state(form: Any) -> str:
    words = FormState(form.state).label
    if form.state == FormState.OPEN and form.due_on < clock.today():
        return "未报"
    return "零报告" if form.nil else f"迟报，{words}" if form.late else words


def _total(summary: Summary, key: str, column: str) -> Any:
    number = plain(summary.totals.get((key, column)))
    return f"{number}{OVERLAP}" if number is not None and (key, column) in summary.overlapping else number


def groups(grid: Grid) -> Iterator[tuple[int, int, str]]:
    """Where neighbouring columns share a heading: first and last place, and the heading."""
    start = 0
    for place, head in enumerate(grid.headings):
        following = grid.headings[place + 1].group if place + 1 < len(grid.headings) else None
        if head.group != following:
            if head.group:
                yield start, place, head.group
            start = place + 1


def said(value: Any) -> str:
    """A value as Word prints it."""
    if value is None:
        return "—"
    if isinstance(value, float):
        return f"{value:,.2f}".removesuffix("0") if value else "0"
    return f"{value:,}" if isinstance(value, int) else str(value)
