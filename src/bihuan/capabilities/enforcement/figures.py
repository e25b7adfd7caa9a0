"""The figures of cases (M122, M128): opened and concluded in the period, fines decided and fully collected, in yuan and fen.

Each is dated by its own event: a case counts as opened on the day of its opening, a fine on the day of the decision. What was
not opened, and what was withdrawn, is no case; a decision that was revoked is no fine. A daily penalty is a decision of its own,
of its own day, and never part of the fine it repeats: 罚款, 按日连续处罚 and their total are three figures.
"""

from __future__ import annotations

from datetime import date

from django.db.models import BooleanField, F, Func, Q, Value

from bihuan.capabilities.enforcement.states import CaseSource, Outcome, Template
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.declarations import DateOf, Dim, Figure, Measure, Tally
from bihuan.kernel.figures.wording import name_codes
from bihuan.kernel.people.models import Role

_DIMS = {
    "region": Dim("region_path"),
    "sector": Dim("sector_path"),
    "agency": Dim("agency_id", "bigint"),
    "source": Dim("source", called="案件来源"),
    "kind": Dim("template"),
}
ENFORCEMENT = frozenset({Role.OFFICER.value, Role.REGULATOR.value, Role.OFFICE.value, Role.LEADER.value})
"""Whose workbench shows them: who enforces, and who answers for the district."""
OPENED = Tally(
    name="cases", model="enforcement.Case", table="enforcement_case", born=DateOf("filed_on"),
    dates={"concluded": DateOf("concluded_on")}, dims=_DIMS, where="NOT voided AND filed_on IS NOT NULL",
    label="立案的案件", desk_for=ENFORCEMENT,
)  # fmt: skip
DECIDED = Tally(
    name="case_decisions", model="enforcement.Case", table="enforcement_case", born=DateOf("decided_on"),
    dates={"collected": DateOf("collected_on")}, dims=_DIMS,
    sums={"fine": "fine_fen", "on_the_spot": "summary::int"},
    where="decided_on IS NOT NULL AND outcome = 'penalty'", label="作出处罚决定的案件", desk_for=ENFORCEMENT,
)  # fmt: skip

_LAST_PAID = """(
    SELECT max((paid ->> 'on')::date) FROM jsonb_array_elements(account -> 'payments') AS paid WHERE paid ->> 'what' = 'daily'
)"""
"""The day of the last payment towards a daily penalty."""
DAILY = Tally(
    name="daily_penalties", model="enforcement.Case", table="enforcement_case",
    born=DateOf("(daily ->> 'decided_on')::date"), dates={"collected": DateOf(_LAST_PAID, unless="daily_paid_fen < daily_fen")},
    dims=_DIMS, sums={"fine": "daily_fen"},
    where="daily_fen > 0 AND outcome = 'penalty' AND daily ->> 'decided_on' IS NOT NULL",
    label="决定按日连续处罚的案件", desk_for=ENFORCEMENT,
)  # fmt: skip


def opened(period: Period, as_of: date) -> Q:
    """Opened in the period and by the cut-off."""
    return Q(voided=False, filed_on__gte=period.first, filed_on__lte=min(period.last, as_of))


def concluded(period: Period, as_of: date) -> Q:
    """Opened in the period, and concluded on or before the cut-off."""
    return opened(period, as_of) & Q(concluded_on__lte=as_of)


def pending(period: Period, as_of: date) -> Q:
    """Opened in the period, and not concluded by the cut-off."""
    return opened(period, as_of) & (Q(concluded_on=None) | Q(concluded_on__gt=as_of))


def punished(period: Period, as_of: date) -> Q:
    """A penalty was decided in the period and by the cut-off."""
    return Q(
        outcome=Outcome.PENALTY.value, decided_on__gte=period.first, decided_on__lte=min(period.last, as_of)
    )


def fined(period: Period, as_of: date) -> Q:
    return punished(period, as_of) & Q(fine_fen__gt=0)


def punished_daily(period: Period, as_of: date) -> Q:
    """A daily penalty (安全生产法第一百一十二条) was decided in the period and by the cut-off, and stands; by its own day."""
    first, last = period.first.isoformat(), min(period.last, as_of).isoformat()
    by_day = Q(daily__decided_on__gte=first, daily__decided_on__lte=last)
    return by_day & Q(outcome=Outcome.PENALTY.value, daily_fen__gt=0)


def collected(period: Period, as_of: date) -> Q:
    """Decided in the period, and the fine paid in full by the cut-off; the day of the last payment counts."""
    return fined(period, as_of) & Q(collected_on__lte=as_of, paid_fen=F("fine_fen"))


def collected_daily(period: Period, as_of: date) -> Q:
    """A daily penalty decided in the period and paid in full by the cut-off; the day of the last payment counts."""
    later = f'$.payments[*] ? (@.what == "daily" && @.on > "{as_of.isoformat()}")'
    paid_later = Func(
        F("account"), Value(later), function="jsonb_path_exists", template="%(function)s(%(expressions)s::jsonpath)",
        output_field=BooleanField(),
    )  # fmt: skip
    return punished_daily(period, as_of) & Q(daily_paid_fen=F("daily_fen")) & ~Q(paid_later)


registry.register(
    Figure("cases.opened", "立案", "件", "count", OPENED, opened, plus=Measure()),
    Figure("cases.concluded", "结案", "件", "count", OPENED, concluded, plus=Measure(("concluded",))),
    Figure(
        "cases.pending", "在办案件", "件", "count", OPENED, pending, plus=Measure(), minus=Measure(("concluded",))
    ),
    Figure(
        "cases.conclusion_rate", "结案率", "%", "ratio", OPENED, opened, of=("cases.concluded", "cases.opened")
    ),
    Figure("cases.punished", "作出处罚决定", "件", "count", DECIDED, punished, plus=Measure()),
    Figure(
        "cases.fines_decided", "罚款", "元", "sum", DECIDED, fined, plus=Measure(amount="fine"), amount="fine_fen"
    ),
    Figure(
        "cases.daily_penalties", "按日连续处罚的罚款", "元", "sum", DAILY, punished_daily, plus=Measure(amount="fine"),
        amount="daily_fen",
    ),
    Figure(
        "cases.fines_total", "罚款合计（含按日连续处罚，不含加处罚款）", "元", "sum", DECIDED, fined,
        of=("cases.fines_decided", "cases.daily_penalties"),
    ),
    Figure(
        "cases.fines_collected", "缴清的罚款（不含按日连续处罚、加处罚款）", "元", "sum", DECIDED, collected,
        plus=Measure(("collected",), amount="fine"), amount="fine_fen",
    ),
    Figure(
        "cases.daily_collected", "缴清的按日连续处罚的罚款（不含加处罚款）", "元", "sum", DAILY, collected_daily,
        plus=Measure(("collected",), amount="fine"), amount="daily_fen",
    ),
    Figure(
        "cases.total_collected", "缴清的罚款合计（含按日连续处罚，不含加处罚款）", "元", "sum", DECIDED, collected,
        of=("cases.fines_collected", "cases.daily_collected"),
    ),
)  # fmt: skip

name_codes("source", {one.value: one.label for one in CaseSource})
name_codes("kind", {one.value: one.label for one in Template})
