"""The figures of measures (M129–M134, M227), each declared once.

They are about the measures *in force from* a day of the period; a proposal that was never carried out is none.
"""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from bihuan.capabilities.enforcement.measures.states import Family, MeasureKind
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.declarations import DateOf, Dim, Figure, Measure, Tally
from bihuan.kernel.figures.wording import name_codes

MEASURES = Tally(
    name="measures",
    model="measures.Measure",
    table="measures_measure",
    born=DateOf("since"),
    dates={
        "lifted": DateOf("lifted_on"),
        "expired": DateOf("until", plus=1, unless="lifted_on <= until"),
        "broken": DateOf("broken_on"),
    },
    dims={
        "region": Dim("region_path"),
        "sector": Dim("sector_path"),
        "agency": Dim("agency_id", "bigint"),
        "kind": Dim("kind"),
        "family": Dim("family"),
    },
    where="since IS NOT NULL AND NOT voided",
)
STOPPED = Tally(
    name="stopped_units",
    model="measures.Measure",
    table="measures_measure",
    born=DateOf("since"),
    dates={},
    dims={"region": Dim("region_path"), "sector": Dim("sector_path")},
    where="since IS NOT NULL AND NOT voided AND family = 'stop'",
    label="被责令停产停业的单位",
)
FAILURES = Tally(
    name="supply_failures",
    model="measures.SupplyFailure",
    table="measures_supplyfailure",
    born=DateOf("found_on"),
    dates={"closed": DateOf("closed_on")},
    dims={"region": Dim("region_path"), "agency": Dim("agency_id", "bigint")},
    where="NOT dismissed",
)


def begun(period: Period, as_of: date) -> Q:
    """In force from a day of the period that had come by the cut-off."""
    return Q(voided=False, since__gte=period.first, since__lte=min(period.last, as_of))


def _of(family: Family) -> Q:
    return Q(family=family.value)


def stop_orders(period: Period, as_of: date) -> Q:
    return begun(period, as_of) & _of(Family.STOP)


def coercive(period: Period, as_of: date) -> Q:
    """停电、查封、扣押 and 停供民爆: the coercive measures of M133."""
    return begun(period, as_of) & (_of(Family.SEIZURE) | _of(Family.CUTOFF))


def closures(period: Period, as_of: date) -> Q:
    return begun(period, as_of) & _of(Family.CLOSURE)


def lifted(period: Period, as_of: date) -> Q:
    return begun(period, as_of) & Q(lifted_on__lte=as_of)


def standing(period: Period, as_of: date) -> Q:
    return begun(period, as_of) & (Q(lifted_on=None) | Q(lifted_on__gt=as_of))


def expired(period: Period, as_of: date) -> Q:
    """Seizures whose last day has gone by with nothing given back by then; on the last day itself none is late."""
    late = standing(period, as_of) & _of(Family.SEIZURE) & Q(until__lt=as_of)
    return late & (Q(lifted_on=None) | Q(lifted_on__gt=F("until")))


def failures(period: Period, as_of: date) -> Q:
    return Q(dismissed=False, found_on__gte=period.first, found_on__lte=min(period.last, as_of))


def _family(*families: Family) -> tuple[tuple[str, str], ...]:
    (family,) = families
    return (("family", family.value),)


registry.register(
    Figure(
        "measures.stop_orders", "责令停产停业", "次", "count", MEASURES, stop_orders,
        plus=Measure(only=_family(Family.STOP)),
    ),
    Figure(
        "measures.enterprises_stopped", "被责令停产停业单位", "家", "count", STOPPED, stop_orders, plus=Measure(),
        distinct="object",
    ),
    Figure("measures.begun", "采取停产与强制措施", "项", "count", MEASURES, begun, plus=Measure()),
    Figure("measures.lifted", "解除停产与强制措施", "项", "count", MEASURES, lifted, plus=Measure(("lifted",))),
    Figure(
        "measures.in_force", "执行中的停产与强制措施", "项", "count", MEASURES, standing, plus=Measure(),
        minus=Measure(("lifted",)),
    ),
    Figure(
        "measures.closures", "关闭取缔", "家", "count", MEASURES, closures, plus=Measure(only=_family(Family.CLOSURE)),
    ),
    Figure(
        "measures.seizures", "查封扣押", "项", "count", MEASURES,
        lambda period, as_of: begun(period, as_of) & _of(Family.SEIZURE), plus=Measure(only=_family(Family.SEIZURE)),
    ),
    Figure(
        "measures.cutoffs", "停止供电、供应民爆物品", "项", "count", MEASURES,
        lambda period, as_of: begun(period, as_of) & _of(Family.CUTOFF), plus=Measure(only=_family(Family.CUTOFF)),
    ),
    Figure(
        "measures.expired", "到期未解除的查封扣押", "项", "count", MEASURES, expired,
        plus=Measure(("expired",), only=_family(Family.SEIZURE)),
        minus=Measure(("expired", "lifted"), only=_family(Family.SEIZURE)),
    ),
    Figure("measures.supply_failures", "停供把关不严", "件", "count", FAILURES, failures, plus=Measure()),
)  # fmt: skip

name_codes("kind", {kind.value: kind.label for kind in MeasureKind})
