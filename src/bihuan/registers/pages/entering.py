"""Entering an enterprise by hand, and correcting what the register says of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from bihuan.kernel.errors import Refused, Stale
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.objects.models import ObjectKind
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import BUSINESS, only_for
from bihuan.kernel.web.session import actor_for
from bihuan.registers import trail
from bihuan.registers.enterprises.amending import amend_enterprise, stated
from bihuan.registers.enterprises.details import LABELS, EnterpriseDetails
from bihuan.registers.enterprises.registration import register_enterprise
from bihuan.registers.keepers import KEEPERS
from bihuan.registers.models import Ownership, Scale
from bihuan.registers.pages import objects
from bihuan.registers.pages.choices import regions, sectors
from bihuan.registers.pages.listing import BASE, keeps


def _labels(choices: Any) -> list[tuple[str, str]]:
    return [("", "不清楚"), *((str(choice.label), str(choice.label)) for choice in choices)]


class EnterpriseForm(forms.Form):
    """The fields of the register; what they hold is judged by the register itself."""

    name = forms.CharField(label=LABELS["name"], max_length=120, help_text="营业执照上的全称")
    credit_code = forms.CharField(
        label=LABELS["credit_code"], max_length=30, help_text="18 位，最后一位是校验位"
    )
    region = forms.ChoiceField(label=LABELS["region"])
    sector = forms.ChoiceField(label=LABELS["sector"])
    address = forms.CharField(label=LABELS["address"], max_length=200, required=False)
    industry_code = forms.CharField(
        label=LABELS["industry_code"], max_length=6, required=False, help_text="GB/T 4754，例如 C3391 或 3391"
    )
    ownership = forms.ChoiceField(label=LABELS["ownership"], required=False)
    scale = forms.ChoiceField(label=LABELS["scale"], required=False)
    staff_count = forms.CharField(label=LABELS["staff_count"], max_length=10, required=False)
    principal_name = forms.CharField(label=LABELS["principal_name"], max_length=60, required=False)
    principal_phone = forms.CharField(label=LABELS["principal_phone"], max_length=30, required=False)
    safety_manager_name = forms.CharField(label=LABELS["safety_manager_name"], max_length=60, required=False)
    safety_manager_phone = forms.CharField(
        label=LABELS["safety_manager_phone"], max_length=30, required=False
    )
    business = forms.CharField(label=LABELS["business"], max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("region", regions()),
            ("sector", sectors()),
            ("ownership", _labels(Ownership)),
            ("scale", _labels(Scale)),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class AmendForm(EnterpriseForm):
    reason = forms.CharField(label="更正的原因或依据", max_length=200, help_text="例如“营业执照变更”")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


@only_for(KEEPERS)
def register(request: HttpRequest) -> HttpResponse:
    """Enter one enterprise."""

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        made = register_enterprise(EnterpriseDetails(**given), actor_for(request))
        messages.success(request, f"“{made.name}”已登记。")
        return HttpResponseRedirect(f"{BASE}{made.uid}/")

    question = Question(
        "登记企业",
        back=BASE,
        says="一个统一社会信用代码只登记一次；台账里待核实的同名企业会随之核实。",
        crumbs=[parts.Link("企业", BASE)],
    )
    return ask(request, question, EnterpriseForm(request.POST or None), deed)


@only_for(BUSINESS)
def amend(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Correct the register; what it said before stays with the decision."""
    actor = actor_for(request)
    one = access_object(actor, uid)
    if one.kind != ObjectKind.ENTERPRISE:
        return objects.amend(request, uid)
    if not keeps(actor, one):
        raise Refused.because("enterprise.not_yours", f"“{one.name}”的登记信息不在您的职责范围内")
    form = AmendForm(request.POST or None, initial={**asdict(stated(one)), "version": trail.version_of(one)})
    for name, here in (("region", one.region.name), ("sector", one.sector.name if one.sector else "")):
        choices = form.fields[name].choices  # type: ignore[attr-defined]
        if here and here not in dict(choices):
            form.fields[name].choices = [*choices, (here, here)]  # type: ignore[attr-defined]

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        said = {name: value for name, value in given.items() if name not in ("reason", "version")}
        details = EnterpriseDetails(**said)
        amend_enterprise(uid, details, actor_for(request), given["reason"], given["version"])
        messages.success(request, f"“{said['name']}”的登记信息已更正。")
        return HttpResponseRedirect(f"{BASE}{uid}/")

    question = Question(
        "更正登记信息",
        back=f"{BASE}{uid}/",
        says="改了什么、谁改的、为什么改，都会留下；原名称仍可查到。",
        crumbs=[parts.Link("企业", BASE), parts.Link(one.name, f"{BASE}{uid}/")],
    )
    try:
        return ask(request, question, form, deed)
    except Stale:
        return objects.stale(request, one, form)
