"""Towns and villages that only a ledger has named: the committee office confirms each or says which one it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel.errors import Absent
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Region, RegionLevel, Standing
from bihuan.kernel.territory.trees import subtree
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for
from bihuan.registers import towns
from bihuan.registers.held import held_in_region, in_words
from bihuan.registers.pages.listing import BASE, WAITING
from bihuan.registers.pages.waiting import TOWNS as HERE
from bihuan.registers.pages.waiting import age, tabs

OFFICE = frozenset({Role.OFFICE})
SHOWN = 100
CRUMBS = (parts.Link("待核实", WAITING), parts.Link("镇街", HERE))


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
    waiting = list(towns.pending_towns(actor)[:SHOWN])
    objects = dict(
        SupervisedObject.objects.filter(region__in=waiting)
        .values_list("region")
        .annotate(held=Count("pk"))
        .values_list("region", "held")
    )
    first = _first_seen(waiting)
    rows = [
        parts.Row(
            (
                town.name,
                first[town.pk].named_by if town.pk in first else None,
                age(first[town.pk].created_at) if town.pk in first else None,
                objects.get(town.pk, 0),
                parts.Deeds(
                    (
                        parts.Action("核实", f"{HERE}{town.pk}/confirm/"),
                        parts.Action("并入", f"{HERE}{town.pk}/merge/"),
                        parts.Action("不予登记", f"{HERE}{town.pk}/reject/"),
                    )
                ),
            )
        )
        for town in waiting
    ]
    columns = (
        parts.Column("台账里的镇街", "title"),
        parts.Column("来源台账"),
        parts.Column("已等", "number", "天"),
        parts.Column("所涉监管对象", "number", "家"),
        parts.Column("", "action"),
    )
    context = {
        "crumbs": [parts.Link("企业", BASE), parts.Link("待核实", WAITING), parts.Link("镇街", "")],
        "heading": "待核实清单",
        "lead": "台账里写了、行政区划里没有的镇街。由安委办确认是新的，还是某个镇街的另一种写法。",
        "begin": (),
        "tabs": tabs(actor, HERE),
        "filters": (),
        "chips": (),
        "ledger": parts.Ledger(columns, rows, "待核实的镇街"),
        "empty": parts.Empty("没有待核实的镇街。", icon="circle-check"),
    }
    return render(request, "list.html", context)


def _first_seen(waiting: Sequence[Region]) -> dict[int, SupervisedObject]:
    """The first object filed under each: it tells which ledger named the town, and when."""
    rows = SupervisedObject.objects.filter(region__in=waiting).order_by("region", "created_at")
    return {one.region_id: one for one in rows.distinct("region")}


class ConfirmForm(forms.Form):
    reason = forms.CharField(label="依据", max_length=200, required=False, help_text="例如“区划调整文件”")


class RejectForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=200, help_text="例如“示例行”“外区的镇”")


class MergeForm(forms.Form):
    into = forms.TypedChoiceField(label="就是哪个镇街", coerce=int)
    reason = forms.CharField(label="理由", max_length=200, help_text="例如“简称”“旧称”")

    def __init__(self, *args: Any, town: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = (RegionLevel.TOWN, RegionLevel.ZONE, RegionLevel.VILLAGE)
        rows = Region.objects.filter(level__in=levels, standing=Standing.CONFIRMED).exclude(pk=town.pk)
        named = rows.order_by("path").values_list("pk", "name")
        self.fields["into"].choices = [("", "请选择"), *named]  # type: ignore[attr-defined]


def _facts(town: Region, follows: str) -> Sequence[parts.Fact]:
    objects = SupervisedObject.objects.filter(subtree(town.path, "region_path")).count()
    return [
        parts.Fact("台账里的写法", town.name),
        parts.Fact("名下现有", f"监管对象 {objects:,} 家，{in_words(held_in_region(town))}"),
        parts.Fact("办理之后", follows, wide=True),
    ]


Deed = Callable[[Region, Actor, Mapping[str, Any]], str]


def _decide(
    request: HttpRequest,
    pk: int,
    label: str,
    says: str,
    follows: str,
    form: Callable[[Region], forms.Form],
    deed: Deed,
) -> HttpResponse:
    """One decision about one town: the same page, another form."""
    town = _access(actor_for(request), pk)

    def done(given: Mapping[str, Any]) -> HttpResponse:
        messages.success(request, deed(town, actor_for(request), given))
        return HttpResponseRedirect(HERE)

    question = Question(
        f"{label}“{town.name}”", back=HERE, says=says, facts=_facts(town, follows), crumbs=CRUMBS
    )
    return ask(request, question, form(town), done)


@only_for(OFFICE)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the town into the tree."""

    def deed(town: Region, actor: Actor, given: Mapping[str, Any]) -> str:
        towns.confirm_town(town, actor, given["reason"])
        return f"“{town.name}”已核实。"

    follows = "作为本区的一个镇街列入区划，名下的监管对象和隐患不动；核实错了可以撤销。"
    return _decide(request, pk, "核实", "", follows, lambda town: ConfirmForm(request.POST or None), deed)


@only_for(OFFICE)
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that there is no such town."""

    def deed(town: Region, actor: Actor, given: Mapping[str, Any]) -> str:
        towns.reject_town(town, actor, given["reason"])
        return f"“{town.name}”不予登记。"

    says = "误写的、外区的。名下还有监管对象或隐患的不能这样办，请并入真正的镇街。"
    follows = "不再出现在任何清单里；以后台账再写，会重新列为待核实。"
    return _decide(
        request, pk, "不予登记", says, follows, lambda town: RejectForm(request.POST or None), deed
    )


@only_for(OFFICE)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which town it is."""

    def deed(town: Region, actor: Actor, given: Mapping[str, Any]) -> str:
        into = Region.objects.get(pk=given["into"])
        towns.merge_town(town, into, actor, given["reason"])
        return f"“{town.name}”已并入“{into.name}”，名称留作别名。"

    follows = "名下的监管对象、隐患和岗位一并归过去，这个写法以后自动认得；认定错了可以撤销，原样归还。"
    return _decide(
        request, pk, "并入", "", follows, lambda town: MergeForm(request.POST or None, town=town), deed
    )
