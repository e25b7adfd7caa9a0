"""``/weekly/setting/``: the committee office chooses the form's rows and who files it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.dispatch.weekly import setting
from bihuan.capabilities.dispatch.weekly.layouts import STANDARD, TITLE
from bihuan.capabilities.dispatch.weekly.models import FormTemplate
from bihuan.kernel import clock
from bihuan.kernel.expectations.models import Cadence
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import in_force
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for

OFFICE = frozenset({Role.OFFICE})
BASE = "/weekly/setting/"
CRUMBS = (parts.Link("周调度", "/weekly/"), parts.Link("栏目和单位", BASE))


@require_GET
@only_for(OFFICE)
def setting_page(request: HttpRequest) -> HttpResponse:
    """The templates there were, and the units that file with their days."""
    templates = [
        parts.Row(
            (
                one.title, one.since, one.counts_from, one.campaign or "—", len(one.asks.rows),
                f"{100 * one.asks.share_computed():.0f}%", one.set_by,
            )
        )
        for one in FormTemplate.objects.order_by("-since")
    ]  # fmt: skip
    columns = (
        parts.Column("表名", "title"), parts.Column("启用", "day"), parts.Column("累计起算", "day"),
        parts.Column("专项标签"), parts.Column("数据行", "number"), parts.Column("系统填数", "number"),
        parts.Column("设定人", phone=False),
    )  # fmt: skip
    units = (parts.Column("填报单位", "title"), parts.Column("起", "day"), parts.Column("止", "day"),
             parts.Column("期限"), parts.Column("办理", "action"))  # fmt: skip
    context = {
        "crumbs": [CRUMBS[0], parts.Link("栏目和单位", "")],
        "templates": parts.Ledger(columns, templates, "周调度表"),
        "units": parts.Ledger(units, [_unit(row) for row in setting.lists(clock.today())], "填报单位"),
        "no_template": parts.Empty(
            "还没有启用周调度表。", "可以从标准表中选栏目。", f"{BASE}template/", "选栏目", "calendar"
        ),
        "no_unit": parts.Empty("还没有填报单位。", "", f"{BASE}units/", "添加单位", "building"),
    }
    return render(request, "weekly/setting.html", context)


def _unit(row: Cadence) -> parts.Row:
    assert row.holder is not None
    standing = row.effective_to is None
    deed = parts.Action("停止填报", f"{BASE}units/{row.holder_id}/release/") if standing else None
    return parts.Row(
        (row.holder.name, row.effective_from, row.effective_to, f"本周结束后第 {row.days} 个工作日", deed)
    )


class TemplateForm(forms.Form):
    title = forms.CharField(label="表名", max_length=80, initial=TITLE)
    since = forms.DateField(
        label="启用日期", widget=forms.DateInput, help_text="从这一天所在的周起用；已开出的表不变"
    )
    counts_from = forms.DateField(
        label="累计数起算日", widget=forms.DateInput, help_text="通常是专项行动的起始日"
    )
    campaign = forms.CharField(
        label="专项行动标签",
        max_length=60,
        required=False,
        help_text="填写后，专项行动几行只数带这个标签的记录",
    )
    rows = forms.MultipleChoiceField(
        label="数据行（系统填数）",
        choices=[
            (row.key, f"{block.title}：{row.label.removeprefix('其中：')}") for block, row in STANDARD.rows
        ],
        initial=[row.key for _, row in STANDARD.rows],
        widget=forms.CheckboxSelectMultiple,
    )


@only_for(OFFICE)
def template_page(request: HttpRequest) -> HttpResponse:
    """Choose the rows and from when they hold."""
    form = TemplateForm(request.POST or None)

    def adopt(data: Mapping[str, Any]) -> HttpResponse:
        setting.adopt(
            actor_for(request), since=data["since"], title=data["title"], counts_from=data["counts_from"],
            campaign=data["campaign"], layout=STANDARD.of_rows(frozenset(data["rows"])),
        )  # fmt: skip
        messages.success(request, f"{data['title']}自 {data['since']} 起启用。")
        return HttpResponseRedirect(BASE)

    says = "数据行由系统按记录统计；研判和自报栏照标准表。"
    return ask(request, Question("启用周调度表", BASE, says, crumbs=CRUMBS, again=True), form, adopt)


class UnitForm(forms.Form):
    unit = forms.ModelChoiceField(label="填报单位", queryset=Agency.objects.none())
    since = forms.DateField(label="自哪天起", widget=forms.DateInput, help_text="从这一天所在的周起填报")

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"since": clock.today()})
        units = Agency.objects.filter(in_force(clock.today()), kind__in=setting.FILING_KINDS)
        self.fields["unit"].queryset = units.order_by("order", "id")  # type: ignore[attr-defined]


@only_for(OFFICE)
def unit_page(request: HttpRequest) -> HttpResponse:
    """Add a unit to those that file."""
    form = UnitForm(request.POST or None)

    def name(data: Mapping[str, Any]) -> HttpResponse:
        setting.name_filer(data["unit"], data["since"], actor_for(request))
        messages.success(request, f"{data['unit'].name}自 {data['since']} 起填报周调度表。")
        return HttpResponseRedirect(BASE)

    return ask(request, Question("添加填报单位", BASE, crumbs=CRUMBS, again=True), form, name)


class ReleaseForm(forms.Form):
    last = forms.DateField(label="最后一天", widget=forms.DateInput, help_text="这一天所在的周仍须填报")
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea({"rows": "3"}))


@only_for(OFFICE)
def release_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit files no more."""
    unit = next((one for one in setting.filers(clock.today()) if one.pk == pk), None)
    if unit is None:
        context = {"says": "没有查到这个填报单位"}
        return render(request, "404.html", context, status=404)
    form = ReleaseForm(request.POST or None, initial={"last": clock.today()})

    def release(data: Mapping[str, Any]) -> HttpResponse:
        setting.release_filer(unit, data["last"], data["reason"], actor_for(request))
        messages.success(request, f"{unit.name}填报到 {data['last']} 为止。")
        return HttpResponseRedirect(BASE)

    says = f"{unit.name}此后不再填报周调度表；已报的和欠报的都留着。"
    return ask(request, Question("停止填报", BASE, says, crumbs=CRUMBS, again=True), form, release)
