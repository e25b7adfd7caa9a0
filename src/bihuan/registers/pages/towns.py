"""Towns and villages that only a ledger has named: the committee office confirms each or says which one it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel.errors import Absent
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Region, RegionLevel, Standing
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for
from bihuan.registers import towns
from bihuan.registers.pages.listing import BASE

OFFICE = frozenset({Role.OFFICE})
HERE = f"{BASE}towns/"


def _access(actor: Actor, pk: int) -> Region:
    found = towns.pending_towns(actor).filter(pk=pk).first()
    if found is None:
        raise Absent("没有这个待核实的镇街，或已核实过")
    return found


@require_GET
@only_for(OFFICE)
def pending(request: HttpRequest) -> HttpResponse:
    """What waits."""
    actor = actor_for(request)
    rows = [
        parts.Row(
            (
                town.name,
                SupervisedObject.objects.filter(region_path__startswith=town.path).count(),
                parts.Action("核实", f"{HERE}{town.pk}/confirm/"),
                parts.Action("并入", f"{HERE}{town.pk}/merge/"),
            )
        )
        for town in towns.pending_towns(actor)[:100]
    ]
    columns = (
        parts.Column("台账里的镇街", "title"),
        parts.Column("所涉监管对象", "number", "家"),
        parts.Column("", "action"),
        parts.Column("", "action"),
    )
    context = {
        "crumbs": [parts.Link("企业", BASE), parts.Link("待核实的镇街", "")],
        "heading": "待核实的镇街",
        "lead": "台账里写了、行政区划里没有的镇街。由安委办确认是新的，还是某个镇街的另一种写法。",
        "begin": (),
        "tabs": (),
        "filters": (),
        "chips": (),
        "ledger": parts.Ledger(columns, rows, "待核实的镇街"),
        "empty": parts.Empty("没有待核实的镇街。", icon="circle-check"),
    }
    return render(request, "list.html", context)


class ConfirmForm(forms.Form):
    reason = forms.CharField(label="依据", max_length=200, required=False, help_text="例如“区划调整文件”")


class MergeForm(forms.Form):
    into = forms.TypedChoiceField(label="就是哪个镇街", coerce=int)
    reason = forms.CharField(label="理由", max_length=200, help_text="例如“简称”“旧称”")

    def __init__(self, *args: Any, town: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = (RegionLevel.TOWN, RegionLevel.ZONE, RegionLevel.VILLAGE)
        rows = Region.objects.filter(level__in=levels, standing=Standing.CONFIRMED).exclude(pk=town.pk)
        named = rows.order_by("path").values_list("pk", "name")
        self.fields["into"].choices = [("", "请选择"), *named]  # type: ignore[attr-defined]


@only_for(OFFICE)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the town into the tree."""
    town = _access(actor_for(request), pk)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        towns.confirm_town(town, actor_for(request), given["reason"])
        messages.success(request, f"“{town.name}”已核实。")
        return HttpResponseRedirect(HERE)

    question = Question(f"核实“{town.name}”", back=HERE, crumbs=[parts.Link("待核实的镇街", HERE)])
    return ask(request, question, ConfirmForm(request.POST or None), deed)


@only_for(OFFICE)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which town it is."""
    town = _access(actor_for(request), pk)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        into = Region.objects.get(pk=given["into"])
        towns.merge_town(town, into, actor_for(request), given["reason"])
        messages.success(request, f"“{town.name}”已并入“{into.name}”，名称留作别名。")
        return HttpResponseRedirect(HERE)

    question = Question(
        f"并入“{town.name}”",
        back=HERE,
        says="它名下的监管对象和岗位一并归过去，这个写法以后自动认得。",
        crumbs=[parts.Link("待核实的镇街", HERE)],
    )
    return ask(request, question, MergeForm(request.POST or None, town=town), deed)
