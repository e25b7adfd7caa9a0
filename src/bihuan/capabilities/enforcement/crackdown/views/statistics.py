"""``/crackdown/statistics/``: what was found, struck and banned, each number opening its rows (M145, M148–M155)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from bihuan.capabilities.enforcement.crackdown import catalogue, chain, naming, rising
from bihuan.capabilities.enforcement.crackdown.catalogue import FIREWORKS, VEHICLES, Code
from bihuan.capabilities.enforcement.crackdown.hands import REPORTING
from bihuan.capabilities.enforcement.crackdown.states import PlaceType
from bihuan.capabilities.enforcement.crackdown.views import fines
from bihuan.capabilities.enforcement.crackdown.views.layout import (
    Section,
    Sheet,
    document,
    month_of,
    page,
    paper,
    period_filter,
)
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Align, Document
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.figures.cards import card, counted, records_href, shown
from bihuan.kernel.web.figures.reach import Reach, reach_to_count
from bihuan.kernel.web.session import actor_for

STATISTICS = "/crackdown/statistics/"
CARDS = (
    "crackdown.found", "crackdown.struck", "crackdown.banned", "crackdown.dens_banned", "crackdown.mines_closed",
    "crackdown.reemerged", "crackdown.consolidated", "crackdown.settled", "crackdown.vehicles",
    "crackdown.vehicles_detained", "crackdown.persons_detained", "crackdown.police",
)  # fmt: skip
TOLD = ("crackdown.found", "crackdown.struck", "crackdown.banned", "crackdown.settled")


class Count:
    """Figures of one period as one reader may count them."""

    def __init__(self, actor: Actor, period: Period) -> None:
        self.actor, self.period, self.reach = actor, period, reach_to_count(actor)
        self.as_of = min(period.last, clock.today()) if period.first <= clock.today() else clock.today()

    def values(
        self, names: Sequence[str], by: str = "", reach: Reach | None = None
    ) -> dict[str, FigureValue]:
        within = reach or self.reach
        return counted(self.actor, within, names, self.period, self.as_of, within.scope, by)


def lines_of(values: Mapping[str, FigureValue], dim: str, code: str) -> list[FigureValue | None]:
    """The line of one code in each figure; None where nothing was counted under it."""
    return [
        next((line for line in value.by.values() if getattr(line.scope, dim) == code), None)
        for value in values.values()
    ]


def cell(value: FigureValue | None) -> str:
    """A number as a table prints it."""
    return "0" if value is None else shown(value)


def ledger(
    caption: str,
    first: str,
    values: Mapping[str, FigureValue],
    dim: str,
    rows: Sequence[tuple[str, str, str]],
) -> parts.Ledger:
    """A row for each code, even one that nothing was found under: a zero is said. ``rows`` are code, label, hint."""
    columns = [parts.Column(first, "title")]
    columns += [parts.Column(value.label, "number", value.unit) for value in values.values()]
    listed = []
    for code, label, hint in rows:
        numbers = lines_of(values, dim, code)
        opened = next((records_href(one) for one in numbers if one is not None and one.amount), "")
        listed.append(parts.Row([label, *(cell(one) for one in numbers)], href=opened, sub=hint))
    return parts.Ledger(columns, listed, caption)


def _codes(codes: Sequence[Code]) -> list[tuple[str, str, str]]:
    return [(code.value, code.label, "情形名称待核对" if code.mark == "K" else "") for code in codes]


@require_GET
@only_for(REPORTING)
def statistics_page(request: HttpRequest) -> HttpResponse:
    """All counters of a period."""
    actor, period = actor_for(request), month_of(request)
    count = Count(actor, period)
    found = count.values(CARDS)
    cards = [card(found[name]) for name in CARDS]
    fined = fines.card_of(actor, count.reach, period, count.as_of)
    query = f"?period={period.label}"
    return page(
        request, actor, STATISTICS, "打非统计", [*sections(count)],
        lead="每个数都来自台账里的事项，点开就是那些事项；罚款只从执法案件统计。",
        cards=[*cards, *([fined] if fined else [])], filters=[period_filter(period)],
        begin=[parts.Action("打印", f"{STATISTICS}paper.docx{query}", icon="printer"),
               parts.Action("PDF", f"{STATISTICS}paper.pdf{query}", icon="printer")],
    )  # fmt: skip


def sections(count: Count) -> list[Section]:
    """The tables of the page, in the order of the duties."""
    kinds = count.values(TOLD, "kind")
    sites = count.values(("crackdown.found", "crackdown.banned"), "site")
    codes = count.values(("crackdown.found", "crackdown.struck"), "code")
    fire = count.values(("crackdown.fireworks",), "rule")
    every = [(kind.value, kind.label, "") for kind in catalogue.Kind]
    places = [(one.value, one.label, "") for one in PlaceType]
    named = naming.all_named(catalogue.RULES, count.as_of).values()
    return [
        Section("按类别", ledger=ledger("按类别", "类别", kinds, "kind", every)),
        Section("非法窝点按场所类型", ledger=ledger("按场所类型", "场所类型", sites, "site", places)),
        Section("烟花爆竹五类", ledger=ledger("烟花爆竹五类", "情形", codes, "code", _codes(FIREWORKS))),
        Section(
            "违反“七个一律”", ledger=ledger(
                "违反“七个一律”", "条款", fire, "rule", [(one.code, one.words, one.hint) for one in named]
            ), links=_ways(count.actor, frozenset({Role.OFFICE}), "设定名称", "/crackdown/names/rule/", "settings"),
        ),
        Section("违法车辆按情形", ledger=ledger("违法车辆", "情形", codes, "code", _codes(VEHICLES))),
        Section("民爆“四超”“三非”", ledger=ledger("民爆", "情形", codes, "code", _codes(catalogue.EXPLOSIVES))),
        _chemical(count, codes),
        _violations(count),
    ]  # fmt: skip


def _ways(actor: Actor, roles: frozenset[Role], label: str, href: str, icon: str) -> Sequence[parts.Link]:
    """A way for those alone to whom the page behind it opens."""
    return [parts.Link(label, href, icon)] if actor.roles & roles else ()


def _chemical(count: Count, codes: Mapping[str, FigureValue]) -> Section:
    """Seven links: what was found, what was checked, what nobody looked at."""
    columns = (
        parts.Column("环节", "title"), parts.Column("查处", "number", "起"), parts.Column("检查", "number", "次"),
        parts.Column("检查单位", "number", "家"), parts.Column("最近检查", "day"), parts.Column("情况", "state"),
    )  # fmt: skip
    rows = []
    for link in chain.survey(count.period, count.as_of, count.actor):
        found = lines_of(codes, "code", link.code.value)[0]
        rows.append(
            parts.Row(
                [
                    link.code.label, cell(found), link.checks, link.units, link.last or "—",
                    parts.State("时段内无检查", "off") if link.neglected else parts.State("有检查", "done"),
                ],
                href=records_href(found) if found is not None and found.amount else "",
                late=link.neglected,
            )
        )  # fmt: skip
    neglected = sum(row.late for row in rows)
    return Section(
        "危化品七个环节", f"{neglected} 个环节没有检查" if neglected else "每个环节都有检查",
        ledger=parts.Ledger(columns, rows, "危化品七个环节"),
        links=_ways(count.actor, frozenset(chain.CHECKING), "登记环节检查", "/crackdown/links/new/", "plus"),
    )  # fmt: skip


def _violations(count: Count) -> Section:
    """The last month of the period against the one before."""
    month = Period.month_of(count.as_of)
    columns = (
        parts.Column("情形", "title"), parts.Column("本月", "number", "起"), parts.Column("上月", "number", "起"),
        parts.Column("预警", "state"),
    )  # fmt: skip
    rows = [
        parts.Row(
            [
                trend.code.label, cell(trend.now), cell(trend.before),
                parts.State("上升预警", "waiting") if trend.alert else parts.State("正常", "done"),
            ],
            href=records_href(trend.now) if trend.now.amount else "",
            late=trend.alert,
        )
        for trend in rising.trends(month, count.as_of, count.reach.scope.without({"sector"}))
    ]  # fmt: skip
    return Section("三违和岗位失责", month.chinese(), ledger=parts.Ledger(columns, rows, "三违和岗位失责"))


@require_GET
@only_for(REPORTING)
def statistics_paper(request: HttpRequest, ending: str) -> HttpResponse:
    """The same as a paper."""
    actor, period = actor_for(request), month_of(request)
    count = Count(actor, period)
    title = f"{period.chinese()}打非治违统计"
    return paper(lambda: _document(count, period), title, ending)


def _document(count: Count, period: Period) -> Document:
    found = count.values(CARDS)
    first = Sheet(
        "主要数据", (("指标", "left"), ("数值", "right"), ("单位", "center")),
        [(value.label, shown(value), value.unit) for value in found.values()],
    )  # fmt: skip
    sheets = [first]
    for section in sections(count):
        if section.ledger is None:
            continue
        heads: list[tuple[str, Align]] = [
            (
                f"{column.label}（{column.unit}）" if column.unit else column.label,
                "center" if place else "left",
            )
            for place, column in enumerate(section.ledger.columns)
        ]
        rows = [[_text(each) for each in row.cells] for row in section.ledger.rows]
        sheets.append(Sheet(section.title, heads, rows))
    return document(f"{period.chinese()}打非治违统计", count.as_of, sheets)


def _text(value: object) -> str:
    return value.word if isinstance(value, parts.State) else str(value)
