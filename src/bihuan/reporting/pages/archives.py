"""``/archives/``: the packs and archives of the departments for the people's congress; each item opens and is noted (M263)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import require_district
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for
from bihuan.reporting import drafting
from bihuan.reporting.access import ISSUERS, READERS
from bihuan.reporting.archives import index, papers, survey
from bihuan.reporting.archives.opening import open_item, opened, unopened
from bihuan.reporting.models import Kind
from bihuan.reporting.pages.reports import HOME

BASE = "/archives/"
SHOWN = 500
COLUMNS = (
    parts.Column("部门", "title"), parts.Column("汇报材料"), parts.Column("档案", "number"),
    parts.Column("已调阅", "number"), parts.Column("未调阅", "number"),
)  # fmt: skip
ITEMS = (
    parts.Column("内容", "title"), parts.Column("类别"), parts.Column("日期", "day"), parts.Column("编号"),
    parts.Column("调阅", "state"),
)  # fmt: skip
SEEN, UNSEEN = parts.State("已调阅", "done"), parts.State("未调阅", "waiting")
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf",
}  # fmt: skip


@require_GET
@only_for(READERS)
def departments_page(request: HttpRequest) -> HttpResponse:
    """A line a department of the year; those without a pack stand first."""
    actor, year = actor_for(request), _year(request.GET.get("year", ""))
    lines = survey.survey(year, actor)
    without = sum(line.report is None for line in lines)
    left = sum(line.unopened for line in lines)
    from bihuan.reporting.pages.templates import tabs_of

    rows = [
        parts.Row(
            (line.agency.name, line.pack, line.kept, line.opened, line.unopened),
            href=f"{BASE}{year.label}/{line.agency.pk}/",
        )
        for line in lines
    ]
    context = {
        "crumbs": [], "heading": "人大汇报材料和工作档案", "beside": tabs_of(actor, "archives"),
        "lead": f"{year.chinese()}：{without} 个部门还没有汇报材料，{left} 件档案没有调阅。目录中的每一件都能打开原记录。",
        "begin": [
            parts.Action("清单 Word", f"{BASE}{year.label}/list.docx", icon="file-text"),
            parts.Action("清单 PDF", f"{BASE}{year.label}/list.pdf", icon="file-text"),
        ],
        "filters": [parts.Filter("year", "年份", "choice", year.label, _years())],
        "ledger": parts.Ledger(COLUMNS, rows, "部门"), "count_words": f"共 {len(rows)} 个部门",
        "empty": parts.Empty("这一年没有登记的部门。"),
    }  # fmt: skip
    return render(request, "list.html", context)


@require_GET
@only_for(READERS)
def archive_page(request: HttpRequest, year: int, agency: int) -> HttpResponse:
    """The index of one department's year."""
    actor, period, unit = actor_for(request), _year(str(year)), _department(agency, year)
    kept = list(index.items(unit, period, actor))
    seen = opened([unit.pk], year)[unit.pk]
    waiting = {(item.loop, item.no) for item in unopened(kept, seen)}
    only = request.GET.get("show", "") == "unopened"
    shown = [item for item in kept if not only or (item.loop, item.no) in waiting]
    here = f"{BASE}{year}/{unit.pk}/"
    rows = [
        parts.Row(
            (
                item.title or item.no,
                item.label,
                item.on,
                item.no,
                UNSEEN if (item.loop, item.no) in waiting else SEEN,
            ),
            href=f"{here}{item.loop}/{item.no}/",
        )
        for item in shown[:SHOWN]
    ]
    more = f"，本页列前 {SHOWN} 件" if len(shown) > SHOWN else ""
    context = {
        "crumbs": [HOME, parts.Link("工作档案", f"{BASE}?year={year}"), parts.Link(unit.name, "")],
        "heading": f"{unit.name}{period.chinese()}工作档案",
        "lead": f"共 {len(kept)} 件，已调阅 {len(kept) - len(waiting)} 件，未调阅 {len(waiting)} 件。打开一件即记为已调阅。",
        "begin": _pack_actions(actor, unit, period),
        "filters": [parts.Filter("show", "显示", "choice", "unopened" if only else "", [("", "全部"), ("unopened", "未调阅")])],
        "ledger": parts.Ledger(ITEMS, rows, "档案"), "count_words": f"共 {len(shown)} 件{more}",
        "empty": parts.Empty("这里没有档案。", "本年度没有归入该部门的记录，或不在您的辖区。", BASE, "回到部门清单"),
    }  # fmt: skip
    return render(request, "list.html", context)


def _pack_actions(actor: Actor, unit: Agency, year: Period) -> Sequence[parts.Action]:
    report = survey.packs_of(year, actor).get(unit.pk)
    if report is not None:
        return [parts.Action("汇报材料", f"/reports/{report.no}/", primary=True, icon="file-text")]
    if actor.roles & ISSUERS:
        return [
            parts.Action("起草汇报材料", f"{BASE}{year.label}/{unit.pk}/pack/", primary=True, icon="plus")
        ]
    return []


@require_GET
@only_for(READERS)
def item_page(request: HttpRequest, year: int, agency: int, loop: str, no: str) -> HttpResponse:
    """Open one item: noted, and then the record itself."""
    unit = _department(agency, year)
    return HttpResponseRedirect(open_item(unit, _year(str(year)), loop, no, actor_for(request)))


@only_for(ISSUERS)
def pack_page(request: HttpRequest, year: int, agency: int) -> HttpResponse:
    """Begin the pack of one department; one begun before is opened."""
    unit, period = _department(agency, year), _year(str(year))
    back = f"{BASE}{year}/{unit.pk}/"

    def deed(_: Mapping[str, Any]) -> HttpResponse:
        as_of = min(period.last, clock.today())
        region = require_district().region
        report = drafting.begin(Kind.LEGISLATURE.value, period, as_of, region, actor_for(request), unit)
        return HttpResponseRedirect(f"/reports/{report.no}/")

    says = f"用{unit.name}{period.chinese()}的登记记录起草，数字由系统填入，工作档案目录附在文后。"
    question = Question("起草汇报材料", back, says, crumbs=(HOME, parts.Link(unit.name, back)))
    return ask(request, question, forms.Form(request.POST if request.method == "POST" else None), deed)


@require_GET
@only_for(READERS)
def list_paper(request: HttpRequest, year: int, ending: str) -> HttpResponse:
    """Departments without a pack and items nobody opened, as a paper."""
    content = papers.written(_year(str(year)), actor_for(request), ending)
    response = HttpResponse(content, content_type=MEDIA[ending])
    response["Content-Disposition"] = f'attachment; filename="archives-{year}.{ending}"'
    response["Cache-Control"] = "no-store"
    return response


def _years() -> list[tuple[str, str]]:
    this = clock.today().year
    return [(str(year), f"{year}年") for year in range(this, this - 5, -1)]


def _year(text: str) -> Period:
    label = text.strip() or str(clock.today().year)
    if len(label) != 4 or not label.isascii() or not label.isdecimal() or label < "1990":
        raise Refused.because(
            "archive.bad_year", f"“{label[:10]}”不是年份，请写成 2023 这样的四位数字", "year"
        )
    if date(int(label), 1, 1) > clock.today():
        raise Refused.because("archive.year_ahead", f"{label}年还没有到，请改选今年或以前的年份", "year")
    return Period.parse(label)


def _department(key: int, year: int) -> Agency:
    found = next((unit for unit in index.departments(year) if unit.pk == key), None) if key < 2**62 else None
    if found is None:
        raise Absent(f"{year}年没有这个部门")
    return found
