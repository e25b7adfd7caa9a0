"""``/crackdown/sweeps/``: dragnets as a matrix of villages and kinds of places (M146)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from bihuan.capabilities.enforcement.crackdown import sweeping
from bihuan.capabilities.enforcement.crackdown.hands import REPORTING
from bihuan.capabilities.enforcement.crackdown.models import Sweep
from bihuan.capabilities.enforcement.crackdown.states import PlaceType
from bihuan.capabilities.enforcement.crackdown.views.layout import (
    HOME,
    Grid,
    Section,
    Sheet,
    document,
    page,
    paper,
)
from bihuan.kernel import campaigns, clock
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Region
from bihuan.kernel.territory.trees import the_district, towns
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for

SWEEPS = "/crackdown/sweeps/"
PLANNING = frozenset({Role.OFFICE, Role.TOWN})
MARKING = frozenset({Role.OFFICE, Role.TOWN, Role.GRID})
CRUMB = parts.Link("拉网摸排", SWEEPS)


@require_GET
@only_for(REPORTING)
def list_page(request: HttpRequest) -> HttpResponse:
    """Every dragnet with how many villages are swept."""
    actor = actor_for(request)
    columns = (
        parts.Column("摸排", "title"), parts.Column("范围"), parts.Column("开始", "day", phone=False),
        parts.Column("截止", "day"), parts.Column("已扫清", "number", "个村"), parts.Column("未扫清", "number", "个村"),
    )  # fmt: skip
    rows = []
    for sweep, swept, left in sweeping.summaries(list(sweeping.visible_sweeps(actor)[:50]), actor):
        late = left > 0 and sweep.last_day < clock.today()
        rows.append(
            parts.Row(
                [sweep.name, sweep.region.name, sweep.first_day, sweep.last_day, swept, left],
                href=f"{SWEEPS}{sweep.pk}/", late=late,
            )
        )  # fmt: skip
    begin = (
        [parts.Action("布置摸排", f"{SWEEPS}new/", primary=True, icon="plus")]
        if actor.roles & PLANNING
        else []
    )
    empty = parts.Empty("还没有布置拉网摸排。", "布置以后，每个村、每类场所摸没摸到都在一张表上。")
    return page(
        request, actor, SWEEPS, "拉网摸排", [Section("历次摸排", ledger=parts.Ledger(columns, rows, "历次摸排"), empty=empty)],
        begin=begin, lead="地毯式、不留死角：一个村还有一类场所没有摸到，就不算扫清。",
    )  # fmt: skip


@require_GET
@only_for(REPORTING)
def sweep_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One dragnet: villages × kinds of places."""
    actor = actor_for(request)
    sweep = sweeping.access_sweep(actor, uid)
    lines = sweeping.matrix(sweep, actor)
    left = [line for line in lines if not line.swept]
    facts = (
        parts.Fact("范围", sweep.region.name), parts.Fact("期限", f"{sweep.first_day} 至 {sweep.last_day}"),
        parts.Fact("已扫清", f"{len(lines) - len(left)} 个村"), parts.Fact("未扫清", f"{len(left)} 个村"),
        parts.Fact("摸排处数", sum(mark.looked_at for line in lines for mark in line.marks.values())),
        parts.Fact("发现疑点", sum(mark.found for line in lines for mark in line.marks.values())),
    )  # fmt: skip
    kinds = [PlaceType(kind) for kind in sweep.places]
    grid = Grid(
        "村（社区）",
        [parts.Column(kind.label) for kind in kinds],
        [_row(sweep, line, kinds, actor) for line in lines],
    )
    listed = parts.Ledger(
        (parts.Column("村（社区）", "title"), parts.Column("镇街"), parts.Column("没有摸到的场所")),
        [parts.Row([line.village.name, line.town, "、".join(kind.label for kind in line.missing)], late=True) for line in left],
        "未扫清的村",
    )  # fmt: skip
    sections = [
        Section("摸排情况", facts=facts),
        Section("逐村逐类", matrix=grid, note="“处”前是摸排处数；斜杠后是发现的疑点。还没有摸到的，点开登记。"),
        Section("未扫清的村", f"{len(left)} 个", ledger=listed, empty=parts.Empty("全部扫清。", icon="circle-check")),
    ]  # fmt: skip
    begin = [parts.Action("打印未扫清名单", f"{SWEEPS}{uid}/unswept.docx", icon="printer")]
    return page(request, actor, SWEEPS, sweep.name, sections, begin=begin, crumbs=[CRUMB])


def _row(sweep: Sweep, line: sweeping.Line, kinds: list[PlaceType], actor: Actor) -> parts.MatrixRow:
    mine = actor.holds_over(line.village.path, *sweeping.MARKING)
    over = sweep.last_day < clock.today()
    cells = []
    for kind in kinds:
        mark = line.marks.get(kind.value)
        href = f"{SWEEPS}{sweep.pk}/{line.village.pk}/{kind.value}/" if mine else ""
        if mark is None:
            word = "未摸到" if over else "待摸排"
            cells.append(parts.MatrixCell(word, "missing" if over else "due", href))
        else:
            word = f"{mark.looked_at} 处" + (f"/{mark.found}" if mark.found else "")
            hint = f"{mark.done_on} {mark.marked_by}"
            cells.append(parts.MatrixCell(word, "late" if mark.found else "met", href, hint))
    sub = "已扫清" if line.swept else f"还差 {len(line.missing)} 类"
    return parts.MatrixRow(
        line.village.name, cells, sub=f"{line.town}，{sub}" if line.town != line.village.name else sub
    )


@require_GET
@only_for(REPORTING)
def unswept_paper(request: HttpRequest, uid: UUID, ending: str) -> HttpResponse:
    """The villages not swept, with what is missing in each."""
    actor = actor_for(request)
    sweep = sweeping.access_sweep(actor, uid)
    rows = [
        (str(place), line.town, line.village.name, "、".join(kind.label for kind in line.missing))
        for place, line in enumerate((one for one in sweeping.matrix(sweep, actor) if not one.swept), 1)
    ]
    columns = (("序号", "center"), ("镇街", "left"), ("村（社区）", "left"), ("没有摸到的场所", "left"))
    title = f"{sweep.name}未扫清名单"
    return paper(
        lambda: document(title, clock.today(), [Sheet("未扫清的村", columns, rows)]), title, ending  # type: ignore[arg-type]
    )  # fmt: skip


class PlanForm(forms.Form):
    """A dragnet to be set up."""

    name = forms.CharField(label="名称", max_length=60, help_text="例如：2026年岁末年初拉网摸排")
    region = forms.ChoiceField(label="范围")
    first = forms.DateField(label="开始日期")
    last = forms.DateField(label="截止日期")
    places = forms.MultipleChoiceField(
        label="场所类型", choices=PlaceType.choices(), widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    campaign = forms.ChoiceField(label="专项行动", required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        district = the_district()
        wanted = [*([district.region] if district else []), *towns()]
        self.regions = {str(one.pk): one for one in wanted if sweeping.may_plan(actor, one)}
        self.fields["region"].choices = [(key, one.name) for key, one in self.regions.items()]  # type: ignore[attr-defined]
        offered = [("", "不属于专项行动"), *((name, name) for name in campaigns.offered())]
        self.fields["campaign"].choices = offered  # type: ignore[attr-defined]


@only_for(PLANNING)
def plan_page(request: HttpRequest) -> HttpResponse:
    """Set up a dragnet."""
    actor = actor_for(request)
    form = PlanForm(
        request.POST or None, actor=actor,
        initial={"first": clock.today(), "places": [one.value for one in PlaceType][:6]},
    )  # fmt: skip

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        made = sweeping.plan(
            given["name"], form.regions[given["region"]], given["first"], given["last"], given["places"], actor,
            given["campaign"],
        )  # fmt: skip
        messages.success(request, f"已布置“{made.name}”。")
        return HttpResponseRedirect(f"{SWEEPS}{made.pk}/")

    return ask(request, Question("布置摸排", SWEEPS, crumbs=[HOME, CRUMB]), form, deed)


class MarkForm(forms.Form):
    """One cell of the matrix."""

    done_on = forms.DateField(label="摸排日期")
    looked_at = forms.IntegerField(label="摸排处数", help_text="村里没有这类场所的填 0")
    found = forms.IntegerField(label="发现疑点处数", initial=0)
    note = forms.CharField(label="说明", max_length=200, required=False)


@only_for(MARKING)
def mark_page(request: HttpRequest, uid: UUID, village: int, kind: str) -> HttpResponse:
    """Tell what one kind of place in one village looked like."""
    actor = actor_for(request)
    sweep = sweeping.access_sweep(actor, uid)
    place = next((one for one in sweeping.villages(sweep, actor) if one.pk == village), None)
    if place is None or kind not in sweep.places:
        raise Absent("没有查到这个村或这类场所")
    there = sweep.marks.filter(village=place, place_type=kind).first()
    initial = {"done_on": clock.today()} if there is None else {
        "done_on": there.done_on, "looked_at": there.looked_at, "found": there.found, "note": there.note,
    }  # fmt: skip
    back = f"{SWEEPS}{sweep.pk}/"

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        sweeping.mark(sweep, _region(place), kind, actor, **given)
        messages.success(request, f"{_region(place).name}的{PlaceType(kind).label}已登记。")
        return HttpResponseRedirect(back)

    question = Question(
        f"登记{PlaceType(kind).label}", back, says=f"{sweep.name}，{place.name}；发现疑点的，另在打非台账登记",
        crumbs=[HOME, CRUMB, parts.Link(sweep.name, back)],
    )  # fmt: skip
    return ask(request, question, MarkForm(request.POST or None, initial=initial), deed)


def _region(place: Region | None) -> Region:
    assert place is not None
    return place
