"""A form as it is shown: its figures laid out by the template, live while it is open, frozen once it was filed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.capabilities.dispatch.weekly.computing import Cell, fitting, of_form
from bihuan.capabilities.dispatch.weekly.editions import Values, frozen_of, of_frozen
from bihuan.capabilities.dispatch.weekly.layouts import SINCE, WEEK, Layout, Row
from bihuan.capabilities.dispatch.weekly.states import FormState
from bihuan.kernel import clock
from bihuan.kernel.documents.numerals import chinese_date
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.web import parts
from bihuan.kernel.web.figures.cards import linked

UNITS = {"sum": "万元", "ratio": "%"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One form ready to be laid out."""

    layout: Layout
    values: Values
    live: bool


def of_live(found: Iterable[Cell]) -> Values:
    """Cells just computed, by row and column."""
    return {(cell.row.key, cell.column): cell.value for cell in found}


def shown_form(form: Any) -> Shown:
    """A form as it stands: what was filed, or what would be filed now."""
    layout = fitting(form.template.asks, form.template.campaign)
    if form.figures is None or form.state == FormState.OPEN:
        return Shown(layout, of_live(of_form(form, clock.today())), live=True)
    return shown_edition(form, form)


def shown_edition(form: Any, edition: Any) -> Shown:
    """One edition of a form, as it was signed."""
    layout = fitting(form.template.asks, form.template.campaign)
    frozen = frozen_of([edition.figures]).get(edition.figures, {})
    return Shown(layout, of_frozen(layout, form.template.campaign, form.period, frozen.values()), live=False)


def unit_of(row: Row) -> str:
    """The unit a row is counted in."""
    figure = registry.figure(row.figure)
    return UNITS.get(figure.kind, figure.unit)


def link(value: FigureValue | None) -> Any:
    """The number, and the way to the records it counts."""
    if value is None or value.value is None:
        return None
    return linked(value)


def tables(told: Shown, form: Any) -> Sequence[tuple[str, parts.Ledger]]:
    """A table for each block: what is counted, this week, since the campaign began."""
    columns = (
        parts.Column("项目", "title"),
        parts.Column("本周", "number"),
        parts.Column(since_words(form), "number"),
    )
    return [
        (
            block.title,
            parts.Ledger(
                columns,
                [
                    parts.Row(
                        (
                            f"{row.label}（{unit_of(row)}）",
                            link(told.values.get((row.key, WEEK))),
                            link(told.values.get((row.key, SINCE))),
                        )
                    )
                    for row in block.rows
                ],
                block.title,
            ),
        )
        for block in told.layout.blocks
    ]


def since_words(form: Any) -> str:
    """自2026年9月1日累计."""
    return f"{chinese_date(form.template.counts_from)}以来"


def words_facts(form: Any, edition: Any) -> Sequence[parts.Fact]:
    """Stated numbers, marked as such, and judgement."""
    layout = form.template.asks
    facts = [
        parts.Fact(
            one.label, f"{edition.stated.get(one.key, 0)}{one.unit}", hint="填报单位自报，系统中没有记录可查"
        )
        for one in layout.stated
        if one.key in edition.stated
    ]
    facts += [
        parts.Fact(one.label, edition.words[one.key], wide=True)
        for one in layout.judgements
        if edition.words.get(one.key)
    ]
    titles = {block.key: block.title for block in layout.blocks}
    if edition.zeros:
        confirmed = "、".join(titles.get(key, key) for key in edition.zeros)
        facts.append(
            parts.Fact("已确认为零", confirmed, hint="零由填报单位逐部分确认，不由系统推断", wide=True)
        )
    if edition.nil:
        facts.append(parts.Fact("零报告说明", edition.nil_reason, wide=True))
    return facts


def changes_of(edition: Any) -> parts.Ledger:
    """What an edition says otherwise than the one before."""
    columns = (parts.Column("栏目", "title"), parts.Column("上一稿"), parts.Column("本稿"))
    rows = [parts.Row((one["label"], one["was"], one["now"])) for one in edition.changes]
    return parts.Ledger(columns, rows, "与上一稿的差别")
