"""``/reports/``: the reports there are, the draft as it will be printed, its texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Document, to_html
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.trees import require_district
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for
from bihuan.reporting import differences, drafting, half_year, last_year, proofs, regular
from bihuan.reporting.access import ISSUERS, READERS, access_report, may_issue, visible_reports
from bihuan.reporting.genres import GENRES, PACKS, genre_of
from bihuan.reporting.models import Issue, Kind, Report
from bihuan.reporting.pages.forms import BeginForm, recent_periods
from bihuan.reporting.templating import shelf

HOME = parts.Link("报表", "/reports/")
CITED = re.compile(r"【[^【】]*】(?:项|期次|个)?")
DRAFT = parts.State("草稿", "waiting")
ISSUED = parts.State("已签发", "done")
COLUMNS = (
    parts.Column("报告", "title"), parts.Column("范围"), parts.Column("截至", "day"), parts.Column("状态", "state"),
    parts.Column("文号"), parts.Column("签发日期", "day"), parts.Column("编号", phone=False),
)  # fmt: skip
NO_REPORT = parts.Empty("这里列出起草和签发的报告。", "点右上角开始。", icon="report-analytics")


@require_GET
@only_for(READERS)
def list_page(request: HttpRequest) -> HttpResponse:
    """What was drafted and issued within my jurisdiction."""
    actor = actor_for(request)
    issues = Prefetch("issues", Issue.objects.order_by("-ordinal").defer("page"), to_attr="issued")
    rows = (
        visible_reports(actor)
        .select_related("region", "agency", "template")
        .prefetch_related(issues)
        .order_by("-drafted_at", "no")
    )
    held = [_row(report) for report in rows[:200]]
    from bihuan.reporting.pages.templates import tabs_of

    context = {
        "crumbs": [], "heading": "报表", "lead": _lead(actor), "beside": tabs_of(actor, "reports"),
        "begin": _begin(actor), "ledger": parts.Ledger(COLUMNS, held, "报告"), "empty": NO_REPORT,
        "count_words": f"共 {len(held)} 份" if held else "",
    }  # fmt: skip
    return render(request, "reports.html", context)


def _lead(actor: Actor) -> str:
    """What the page is, and for the office which packs are overdue."""
    says = "报告里的每个数都能打开它所数的记录；签发后的数不再变动。"
    if not actor.roles & ISSUERS:
        return says
    owed = [
        f"{label}：{'、'.join(period.chinese() for period in periods)}"
        for label, periods in regular.missing(clock.today())
    ]
    return f"{says}到期没有签发的有{'；'.join(owed)}。" if owed else says


def _begin(actor: Actor) -> Sequence[parts.Action]:
    actions = []
    if actor.roles & ISSUERS:
        actions.append(parts.Action("起草", "/reports/new/", primary=True, icon="plus"))
        actions.append(parts.Action("调度材料", f"/reports/new/?kind={Kind.MONTHLY_PACK.value}", icon="plus"))
    actions.append(parts.Action("预览", "/reports/preview/", icon="eye"))
    actions.append(parts.Action("三个清单", "/three-lists/", icon="list-check"))
    return actions


def _row(report: Report) -> parts.Row:
    issued: Sequence[Issue] = report.issued  # type: ignore[attr-defined]
    last = issued[0] if issued else None
    return parts.Row(
        (
            _name(report), report.agency.name if report.agency else report.region.name, report.as_of,
            ISSUED if last else DRAFT, str(last) if last else "—",
            clock.day_of(last.issued_at) if last else None, report.no,
        ),
        href=f"/reports/{report.no}/",
    )  # fmt: skip


def _name(report: Report) -> str:
    return drafting.title_of(report)


@only_for(READERS)
def begin_page(request: HttpRequest) -> HttpResponse:
    """``/reports/new/``: which period, which cut-off, which place."""
    actor, district = actor_for(request), require_district()
    genre = genre_of(request.GET.get("kind", Kind.HALF_YEAR.value))

    def deed(_: Mapping[str, Any]) -> HttpResponse:
        period, as_of, region = form.chosen()
        report = drafting.begin(form.kind(), period, as_of, region, actor)
        return HttpResponseRedirect(f"/reports/{report.no}/")

    form = BeginForm(request.POST or None, district=district.region, kind=genre.kind)
    label = "起草调度材料、计划和通报" if genre.kind in PACKS else "起草报告、总结和发言"
    says = "先看到全文，再补文字、签发。同一时段和范围只有一份报告，已有的会直接打开。"
    return ask(request, Question(label, "/reports/", says, crumbs=(HOME,)), form, deed)


@require_GET
@only_for(READERS)
def preview_page(request: HttpRequest) -> HttpResponse:
    """``/reports/preview/``: the report of my own place or agency, kept nowhere."""
    actor = actor_for(request)
    holder = drafting.own_holder(actor)
    if holder is None:
        raise Refused.because("report.no_place", "您的岗位没有可以出报告的辖区，请联系系统管理员核对岗位。")
    genre = genre_of(request.GET.get("kind", Kind.HALF_YEAR.value))
    periods = recent_periods(genre.kind)
    period = Period.parse(request.GET.get("period", "") or periods[0].label)
    genre.about(period)
    as_of = _day(request.GET.get("as_of", ""), min(period.last, clock.today()))
    drafting.checked_days(period, as_of)
    question = drafting.ask(period, as_of, holder, kind=genre.kind)
    template = shelf.current(genre.kind)
    texts = drafting.with_recipient({}, holder, template)
    composition = half_year.compose(question, texts, template)
    choices = [(each.label, each.chinese()) for each in periods]
    kinds = [(each.kind, each.label) for each in GENRES.values()]
    context = {
        "crumbs": [HOME, parts.Link("预览", "")], "kind_words": f"{genre.label}预览",
        "lead": f"{holder.place}，只供查看，不能签发。",
        "filters": [
            parts.Filter("kind", "种类", value=genre.kind, choices=kinds),
            parts.Filter("period", "时段", value=period.label, choices=choices),
            parts.Filter("as_of", "截至", "date", as_of.isoformat()),
        ],
        "body": body_of(proofs.document(composition, holder)),
    }  # fmt: skip
    return render(request, "report_preview.html", context)


def _day(text: str, otherwise: date) -> date:
    if not text:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"截至日期“{text}”不是日期，请写成 2023-06-30 这样的形式"
        raise Refused.because("report.bad_day", message, "as_of") from None


def body_of(document: Document) -> SafeString:
    """The paper for the page; every word was escaped where it was made."""
    return mark_safe(to_html(document))  # noqa: S308


@require_GET
@only_for(READERS)
def report_page(request: HttpRequest, no: str) -> HttpResponse:
    """``/reports/<no>/``: the report as it would be printed now, and how it differs from what went out."""
    actor = actor_for(request)
    report = access_report(actor, no)
    composition = drafting.compose(report)
    issues = list(report.issues.order_by("-ordinal").defer("page"))
    last = issues[0] if issues else None
    changes = differences.between(last, composition.citations) if last else []
    document = proofs.document(composition, drafting.holder_for(report), report.no)
    context = {
        "crumbs": [HOME, parts.Link(report.no, "")], "kind_words": report.get_kind_display(),
        "state": ISSUED if last else DRAFT, "moved": differences.records_moved(last) if last else (),
        "number": str(last) if last else report.no, "period_words": Period.parse(report.period).chinese(),
        "as_of": report.as_of, "body": body_of(document), "flags": composition.flags,
        "actions": (*_actions(actor, report, bool(last)), *_beside(report)), "issued": _issues(report, issues),
        "changes": [(change.label, change.was, change.now, change.href) for change in changes],
        "docx_href": f"/reports/{no}/issues/{last.ordinal}/paper.docx" if last else "",
        "pdf_href": f"/reports/{no}/issues/{last.ordinal}/paper.pdf" if last else "",
        "not_mine": "起草和签发由安委办办理。",
        "as_tasks": _as_tasks(actor, report, composition),
    }  # fmt: skip
    return render(request, "report_page.html", context)


def _actions(actor: Actor, report: Report, again: bool) -> Sequence[parts.Action]:
    if not may_issue(actor, report.region_path, report.agency_id):
        return ()
    base = f"/reports/{report.no}"
    label = "重新签发" if again else "签发"
    return (
        parts.Action("修改文字", f"{base}/write/", icon="writing-sign", primary=True),
        parts.Action(
            label,
            f"{base}/issue/",
            icon="signature",
            signed=True,
            hint="取得文号，定稿数据，生成 Word 和 PDF",
        ),
        parts.Action("生成送审稿", f"{base}/proof/", icon="printer", hint="不取文号，供领导审阅"),
    )


def _beside(report: Report) -> Sequence[parts.Action]:
    """The way to last year's numbers, where last year's report went out."""
    former = last_year.issue_before(report)
    if former is None:
        return ()
    href = f"/reports/{report.no}/last-year/"
    return (parts.Action("与上年同期比较", href, icon="history", hint=f"与{former}逐项比较"),)


def _as_tasks(actor: Actor, report: Report, composition: half_year.Composition) -> Sequence[parts.Link]:
    """What a pack proposes to do, each as a task to dispatch with its source filled in."""
    if report.kind not in PACKS or not actor.roles & ISSUERS:
        return ()
    source = {"source_title": _name(report)[:120], "source_on": report.as_of.isoformat()}
    return [
        parts.Link(
            words, "/tasks/new/dispatch/?" + urlencode({"title": words[:120], "requirement": text, **source})
        )
        for text in (
            CITED.sub("有关", step) for step in composition.texts.get("next", composition.next_steps)
        )
        if (words := text.split("。")[0])
    ]


def _issues(report: Report, issues: Sequence[Issue]) -> Sequence[parts.Fact]:
    return [
        parts.Fact(
            f"第{issue.ordinal}次签发", str(issue), href=f"/reports/{report.no}/issues/{issue.ordinal}/",
            hint=f"{clock.minute_of(issue.issued_at)}　{issue.issued_by_name}",
        )
        for issue in issues
    ]  # fmt: skip


def stale(request: HttpRequest, report: Report, label: str) -> HttpResponse:
    """Somebody else was faster: 409."""
    link = parts.Link(report.no, f"/reports/{report.no}/")
    context = {"matter": link, "label": label, "since": (), "typed": (), "again_href": request.path}
    return render(request, "stale.html", context, status=409)
