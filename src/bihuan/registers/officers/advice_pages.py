"""Experts, agencies and what they were engaged for, on pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.models import Person
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.places import Address
from bihuan.kernel.web.session import actor_for
from bihuan.registers.officers import advisors
from bihuan.registers.officers.certificates import may_keep
from bihuan.registers.officers.forms import AdvisorForm, EngagementForm, FinishForm, RevokeForm
from bihuan.registers.officers.models import Advisor, AdvisorKind, Engagement
from bihuan.registers.officers.places import ADVISORS, ENGAGEMENTS, HOME, KEEPERS, READERS, object_named, tabs


@require_GET
@only_for(READERS)
def advisor_list(request: HttpRequest) -> HttpResponse:
    """Experts and agencies, those that hold today first."""
    today = clock.today()
    keeps = bool(actor_for(request).roles & KEEPERS)
    rows = sorted(Advisor.objects.order_by("kind", "name", "pk")[:500], key=lambda row: not row.valid(today))
    columns = (
        parts.Column("名称", "title"), parts.Column("种类"), parts.Column("专业、业务范围"), parts.Column("有效期至", "day"),
        parts.Column("状态", "state"), parts.Column("", "action"),
    )  # fmt: skip
    context = {
        "crumbs": [HOME, parts.Link("专家和机构", "")],
        "heading": "专家和机构",
        "lead": "可以委托的专家、评价检测培训和技术服务机构。资质过期或停用后，委托会被拒绝。",
        "begin": [parts.Action("登记专家、机构", f"{ADVISORS}new/", primary=True, icon="plus")]
        if keeps
        else [],
        "beside": tabs(ADVISORS),
        "ledger": parts.Ledger(columns, [_advisor(row, keeps, today) for row in rows]),
        "empty": parts.Empty("还没有登记专家和机构。", icon="users"),
    }
    return render(request, "list.html", context)


def _advisor(row: Advisor, keeps: bool, today: Any) -> parts.Row:
    state = parts.State("有效", "open") if row.valid(today) else parts.State("已失效", "off")
    open_ = keeps and row.revoked_on is None
    deeds = parts.Deeds((parts.Action("停用", f"{ADVISORS}{row.pk}/revoke/"),)) if open_ else ""
    return parts.Row(
        (row.name, AdvisorKind(row.kind).label, row.speciality, row.until, state, deeds),
        sub=row.qualification,
    )


@only_for(KEEPERS)
def new_advisor(request: HttpRequest) -> HttpResponse:
    """Enter an expert or agency."""

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        person = Person.objects.get(pk=given["person"]) if given["person"] else None
        told = advisors.Told(
            given["kind"], given["name"], given["speciality"], given["since"], given["until"], given["qualification"], person
        )  # fmt: skip
        row = advisors.register(told, actor_for(request))
        messages.success(request, f"{row.name} 已登记，有效期至 {row.until}。")
        return HttpResponseRedirect(ADVISORS)

    question = Question("登记专家、机构", back=ADVISORS, crumbs=[HOME])
    return ask(request, question, AdvisorForm(request.POST or None), deed)


@only_for(KEEPERS)
def revoke_advisor(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an expert or agency not be engaged any more."""

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        row = advisors.revoke(pk, given["on"], given["reason"], actor_for(request))
        messages.success(request, f"{row.name} 自 {row.revoked_on} 起停用。")
        return HttpResponseRedirect(ADVISORS)

    question = Question(
        "停用专家、机构", back=ADVISORS, crumbs=[HOME], says="停用后不能再委托，已有的委托照常完成。"
    )
    return ask(request, question, RevokeForm(request.POST or None, initial={"on": clock.today()}), deed)


@require_GET
@only_for(READERS)
def engagement_list(request: HttpRequest) -> HttpResponse:
    """What the actor's unit engaged whom for; the committee office sees all units'."""
    actor = actor_for(request)
    rows = Engagement.objects.select_related("advisor", "agency", "object").order_by("-begun_on", "-pk")
    seen = [row for row in rows[:500] if may_keep(actor, row.agency_id)]
    columns = (
        parts.Column("委托事项", "title"), parts.Column("专家、机构"), parts.Column("委托单位"),
        parts.Column("费用", "money"), parts.Column("委托日期", "day"), parts.Column("结果"), parts.Column("", "action"),
    )  # fmt: skip
    keeps = bool(actor.roles & KEEPERS)
    context = {
        "crumbs": [HOME, parts.Link("委托", "")],
        "heading": "委托专家和机构",
        "lead": "委托了谁、做什么、花多少、结果怎样；发现的隐患进入隐患台账，来源为“专家”。",
        "begin": [parts.Action("登记委托", f"{ENGAGEMENTS}new/", primary=True, icon="plus")] if keeps else [],
        "beside": tabs(ENGAGEMENTS),
        "ledger": parts.Ledger(columns, [_engagement(row, keeps) for row in seen]),
        "empty": parts.Empty("还没有委托记录。", icon="file-text"),
    }
    return render(request, "list.html", context)


def _engagement(row: Engagement, keeps: bool) -> parts.Row:
    late = row.ended_on is None and row.due_on < clock.today()
    told = row.result if row.ended_on else f"应于 {row.due_on} 完成"
    if row.findings:
        told = f"{told}；隐患 {'、'.join(row.findings)}"
    open_ = keeps and row.ended_on is None
    deeds = parts.Deeds((parts.Action("登记结果", f"{ENGAGEMENTS}{row.pk}/finish/"),)) if open_ else ""
    return parts.Row(
        (row.scope, row.advisor.name, row.agency.name, parts.Money(row.fee_fen), row.begun_on, told, deeds),
        late=late, sub=row.object.name if row.object else "",
    )  # fmt: skip


@only_for(KEEPERS)
def new_engagement(request: HttpRequest) -> HttpResponse:
    """Engage an expert or agency."""
    actor = actor_for(request)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        one = object_named(given["object"], actor) if given["object"] else None
        asked = advisors.Asked(
            Advisor.objects.get(pk=given["advisor"]), Agency.objects.get(pk=given["agency"]), given["scope"],
            int(given["fee"] * 100), given["begun_on"], given["due_on"], one,
        )  # fmt: skip
        row = advisors.engage(asked, actor_for(request))
        messages.success(request, f"已委托 {row.advisor.name}。")
        return HttpResponseRedirect(ENGAGEMENTS)

    question = Question("登记委托", back=ENGAGEMENTS, crumbs=[HOME])
    own = next((scope.agency_id for scope in actor.scopes if scope.agency_id), None)
    initial = {"begun_on": clock.today(), "agency": own, "fee": 0}
    return ask(request, question, EngagementForm(actor, request.POST or None, initial=initial), deed)


@only_for(KEEPERS)
def finish_engagement(request: HttpRequest, pk: int) -> HttpResponse:
    """The result of a piece of work, and the hazards it brought to light."""
    row = Engagement.objects.select_related("advisor", "object").filter(pk=pk).first()
    if row is None or not may_keep(actor_for(request), row.agency_id):
        raise Http404
    held = row

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        found = _found(given["findings"])
        advisors.finish(held.pk, given["ended_on"], given["result"], found, actor_for(request))
        messages.success(request, "结果已登记。")
        return HttpResponseRedirect(ENGAGEMENTS)

    question = Question(
        "登记委托结果", back=ENGAGEMENTS, crumbs=[HOME],
        facts=[parts.Fact("专家、机构", held.advisor.name), parts.Fact("委托事项", held.scope, wide=True)],
    )  # fmt: skip
    return ask(request, question, FinishForm(request.POST or None, initial={"ended_on": clock.today()}), deed)


def _found(text: str) -> Sequence[advisors.Found]:
    """One hazard a line: 部位｜描述."""
    found = []
    for number, line in enumerate((line.strip() for line in text.splitlines() if line.strip()), 1):
        place, cut, description = line.replace("|", "｜").partition("｜")
        if not cut or not description.strip():
            raise Refused.because(
                "officers.finding_unread", f"第 {number} 行应写成“具体部位｜隐患描述”", "findings"
            )
        found.append(advisors.Found(place.strip()[:120], description.strip()))
    return found


urlpatterns: list[Address] = [
    path("officers/advisors/", advisor_list, name="advisors"),
    path("officers/advisors/new/", new_advisor, name="new_advisor"),
    path("officers/advisors/<int:pk>/revoke/", revoke_advisor, name="revoke_advisor"),
    path("officers/engagements/", engagement_list, name="engagements"),
    path("officers/engagements/new/", new_engagement, name="new_engagement"),
    path("officers/engagements/<int:pk>/finish/", finish_engagement, name="finish_engagement"),
]
