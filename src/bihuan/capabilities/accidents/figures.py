"""The figures of accidents, each declared once and counted over versions: what was known at the cut-off, and no more.

A version counts from the day it was known until the day the next one was. So a report of an earlier cut-off says again
what was known then, and a missing person confirmed dead moves grade and totals from that day on (M209, M215). 工矿商贸
holds construction, as its label says (N07); construction stands beside it as a figure of its own, never added to it.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db.models import Q

from bihuan.capabilities.accidents import law
from bihuan.capabilities.accidents.branches import INDUSTRY
from bihuan.capabilities.accidents.states import Branch, Grade
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.declarations import Counted, DateOf, Dim, Figure, Measure, Tally
from bihuan.kernel.figures.wording import name_codes

_IN_INDUSTRY = f"branch IN ({', '.join(repr(one.value) for one in INDUSTRY)})"
ACCIDENTS = Tally(
    name="accidents",
    model="accidents.AccidentVersion",
    table="accidents_accidentversion",
    born=DateOf("occurred_on"),
    dates={"known": DateOf("valid_from"), "replaced": DateOf("valid_until")},
    dims={
        "region": Dim("region_path"),
        "sector": Dim("sector_path"),
        "agency": Dim("agency_id", "bigint"),
        "grade": Dim("grade"),
        "kind": Dim("branch"),
        "type": Dim("type"),
    },
    sums={
        "deaths": "counted_deaths",
        "serious": "counted_serious",
        "missing_people": "missing",
        "loss": "loss_fen",
        "fatal": "(counted_deaths > 0)::int",
        "significant": f"(grade <> '{Grade.GENERAL.value}')::int",
        "significant_deaths": f"(grade <> '{Grade.GENERAL.value}')::int * counted_deaths",
        "late_ones": "late::int",
        "industrial": f"({_IN_INDUSTRY})::int",
        "industrial_deaths": f"({_IN_INDUSTRY})::int * counted_deaths",
    },
    label="生产安全事故",
)


def known(period: Period, as_of: date) -> Q:
    """Happened in the period; the version known at the cut-off."""
    days = Q(occurred_on__gte=period.first, occurred_on__lte=min(period.last, as_of))
    return days & Q(valid_from__lte=as_of) & (Q(valid_until=None) | Q(valid_until__gt=as_of))


def _only(period: Period, as_of: date, *, also: Q) -> Q:
    return known(period, as_of) & also


def _figure(
    name: str, label: str, unit: str, *, amount: str = "", column: str = "", also: Q | None = None,
    only: tuple[tuple[str, str], ...] = (),
) -> Figure:  # fmt: skip
    """A figure over the version in force: all known by the cut-off less those replaced by then."""
    counted: Counted = known if also is None else partial(_only, also=also)
    return Figure(
        f"accidents.{name}", label, unit, "sum" if unit == "元" else "count", ACCIDENTS, counted,
        plus=Measure(("known",), amount, only), minus=Measure(("known", "replaced"), amount, only), amount=column,
    )  # fmt: skip


def _of(branch: Branch) -> tuple[tuple[str, str], ...]:
    return (("kind", branch.value),)


_INDUSTRIAL = Q(branch__in=[one.value for one in INDUSTRY])
_SIGNIFICANT = ~Q(grade=Grade.GENERAL.value)
_DEAD, _PEOPLE, _TIMES = "counted_deaths", "人", "起"

registry.register(
    _figure("count", "生产安全事故", _TIMES),
    _figure("deaths", "事故死亡", _PEOPLE, amount="deaths", column=_DEAD),
    _figure("missing", "事故失踪（未计入死亡）", _PEOPLE, amount="missing_people", column="missing"),
    _figure("serious", "事故重伤（含急性工业中毒）", _PEOPLE, amount="serious", column="counted_serious"),
    _figure("loss", "事故直接经济损失", "元", amount="loss", column="loss_fen"),
    _figure("fatal", "亡人事故", _TIMES, amount="fatal", also=Q(counted_deaths__gt=0)),
    _figure("major", "较大及以上事故", _TIMES, amount="significant", also=_SIGNIFICANT),
    _figure("major_deaths", "较大及以上事故死亡", _PEOPLE, amount="significant_deaths", column=_DEAD, also=_SIGNIFICANT),
    _figure("late", "迟报的事故", _TIMES, amount="late_ones", also=Q(late=True)),
    _figure("industrial", "工矿商贸（含建筑施工）事故", _TIMES, amount="industrial", also=_INDUSTRIAL),
    _figure(
        "industrial_deaths", "工矿商贸（含建筑施工）事故死亡", _PEOPLE, amount="industrial_deaths", column=_DEAD,
        also=_INDUSTRIAL,
    ),
    _figure(
        "construction", "建筑施工事故", _TIMES, also=Q(branch=Branch.CONSTRUCTION.value), only=_of(Branch.CONSTRUCTION)
    ),
    _figure(
        "construction_deaths", "建筑施工事故死亡", _PEOPLE, amount="deaths", column=_DEAD,
        also=Q(branch=Branch.CONSTRUCTION.value), only=_of(Branch.CONSTRUCTION),
    ),
    _figure("road", "道路交通事故", _TIMES, also=Q(branch=Branch.ROAD.value), only=_of(Branch.ROAD)),
    _figure(
        "road_deaths", "道路交通事故死亡", _PEOPLE, amount="deaths", column=_DEAD, also=Q(branch=Branch.ROAD.value),
        only=_of(Branch.ROAD),
    ),
    _figure("fire", "火灾事故", _TIMES, also=Q(branch=Branch.FIRE.value), only=_of(Branch.FIRE)),
    _figure(
        "fire_deaths", "火灾事故死亡", _PEOPLE, amount="deaths", column=_DEAD, also=Q(branch=Branch.FIRE.value),
        only=_of(Branch.FIRE),
    ),
)  # fmt: skip

name_codes("grade", {grade.value: grade.label for grade in Grade})
name_codes("kind", {branch.value: branch.label for branch in Branch})
name_codes("type", {kind.code: kind.name for kind in law.kinds()})
