"""``/reports/<no>/issue/``: signing, and what was signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Stale
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for
from bihuan.reporting import differences, drafting, last_year, printing
from bihuan.reporting.access import ISSUERS, READERS, access_report
from bihuan.reporting.models import Issue, Report
from bihuan.reporting.pages.forms import IssueForm
from bihuan.reporting.pages.printouts import paper_response
from bihuan.reporting.pages.reports import HOME, ISSUED, stale


@only_for(ISSUERS)
def issue_page(request: HttpRequest, no: str) -> HttpResponse:
    """The last look before signing: what is flagged, what changed, which number."""
    actor = actor_for(request)
    report = access_report(actor, no)
    composition = drafting.compose(report).printable()
    last = report.issues.order_by("-ordinal").first()
    back = f"/reports/{no}/"

    def deed(data: Mapping[str, Any]) -> HttpResponse:
        request_actor = actor.confirmed_now()
        try:
            made = printing.order_issue(
                report, request_actor, version=data["version"], mark=data["mark"].strip()
            )
        except Stale:
            return stale(request, report, "签发")
        return HttpResponseRedirect(f"/reports/printouts/{made.uid}/")

    changes = differences.between(last, composition.citations) if last else []
    facts = [
        parts.Fact("报告", composition.title.replace("\n", ""), wide=True),
        parts.Fact("时段", Period.parse(report.period).chinese()),
        parts.Fact("截至", report.as_of),
        parts.Fact("引用数据", f"{len(composition.citations.all())} 项"),
        parts.Fact("待核对", f"{len(composition.flags)} 处" if composition.flags else "没有"),
    ]
    if last:
        facts.append(parts.Fact("与上次签发相比", f"{len(changes)} 个数有变化", hint=str(last)))
    mark = last.mark if last else drafting.holder_for(report).mark
    form = IssueForm(request.POST or None, initial={"mark": mark, "version": report.version})
    question = Question(
        "签发", back, "签发后数据定稿、取得文号并入记录；以后可以重新签发，原件保留。", facts=facts,
        about=parts.Link(report.no, back), crumbs=(HOME, parts.Link(report.no, back)), signed=True,
    )  # fmt: skip
    return ask(request, question, form, deed)


@require_GET
@only_for(READERS)
def issued_page(request: HttpRequest, no: str, ordinal: int) -> HttpResponse:
    """``/reports/<no>/issues/<n>/``: exactly what went out."""
    report, issue = _issue(request, no, ordinal)
    base = f"/reports/{no}/issues/{ordinal}"
    changes = [differences.Change(**one) for one in issue.changes]
    context = {
        "crumbs": [HOME, parts.Link(report.no, f"/reports/{no}/"), parts.Link(str(issue), "")],
        "kind_words": report.get_kind_display(), "state": ISSUED, "number": str(issue), "as_of": issue.as_of,
        "period_words": Period.parse(report.period).chinese(), "body": mark_safe(issue.page),  # noqa: S308 - made and escaped by us
        "docx_href": f"{base}/paper.docx", "pdf_href": f"{base}/paper.pdf",
        "actions": (
            parts.Action("签发后有无变化", f"{base}/changes/", icon="history"), *_figures_apart(issue, base),
        ),
        "changes": [(one.label, one.was, one.now, one.href) for one in changes if not one.record],
        "moved": [one for one in changes if one.record],
        "issued": _facts(issue),
    }  # fmt: skip
    return render(request, "report_page.html", context)


def _figures_apart(issue: Issue, base: str) -> tuple[parts.Action, ...]:
    """A speech is read out; its figures are a paper of their own, for the office's file."""
    if issue.figures_pdf is None:
        return ()
    hint = "正文不带附件，数据明细另存一份"
    return (parts.Action("数据明细（留底）", f"{base}/figures.pdf", icon="file-text", hint=hint),)


def _facts(issue: Issue) -> list[parts.Fact]:
    return [
        parts.Fact("签发人", f"{issue.issued_by_post} {issue.issued_by_name}"),
        parts.Fact("签发时间", clock.minute_of(issue.issued_at)),
        parts.Fact("编号", f"{issue.report.no} 第{issue.ordinal}次"),
        parts.Fact("内容摘要（SM3）", bytes(issue.content_digest).hex()),
        parts.Fact("Word 摘要（SM3）", bytes(issue.docx.digest).hex()),
        parts.Fact("PDF 摘要（SM3）", bytes(issue.pdf.digest).hex()),
    ]


@require_GET
@only_for(READERS)
def changes_page(request: HttpRequest, no: str, ordinal: int) -> HttpResponse:
    """``…/changes/``: the issue's questions asked again; which numbers and which records have changed."""
    report, issue = _issue(request, no, ordinal)
    found = differences.since(issue)
    columns = (parts.Column("数据", "title"), parts.Column("签发时"), parts.Column("现在"))
    rows = [parts.Row((change.label, change.was, change.now), href=change.href) for change in found]
    back = f"/reports/{no}/issues/{ordinal}/"
    context = {
        "crumbs": [HOME, parts.Link(report.no, f"/reports/{no}/"), parts.Link(str(issue), back), parts.Link("变化", "")],
        "heading": "签发后有无变化", "lead": f"{issue}签发的每一项数据按原口径重新统计，与定稿逐项比较。",
        "ledger": parts.Ledger(columns, rows, "变化"), "count_words": f"共 {len(rows)} 处变化" if rows else "",
        "empty": parts.Empty("没有变化：每一项数据和它所数的记录都与签发时相同。", "", back, "回到签发稿", "circle-check"),
    }  # fmt: skip
    return render(request, "list.html", context)


@require_GET
@only_for(READERS)
def last_year_page(request: HttpRequest, no: str) -> HttpResponse:
    """``/reports/<no>/last-year/``: number by number beside the report of the same half that went out last year."""
    report = access_report(actor_for(request), no)
    against, found = last_year.told(report, drafting.compose(report).citations)
    columns = (
        parts.Column("数据", "title"), parts.Column("上年同期签发"), parts.Column("本期"), parts.Column("增减"),
    )  # fmt: skip
    rows = [parts.Row((one.label, one.then, one.now, one.moved or "—"), href=one.href) for one in found]
    back = f"/reports/{no}/"
    context = {
        "crumbs": [HOME, parts.Link(report.no, back), parts.Link("与上年同期比较", "")],
        "heading": "与上年同期签发的报告比较",
        "lead": f"上年为{against}。上年的数取自签发稿，不重新统计；上年为 0 或者是比率的，不计算增减幅度。" if against else "",
        "ledger": parts.Ledger(columns, rows, "与上年同期比较"), "count_words": f"共 {len(rows)} 项" if rows else "",
        "empty": parts.Empty("上年同期没有签发过这种报告，没有可以比较的数。", "上年签发过才能比较。", back, "回到报告", "history"),
    }  # fmt: skip
    return render(request, "list.html", context)


@require_GET
@only_for(READERS)
def paper(request: HttpRequest, no: str, ordinal: int, ending: str) -> HttpResponseBase:
    """The paper as it was issued, byte for byte."""
    _, issue = _issue(request, no, ordinal)
    return paper_response(issue.docx if ending == "docx" else issue.pdf, f"{issue}{issue.title}.{ending}")


@require_GET
@only_for(READERS)
def figures_paper(request: HttpRequest, no: str, ordinal: int) -> HttpResponseBase:
    """The appendix of a speech, kept beside it."""
    _, issue = _issue(request, no, ordinal)
    if issue.figures_pdf is None:
        raise Http404
    return paper_response(issue.figures_pdf, f"{issue}{issue.title}（数据明细）.pdf")


def _issue(request: HttpRequest, no: str, ordinal: int) -> tuple[Report, Issue]:
    report = access_report(actor_for(request), no)
    issue = (
        report.issues.select_related("report", "docx", "pdf", "figures_pdf").filter(ordinal=ordinal).first()
    )
    if issue is None:
        raise Http404
    return report, issue
