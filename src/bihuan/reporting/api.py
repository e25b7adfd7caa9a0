"""``GET /api/v1/reports`` and ``/api/v1/report-templates``: what a report of one's own place says, and by which template."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Heading, Paragraph
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web.api.matters import actor_of_request
from bihuan.kernel.web.api.objects import router
from bihuan.reporting import drafting, half_year
from bihuan.reporting.access import READERS
from bihuan.reporting.citing import Cited, Roll
from bihuan.reporting.genres import GENRES, genre_of
from bihuan.reporting.models import TemplateVersion
from bihuan.reporting.templating import shelf
from bihuan.reporting.templating.built_in import Template

TAGS = ["报表"]


@router.get("/reports", operation_id="compose_report", summary="本单位范围内的报告全文和数据", tags=TAGS)
def compose_report(request: HttpRequest, kind: str, period: str, as_of: date | None = None) -> dict[str, Any]:
    """A report of the caller's own place or agency as it would be written now; nothing is kept.

    ``kind`` as on the command line (half-year, annual, speech, bulletin, monthly, quarterly); ``as_of`` is today or the
    period's last day where left out.
    """
    actor = _reader(request)
    asked, genre = Period.parse(period), genre_of(kind)
    genre.about(asked)
    cut = as_of or min(asked.last, clock.today())
    drafting.checked_days(asked, cut)
    holder = drafting.own_holder(actor)
    if holder is None:
        raise Refused.because("report.no_place", "您的岗位没有可以出报告的辖区，请联系系统管理员核对岗位。")
    template = shelf.current(kind)
    texts = drafting.with_recipient({}, holder, template)
    made = half_year.compose(drafting.ask(asked, cut, holder, kind=kind), texts, template).printable()
    return {
        "kind": kind, "title": made.title.replace("\n", ""), "period": asked.label, "as_of": cut.isoformat(),
        "place": holder.place, "text": _text(made), "figures": [_figure(each) for each in made.citations.all()],
        "flags": [flag.json() for flag in made.flags], "template": template.digest.hex(),
    }  # fmt: skip


def _text(made: half_year.Composition) -> list[dict[str, Any]]:
    """Headings and paragraphs in order; tables are read as figures."""
    told: list[dict[str, Any]] = []
    for block in made.blocks:
        if isinstance(block, Heading):
            told.append({"level": block.level, "text": block.text})
        elif isinstance(block, Paragraph):
            told.append({"level": 0, "text": "".join(run.text for run in block.runs)})
    return told


def _figure(cited: Cited) -> dict[str, Any]:
    name = cited.source.name if isinstance(cited.source, Roll) else cited.source.figure
    return {"name": name, "label": cited.label, "line": cited.line or None, "value": cited.shown}


@router.get("/report-templates", operation_id="list_report_templates", summary="报告模板", tags=TAGS)
def list_report_templates(request: HttpRequest) -> dict[str, Any]:
    """The template in use of every kind of report."""
    _template_reader(request)
    return {"items": [_template(kind, shelf.in_use(kind)) for kind in GENRES]}


@router.get(
    "/report-templates/{kind}",
    operation_id="get_report_template",
    summary="一种报告的模板和历次版本",
    tags=TAGS,
)
def get_report_template(request: HttpRequest, kind: str) -> dict[str, Any]:
    """One kind's template in use, word for word, and every version there was."""
    _template_reader(request)
    if kind not in GENRES:
        raise Absent("没有这种报告")
    versions = [_version(each) for each in shelf.versions(kind)]
    return {**_template(kind, shelf.in_use(kind), whole=True), "versions": versions}


def _template(kind: str, used: TemplateVersion | None, *, whole: bool = False) -> dict[str, Any]:
    template: Template = shelf.template_of(used, kind)
    told = {
        "kind": kind, "label": genre_of(kind).label, "version": used.ordinal if used else None,
        "title": template.title, "style": template.style, "digest": template.digest.hex(),
    }  # fmt: skip
    if whole:
        told |= {"body": template.body, "recipients": template.recipients, "copies": template.copies}
    return told


def _version(version: TemplateVersion) -> dict[str, Any]:
    return {
        "version": version.ordinal, "built_in": version.built_in, "saved_at": version.saved_at.isoformat(),
        "saved_by": version.saved_by_name, "note": version.note, "digest": bytes(version.digest).hex(),
        "title": version.title, "body": version.body,
    }  # fmt: skip


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of_request(request)
    if not actor.roles & READERS:
        raise Absent("没有这份报告")
    return actor


def _template_reader(request: HttpRequest) -> None:
    if not shelf.may_read(actor_of_request(request)):
        raise Absent("没有报告模板")
