"""抽查 of what enterprises accepted by themselves: drawn once a month for each unit, so that anybody can draw it again.

Of the self-checked hazards a unit's enterprises closed by themselves in a month the district's share is drawn, rounded up.
Which ones follows from month and number alone: their SM3 in order, the smallest first. Numbers are given here, so nobody
who reports a hazard can choose to be left out.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from bihuan.capabilities.hazards.loop import HAZARD
from bihuan.capabilities.hazards.models import Hazard, SpotCheck, SpotDraw
from bihuan.capabilities.hazards.states import HazardState
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.filings import expect, meet
from bihuan.kernel.loops import duties
from bihuan.kernel.loops.climbing import append
from bihuan.kernel.loops.deadlines import Deadline, counted
from bihuan.kernel.loops.registry import running
from bihuan.kernel.loops.turns import holders_of
from bihuan.kernel.loops.writing import columns_of
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.policies import values as policies
from bihuan.kernel.responsibility.chain import Level
from bihuan.kernel.territory.models import Agency

KIND = "self_check_spot"
TITLE = "企业自验隐患抽查"
VERB = "drawn"
DRAWING = Actor.system("抽取")


def lot(month: str, no: str) -> bytes:
    """By which the hazards of a month are put in order."""
    return hashlib.new("sm3", f"{month}|{no}".encode()).digest()


def owed(count: int, share: int) -> int:
    """How many of ``count`` are drawn at ``share`` per cent: rounded up, so that one closing is one visit."""
    return -(-count * share // 100)


def drawn(month: str, numbers: Sequence[str], share: int) -> list[str]:
    """The numbers that are drawn, in the order of their lots."""
    return sorted(numbers, key=lambda no: lot(month, no))[: owed(len(numbers), share)]


def draw(month: Period) -> int:
    """Draw a month that is over for every unit that has not drawn it; returns how many hazards were drawn."""
    if month.last >= clock.today():
        return 0
    by_unit: dict[int, list[Hazard]] = defaultdict(list)
    for hazard in _closed_by_themselves(month):
        unit = _unit(hazard)
        if unit is not None:
            by_unit[unit].append(hazard)
    done = set(SpotDraw.objects.filter(month=month.label).values_list("unit", flat=True))
    return sum(_draw(month, unit, rows) for unit, rows in by_unit.items() if unit not in done)


def _closed_by_themselves(month: Period) -> Any:
    return Hazard.objects.filter(
        accepted_on__range=(month.first, month.last),
        self_accepted=True,
        voided=False,
        state=HazardState.CLOSED,
    ).select_related("agency", "object")


def _unit(hazard: Hazard) -> int | None:
    """Who supervises the hazard: its agency, else the government of the town it lies in."""
    if hazard.agency_id is not None:
        return hazard.agency_id
    return holders_of(hazard, clock.today())[Level.TERRITORIAL].agency_id


@transaction.atomic
def _draw(month: Period, unit: int, rows: Sequence[Hazard]) -> int:
    holder = Agency.objects.select_for_update().get(pk=unit)
    if SpotDraw.objects.filter(month=month.label, unit=unit).exists():
        return 0
    today = clock.today()
    share = int(policies.value("hazard.spot_check_share", on=month.last).value)
    days = int(policies.value("hazard.spot_check_days", on=today).value)
    due = counted(today, days, "working", f"{month.chinese()}自验销号 {len(rows)} 项，按 {share}% 抽中")
    chosen = drawn(month.label, [hazard.no for hazard in rows], share)
    for place, no in enumerate(chosen, start=1):
        _mark(no, holder, month, due, f"{place}/{len(rows)}")
    SpotDraw.objects.bulk_create(
        SpotDraw(
            hazard=hazard, unit=holder, month=month.label, drawn_on=today, due_on=due.due,
            share=share, among=len(rows),
        )
        for hazard in rows
        if hazard.no in set(chosen)
    )  # fmt: skip
    expect(KIND, TITLE, holder, month, due.due, due.rule)
    return len(chosen)


def _mark(no: str, unit: Agency, month: Period, due: Deadline, place: str) -> None:
    hazard = Hazard.objects.select_for_update().get(no=no)
    before = columns_of(hazard)
    duties.owe(HAZARD, hazard, "spot_check", due)
    payload = {
        "duty": TITLE, "month": month.label, "unit": unit.name, "place": place,
        "lot": lot(month.label, no).hex(), "due": due.due.isoformat(), "rule": due.rule,
    }  # fmt: skip
    append(running(HAZARD.name), hazard, VERB, payload, before)


def settle() -> int:
    """Where all that was drawn for a unit's month has been looked at, the unit has done what was expected of it."""
    waiting = _drawn().filter(checked=False, hazard__state=HazardState.CLOSED, hazard__voided=False)
    open_ones = set(waiting.values_list("unit", "month"))
    met = 0
    for unit, month in set(SpotDraw.objects.filter(settled=False).values_list("unit", "month")) - open_ones:
        with transaction.atomic():
            meet(KIND, Agency.objects.get(pk=unit), Period.parse(month), DRAWING)
            met += bool(SpotDraw.objects.filter(unit=unit, month=month).update(settled=True))
    return met


def _drawn() -> Any:
    looked = SpotCheck.objects.filter(hazard=OuterRef("hazard"), on__gte=OuterRef("drawn_on"))
    return SpotDraw.objects.annotate(checked=Exists(looked))


def progress(units: set[int] | None, today: date) -> list[dict[str, Any]]:
    """By month and unit: how many closings, the share, how many are owed, done, failed, overdue; newest month first."""
    failed = SpotCheck.objects.filter(hazard=OuterRef("hazard"), on__gte=OuterRef("drawn_on"), passed=False)
    rows = _drawn().annotate(failed=Exists(failed)).select_related("unit", "hazard")
    if units is not None:
        rows = rows.filter(unit__in=units)
    told: dict[tuple[str, int], dict[str, Any]] = {}
    for row in rows.order_by("-month", "unit__order", "unit_id"):
        line = told.setdefault(
            (row.month, row.unit_id),
            {
                "month": row.month, "unit": row.unit.name, "among": row.among, "share": row.share,
                "due": row.due_on, "owed": 0, "done": 0, "failed": 0, "left": 0,
            },
        )  # fmt: skip
        gone = row.hazard.state != HazardState.CLOSED or row.hazard.voided
        line["owed"] += 1
        line["done"] += row.checked
        line["failed"] += row.failed
        line["left"] += not row.checked and not gone
    return list(told.values())
