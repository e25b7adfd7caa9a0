"""What cases are told by measures and hazards, and what they tell of officers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from bihuan.capabilities.enforcement import recurrence
from bihuan.capabilities.enforcement.measures import cases as measure_cases
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.recurrence import chain_of
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.loops.registry import after
from bihuan.registers.officers.workload import Counted, count_officers


def connect() -> None:
    """A broken measure opens or owes a case; officers' cases are counted; a repeated hazard tells its chain."""
    for broken in ("record_breach", "find_reopened"):
        after("measure", broken, measure_cases.case_of_breach)
    after("case", "file", measure_cases.case_filed)
    after("case", "decide", measure_cases.closure_after_penalty)
    count_officers(Counted("办案", "件", cases_of_officers))
    recurrence.tell_chain(hazards_repeated)


def cases_of_officers(persons: Collection[int], period: Period) -> Mapping[int, int]:
    """Cases each officer opened or helped with, by the day they were opened (M141)."""
    counted: Counter[int] = Counter()
    rows = Case.objects.filter(opened_at__date__range=(period.first, period.last))
    for investigators in rows.filter(investigators__overlap=list(persons)).values_list(
        "investigators", flat=True
    ):
        counted.update(pk for pk in investigators if pk in persons)
    return counted


def hazards_repeated(no: str) -> Sequence[str]:
    """The hazards that the one behind a case repeats: a repeat raises the tier by one and prints the chain (M096)."""
    hazard = Hazard.objects.filter(no=no).first()
    if hazard is None or not hazard.recurrence:
        return []
    return [one.no for one in chain_of(hazard, Hazard.objects.all())]
