"""What a ledger has named and the register lacks: a person confirms it or says which known object it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import BUSINESS, only_for
from bihuan.kernel.web.session import actor_for
from bihuan.registers.enterprises import standing
from bihuan.registers.held import held_by_object, in_words, what_else_holds
from bihuan.registers.pages.listing import BASE, WAITING, keeps


class ConfirmForm(forms.Form):
    reason = forms.CharField(
        label="核实说明", max_length=200, required=False, help_text="例如“已电话联系，营业执照在审”"
    )


class RejectForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=200, help_text="例如“填表说明里的示例”")


class MergeForm(forms.Form):
    into = forms.ChoiceField(label="是下面哪一家", required=False, widget=forms.RadioSelect)
    other = forms.CharField(
        label="不在上面的，写统一社会信用代码或从列表中选",
        required=False,
        max_length=160,
        widget=forms.TextInput(
            {"list": "object-suggestions", "autocomplete": "off", "data-suggest": "/objects/suggest/"}
        ),
    )
    reason = forms.CharField(
        label="理由", max_length=200, help_text="例如“台账写的是简称，经营地址和负责人相同”"
    )


def _mine(actor: Actor, uid: UUID) -> SupervisedObject:
    one = access_object(actor, uid)
    if not keeps(actor, one):
        raise Refused.because("standing.not_yours", f"“{one.name}”的核实不在您的职责范围内")
    return one


def _crumbs(one: SupervisedObject) -> Sequence[parts.Link]:
    return [parts.Link("企业", BASE), parts.Link(one.name, f"{BASE}{one.uid}/")]


def _facts(one: SupervisedObject, follows: str) -> Sequence[parts.Fact]:
    """What is known of it, what hangs on it, and what the decision will do to that."""
    held = in_words(held_by_object(one.uid))
    other = what_else_holds(one)
    return [
        parts.Fact("名称", one.name),
        parts.Fact("统一社会信用代码", one.credit_code or None),
        parts.Fact("属地", one.region.name),
        parts.Fact("行业领域", one.sector.name if one.sector else None),
        parts.Fact("最早来自", one.named_by or None),
        parts.Fact("等待核实", f"{(clock.today() - _day(one)).days} 天", hint=f"{_day(one)} 起"),
        parts.Fact("名下现有", "、".join([held, *other])),
        parts.Fact("办理之后", follows, wide=True),
    ]


def _day(one: SupervisedObject) -> date:
    return clock.day_of(one.created_at)


@only_for(BUSINESS)
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """核实登记."""
    one = _mine(actor_for(request), uid)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        standing.confirm(one, actor_for(request), given["reason"])
        messages.success(request, f"“{one.name}”已核实登记。")
        return HttpResponseRedirect(f"{BASE}{one.uid}/")

    question = Question(
        "核实登记",
        back=f"{BASE}{one.uid}/",
        says="确认这是一家真实存在、应在本辖区登记的单位。",
        facts=_facts(one, "按现有名称转为已核实，名下的隐患和岗位不动；核实错了可以撤销。"),
        crumbs=_crumbs(one),
    )
    return ask(request, question, ConfirmForm(request.POST or None), deed)


@only_for(BUSINESS)
def merge(request: HttpRequest, uid: UUID) -> HttpResponse:
    """并入."""
    actor = actor_for(request)
    one = _mine(actor, uid)
    form = MergeForm(request.POST or None)
    alike = list(standing.likely_same(one, actor))
    choices = [(str(other.uid), _said(other)) for other in alike]
    form.fields["into"].choices = choices  # type: ignore[attr-defined]
    if not choices:
        del form.fields["into"]

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        target = _target(actor, given.get("into", ""), given["other"])
        standing.merge(one, target, actor_for(request), given["reason"])
        messages.success(request, f"“{one.name}”已并入“{target.name}”，名称留作曾用名。")
        return HttpResponseRedirect(f"{BASE}{target.uid}/")

    question = Question(
        "并入已有的",
        back=f"{BASE}{one.uid}/",
        says="认定台账里的这个名称就是已登记的某一家。",
        facts=_facts(
            one,
            "名下的隐患、岗位和由它负责的场所一并归到那一家，名称留作曾用名；认定错了可以撤销，原样归还。",
        ),
        crumbs=_crumbs(one),
    )
    return ask(request, question, form, deed)


@only_for(BUSINESS)
def reject(request: HttpRequest, uid: UUID) -> HttpResponse:
    """不予登记."""
    one = _mine(actor_for(request), uid)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        standing.reject(one, actor_for(request), given["reason"])
        messages.success(request, f"“{one.name}”不予登记，已从待核实中移出；可在“已作出的决定”里撤销。")
        return HttpResponseRedirect(WAITING)

    question = Question(
        "不予登记",
        back=f"{BASE}{one.uid}/",
        says="台账误写、示例行，或不在本辖区的。名下还有隐患的不能这样办，请并入真正的那一家。",
        facts=_facts(
            one, "从名录和待核实清单中移出，行和理由都留着；以后台账再写这个名称，会重新列为待核实。"
        ),
        crumbs=_crumbs(one),
    )
    return ask(request, question, RejectForm(request.POST or None), deed)


def _said(other: SupervisedObject) -> str:
    told = (other.credit_code, other.region.name, other.sector.name if other.sector else "")
    return f"{other.name}（{'，'.join(part for part in told if part)}）"


def _target(actor: Actor, chosen: str, typed: str) -> SupervisedObject:
    ref = typed.split("｜")[-1].strip() or chosen
    if not ref:
        raise Refused.because("standing.no_target", "请选择或写明并入哪一家", "other")
    try:
        return access_object(actor, ref)
    except Absent as absent:
        sentence = f"没有查到“{ref}”，或不在您的辖区，请写统一社会信用代码或从列表中选"
        raise Refused.because("standing.unknown_target", sentence, "other") from absent
