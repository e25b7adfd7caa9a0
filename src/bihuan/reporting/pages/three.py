"""``/three-lists/``: 问题清单、责任清单、整改清单 on one page, and as papers."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django import forms
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.hazards.states import Grade
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.exporting import WORKBOOK
from bihuan.kernel.web.session import actor_for
from bihuan.reporting import lists, printing
from bihuan.reporting.access import READERS
from bihuan.reporting.models import Purpose
from bihuan.reporting.pages.forms import recent_periods
from bihuan.reporting.pages.reports import HOME

SHOWN = 200
GRADES = (("", "全部等级"), *((grade.value, grade.label) for grade in Grade))
WHICH = (("open", "未销号"), ("all", "全部"))
KINDS: dict[str, Any] = {"序号": "number", "编号": "title", "发现日期": "day", "整改期限": "day"}


@require_GET
@only_for(READERS)
def lists_page(request: HttpRequest) -> HttpResponse:
    """The three lists of what I may see, equal rows under equal numbers."""
    asked = _asked(request)
    made = lists.first_rows(actor_for(request), asked, SHOWN)
    shown = [
        (title, _ledger(title, headings, rows))
        for title, headings, rows in zip(lists.TITLES, made.headings, made.rows, strict=True)
    ]
    more = f"，本页显示前 {SHOWN} 项，全部请导出" if made.total > SHOWN else ""
    query = urlencode(_query(asked))
    context = {
        "crumbs": [HOME, parts.Link("三个清单", "")], "lists": shown,
        "count_words": f"{asked.words()}，共 {made.total} 项，三个清单编号一致{more}。",
        "filters": _filters(asked), "export_href": f"/three-lists/export.xlsx?{query}",
        "print_href": f"/three-lists/print/?{query}",
        "empty": parts.Empty("这个范围里没有隐患。", "换一个时段、等级或状态再看。"),
    }  # fmt: skip
    return render(request, "three_lists_page.html", context)


@require_GET
@only_for(READERS)
def export(request: HttpRequest) -> HttpResponseBase:
    """The lists as a workbook, one sheet each, whole."""
    asked = _asked(request)
    made = lists.three_lists(actor_for(request), asked)
    held = tempfile.TemporaryFile(prefix="bihuan-lists-", suffix=".xlsx")  # noqa: SIM115
    lists.write_workbook(held, made, demo=bool(settings.BIHUAN_DEMO))
    held.seek(0)
    response = FileResponse(held, content_type=WORKBOOK)
    name = quote(f"三个清单-{asked.period.label}-{asked.as_of}.xlsx")
    response["Content-Disposition"] = f"attachment; filename=\"lists.xlsx\"; filename*=UTF-8''{name}"
    response["Cache-Control"] = "no-store"
    response["X-Rows"] = str(made.total)
    return response


@only_for(READERS)
def print_page(request: HttpRequest) -> HttpResponse:
    """Order the lists as Word and PDF."""
    asked, actor = _asked(request), actor_for(request)
    back = f"/three-lists/?{urlencode(_query(asked))}"

    def deed(_: Any) -> HttpResponse:
        made = printing.order(Purpose.THREE_LISTS, actor, question=asked.json())
        return HttpResponseRedirect(f"/reports/printouts/{made.uid}/")

    question = Question(
        "排印三个清单", back, f"{asked.words()}。", crumbs=(HOME, parts.Link("三个清单", back))
    )
    return ask(request, question, forms.Form(request.POST if request.method == "POST" else None), deed)


def _asked(request: HttpRequest) -> lists.Asked:
    given = request.GET
    period = Period.parse(given.get("period", "") or recent_periods()[0].label)
    grade = given.get("grade", "")
    if grade not in dict(GRADES):
        raise Refused.because("lists.unknown_grade", f"没有“{grade}”这个等级，请重新选择。", "grade")
    try:
        as_of = date.fromisoformat(given["as_of"]) if given.get("as_of") else min(period.last, clock.today())
    except ValueError:
        message = f"截至日期“{given['as_of']}”不是日期，请写成 2023-06-30 这样的形式"
        raise Refused.because("lists.bad_day", message, "as_of") from None
    return lists.Asked(period, as_of, given.get("which", "open") != "all", grade)


def _query(asked: lists.Asked) -> dict[str, str]:
    which = "open" if asked.only_open else "all"
    return {
        "period": asked.period.label,
        "as_of": asked.as_of.isoformat(),
        "which": which,
        "grade": asked.grade,
    }


def _filters(asked: lists.Asked) -> Sequence[parts.Filter]:
    labels = dict.fromkeys([asked.period.label, *(each.label for each in recent_periods())])
    periods = [(label, Period.parse(label).chinese()) for label in labels]
    kept = _query(asked)
    return (
        parts.Filter("period", "时段", value=kept["period"], choices=periods),
        parts.Filter("as_of", "截至", "date", kept["as_of"]),
        parts.Filter("which", "状态", value=kept["which"], choices=WHICH),
        parts.Filter("grade", "等级", value=kept["grade"], choices=GRADES[1:]),
    )


def _ledger(title: str, headings: Sequence[str], rows: Sequence[lists.Row]) -> parts.Ledger:
    columns = [parts.Column(heading, KINDS.get(heading, "text")) for heading in headings]
    return parts.Ledger(columns, [parts.Row(row, href=f"/hazards/{row[1]}/") for row in rows], title)
