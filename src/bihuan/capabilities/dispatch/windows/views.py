"""Pages of key periods that no loop makes: the year by the calendar, and the paper a window leaves."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from bihuan.capabilities.dispatch.campaigns import places
from bihuan.capabilities.dispatch.hands import DISTRICT, UNIT_ROLES
from bihuan.capabilities.dispatch.windows.access import access_window
from bihuan.capabilities.dispatch.windows.calendar import Proposal, proposals, take_over
from bihuan.capabilities.dispatch.windows.states import Reporting
from bihuan.capabilities.dispatch.windows.summary import document_of
from bihuan.kernel import clock
from bihuan.kernel.documents import to_docx, to_html
from bihuan.kernel.errors import Refused
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.reconfirm import confirm, one_click, recently_confirmed
from bihuan.kernel.web.session import actor_for

YEAR = "/windows/year/"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMNS = (
    parts.Column("时段", "title"), parts.Column("开始", "day"), parts.Column("结束", "day"),
    parts.Column("提前布置", phone=False), parts.Column("日报", phone=False), parts.Column("情况"),
)  # fmt: skip


def _year(text: str) -> int:
    now = clock.today()
    latest = now.year + (now.month >= 7)
    if not text:
        return latest
    if not text.isdecimal() or len(text) != 4 or not now.year - 1 <= int(text) <= now.year + 2:
        raise Refused.because("window.bad_year", f"年份“{text[:10]}”不在可选范围内，请从页面上选择", "year")
    return int(text)


@only_for(DISTRICT)
def year_page(request: HttpRequest) -> HttpResponse:
    """What the calendar proposes for a year; taken over by one click."""
    year = _year(request.POST.get("year", "") or request.GET.get("year", ""))
    error = ""
    if request.method == "POST":
        if recently_confirmed(request) or confirm(request, request.POST.get("sign_password", "")):
            return _taken_over(request, year)
        error = "密码不对，请重新输入" if request.POST.get("sign_password") else "请输入登录密码以签名"
    listed = proposals(year)
    now = clock.today().year
    context = {
        "crumbs": [parts.Link("重点时段", "/windows/"), parts.Link(f"{year} 年", "")],
        "beside": places.tabs(actor_for(request), YEAR),
        "year": year,
        "years": [parts.Tab(f"{each} 年", f"{YEAR}?year={each}", current=each == year) for each in (now, now + 1, now + 2)],
        "ledger": parts.Ledger(COLUMNS, [_row(each) for each in listed], f"{year}年重点时段"),
        "waiting": sum(each.there is None and not each.past for each in listed),
        "signed": True,
        "confirmed": recently_confirmed(request),
        "one_click_sign": one_click(request),
        "password_error": error,
    }  # fmt: skip
    return render(request, "windows/year.html", context, status=422 if error else 200)


def _taken_over(request: HttpRequest, year: int) -> HttpResponse:
    count = take_over(year, actor_for(request))
    if count:
        messages.success(request, f"已列入 {year} 年重点时段 {count} 个，日期和任务可以逐个调整。")
    else:
        messages.info(request, f"{year} 年的重点时段都已列入，没有新增。")
    return HttpResponseRedirect("/windows/")


def _row(each: Proposal) -> parts.Row:
    standing: object
    if each.there is not None:
        standing = parts.State("已列入", "done")
    elif each.past:
        standing = parts.State("已过", "off")
    else:
        standing = parts.State("可列入", "open")
    provisional = "；放假安排未公布，暂按法定节日推算" if each.provisional else ""
    first, last = (
        (each.there.first_day, each.there.last_day) if each.there is not None else (each.first, each.last)
    )
    return parts.Row(
        (each.name, first, last, f"{each.usual.ahead} 天", Reporting(each.usual.reporting).label, standing),
        href=f"/windows/{each.there.no}/" if each.there is not None else "",
        sub=f"{each.usual.note}{provisional}".strip("；"),
    )


@require_GET
@only_for(UNIT_ROLES)
def summary_page(request: HttpRequest, no: str) -> HttpResponse:
    """The paper as a page; every number opens its records."""
    window = access_window(actor_for(request), no)
    if window.summary is None:
        raise Http404
    context = {
        "crumbs": [
            parts.Link("重点时段", "/windows/"), parts.Link(window.no, f"/windows/{window.no}/"), parts.Link("总结", ""),
        ],
        "heading": f"{window.name}总结",
        "body": mark_safe(to_html(document_of(window))),  # noqa: S308 - made and escaped by the documents room
        "file_href": f"/windows/{window.no}/summary.docx",
    }  # fmt: skip
    return render(request, "windows/summary.html", context)


@require_GET
@only_for(UNIT_ROLES)
def summary_paper(request: HttpRequest, no: str) -> HttpResponse:
    """The paper as Word."""
    window = access_window(actor_for(request), no)
    if window.summary is None:
        raise Http404
    paper = to_docx(document_of(window, demo=bool(settings.BIHUAN_DEMO)))
    response = HttpResponse(paper, content_type=WORD)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{window.name}总结.docx')}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
