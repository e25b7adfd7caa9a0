"""``/responsibility/duties/rules/``: the rules duties rest on, their versions, and what waits to be confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from bihuan.capabilities.responsibility import places
from bihuan.capabilities.responsibility.duties import holders, keeping, rules
from bihuan.capabilities.responsibility.duties.lists import Line
from bihuan.capabilities.responsibility.duties.models import Clause, Duty
from bihuan.capabilities.responsibility.duties.pages.duties import BASE, KEEPERS, names_of
from bihuan.capabilities.responsibility.duties.pages.holder import access_duty, clause_choices
from bihuan.capabilities.responsibility.duties.pages.layout import Section, page
from bihuan.capabilities.responsibility.duties.words import Verification
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Role
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for

RULES = f"{BASE}rules/"
CRUMBS = (parts.Link("安全生产职责", BASE), parts.Link("规则与版本", RULES))
SHOWN = 200


def waiting_of(actor: Actor) -> list[Duty]:
    """What waits to be confirmed by the actor; all of it for the office."""
    rows = rules.waiting(clock.today())
    if not actor.holds(Role.OFFICE):
        units = [
            scope.agency_id
            for scope in actor.scopes
            if scope.role in holders.UNIT_KEEPERS and scope.agency_id
        ]
        own = [scope.object for scope in actor.scopes if scope.role in ENTERPRISE_ROLES and scope.object]
        rows = rows.filter(object=None, agency__in=units) | rows.filter(object__in=own)
    return list(rows.order_by("agency__order", "agency", "id")[: SHOWN + 1])


@require_GET
@only_for(places.UNITS | ENTERPRISE_ROLES)
def rules_page(request: HttpRequest) -> HttpResponse:
    """Versions, and the duties that wait."""
    actor = actor_for(request)
    waiting = waiting_of(actor)
    shown = waiting[:SHOWN]
    names = names_of(shown)
    columns = (
        parts.Column("责任人", "title"), parts.Column("职责"), parts.Column("原依据"), parts.Column("由谁确认"), parts.Column("", "action"),
    )  # fmt: skip
    rows = [
        parts.Row(
            (
                names[one.pk],
                one.text,
                f"{one.clause}（{one.clause.version.number}）" if one.clause else None,
                owner_of(one),
                parts.Action("确认", f"{BASE}{one.pk}/confirm/"),
            ),
            late=True,
        )
        for one in shown
    ]
    many = f"{len(waiting)} 条" if len(waiting) <= SHOWN else f"多于 {SHOWN} 条，先列 {SHOWN} 条"
    how = "规则出了新版本时，依据旧条款的职责会列在这里，由本单位逐条确认。"
    sections = [
        Section(
            "待重新确认的职责",
            many if waiting else "",
            ledger=parts.Ledger(columns, rows, "待重新确认的职责"),
            empty=parts.Empty("没有待确认的。", how, icon="circle-check"),
        ),
        Section("规则的各个版本", ledger=_versions(), empty=parts.Empty("还没有登记规则。")),
    ]
    begin = []
    if actor.holds(Role.OFFICE):
        begin.append(parts.Action("登记规则或新版本", f"{RULES}new/", primary=True, icon="plus"))
    return page(
        request, actor, BASE, "规则与版本", sections, begin=begin, crumbs=CRUMBS[:1],
        lead="职责依据的法律、规定和实施意见。新版本施行后，依据旧条款的职责须重新确认。",
    )  # fmt: skip


def owner_of(duty: Duty) -> str:
    """Who has to confirm it: the unit, or the enterprise."""
    if duty.object is not None:
        return "企业"
    return duty.agency.name if duty.agency else "安委办"


def _versions() -> parts.Ledger:
    columns = (
        parts.Column("文件", "title"), parts.Column("文号"), parts.Column("施行日期", "day"),
        parts.Column("条款", "number", "条"), parts.Column("引用的职责", "number", "条"), parts.Column("核对情况"),
    )  # fmt: skip
    listed = rules.versions().annotate(
        size=Count("clauses", distinct=True), used=Count("clauses__duties", distinct=True)
    )
    rows = [
        parts.Row(
            (
                f"《{one.document.name}》", one.number or None, one.effective_from, one.size, one.used,
                Verification(one.verification).label,
            )
        )
        for one in listed
    ]  # fmt: skip
    return parts.Ledger(columns, rows, "规则的各个版本")


class VersionForm(forms.Form):
    name = forms.CharField(
        label="文件名称", max_length=120, help_text="已登记过的，写同样的名称就是它的新版本"
    )
    number = forms.CharField(label="文号", max_length=60, required=False)
    issuer = forms.CharField(label="制定机关", max_length=120, required=False)
    effective_from = forms.DateField(label="施行日期", widget=forms.DateInput())
    clauses = forms.CharField(
        label="条款",
        max_length=200_000,
        widget=forms.Textarea({"rows": "12"}),
        help_text="每行一条：第九条｜内容；内容可以不填",
    )


@only_for(frozenset({Role.OFFICE}))
def new_version(request: HttpRequest) -> HttpResponse:
    """Write down a rule or a new version of one."""
    form = VersionForm(request.POST or None, initial={"effective_from": clock.today()})

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        made = rules.add_version(
            given["name"], given["number"], given["effective_from"], read_clauses(given["clauses"]), actor_for(request),
            issuer=given["issuer"],
        )  # fmt: skip
        count = rules.waiting(clock.today()).filter(clause__version__document=made.document).count()
        messages.success(request, f"{made}已登记，有 {count:,} 条职责待重新确认。")
        return HttpResponseRedirect(RULES)

    question = Question("登记规则或新版本", back=RULES, says="登记时请对照原文核对条款。", crumbs=CRUMBS)
    return ask(request, question, form, deed)


def read_clauses(text: str) -> list[Line]:
    """A line a clause, its label and text apart by ｜ or a tab."""
    found = []
    for raw in text.splitlines():
        label, _, words = raw.replace("\t", "｜").replace("|", "｜").partition("｜")
        if label.strip():
            found.append(Line(label.strip(), words.strip()))
    return found


class ConfirmForm(forms.Form):
    clause = forms.TypedChoiceField(label="现在依据的条款", coerce=int)
    text = forms.CharField(label="职责", max_length=keeping.TEXT_LENGTH, widget=forms.Textarea({"rows": "5"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = clause_choices()  # type: ignore[attr-defined]


@only_for(KEEPERS)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm one duty under the version in force."""
    duty = access_duty(actor_for(request), pk)
    same = rules.same_clause(duty, clock.today())
    form = ConfirmForm(request.POST or None, initial={"clause": same.pk if same else "", "text": duty.text})

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        clause = Clause.objects.select_related("version__document").get(pk=given["clause"])
        rules.confirm(duty, clause, given["text"], actor_for(request))
        messages.success(request, "已按现行规定确认。")
        return HttpResponseRedirect(RULES)

    facts = [
        parts.Fact("责任人", names_of([duty])[duty.pk]),
        parts.Fact("原依据", f"{duty.clause}（{duty.clause.version.number}）" if duty.clause else None),
        parts.Fact(
            "新条款内容", same.text or "未录入内容，请对照原文" if same else "新版本没有同号条款，请选择"
        ),
    ]
    question = Question(
        "确认职责", back=RULES, says="核对新条款，职责没有变的直接保存。", facts=facts, crumbs=CRUMBS
    )
    return ask(request, question, form, deed)
