"""``/crackdown/pledges/``: the pledge chain and who has not signed, layer by layer (M147)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from bihuan.capabilities.enforcement.crackdown import pledging
from bihuan.capabilities.enforcement.crackdown.hands import UNITS
from bihuan.capabilities.enforcement.crackdown.models import Layer, Pledge
from bihuan.capabilities.enforcement.crackdown.views.layout import (
    HOME,
    Section,
    Sheet,
    document,
    page,
    paper,
    year_of,
)
from bihuan.kernel import clock
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import GONE, Region, RegionLevel
from bihuan.kernel.territory.trees import in_force
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for

PLEDGES = "/crackdown/pledges/"
CRUMB = parts.Link("责任状", PLEDGES)
SIGNING = frozenset({Role.OFFICE, Role.TOWN})
SHOWN = 200


def name_of(pledge: Pledge) -> str:
    return f"{pledge.region.name}{pledge.group}"


def _years() -> list[tuple[str, str]]:
    now = clock.today().year
    return [(str(year), f"{year}年") for year in (now - 1, now, now + 1)]


@require_GET
@only_for(UNITS)
def list_page(request: HttpRequest) -> HttpResponse:
    """Each layer's sum, and the unsigned of the layer chosen."""
    actor, year = actor_for(request), year_of(request)
    layer = request.GET.get("layer", "")
    layer = layer if layer in Layer.values else ""
    rows = pledging.visible_pledges(actor).filter(year=year).order_by()
    told = {
        row["layer"]: row for row in rows.values("layer").annotate(due=Count("pk"), signed=Count("signed_on"))
    }
    columns = (
        parts.Column("层级", "title"), parts.Column("应签", "number", "份"), parts.Column("已签", "number", "份"),
        parts.Column("未签", "number", "份"),
    )  # fmt: skip
    sums = [
        parts.Row(
            [Layer(one).label, told[one]["due"], told[one]["signed"], told[one]["due"] - told[one]["signed"]],
            href=f"{PLEDGES}?year={year}&layer={one}", late=told[one]["due"] > told[one]["signed"],
        )
        for one in Layer.values
        if one in told
    ]  # fmt: skip
    unsigned = pledging.unsigned(year, actor, layer)
    mine = bool(actor.roles & SIGNING)
    listed = parts.Ledger(
        (parts.Column("单位", "title"), parts.Column("层级")),
        [
            parts.Row([name_of(one), Layer(one.layer).label], href=f"{PLEDGES}{one.pk}/sign/" if mine else "", late=True)
            for one in unsigned[:SHOWN]
        ],
        "未签订",
    )  # fmt: skip
    query = f"?year={year}&layer={layer}" if layer else f"?year={year}"
    begin = [parts.Action("打印未签名单", f"{PLEDGES}unsigned.docx{query}", icon="printer")]
    if mine:
        begin.insert(0, parts.Action("增列村民组", f"{PLEDGES}groups/new/?year={year}", icon="plus"))
    if actor.holds(Role.OFFICE):
        begin.insert(0, parts.Action("列出应签名单", f"{PLEDGES}list/", primary=True, icon="plus"))
    sections = [
        Section("各层级", f"{year}年", ledger=parts.Ledger(columns, sums, "各层级"),
                empty=parts.Empty("这一年还没有列出应签名单。", "安委办点“列出应签名单”，按在册的镇街、村社区生成。")),
        Section("未签订", f"{len(unsigned)} 份" + (f"，列出前 {SHOWN} 份" if len(unsigned) > SHOWN else ""), ledger=listed,
                empty=parts.Empty("没有未签订的。", icon="circle-check") if sums else None),
    ]  # fmt: skip
    return page(
        request, actor, PLEDGES, "打非责任状", sections, begin=begin,
        lead="镇街、村社区、村民组逐级签订打非责任状、承诺书，没签的列在这里。",
        filters=[parts.Filter("year", "年度", value=str(year), choices=_years()),
                 parts.Filter("layer", "层级", value=layer, choices=Layer.choices)],
    )  # fmt: skip


@require_GET
@only_for(UNITS)
def unsigned_paper(request: HttpRequest, ending: str) -> HttpResponse:
    """Who has not signed, a table for each layer."""
    actor, year = actor_for(request), year_of(request)
    asked = request.GET.get("layer", "")
    rows = pledging.unsigned(year, actor, asked if asked in Layer.values else "")
    sheets = []
    for layer in Layer:
        if asked in ("", layer.value):
            mine = [one for one in rows if one.layer == layer.value]
            sheets.append(
                Sheet(
                    f"{layer.label}未签订（{len(mine)} 份）", (("序号", "center"), ("单位", "left")),
                    [(str(place), name_of(one)) for place, one in enumerate(mine, 1)],
                )
            )  # fmt: skip
    title = f"{year}年度打非责任状未签订名单"
    return paper(lambda: document(title, clock.today(), sheets), title, ending)


class ListForm(forms.Form):
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)


@only_for(frozenset({Role.OFFICE}))
def list_out_page(request: HttpRequest) -> HttpResponse:
    """Write down what is owed for a year."""
    actor = actor_for(request)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        made = pledging.list_out(given["year"], actor)
        messages.success(request, f"{given['year']}年新列出 {made} 份应签责任状，已有的不重复。")
        return HttpResponseRedirect(f"{PLEDGES}?year={given['year']}")

    form = ListForm(request.POST or None, initial={"year": clock.today().year})
    return ask(
        request,
        Question("列出应签名单", PLEDGES, says="按今天在册的镇街和村社区列出", crumbs=[HOME, CRUMB]),
        form,
        deed,
    )


class GroupForm(forms.Form):
    """A village group."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    village = forms.ChoiceField(label="村社区")
    group = forms.CharField(label="村民组", max_length=60)


@only_for(SIGNING)
def group_page(request: HttpRequest) -> HttpResponse:
    """Add a village group."""
    actor = actor_for(request)
    known = Region.objects.filter(in_force(clock.today()), level=RegionLevel.VILLAGE).exclude(
        standing__in=GONE
    )
    mine = {
        str(one.pk): one for one in known.order_by("path") if actor.holds_over(one.path, Role.TOWN, Role.OFFICE)
    }  # fmt: skip
    form = GroupForm(request.POST or None, initial={"year": year_of(request)})
    form.fields["village"].choices = [("", "请选择"), *((key, one.name) for key, one in mine.items())]  # type: ignore[attr-defined]

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        made = pledging.add_group(given["year"], mine[given["village"]], given["group"], actor)
        messages.success(request, f"已增列{name_of(made)}。")
        return HttpResponseRedirect(f"{PLEDGES}?year={made.year}")

    return ask(request, Question("增列村民组", PLEDGES, crumbs=[HOME, CRUMB]), form, deed)


class SignForm(forms.Form):
    signed_on = forms.DateField(label="签订日期")
    signer = forms.CharField(label="签订人", max_length=60)


@only_for(SIGNING)
def sign_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell that one was signed."""
    actor = actor_for(request)
    pledge = pledging.access_pledge(actor, pk)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        pledging.sign(pledge, given["signed_on"], given["signer"], actor)
        messages.success(request, f"{name_of(pledge)}已登记签订。")
        return HttpResponseRedirect(f"{PLEDGES}?year={pledge.year}")

    form = SignForm(request.POST or None, initial={"signed_on": clock.today()})
    question = Question(
        "登记签订", f"{PLEDGES}?year={pledge.year}", says=f"{pledge.year}年度，{name_of(pledge)}", crumbs=[HOME, CRUMB]
    )  # fmt: skip
    return ask(request, question, form, deed)
