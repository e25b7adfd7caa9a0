"""重点行业领域: industry and trade, construction, road traffic and town gas, each from its own records (N02, N09).

Firms are counted as firms: one with belt conveyors and confined spaces is in both lists and once among the different ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Q

from bihuan.capabilities.dispatch.meetings.models import Meeting
from bihuan.kernel.documents import Block, Heading, Paragraph, Run
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Sector
from bihuan.registers.enterprises.dated_kinds import PROCESS
from bihuan.registers.models.dated import DatedDetail
from bihuan.registers.models.kinds import Project
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.citing import Roll
from bihuan.reporting.sections import Part, Section, tipoffs
from bihuan.reporting.sections.hazards import FOUND, OVERDUE, RATE, RECTIFIED
from bihuan.reporting.sentences import joined, say

VISITS, PROBLEMS = "inspections.done", "inspections.found"
INDUSTRY, BUILDING, ROAD, GAS = "industry_trade", "construction", "road_traffic", "town_gas"
VEHICLES, DETAINED = "crackdown.vehicles", "crackdown.vehicles_detained"
TALLIED = "trades"


def compose(desk: Briefing) -> Part:
    """The section; an agency's report is about its own trades already and has none."""
    if desk.question.scope.sectors:
        return Part()
    blocks: list[Block] = []
    sectors = {each.code: each for each in Sector.objects.filter(code__in=OWN).order_by("id")}
    for code, own in OWN.items():
        sector = sectors.get(code)
        if sector is None:
            continue
        told = joined(own(desk, sector) + _inspected(desk, sector) + _rectified(desk, sector))
        if told:
            blocks.append(Paragraph(joined(say("{name}领域，", name=sector.name) + told)))
    if not blocks:
        return Part()
    return Part((Heading(2, "重点行业领域安全监管"), *blocks))


SECTION = Section("trades", 30, compose)


def _inspected(desk: Briefing, sector: Sector) -> tuple[Run, ...]:
    """Visits to units of the trade."""
    if VISITS not in desk.memo.setdefault(TALLIED, {}):
        desk.memo[TALLIED] = desk.ask((VISITS, PROBLEMS), "sector")
    found: dict[str, FigureValue] = desk.memo[TALLIED]
    line = found[VISITS].by.get(sector.name) if VISITS in found else None
    if line is None or not line.amount:
        return ()
    for value in found.values():
        desk.cite.figure(value)
    return say(
        "检查{visits}家次，发现问题{problems}项。",
        visits=desk.cite.figure(line, sector.name),
        problems=desk.cite.figure(found[PROBLEMS].by[sector.name], sector.name),
    )  # fmt: skip


def _rectified(desk: Briefing, sector: Sector) -> tuple[Run, ...]:
    """The trade's hazards, in the words of its own line."""
    found = desk.line("sector", sector.name, FOUND)
    if found is None or not found.amount:
        return ()
    named = {name: desk.lines("sector", name)[sector.name] for name in (RECTIFIED, RATE, OVERDUE)}

    def ref(value: FigureValue) -> Run:
        return desk.cite.figure(value, sector.name)

    told = say(
        "登记事故隐患{found}项，整改销号{done}项，整改率{rate}",
        found=ref(found), done=ref(named[RECTIFIED]), rate=ref(named[RATE]),
    )  # fmt: skip
    if not named[OVERDUE].amount:
        return told + say("，没有逾期未整改的。")
    return told + say("，逾期未整改{late}项。", late=ref(named[OVERDUE]))


def _roll(desk: Briefing, name: str, label: str, unit: str, keys: Sequence[str]) -> Roll:
    asked = desk.question
    return Roll(
        f"objects.{name}", label, unit, f"单位登记，{asked.until}，{asked.place}", tuple(sorted(keys))
    )


def _in_place(desk: Briefing, column: str) -> Q:
    regions = desk.question.scope.regions
    return Q(**{f"{column}__startswith": regions[0]}) if regions else Q()


def industry(desk: Briefing, sector: Sector) -> tuple[Run, ...]:
    """Firms with belt conveyors and with confined spaces, and how many different ones they are (N09)."""
    asked = desk.question
    rows = DatedDetail.objects.filter(
        Q(since=None) | Q(since__lte=asked.as_of), Q(ended_on=None) | Q(ended_on__gt=asked.as_of),
        _in_place(desk, "object__region_path"), kind=PROCESS.kind, object__sector_path__startswith=sector.path,
        object__merged_into=None, code__in=("belt_conveyor", "confined_space"),
    )  # fmt: skip
    firms: dict[str, set[str]] = {"belt_conveyor": set(), "confined_space": set()}
    for code, uid in rows.values_list("code", "object_id"):
        firms[code].add(str(uid))
    belts, spaces = firms["belt_conveyor"], firms["confined_space"]
    if not belts and not spaces:
        return ()
    return say(
        "建立涉皮带输送机和有限空间企业底数清单，登记涉皮带输送机企业{belts}家、涉有限空间企业{spaces}家，"
        "两类都有的只计一次，共涉及不同企业{all}家。",
        belts=desk.count(_roll(desk, "belt_conveyor", "涉皮带输送机企业", "家", list(belts))),
        spaces=desk.count(_roll(desk, "confined_space", "涉有限空间企业", "家", list(spaces))),
        all=desk.count(_roll(desk, "belt_or_space", "涉皮带输送机或有限空间的不同企业", "家", list(belts | spaces))),
    )  # fmt: skip


def building(desk: Briefing, sector: Sector) -> tuple[Run, ...]:
    """Sites under way, and the units whose principals were called in (约谈)."""
    asked = desk.question
    under_way = Project.objects.filter(
        _in_place(desk, "object__region_path"), stage="building", object__merged_into=None
    )
    sites = [str(uid) for uid in under_way.values_list("object_id", flat=True)]
    told: tuple[Run, ...] = ()
    if sites:
        told += say(
            "登记在建工程{sites}处。", sites=desk.count(_roll(desk, "sites", "在建工程", "处", sites))
        )
    meetings = Meeting.objects.filter(
        _in_place(desk, "region_path"), took_place=True,
        held_on__range=(asked.period.first, min(asked.period.last, asked.as_of)),
    )  # fmt: skip
    called = {str(uid) for one in meetings.values_list("summoned", flat=True) for uid in one or ()}
    ours = SupervisedObject.objects.filter(pk__in=called, sector_path__startswith=sector.path)
    if units := [str(uid) for uid in ours.values_list("uid", flat=True)]:
        told += say(
            "会议通知主要负责人到会的建筑施工单位{units}家。",
            units=desk.count(_roll(desk, "builders_called", "通知到会的建筑施工单位", "家", units)),
        )  # fmt: skip
    return told


def road(desk: Briefing, sector: Sector) -> tuple[Run, ...]:
    """Vehicles dealt with on the roads."""
    found = desk.ask((VEHICLES, DETAINED))
    if VEHICLES not in found or not found[VEHICLES].amount:
        return ()
    told = say("查处违法车辆{count}辆", count=desk.tell(found[VEHICLES]))
    if not found[DETAINED].amount:
        return told + say("。")
    return told + say("，扣留{count}辆。", count=desk.tell(found[DETAINED]))


def gas(desk: Briefing, sector: Sector) -> tuple[Run, ...]:
    """What citizens reported about gas."""
    return tipoffs.gas(desk)


OWN: dict[str, Callable[[Briefing, Sector], tuple[Run, ...]]] = {
    INDUSTRY: industry, BUILDING: building, ROAD: road, GAS: gas,
}  # fmt: skip
