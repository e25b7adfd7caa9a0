"""“五落实五到位” and other requirement sets: judging an item of an enterprise, and loading a set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from bihuan.capabilities.responsibility.duties import enterprise
from bihuan.capabilities.responsibility.duties.enterprise import BASE, JUDGES
from bihuan.capabilities.responsibility.duties.models import RequirementItem, RequirementSet
from bihuan.capabilities.responsibility.duties.pages.enterprises import HOME, question_about
from bihuan.kernel.errors import Absent
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for


class FindingForm(forms.Form):
    passed = forms.ChoiceField(label="结果", choices=[("yes", "符合"), ("no", "不符合")])
    evidence = forms.CharField(
        label="依据的事实",
        max_length=500,
        widget=forms.Textarea({"rows": "3"}),
        help_text="查看了什么、结果如何",
    )


@only_for(JUDGES)
def judge(request: HttpRequest, uid: UUID, item: int) -> HttpResponse:
    """Say whether an item is met."""
    supervised = access_object(actor_for(request), str(uid))
    one = RequirementItem.objects.filter(pk=item).first()
    if one is None:
        raise Absent("没有这项要求")
    found: RequirementItem = one

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        enterprise.judge_item(
            supervised, found, given["passed"] == "yes", given["evidence"], actor_for(request)
        )
        messages.success(request, f"“{found.name}”已核查。")
        return HttpResponseRedirect(f"{BASE}{uid}/")

    sets = RequirementSet.objects.filter(places__item=found).values_list("title", flat=True)
    facts = [parts.Fact("要求", found.name), parts.Fact("属于", "、".join(sets))]
    return ask(
        request, question_about("核查", supervised, facts=facts), FindingForm(request.POST or None), deed
    )


class SetForm(forms.Form):
    title = forms.CharField(label="名称", max_length=60, help_text="例如“五落实”")
    items = forms.CharField(
        label="各项要求", max_length=4000, widget=forms.Textarea({"rows": "8"}), help_text="每行一项"
    )
    basis = forms.CharField(label="依据", max_length=200, required=False)


@only_for(frozenset({Role.OFFICE}))
def sets_page(request: HttpRequest) -> HttpResponse:
    """The requirement sets, and loading one."""
    listed = RequirementSet.objects.prefetch_related("places__item").order_by("id")
    facts = [
        parts.Fact(
            one.title,
            "；".join(place.item.name for place in sorted(one.places.all(), key=lambda each: each.order)),
            hint=one.warning or one.basis,
            wide=True,
        )
        for one in listed
    ]

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        names = given["items"].splitlines()
        made, warning = enterprise.load_set(given["title"], names, given["basis"], actor_for(request))
        if warning:
            messages.warning(request, warning)
        messages.success(request, f"“{made.title}”已登记。")
        return HttpResponseRedirect(f"{BASE}sets/")

    says = "两份清单写了同样的要求，只核查一次，两份都算。"
    question = Question("登记要求清单", back=BASE, says=says, facts=facts, crumbs=[HOME])
    return ask(request, question, SetForm(request.POST or None), deed)
