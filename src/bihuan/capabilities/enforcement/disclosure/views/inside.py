"""``/cases/disclosure/``, ``/cases/analysis/``, ``/cases/scores/``: what officers and their supervisors see (M126, M137, M138)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.enforcement import pages
from bihuan.capabilities.enforcement.access import READERS, visible_cases
from bihuan.capabilities.enforcement.crackdown.views.layout import (
    Section,
    Sheet,
    document,
    month_of,
    paper,
    period_filter,
)
from bihuan.capabilities.enforcement.disclosure import analysis, scores, terms
from bihuan.capabilities.enforcement.disclosure.published import in_public
from bihuan.capabilities.enforcement.disclosure.terms import Owed
from bihuan.capabilities.enforcement.hands import ENFORCER
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Align, Document
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.figures.cards import card, counted, records_href, shown
from bihuan.kernel.web.figures.reach import reach_to_count
from bihuan.kernel.web.session import actor_for

DISCLOSURE, ANALYSIS, SCORES = "/cases/disclosure/", "/cases/analysis/", "/cases/scores/"
CASES = parts.Link("执法案件", "/cases/")
SHOWN = 100
FIGURES = ("disclosure.due", "disclosure.published", "disclosure.rate")
WITHDRAWING = "决定被变更、撤销或确认违法、无效的，3 个工作日内撤回并说明理由。"
UNWEIGHED = "评分按各项平均计算，权重待核对；点开可看每一项没有做到的案件"


def page(
    request: HttpRequest, here: str, heading: str, sections: Sequence[Section], **more: object
) -> HttpResponse:
    """Sections under the tabs of enforcement."""
    context = {
        "heading": heading, "sections": sections, "beside": pages.tabs(here), "hidden": (),
        "crumbs": [CASES, parts.Link(heading, "")], **more,
    }  # fmt: skip
    return render(request, "crackdown/sections.html", context)


@require_GET
@only_for(READERS)
def disclosure_page(request: HttpRequest) -> HttpResponse:
    """What waits for publication or withdrawal, and how much stands in public."""
    actor, period, today = actor_for(request), month_of(request), clock.today()
    waiting, withdrawing = terms.unpublished(actor), terms.to_withdraw(actor)
    late = sum(one.late(today) for one in waiting)
    as_of = min(period.last, today)
    reach = reach_to_count(actor)
    values = counted(actor, reach, FIGURES, period, as_of, reach.scope)
    listed = (
        visible_cases(actor).filter(in_public()).select_related("agency").order_by("-published_on", "-uid")
    )
    public = parts.Ledger(
        (parts.Column("案件", "title"), parts.Column("处罚机关", phone=False), parts.Column("决定", "day", phone=False),
         parts.Column("公示", "day"), parts.Column("情况", "state")),
        [parts.Row([case.name, case.agency.name, case.decided_on, case.published_on,
                    parts.State("按期", "done") if terms.in_time(case) else parts.State("逾期公示", "waiting")],
                   href=f"/cases/{case.no}/", sub=case.no) for case in listed[:SHOWN]],
        "已公示",
    )  # fmt: skip
    sections = [
        Section("待公示", f"{len(waiting)} 件，其中逾期 {late} 件", ledger=_owed(waiting, "publish", actor),
                empty=parts.Empty("没有待公示的处罚决定。", icon="circle-check")),
        Section("应撤回", f"{len(withdrawing)} 件", ledger=_owed(withdrawing, "unpublish", actor),
                empty=parts.Empty("没有应撤回的公示。", WITHDRAWING, icon="circle-check")),
        Section("正在公示", f"{listed.count()} 件", ledger=public, empty=parts.Empty("还没有公示的处罚决定。")),
    ]  # fmt: skip
    return page(
        request, DISCLOSURE, "执法公示", sections, cards=[card(values[name]) for name in FIGURES],
        filters=[period_filter(period)], begin=[parts.Action("打开公示页", "/disclosure/", icon="eye")],
        lead="处罚决定作出后 7 个工作日内公示；公示页上的内容都来自案件本身，在案件页登记公示后立即可见。",
    )  # fmt: skip


def _owed(owed: Sequence[Owed], deed: str, actor: Actor) -> parts.Ledger:
    """Whoever may do it goes straight to the deed, others to the case."""
    columns = (
        parts.Column("案件", "title"), parts.Column("处罚机关", phone=False), parts.Column("决定", "day", phone=False),
        parts.Column("期限", "day"),
    )  # fmt: skip
    rows = []
    for one in owed[:SHOWN]:
        due, href = parts.Deadline.of(one.deadline.due), f"/cases/{one.case.no}/"
        cells = [one.case.name, one.case.agency.name, one.case.decided_on, due]
        way = f"{href}{deed}/" if ENFORCER.holds(actor, one.case) else href
        rows.append(parts.Row(cells, href=way, late=due.left < 0, sub=one.case.no))
    return parts.Ledger(columns, rows, "期限")


@require_GET
@only_for(READERS)
def analysis_page(request: HttpRequest) -> HttpResponse:
    """Violations ranked, and what to look at next."""
    actor, period = actor_for(request), month_of(request)
    told = analysis.Analysis(actor, reach_to_count(actor), period)
    query = f"?period={period.label}"
    sections = [
        _focus(told),
        *(Section(f"按{label}", ledger=_ranking(told, by, label)) for by, label in analysis.BY),
    ]
    return page(
        request, ANALYSIS, "执法分析", sections, cards=[card(value) for value in told.total().values()],
        filters=[period_filter(period)],
        begin=[parts.Action("打印", f"{ANALYSIS}paper.docx{query}", icon="printer"),
               parts.Action("PDF", f"{ANALYSIS}paper.pdf{query}", icon="printer")],
        lead=f"按作出决定的案件统计，与上年同期（{told.before.first} 至 {told.before_as_of}）比较；每个数都能点开。",
    )  # fmt: skip


def _focus(told: analysis.Analysis) -> Section:
    columns = (
        parts.Column("下一步重点", "title"), parts.Column("查处", "number", "项"), parts.Column("上年同期", "number", "项"),
        parts.Column("最多的行业"), parts.Column("最多的镇街"),
    )  # fmt: skip
    rows = [
        parts.Row([one.line.name, one.line.count, one.line.before, one.sector, one.town], href=records_href(one.line.found))
        for one in told.focus()
    ]  # fmt: skip
    return Section(
        "下一步检查重点", "按查处次数排列", ledger=parts.Ledger(columns, rows, "下一步检查重点"),
        empty=parts.Empty("这个时段还没有作出决定的案件。"),
    )  # fmt: skip


def _ranking(told: analysis.Analysis, by: str, label: str) -> parts.Ledger:
    columns = (
        parts.Column(label, "title"), parts.Column("查处", "number", "项"), parts.Column("上年同期", "number", "项"),
        parts.Column("罚款", "number", "万元"),
    )  # fmt: skip
    rows = [
        parts.Row([line.name, line.count, line.before, shown(line.fines)], href=records_href(line.found))
        for line in told.ranking(by)
    ]
    return parts.Ledger(columns, rows, f"按{label}")


@require_GET
@only_for(READERS)
def analysis_paper(request: HttpRequest, ending: str) -> HttpResponse:
    """The analysis as a paper."""
    actor, period = actor_for(request), month_of(request)
    told = analysis.Analysis(actor, reach_to_count(actor), period)
    title = f"{period.chinese()}行政执法分析"
    return paper(lambda: _analysis(told, title), title, ending)


def _analysis(told: analysis.Analysis, title: str) -> Document:
    total = told.total()
    says = (
        f"{told.period.chinese()}（截至 {told.as_of}）共查处违法行为{shown(total[analysis.FOUND])}项，"
        f"罚款{shown(total[analysis.FINES])}万元。"
    )
    focus = told.focus()
    if focus:
        names = "；".join(
            f"{one.line.name}（{one.line.count}项，上年同期{one.line.before}项，{one.sector}、{one.town}最多）"
            for one in focus
        )
        says += f"建议下一步重点检查：{names}。"
    sheets = []
    heads: list[tuple[str, Align]] = [
        ("查处（项）", "right"),
        ("上年同期（项）", "right"),
        ("罚款（万元）", "right"),
    ]
    for by, label in analysis.BY:
        rows = [
            (line.name, str(line.count), str(line.before), shown(line.fines)) for line in told.ranking(by)
        ]
        sheets.append(Sheet(f"按{label}", [(label, "left"), *heads], rows))
    return document(title, told.as_of, sheets, says)


@require_GET
@only_for(READERS)
def scores_page(request: HttpRequest) -> HttpResponse:
    """Units and officers."""
    actor, period = actor_for(request), month_of(request)
    as_of = min(period.last, clock.today())
    query = f"?period={period.label}"
    sections = [
        Section("各执法单位", ledger=_scores("单位", scores.units(actor, period, as_of), "unit", query), note=UNWEIGHED,
                empty=parts.Empty("这个时段还没有作出决定的案件。")),
        Section("执法人员", "案件按两名办案人员各计一件", ledger=_scores("人员", scores.officers(actor, period, as_of), "officer", query)),
    ]  # fmt: skip
    return page(
        request, SCORES, "执法监督", sections, filters=[period_filter(period)],
        begin=[parts.Action("打印", f"{SCORES}paper.docx{query}", icon="printer")],
        lead="及时、完整、合法三方面逐项计算，没有做到的案件可以逐件打开。",
    )  # fmt: skip


def _scores(first: str, listed: Sequence[scores.Score], kind: str, query: str) -> parts.Ledger:
    columns = (
        parts.Column(first, "title"), parts.Column("案件", "number", "件"), parts.Column("企业", "number", "家"),
        parts.Column("及时", "number"), parts.Column("完整", "number"), parts.Column("合法", "number"),
        parts.Column("评分", "number"),
    )  # fmt: skip
    rows = [
        parts.Row(
            [one.name, one.cases, one.enterprises, one.group(scores.TIMELY), one.group(scores.COMPLETE),
             one.group(scores.LEGAL), one.value],
            href=f"{SCORES}{kind}/{one.key}/{query}",
        )
        for one in listed
    ]  # fmt: skip
    return parts.Ledger(columns, rows, first)


def _one(actor: Actor, kind: str, key: int, period: Period, as_of: date) -> scores.Score:
    listed = scores.units(actor, period, as_of) if kind == "unit" else scores.officers(actor, period, as_of)
    found = next((one for one in listed if one.key == key), None)
    if found is None or kind not in ("unit", "officer"):
        raise Absent("没有查到这个单位或人员的案件")
    return found


@require_GET
@only_for(READERS)
def score_page(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """One score, item by item, with the cases that fell short."""
    actor, period = actor_for(request), month_of(request)
    one = _one(actor, kind, key, period, min(period.last, clock.today()))
    columns = (
        parts.Column("项目", "title"), parts.Column("方面"), parts.Column("做到", "number", "件"),
        parts.Column("应做到", "number", "件"), parts.Column("比率", "number"),
    )  # fmt: skip
    rows = [
        parts.Row(
            [item.label, item.group, item.good, item.of, item.words], sub=item.basis, late=bool(item.bad)
        )
        for item in one.items
    ]
    sections = [
        Section("评分", facts=[parts.Fact("评分", one.value, hint="权重待核对"), parts.Fact("案件", f"{one.cases} 件"),
                              parts.Fact("企业", f"{one.enterprises} 家")]),
        Section("逐项", ledger=parts.Ledger(columns, rows, "逐项")),
    ]  # fmt: skip
    for item in one.items:
        if item.bad:
            links = [parts.Link(no, f"/cases/{no}/") for no in item.bad[:SHOWN]]
            sections.append(Section(f"没有做到：{item.label}", f"{len(item.bad)} 件", links=links))
    crumbs = [CASES, parts.Link("执法监督", f"{SCORES}?period={period.label}"), parts.Link(one.name, "")]
    return page(request, SCORES, one.name, sections, filters=[period_filter(period)], crumbs=crumbs)


@require_GET
@only_for(READERS)
def scores_paper(request: HttpRequest, ending: str) -> HttpResponse:
    """Units and officers with every item."""
    actor, period = actor_for(request), month_of(request)
    as_of = min(period.last, clock.today())
    title = f"{period.chinese()}执法监督评分"

    def made() -> Document:
        heads: list[tuple[str, Align]] = [
            ("单位（人员）", "left"), ("项目", "left"), ("做到", "right"), ("应做到", "right"), ("比率", "right"),
            ("没有做到的案件", "left"),
        ]  # fmt: skip
        sheets = []
        for caption, listed in (
            ("各执法单位", scores.units(actor, period, as_of)),
            ("执法人员", scores.officers(actor, period, as_of)),
        ):
            rows = [
                (
                    f"{one.name}（{one.value}）",
                    item.label,
                    str(item.good),
                    str(item.of),
                    item.words,
                    "、".join(item.bad) or "无",
                )
                for one in listed
                for item in one.items
            ]
            sheets.append(Sheet(caption, heads, rows))
        return document(title, as_of, sheets, UNWEIGHED + "。")

    return paper(made, title, ending)
