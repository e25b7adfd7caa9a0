"""``/programmes/``: what each department checks by itself, and which had no check in the quarter (M111)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.inspections import places
from bihuan.capabilities.inspections.models import Inspection
from bihuan.capabilities.inspections.planning import coverage, programmes
from bihuan.capabilities.inspections.planning.models import Programme
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.territory.trees import in_force
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for

HERE = "/programmes/"
HOME = parts.Link("部门检查分工", HERE)
KEEPERS = frozenset({Role.OFFICE, Role.REGULATOR})


@require_GET
@only_for(places.OFFICIALS)
def list_page(request: HttpRequest) -> HttpResponse:
    """One line a department: what it checks, how often this quarter and the last, and whether it was missed."""
    actor, today = actor_for(request), clock.today()
    quarter = coverage.quarter_of(today)
    programmes.write_down(today)
    rows = list(Programme.objects.filter(until=None).select_related("agency").order_by("agency__order", "pk"))
    now, last = _counts(quarter), _counts(_before(quarter))
    missed = _missed(_before(quarter).label)
    columns = (
        parts.Column("部门", "title"), parts.Column("检查内容"), parts.Column("上季度检查", "number", "家次"),
        parts.Column("本季度检查", "number", "家次"), parts.Column("情况", "state"), parts.Column("", "action"),
    )  # fmt: skip
    lines = []
    for one in rows:
        count = now.get(one.agency_id, 0)
        state: Any = (
            parts.State("本季度已检查", "done") if count else parts.State("本季度还没有检查", "waiting")
        )
        if one.agency_id in missed:
            state = parts.Level("上季度没有检查", "red")
        may = programmes.may_keep(actor, one.agency_id)
        lines.append(
            parts.Row(
                (
                    one.agency.name, one.content, last.get(one.agency_id, 0), count, state,
                    parts.Action("结束", f"{HERE}{one.pk}/end/") if may else "",
                ),
                late=one.agency_id in missed,
                sub=f"自 {one.since}",
            )
        )  # fmt: skip
    silent = sum(not now.get(one.agency_id) for one in rows)
    context = {
        "crumbs": [parts.Link("部门检查分工", "")],
        "heading": "部门检查分工",
        "lead": f"列入的部门每季度至少自己检查一次；没有的自动列为应办未办。{quarter.chinese()}还没有检查的 {silent} 个。",
        "begin": (parts.Action("确定分工", f"{HERE}new/", icon="plus"),) if actor.roles & KEEPERS else (),
        "beside": places.tabs(HERE)(actor),
        "filters": (),
        "chips": (),
        "ledger": parts.Ledger(columns, lines, "部门检查分工"),
        "empty": parts.Empty("还没有确定部门检查分工。", "由安委办逐个部门确定检查内容。", icon="building"),
        "count_words": f"共 {len(rows)} 个部门",
    }  # fmt: skip
    return render(request, "list.html", context)


def _before(quarter: Period) -> Period:
    return coverage.quarter_of(quarter.first - timedelta(days=1))


def _counts(quarter: Period) -> dict[int, int]:
    """Finished inspections of a quarter by unit; a joint one counts for each unit that took part."""
    rows = Inspection.objects.filter(finished_on__range=(quarter.first, quarter.last))
    found: dict[int, int] = {}
    for agency, units in rows.values_list("agency_id", "units"):
        for pk in {agency, *units}:
            if pk is not None:
                found[pk] = found.get(pk, 0) + 1
    return found


def _missed(label: str) -> set[int]:
    rows = Expectation.objects.filter(
        kind__startswith=f"{programmes.FAMILY}.", period=label, met_at=None, waived_at=None
    )
    return set(rows.values_list("holder_id", flat=True))


class ProgrammeForm(forms.Form):
    """A department and what it checks."""

    content = forms.CharField(
        label="检查内容", max_length=400, widget=forms.Textarea({"rows": 3}),
        help_text="例如：建筑施工企业安全管理、特种作业持证、劳动防护、起重机械",
    )  # fmt: skip
    basis = forms.CharField(label="依据", max_length=200, required=False)
    since = forms.DateField(label="自", widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Agency.objects.filter(in_force(clock.today()), kind=AgencyKind.DEPARTMENT).order_by(
            "order", "id"
        )
        named = [(str(pk), name) for pk, name in rows.values_list("pk", "name")]
        self.fields["agency"] = forms.ChoiceField(label="部门", choices=[("", "请选择"), *named])
        self.order_fields(("agency", "content", "basis", "since"))


@only_for(KEEPERS)
def new_page(request: HttpRequest) -> HttpResponse:
    """Say what a department checks."""

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        agency = Agency.objects.get(pk=given["agency"])
        programmes.set_programme(agency, given["content"], given["basis"], given["since"], actor_for(request))
        messages.success(request, f"{agency.name}的检查分工已确定，每季度至少检查一次。")
        return HttpResponseRedirect(HERE)

    question = Question("确定检查分工", HERE, "该部门已有分工的，从新的日期起替换。", crumbs=(HOME,))
    return ask(request, question, ProgrammeForm(request.POST or None, initial={"since": clock.today()}), deed)


class EndForm(forms.Form):
    last = forms.DateField(label="最后一天", widget=forms.DateInput({"type": "date"}))
    reason = forms.CharField(label="原因", max_length=400, widget=forms.Textarea({"rows": 3}))


@only_for(KEEPERS)
def end_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The department checks by this no more."""
    row = Programme.objects.select_related("agency").filter(pk=pk).first()
    if row is None:
        raise Absent("没有这项分工")

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        programmes.end_programme(pk, given["last"], given["reason"], actor_for(request))
        messages.success(request, f"{row.agency.name}的检查分工已结束。")
        return HttpResponseRedirect(HERE)

    question = Question(f"结束{row.agency.name}的检查分工", HERE, crumbs=(HOME,))
    return ask(request, question, EndForm(request.POST or None, initial={"last": clock.today()}), deed)
