"""``/weekly/summary/``: all units' forms of a week in one table, and the files to take away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.dispatch.hands import DISTRICT
from bihuan.capabilities.dispatch.weekly.access import access_form, visible_forms
from bihuan.capabilities.dispatch.weekly.display import (
    changes_of,
    link,
    shown_edition,
    since_words,
    tables,
    unit_of,
    words_facts,
)
from bihuan.capabilities.dispatch.weekly.layouts import SINCE, WEEK, Row
from bihuan.capabilities.dispatch.weekly.papers import Paper, paper_of_form, paper_of_summary
from bihuan.capabilities.dispatch.weekly.printing import to_docx
from bihuan.capabilities.dispatch.weekly.sheets import to_xlsx
from bihuan.capabilities.dispatch.weekly.summary import OVERLAP, Summary, summary_of
from bihuan.capabilities.dispatch.weekly.week_page import asked_week
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import freezing, registry
from bihuan.kernel.figures.models import FrozenFigure
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for, signed_in

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def _summary(actor: Actor, week: Period) -> Summary:
    rows = visible_forms(actor).filter(period=week.label).select_related("agency", "template")
    return summary_of(week, list(rows.order_by("agency__order", "agency_id")))


@require_GET
@only_for(DISTRICT)
def summary_page(request: HttpRequest) -> HttpResponse:
    """The office's and the leaders' view of a week."""
    week = asked_week(request.GET.get("week", ""))
    told = _summary(actor_for(request), week)
    since = since_words(told.lines[0].form) if told.lines else "累计"
    context = {
        "week": week,
        "crumbs": [parts.Link("周调度", f"/weekly/?week={week.label}"), parts.Link("全区汇总", "")],
        "tables": [
            (title, _ledger(told, rows, column, words))
            for title, rows in _parts(told)
            for column, words in ((WEEK, "本周"), (SINCE, since))
        ],
        "notes": told.notes() if told.lines else (),
        "empty": parts.Empty("这一周没有周调度表。", "换一周再看。", "/weekly/", "回到周调度", "calendar"),
    }
    return render(request, "weekly/summary.html", context)


def _parts(told: Summary) -> Sequence[tuple[str, Sequence[Row]]]:
    return [(block.title, block.rows) for block in told.layout.blocks]


def _ledger(told: Summary, rows: Sequence[Row], column: str, words: str) -> parts.Ledger:
    columns = [parts.Column(f"填报单位（{words}）", "title")]
    columns += [parts.Column(row.label, "number", unit_of(row)) for row in rows]
    lines = [
        parts.Row(
            (line.form.name, *(link(line.values.get((row.key, column))) for row in rows)),
            href=f"/weekly/{line.form.no}/",
            sub="" if line.filed else "未报",
        )
        for line in told.lines
    ]
    foot = [f"合计（已报{told.came}家）", *(_total(told, row, column) for row in rows)]
    return parts.Ledger(columns, lines, words, foot)


def _total(told: Summary, row: Row, column: str) -> Any:
    """A sum opens nothing by itself; the district's own figure opens its records and is marked."""
    value: FigureValue | None = told.totals.get((row.key, column))
    if value is None or len(value.coverage) > 1:
        shown = link(value)
        return shown.label if isinstance(shown, parts.Link) else shown
    shown = link(value)
    marked = (row.key, column) in told.overlapping
    if isinstance(shown, parts.Link):
        return parts.Link(f"{shown.label}{OVERLAP if marked else ''}", shown.href)
    return f"{shown}{OVERLAP}" if marked and shown is not None else shown


@require_GET
@only_for(DISTRICT)
def summary_paper(request: HttpRequest, ending: str) -> HttpResponse:
    """The summary as .xlsx or .docx."""
    actor, week = actor_for(request), asked_week(request.GET.get("week", ""))
    told = _summary(actor, week)
    office = next((scope.agency for scope in actor.scopes if scope.agency), "")
    paper = paper_of_summary(told, office, f"{actor.post} {actor.name}".strip())
    return _file(paper, ending, f"{paper.title}-{week.label}")


@require_GET
@signed_in
def form_paper(request: HttpRequest, no: str, ending: str) -> HttpResponse:
    """One form as .xlsx or .docx; with ``edition`` as it then was."""
    form = access_form(actor_for(request), no)
    asked = request.GET.get("edition", "")
    edition = (
        form.editions.filter(edition=int(asked)).first() if asked.isdecimal() and len(asked) < 4 else None
    )
    if asked and edition is None:
        raise Http404
    return _file(paper_of_form(form, edition), ending, f"{form.template.title}-{form.name}-{form.period}")


@require_GET
@signed_in
def edition_page(request: HttpRequest, no: str, edition: int) -> HttpResponse:
    """``/weekly/<no>/editions/<n>/``: exactly what was filed then."""
    form = access_form(actor_for(request), no)
    kept = form.editions.filter(edition=edition).first()
    if kept is None:
        raise Http404
    facts = [
        parts.Fact("填报单位", kept.unit_name),
        parts.Fact("报送", f"{kept.filed_post} {kept.filed_by}", hint=_moment(kept.filed_at)),
        parts.Fact(
            "审定",
            f"{kept.approved_post} {kept.approved_by}".strip() or "未审定",
            hint=_moment(kept.approved_at),
        ),
        parts.Fact("内容摘要（SM3）", kept.digest, wide=True),
    ]
    context = {
        "no": no,
        "edition": kept,
        "about": form.about(),
        "crumbs": [
            parts.Link("周调度", f"/weekly/?week={form.period}"),
            parts.Link(no, f"/weekly/{no}/"),
            parts.Link(f"第 {edition} 稿", ""),
        ],
        "facts": facts,
        "changes": changes_of(kept),
        "tables": tables(shown_edition(form, kept), form),
        "words": words_facts(form, kept),
        "suspicions": kept.suspicions,
    }
    return render(request, "weekly/edition.html", context)


@require_GET
@signed_in
def changes_page(request: HttpRequest, no: str) -> HttpResponse:
    """``/weekly/<no>/changes/``: the questions of the form asked again; what is recorded later shows here."""
    form = access_form(actor_for(request), no)
    rows = FrozenFigure.objects.filter(report=form.figures) if form.figures else FrozenFigure.objects.none()
    found = freezing.difference(list(rows.order_by("id")))
    columns = (
        parts.Column("数据", "title"),
        parts.Column("报送时", "number"),
        parts.Column("现在", "number"),
    )
    listed = [
        parts.Row((f"{registry.figure(one.name).label}（{one.caption}）", one.issued, one.now))
        for one in found
    ]
    back = f"/weekly/{no}/"
    context = {
        "crumbs": [
            parts.Link("周调度", f"/weekly/?week={form.period}"),
            parts.Link(no, back),
            parts.Link("变化", ""),
        ],
        "heading": "报送后有无变化",
        "lead": f"{form.about()}：每项数据按原口径重新统计，与报送时定稿的逐项比较。补录、退回都会引起变化，需要改的请更正。",
        "ledger": parts.Ledger(columns, listed, "变化"),
        "count_words": f"共 {len(listed)} 处变化" if listed else "",
        "empty": parts.Empty(
            "没有变化：每项数据和它所数的记录都与报送时相同。", "", back, "回到调度表", "circle-check"
        ),
    }
    return render(request, "list.html", context)


def _moment(at: Any) -> str:
    return clock.minute_of(at) if at else ""


def _file(paper: Paper, ending: str, name: str) -> HttpResponse:
    demo = bool(settings.BIHUAN_DEMO)
    content = to_docx(paper, demo=demo) if ending == "docx" else to_xlsx(paper, demo=demo)
    response = HttpResponse(content, content_type=TYPES[ending])
    file = f"{name}.{ending}"
    response["Content-Disposition"] = (
        f"attachment; filename=\"form.{ending}\"; filename*=UTF-8''{quote(file)}"
    )
    response["Cache-Control"] = "no-store"
    return response
