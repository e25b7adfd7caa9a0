"""The hazard figures of reports, pages and appraisals (M099–M102), each declared once.

All of them are about the hazards *found* in the period. Found, accepted and overdue are judged at the cut-off
day, so a report printed again later says the same. A hazard accepted only by a ledger's word counts as
rectified and is told apart; one rectified but not accepted is still open. What was voided or merged into
another is no hazard.
"""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from bihuan.capabilities.hazards.states import Grade, Source
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.declarations import DateOf, Dim, Figure, Measure, Tally
from bihuan.kernel.figures.wording import name_codes

HAZARDS = Tally(
    name="hazards",
    model="hazards.Hazard",
    table="hazards_hazard",
    born=DateOf("found_on"),
    dates={
        "accepted": DateOf("accepted_on"),
        "late": DateOf("rectify_by", plus=1, unless="accepted_on <= rectify_by"),
        "spent": DateOf("rectified_on", default="found_on", unless="COALESCE(funds_spent_fen, 0) = 0"),
    },
    dims={
        "region": Dim("region_path"),
        "sector": Dim("sector_path"),
        "source": Dim("source"),
        "grade": Dim("grade"),
        "campaign": Dim("campaign"),
        "agency": Dim("agency_id", "bigint"),
    },
    sums={
        "claimed": "accepted_claimed::int",
        "funds": "COALESCE(funds_spent_fen, 0)",
        "timely": "COALESCE(accepted_on <= rectify_by, FALSE)::int",
        "urged": "(rectify_by IS NOT NULL)::int",
    },
    where="NOT voided",
)


def found(period: Period, as_of: date) -> Q:
    """Found in the period and by the cut-off."""
    return Q(voided=False, found_on__gte=period.first, found_on__lte=min(period.last, as_of))


def urged(period: Period, as_of: date) -> Q:
    """Found, and somebody was told to put it right by a day (交办、责令限期整改); by its present state, like the grade.

    督促整改 is not 完成整改: the two are counters of their own, and no rate is made of this one (N03, M261).
    """
    return found(period, as_of) & Q(rectify_by__isnull=False)


def rectified(period: Period, as_of: date) -> Q:
    """Found, and accepted (验收、销号) on or before the cut-off."""
    return found(period, as_of) & Q(accepted_on__lte=as_of)


def rectified_on_time(period: Period, as_of: date) -> Q:
    """Rectified, and accepted no later than the day set; where no day was set, nobody can say so."""
    return rectified(period, as_of) & Q(accepted_on__lte=F("rectify_by"))


def still_open(period: Period, as_of: date) -> Q:
    """Found, and not accepted by the cut-off."""
    return found(period, as_of) & (Q(accepted_on=None) | Q(accepted_on__gt=as_of))


def overdue(period: Period, as_of: date) -> Q:
    """Open, and the day set for rectification has gone by; on that day itself nobody is late."""
    return still_open(period, as_of) & Q(rectify_by__lt=as_of)


def spent(period: Period, as_of: date) -> Q:
    """Found, with money spent by the cut-off: dated by the rectification, undated money by the finding."""
    dated = Q(rectified_on__lte=as_of) | Q(rectified_on=None)
    return found(period, as_of) & dated & Q(funds_spent_fen__gt=0)


def major(period: Period, as_of: date) -> Q:
    """Found, and major (重大事故隐患) by its present grade."""
    return found(period, as_of) & Q(grade=Grade.MAJOR.value)


registry.register(
    Figure("hazards.found", "发现隐患", "项", "count", HAZARDS, found, plus=Measure()),
    Figure(
        "hazards.urged",
        "督促整改（已定整改期限）",
        "项",
        "count",
        HAZARDS,
        urged,
        plus=Measure(amount="urged"),
    ),
    Figure(
        "hazards.rectified",
        "完成整改",
        "项",
        "count",
        HAZARDS,
        rectified,
        plus=Measure(("accepted",)),
        claimed=Measure(("accepted",), amount="claimed"),
        claimed_when=Q(accepted_claimed=True),
    ),
    Figure(
        "hazards.rectified_on_time",
        "按期整改",
        "项",
        "count",
        HAZARDS,
        rectified_on_time,
        plus=Measure(("accepted",), amount="timely"),
    ),
    Figure(
        "hazards.open",
        "未完成整改",
        "项",
        "count",
        HAZARDS,
        still_open,
        plus=Measure(),
        minus=Measure(("accepted",)),
    ),
    Figure(
        "hazards.overdue",
        "逾期未整改",
        "项",
        "count",
        HAZARDS,
        overdue,
        plus=Measure(("late",)),
        minus=Measure(("late", "accepted")),
    ),
    Figure(
        "hazards.rectification_rate",
        "整改率",
        "%",
        "ratio",
        HAZARDS,
        found,
        of=("hazards.rectified", "hazards.found"),
    ),
    Figure(
        "hazards.funds_spent",
        "投入整改资金",
        "元",
        "sum",
        HAZARDS,
        spent,
        plus=Measure(("spent",), amount="funds"),
        amount="funds_spent_fen",
    ),
    Figure(
        "hazards.major_found",
        "发现重大事故隐患",
        "项",
        "count",
        HAZARDS,
        major,
        plus=Measure(only=(("grade", Grade.MAJOR.value),)),
    ),
)

name_codes("source", {source.value: source.label for source in Source})
name_codes("grade", {grade.value: grade.label for grade in Grade})
