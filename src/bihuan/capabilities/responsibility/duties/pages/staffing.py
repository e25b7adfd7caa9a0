"""``/responsibility/duties/staffing/``: with whom each unit supervises, and over how much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from bihuan.capabilities.responsibility import places
from bihuan.capabilities.responsibility.duties import lists, staffing
from bihuan.capabilities.responsibility.duties.access import in_force
from bihuan.capabilities.responsibility.duties.holders import UNIT_KEEPERS
from bihuan.capabilities.responsibility.duties.models import Staffing
from bihuan.capabilities.responsibility.duties.pages.duties import BASE as DUTIES
from bihuan.capabilities.responsibility.duties.pages.layout import Section, figure_cards, page
from bihuan.capabilities.responsibility.duties.staffing import BASE
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent
from bihuan.kernel.figures.values import half_up
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.territory.trees import in_force as standing
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for


@require_GET
@only_for(places.UNITS)
def staffing_page(request: HttpRequest) -> HttpResponse:
    """Every department and town."""
    actor = actor_for(request)
    today = clock.today()
    units = list(
        Agency.objects.filter(standing(today), kind__in=staffing.UNITS)
        .select_related("region")
        .order_by("kind", "order", "id")
    )
    told = {one.agency_id: one for one in Staffing.objects.filter(in_force(today))}
    led, lying = staffing.entities(), staffing.in_towns()
    columns = (
        parts.Column("单位", "title"), parts.Column("安全监管机构"), parts.Column("编制", "number", "人"),
        parts.Column("在岗", "number", "人"), parts.Column("持证", "number", "人"), parts.Column("监管对象", "number", "家"),
        parts.Column("人均监管", "number", "家"), parts.Column("", "action"),
    )  # fmt: skip
    rows = []
    for unit in units:
        known = told.get(unit.pk)
        held = _over(unit, led, lying)
        mine = lists.may_keep(actor, unit)
        cells = (
            unit.name,
            known.body or None if known else None,
            known.establishment if known else None,
            known.on_post if known else None,
            known.certified if known else None,
            held,
            _each(held, known.on_post) if known else None,
            parts.Action("登记", f"{BASE}{unit.pk}/") if mine else None,
        )
        rows.append(parts.Row(cells, late=known is None or not known.body))
    listed = Section("各单位监管力量", "没有安全监管机构的标出", ledger=parts.Ledger(columns, rows, "监管力量"),
                     empty=parts.Empty("还没有单位。"))  # fmt: skip
    return page(
        request, actor, DUTIES, "监管力量", [listed], cards=figure_cards(actor, ["staffing.units_coverage"]),
        lead="编制、在岗、持证人数由各单位登记；监管对象按名录计数。",
    )  # fmt: skip


def _over(unit: Agency, led: dict[int, int], lying: dict[str, int]) -> int:
    """What a department leads; what lies in a town."""
    if unit.kind != AgencyKind.TOWN_GOVERNMENT:
        return led.get(unit.pk, 0)
    return sum(count for path, count in lying.items() if path.startswith(unit.region.path))


def _each(held: int, on_post: int) -> Any:
    return half_up(held, on_post, 1) if on_post else "无人在岗"


class StaffingForm(forms.Form):
    body = forms.CharField(
        label="安全监管机构", max_length=80, required=False, help_text="例如“安全监管科”；没有设立的不填"
    )
    establishment = forms.IntegerField(label="编制数", min_value=0)
    on_post = forms.IntegerField(label="在岗人数", min_value=0)
    certified = forms.IntegerField(label="持执法证人数", min_value=0)
    speciality = forms.CharField(
        label="专业情况", max_length=200, required=False, help_text="例如“化工 2 人、机械 1 人”"
    )


@only_for(UNIT_KEEPERS)
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Say with whom a unit supervises."""
    unit = Agency.objects.filter(pk=pk, kind__in=staffing.UNITS).first()
    if unit is None:
        raise Absent("没有这个单位")
    agency: Agency = unit
    known = Staffing.objects.filter(in_force(clock.today()), agency=agency).first()
    names = ("body", "establishment", "on_post", "certified", "speciality")
    first = {name: getattr(known, name) for name in names} if known else {}

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        staffing.state(agency, actor_for(request), **given)
        messages.success(request, f"{agency.name}的监管力量已登记。")
        return HttpResponseRedirect(BASE)

    crumbs = [parts.Link("监管力量", BASE)]
    question = Question(f"登记{agency.name}监管力量", back=BASE, crumbs=crumbs)
    return ask(request, question, StaffingForm(request.POST or None, initial=first), deed)
