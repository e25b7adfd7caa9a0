"""``/responsibility/regulators/``: which unit leads, helps, watches a speciality or stands in for none, sector by sector (M026)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.responsibility import places
from bihuan.capabilities.responsibility.naming import keeping, relations
from bihuan.capabilities.responsibility.naming.pages.forms import EndForm, RegulatorForm
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.models import Role
from bihuan.kernel.responsibility.ground import Ground
from bihuan.kernel.territory.models import Agency, Regulation, Sector
from bihuan.kernel.territory.trees import in_force
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for
from bihuan.registers.pages.days import asked_day

HERE = "/responsibility/regulators/"
OFFICE = frozenset({Role.OFFICE})


@require_GET
@only_for(places.UNITS)
def matrix(request: HttpRequest) -> HttpResponse:
    """One line a sector: comprehensive, sector and special regulators of a day."""
    actor, on = actor_for(request), asked_day(request)
    names = dict(Agency.objects.values_list("pk", "name"))
    ground = Ground(on)
    helpers, special = defaultdict(list), defaultdict(list)
    rows = Regulation.objects.filter(in_force(on), lead=False).order_by("id")
    for path, agency in rows.values_list("sector__path", "agency_id"):
        helpers[path].append(agency)
    backing = []
    for row in keeping.on_day(on).filter(kind__in=("special", "comprehensive")).select_related("unit"):
        if row.kind == "special" and row.unit is not None:
            special[row.sector_path].append(f"{row.unit.name}（{row.words}）")
        elif row.unit is not None:
            backing.append((row.sector_path, row.unit.name))
    lines = [_line(one, ground, names, helpers, special, backing) for one in _sectors(on)]
    bare = sum(line.late for line in lines)
    columns = (
        parts.Column("行业领域", "title"), parts.Column("牵头监管部门"), parts.Column("配合监管", phone=False),
        parts.Column("专项监管"), parts.Column("综合监管（兜底）", phone=False),
    )  # fmt: skip
    context = {
        **places.beside(actor, HERE),
        "heading": "行业监管关系",
        "lead": "每个行业一个牵头部门；专项由专项部门管，没有专项部门的由综合监管部门兜底。",
        "begin": (
            parts.Action("专项监管", "/responsibility/naming/special/", icon="flag"),
            parts.Action("综合监管", "/responsibility/naming/comprehensive/", icon="stack-2"),
        ),
        "filters": (parts.Filter("on", "看哪一天的", "date", on.isoformat()),),
        "chips": (),
        "ledger": parts.Ledger(columns, lines, "行业监管关系"),
        "empty": parts.Empty("这一天还没有行业领域目录。"),
        "count_words": f"共 {len(lines)} 个行业领域" + (f"，{bare} 个没有牵头部门或有两个" if bare else ""),
    }
    return render(request, "list.html", context)


def _sectors(on: Any) -> Sequence[Sector]:
    rows = list(Sector.objects.filter(in_force(on)))
    order = {str(one.pk): (one.order, one.pk) for one in rows}
    return sorted(rows, key=lambda one: [order.get(part, (0, 0)) for part in one.path.split(".")[:-1]])


def _line(
    one: Sector,
    ground: Ground,
    names: Mapping[int, str],
    helpers: Mapping[str, list[int]],
    special: Mapping[str, list[str]],
    backing: Sequence[tuple[str, str]],
) -> parts.Row:
    _, leads = ground.leads(one.path)
    lead: Any = parts.Level("没有", "red")
    if len(leads) > 1:
        lead = parts.Level("两个都牵头：" + "、".join(names[pk] for pk in leads), "orange")
    elif leads:
        lead = names[leads[0]]
    watching = [word for path, words in special.items() if one.path.startswith(path) for word in words]
    stands_in = [name for path, name in backing if one.path.startswith(path)]
    return parts.Row(
        (
            f"{'　' if one.parent_id else ''}{one.name}", lead,
            "、".join(names[pk] for pk in helpers.get(one.path, ())) or None,
            "、".join(watching) or (f"{stands_in[-1]}（综合监管部门兜底）" if stands_in else None),
            "、".join(stands_in[-1:]) or None,
        ),
        href=f"{HERE}{one.code}/",
        late=len(leads) != 1,
    )  # fmt: skip


def _sector(code: str) -> Sector:
    found = Sector.objects.filter(code=code).first()
    if found is None:
        raise Absent("目录里没有这个行业领域")
    return found


@require_GET
@only_for(places.UNITS)
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One sector's regulators of any time."""
    actor, sector = actor_for(request), _sector(code)
    may = relations.may_keep(actor)
    held = Regulation.objects.filter(sector=sector).select_related("agency").order_by("-lead", "since", "id")
    columns = (
        parts.Column("监管部门", "title"), parts.Column("职责"), parts.Column("起", "day"), parts.Column("止", "day"),
        parts.Column("", "action"),
    )  # fmt: skip
    rows = [
        parts.Row(
            (
                row.agency.name, "牵头" if row.lead else "配合", row.since, row.until,
                parts.Action("结束", f"{HERE}{code}/{row.pk}/end/") if may and row.until is None else "",
            )
        )
        for row in held
    ]  # fmt: skip
    context = {
        "crumbs": [
            parts.Link("责任", places.HUB),
            parts.Link("行业监管关系", HERE),
            parts.Link(sector.name, ""),
        ],
        "heading": f"{sector.name}的监管部门",
        "lead": "" if rows else "自己没有确定的，沿用上级行业的牵头部门。",
        "begin": (parts.Action("确定监管部门", f"{HERE}{code}/new/", primary=True, icon="plus"),)
        if may
        else (),
        "beside": places.tabs(actor, HERE),
        "ledger": parts.Ledger(columns, rows, "监管部门"),
        "empty": parts.Empty("还没有直接确定监管部门。", icon="building"),
    }
    return render(request, "list.html", context)


def _crumbs(sector: Sector) -> Sequence[parts.Link]:
    return [parts.Link("行业监管关系", HERE), parts.Link(sector.name, f"{HERE}{sector.code}/")]


@only_for(OFFICE)
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Say who leads or helps."""
    sector = _sector(code)

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        agency = Agency.objects.get(pk=given["agency"])
        lead = given["lead"] == "lead"
        more = {name: given[name] for name in ("document", "reason")}
        relations.assign(sector, agency, given["since"], actor_for(request), lead=lead, **more)
        messages.success(request, f"{sector.name}：{agency.name}{'牵头' if lead else '配合'}监管。")
        return HttpResponseRedirect(f"{HERE}{code}/")

    question = Question(
        f"确定{sector.name}的监管部门", back=f"{HERE}{code}/", basis="《安全生产法》第三条、第十条",
        says="一个行业只应有一个牵头部门；已有牵头的，请先结束原来的，否则列为争议。", crumbs=_crumbs(sector),
    )  # fmt: skip
    return ask(request, question, RegulatorForm(request.POST or None), deed)


@only_for(OFFICE)
def end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """From a day on it regulates the sector no more."""
    sector = _sector(code)
    row = Regulation.objects.select_related("agency").filter(pk=pk, sector=sector).first()
    if row is None:
        raise Absent("没有这条监管关系")

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        relations.end(pk, given["until"], given["reason"], actor_for(request))
        messages.success(request, f"{sector.name}：{row.agency.name} {given['until']} 起不再监管。")
        return HttpResponseRedirect(f"{HERE}{code}/")

    facts = [parts.Fact("部门", row.agency.name), parts.Fact("职责", "牵头" if row.lead else "配合")]
    question = Question(
        "结束监管关系",
        back=f"{HERE}{code}/",
        says="以前的日子仍查得到。",
        facts=facts,
        crumbs=_crumbs(sector),
    )
    return ask(request, question, EndForm(request.POST or None, initial={"until": clock.today()}), deed)
