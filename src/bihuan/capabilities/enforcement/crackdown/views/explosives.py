"""Explosives makers' limits and records (M150), and checks of the chemical chain's links (M154)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from bihuan.capabilities.enforcement.crackdown import catalogue, chain, explosives
from bihuan.capabilities.enforcement.crackdown.catalogue import label_of
from bihuan.capabilities.enforcement.crackdown.hands import UNITS
from bihuan.capabilities.enforcement.crackdown.models import Limit, Production
from bihuan.capabilities.enforcement.crackdown.strip import HERE
from bihuan.capabilities.enforcement.crackdown.views.layout import (
    HOME,
    Section,
    page,
)
from bihuan.capabilities.enforcement.crackdown.views.statistics import STATISTICS
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.inputs import Field, Kind
from bihuan.kernel.objects.access import access_object, visible_objects
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.meant import region_meant
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.forms import resolve
from bihuan.kernel.web.session import actor_for

EXPLOSIVES = "/crackdown/explosives/"
SHOWN = 100


@require_GET
@only_for(UNITS)
def explosives_page(request: HttpRequest) -> HttpResponse:
    """Makers' limits and what was recorded against them (M150)."""
    actor = actor_for(request)
    seen = visible_objects(actor).order_by().values("pk")
    limits = (
        Limit.objects.filter(object__in=seen)
        .select_related("object")
        .order_by("object__name", "code", "-since")
    )
    records = (
        Production.objects.filter(object__in=seen).select_related("object", "limit").order_by("-day", "-pk")
    )
    kept = parts.Ledger(
        (parts.Column("企业", "title"), parts.Column("项目"), parts.Column("许可上限", "number"), parts.Column("施行", "day"),
         parts.Column("依据", phone=False)),
        [parts.Row([row.object.name, label_of(row.code), f"{row.amount.normalize():f} {row.unit}", row.since, row.basis])
         for row in limits[:SHOWN]],
        "许可上限",
    )  # fmt: skip
    told = parts.Ledger(
        (parts.Column("企业", "title"), parts.Column("项目"), parts.Column("日期", "day"), parts.Column("实际", "number"),
         parts.Column("上限", "number"), parts.Column("情况", "state")),
        [parts.Row(
            [row.object.name, label_of(row.code), row.day, f"{row.amount.normalize():f}",
             f"{row.limit.amount.normalize():f}" if row.limit else "—",
             parts.State("超上限，已立项", "waiting") if row.item_no else parts.State("未超", "done")],
            href=f"{HERE}{row.item_no}/" if row.item_no else "", late=bool(row.item_no), sub=row.item_no)
         for row in records[:SHOWN]],
        "实际数量",
    )  # fmt: skip
    begin = []
    if actor.roles & explosives.KEEPING:
        begin = [parts.Action("登记实际数量", f"{EXPLOSIVES}records/new/", primary=True, icon="plus"),
                 parts.Action("登记许可上限", f"{EXPLOSIVES}limits/new/", icon="plus")]  # fmt: skip
    return page(
        request, actor, EXPLOSIVES, "民爆许可比对",
        [Section("实际数量", ledger=told, empty=parts.Empty("还没有登记实际数量。", "登记后与许可上限比对，超过的自动立项。")),
         Section("许可上限", ledger=kept, empty=parts.Empty("还没有登记许可上限。"))],
        begin=begin, lead="实际产量、人数、存量与许可上限逐条比对，超过的由系统立项。",
    )  # fmt: skip


_OBJECT = Field("object", "民爆企业", Kind.OBJECT, True)


class RecordForm(forms.Form):
    """One record."""

    object = forms.CharField(
        label="民爆企业",
        widget=forms.TextInput({"list": "object-suggestions", "autocomplete": "off", "data-suggest": "/objects/suggest/"}),
    )  # fmt: skip
    code = forms.ChoiceField(
        label="项目",
        choices=[(code.value, code.label) for code in catalogue.OVER_LIMIT],
        help_text="名称待核对",
    )
    day = forms.DateField(label="日期")
    amount = forms.DecimalField(label="实际数量", max_digits=13, decimal_places=3)


class LimitForm(RecordForm):
    """One limit."""

    unit = forms.CharField(label="单位", max_length=12, help_text="吨、人、小时")
    basis = forms.CharField(label="许可证或批复文号", max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label, self.fields["amount"].label = "施行日期", "许可上限"


def _meant(given: Mapping[str, Any], actor: Actor) -> Any:
    return access_object(actor, resolve(_OBJECT, given["object"], actor))


@only_for(explosives.KEEPING)
def record_page(request: HttpRequest) -> HttpResponse:
    """Write down a record; over the limit an item opens."""
    actor = actor_for(request)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        made = explosives.record(_meant(given, actor), given["code"], given["day"], given["amount"], actor)
        if made.item_no:
            messages.warning(request, f"超过许可上限，已立项 {made.item_no}。")
        else:
            messages.success(request, "已登记，未超过许可上限。")
        return HttpResponseRedirect(EXPLOSIVES)

    form = RecordForm(request.POST or None, initial={"day": clock.today()})
    return ask(
        request,
        Question("登记实际数量", EXPLOSIVES, crumbs=[HOME, parts.Link("民爆许可比对", EXPLOSIVES)]),
        form,
        deed,
    )


@only_for(explosives.KEEPING)
def limit_page(request: HttpRequest) -> HttpResponse:
    """Write down what a licence allows."""
    actor = actor_for(request)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        explosives.set_limit(
            _meant(given, actor),
            given["code"],
            given["amount"],
            given["unit"],
            given["day"],
            given["basis"],
            actor,
        )
        messages.success(request, "许可上限已登记。")
        return HttpResponseRedirect(EXPLOSIVES)

    form = LimitForm(request.POST or None, initial={"day": clock.today()})
    return ask(
        request,
        Question("登记许可上限", EXPLOSIVES, crumbs=[HOME, parts.Link("民爆许可比对", EXPLOSIVES)]),
        form,
        deed,
    )


class LinkForm(forms.Form):
    """One check of one link."""

    link = forms.ChoiceField(label="环节", choices=[(code.value, code.label) for code in catalogue.LINKS])
    place = forms.CharField(label="所在镇街（村）", max_length=60)
    checked_on = forms.DateField(label="检查日期")
    units = forms.IntegerField(label="检查单位数")
    checked_by = forms.CharField(label="检查单位或人员", max_length=120)
    note = forms.CharField(label="说明", max_length=200, required=False)


@only_for(frozenset(chain.CHECKING))
def link_page(request: HttpRequest) -> HttpResponse:
    """Write down that a link was checked."""
    actor = actor_for(request)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        region = region_meant(given["place"])
        if region is None:
            raise Refused.because(
                "link.place_unknown", f"没有查到“{given['place']}”，请写镇街或村社区的名称", "place"
            )
        rest = {name: given[name] for name in ("checked_on", "units", "checked_by", "note")}
        chain.check(given["link"], region, by=actor, **rest)
        messages.success(request, "环节检查已登记。")
        return HttpResponseRedirect(STATISTICS)

    form = LinkForm(request.POST or None, initial={"checked_on": clock.today()})
    return ask(
        request,
        Question("登记环节检查", STATISTICS, crumbs=[HOME, parts.Link("打非统计", STATISTICS)]),
        form,
        deed,
    )
