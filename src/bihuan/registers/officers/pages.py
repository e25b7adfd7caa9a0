"""``/officers/``: certificates, who keeps away from whom, experts and agencies, and what these were engaged for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Person
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.places import Address
from bihuan.kernel.web.session import actor_for
from bihuan.registers.officers import advice_pages, certificates, recusals, workload
from bihuan.registers.officers.forms import CertificateForm, LiftForm, RecusalForm, RevokeForm
from bihuan.registers.officers.models import Certificate, Recusal
from bihuan.registers.officers.places import (
    CERTIFICATES,
    HOME,
    KEEPERS,
    READERS,
    RECUSALS,
    UNTOLD,
    object_named,
    tabs,
)

LATE, SOON = "已失效", "即将到期"
SOON_DAYS = 60


def standing_of(row: Any, today: Any) -> parts.State:
    """Whether what has days holds today, and whether it soon will not."""
    if row.revoked_on is not None and row.revoked_on <= today:
        return parts.State("已停用", "off")
    if row.until < today:
        return parts.State(LATE, "off")
    if row.since > today:
        return parts.State("未生效", "waiting")
    return parts.State(SOON if (row.until - today).days <= SOON_DAYS else "有效", "open")


@require_GET
@only_for(READERS)
def certificate_list(request: HttpRequest) -> HttpResponse:
    """Every certificate, those that lapse first in front, with what its holder did this year."""
    actor, today = actor_for(request), clock.today()
    said = request.GET.get("q", "").strip()[:60]
    rows = certificates.visible_certificates(actor)
    if said:
        rows = rows.filter(
            Q(person__name__contains=said) | Q(no__contains=said) | Q(agency__name__contains=said)
        )
    found = list(rows.order_by("until", "pk")[:500])
    year = Period.parse(str(today.year))
    counted = [column.of([row.person_id for row in found], year) for column in workload.columns()]
    heads = [parts.Column(f"今年{column.label}", "number", column.unit) for column in workload.columns()]
    waiting = certificates.untold(actor) if actor.roles & KEEPERS else ()
    context = {
        "crumbs": [parts.Link("执法人员与专家", "")],
        "heading": "执法人员与专家",
        "lead": "谁持有效执法证件、谁应当回避、哪些专家和机构可以委托。证件过期或停用当日起不能签署执法文书。",
        "begin": _begin(actor, waiting),
        "beside": tabs(CERTIFICATES),
        "filters": (parts.Filter("q", "姓名、证号或单位", "text", said),),
        "chips": (),
        "ledger": parts.Ledger(
            (*_COLUMNS, *heads, parts.Column("", "action")),
            [_row(row, today, [counts.get(row.person_id, 0) for counts in counted], actor) for row in found],
        ),
        "empty": parts.Empty(
            "还没有登记执法证件。", "登记后，持证人员才能参加执法检查和签署文书。", icon="id-badge-2"
        ),
        "count_words": f"共 {len(found):,} 份",
    }
    return render(request, "list.html", context)


_COLUMNS = (
    parts.Column("姓名", "title"),
    parts.Column("证号"),
    parts.Column("种类"),
    parts.Column("执法单位"),
    parts.Column("有效期至", "day"),
    parts.Column("状态", "state"),
)


def _begin(actor: Actor, waiting: Sequence[Person]) -> list[parts.Action]:
    if not actor.roles & KEEPERS:
        return []
    actions = [parts.Action("登记执法证件", f"{CERTIFICATES}new/", primary=True, icon="plus")]
    if waiting:
        actions.append(parts.Action(f"账号里写了证号、尚未登记的 {len(waiting)} 人", UNTOLD))
    return actions


def _row(row: Certificate, today: Any, counts: Sequence[int], actor: Actor) -> parts.Row:
    mine = certificates.may_keep(actor, row.agency_id) and row.revoked_on is None
    deeds = parts.Deeds((parts.Action("停用", f"{CERTIFICATES}{row.pk}/revoke/"),)) if mine else ""
    return parts.Row(
        (
            row.person.name, row.no, row.get_kind_display(), row.agency.name, row.until, standing_of(row, today),
            *counts, deeds,
        ),
        late=row.until < today and row.revoked_on is None,
        sub=row.scope,
    )  # fmt: skip


@require_GET
@only_for(KEEPERS)
def untold_list(request: HttpRequest) -> HttpResponse:
    """People whose account names a certificate that nobody has entered yet."""
    rows = [
        parts.Row(
            (
                person.name, person.certificate_no, person.certificate_until,
                parts.Deeds((parts.Action("登记", f"{CERTIFICATES}new/?person={person.pk}"),)),
            )
        )
        for person in certificates.untold(actor_for(request))
    ]  # fmt: skip
    columns = (
        parts.Column("姓名", "title"), parts.Column("账号里的证号"), parts.Column("账号里的有效期", "day"),
        parts.Column("", "action"),
    )  # fmt: skip
    context = {
        "crumbs": [HOME, parts.Link("账号里写了证号", "")],
        "heading": "账号里写了证号、尚未登记的人员",
        "lead": "开立账号时写的证号没有有效期的凭据，核对证件原件后登记，才能执法。",
        "beside": tabs(CERTIFICATES),
        "ledger": parts.Ledger(columns, rows),
        "empty": parts.Empty("都已登记。", icon="circle-check"),
    }
    return render(request, "list.html", context)


@only_for(KEEPERS)
def new_certificate(request: HttpRequest) -> HttpResponse:
    """Enter a certificate; what the account says is proposed."""
    actor = actor_for(request)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        person, agency = Person.objects.get(pk=given["person"]), Agency.objects.get(pk=given["agency"])
        told = certificates.Told(
            person, agency, given["no"], given["since"], given["until"], given["kind"], given["scope"], given["issuer"]
        )  # fmt: skip
        certificates.register(told, actor_for(request))
        messages.success(request, f"{person.name} 的执法证件已登记，有效期至 {given['until']}。")
        return HttpResponseRedirect(CERTIFICATES)

    question = Question(
        "登记执法证件", back=CERTIFICATES, crumbs=[HOME],
        says="核对证件原件后登记。执法须有两名以上持有效证件的人员。", basis="《行政处罚法》第四十二条、第五十五条",
    )  # fmt: skip
    return ask(
        request,
        question,
        CertificateForm(actor, request.POST or None, initial=_proposed(request, actor)),
        deed,
    )


def _proposed(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    own = next((scope.agency_id for scope in actor.scopes if scope.agency_id), None)
    said = request.GET.get("person", "")
    person = Person.objects.filter(pk=int(said)).first() if said.isdecimal() and len(said) < 10 else None
    if person is None:
        return {"agency": own}
    return {
        "person": person.pk, "no": person.certificate_no, "until": person.certificate_until, "agency": own,
    }  # fmt: skip


@only_for(KEEPERS)
def revoke_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a certificate hold no more."""

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        row = certificates.revoke(pk, given["on"], given["reason"], actor_for(request))
        messages.success(request, f"证号 {row.no} 自 {row.revoked_on} 起停用。")
        return HttpResponseRedirect(CERTIFICATES)

    question = Question(
        "停用执法证件", back=CERTIFICATES, crumbs=[HOME],
        says="停用当日起，持证人不能再签署执法文书；此前签署的不变。",
    )  # fmt: skip
    return ask(request, question, RevokeForm(request.POST or None, initial={"on": clock.today()}), deed)


@require_GET
@only_for(READERS)
def recusal_list(request: HttpRequest) -> HttpResponse:
    """Who keeps away from whom, of enterprises the actor may see."""
    from bihuan.kernel.objects.access import visible_objects

    actor = actor_for(request)
    rows = Recusal.objects.filter(object__in=visible_objects(actor)).select_related("person", "object")
    keeps = bool(actor.roles & KEEPERS)
    columns = (
        parts.Column("人员", "title"), parts.Column("企业"), parts.Column("事由"), parts.Column("起", "day"),
        parts.Column("止", "day"), parts.Column("", "action"),
    )  # fmt: skip
    context = {
        "crumbs": [HOME, parts.Link("回避", "")],
        "heading": "回避",
        "lead": "有利害关系的人员不能检查该企业，也不能办理它的案件；选派时自动提示并拒绝。",
        "begin": [parts.Action("登记回避", f"{RECUSALS}new/", primary=True, icon="plus")] if keeps else [],
        "beside": tabs(RECUSALS),
        "ledger": parts.Ledger(
            columns,
            [
                _recusal(row, keeps and row.person_id not in actor.persons)
                for row in rows.order_by("-since", "pk")[:500]
            ],
        ),
        "empty": parts.Empty("没有登记回避。", icon="circle-check"),
    }
    return render(request, "list.html", context)


def _recusal(row: Recusal, keeps: bool) -> parts.Row:
    deeds = (
        parts.Deeds((parts.Action("解除", f"{RECUSALS}{row.pk}/lift/"),)) if keeps and not row.until else ""
    )
    return parts.Row((row.person.name, row.object.name, row.reason, row.since, row.until, deeds))


@only_for(KEEPERS)
def new_recusal(request: HttpRequest) -> HttpResponse:
    """Enter that somebody keeps away."""
    actor = actor_for(request)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        one = object_named(given["object"], actor)
        person = Person.objects.get(pk=given["person"])
        recusals.keep_away(person, one, given["reason"], given["since"], actor_for(request))
        messages.success(request, f"已登记 {person.name} 对 {one.name} 回避。")
        return HttpResponseRedirect(RECUSALS)

    question = Question("登记回避", back=RECUSALS, crumbs=[HOME], basis="《行政处罚法》第四十三条")
    return ask(
        request, question, RecusalForm(actor, request.POST or None, initial={"since": clock.today()}), deed
    )


@only_for(KEEPERS)
def lift_recusal(request: HttpRequest, pk: int) -> HttpResponse:
    """The interest is gone."""

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        recusals.lift(pk, given["on"], given["reason"], actor_for(request))
        messages.success(request, "已解除回避。")
        return HttpResponseRedirect(RECUSALS)

    question = Question("解除回避", back=RECUSALS, crumbs=[HOME])
    return ask(request, question, LiftForm(request.POST or None, initial={"on": clock.today()}), deed)


urlpatterns: list[Address] = [
    path("officers/", certificate_list, name="officers"),
    path("officers/new/", new_certificate, name="new_certificate"),
    path("officers/untold/", untold_list, name="untold_certificates"),
    path("officers/<int:pk>/revoke/", revoke_certificate, name="revoke_certificate"),
    path("officers/recusals/", recusal_list, name="recusals"),
    path("officers/recusals/new/", new_recusal, name="new_recusal"),
    path("officers/recusals/<int:pk>/lift/", lift_recusal, name="lift_recusal"),
    *advice_pages.urlpatterns,
]
