"""包联重点企业 (M016): each pairing's visits are expected period by period; a visit meets its expectation, none shows."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.db.models import QuerySet

from bihuan.capabilities.responsibility.naming.models import Naming
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.filings import drop, expect, meet, undo
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.loops import apart
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency, Standing
from bihuan.kernel.territory.trees import in_force
from bihuan.registers.models import DatedDetail

VISIT = "pairing.visit"
KEY_PROCESSES = (
    "hazardous_process", "hazardous_chemical", "major_source", "dust", "ammonia", "molten_metal", "explosives",
)  # fmt: skip
"""What makes an enterprise a key one: 重大危险源、重点监管工艺和化学品、粉尘涉爆、液氨、高温熔融金属、民爆."""


def pairings(on: date) -> QuerySet[Naming]:
    """The pairings in force on a day."""
    rows = Naming.objects.filter(in_force(on), kind="pairing")
    return rows.select_related("post__agency", "unit", "object")


def period_of(row: Naming, on: date) -> Period:
    """The period of the pairing's frequency that a day lies in."""
    if row.frequency == "quarter":
        return Period.parse(f"{on.year:04d}Q{(on.month + 2) // 3}")
    return Period.month_of(on)


def holder_of(row: Naming) -> Agency | None:
    """Whose expectation a visit is: the paired department's, or the paired leader's unit's."""
    return row.unit or (row.post.agency if row.post is not None else None)


def expect_visits(on: date | None = None) -> int:
    """Write down what visits are due in the period of a day; how many pairings were looked at. Safe to repeat."""
    day = on or clock.today()
    with apart.rows("naming.expect_visits") as rows:
        return sum(rows.each(f"naming/{row.pk}", partial(_expect_of, row, day), 0) for row in pairings(day))


def _expect_of(row: Naming, day: date) -> int:
    holder = holder_of(row)
    if holder is None or row.object is None:
        return 0
    _expect(row, holder, period_of(row, day))
    return 1


def _expect(row: Naming, holder: Agency, period: Period) -> None:
    """By the end of the period, or of the pairing where that comes first."""
    assert row.object is not None
    title = f"走访包联企业：{row.object.name}"[:80]
    rule = f"{row.whom()}包联，{row.get_frequency_display()}走访"
    last = period.last if row.until is None else min(period.last, row.until - timedelta(days=1))
    expect(VISIT, title, holder, period, last, rule, object=row.object.pk)


def visited(
    object: UUID, on: date, uid: UUID, by: Actor, *, post: int | None = None, agency: int | None = None
) -> bool:
    """A visit took place: it meets what was due from the leader's post or the department paired with the enterprise.

    ``uid`` is the record of the visit. False when neither is paired with it on that day; a second visit of the period
    changes nothing.
    """
    found = False
    for row in pairings(on).filter(object=object):
        theirs = (post is not None and row.post_id == post) or (agency is not None and row.unit_id == agency)
        holder = holder_of(row)
        if not theirs or holder is None:
            continue
        period = period_of(row, on)
        _expect(row, holder, period)
        meet(VISIT, holder, period, by, met_by=uid, object=object)
        found = True
    return found


def unvisited(uid: UUID, by: Actor) -> list[tuple[UUID, Period]]:
    """The record of a visit was voided: what it met is due again. The objects and periods that now lack a visit."""
    opened = [one for one in undo(uid, by, "走访记录已作废") if one.kind == VISIT and one.object is not None]
    return [(one.object, Period.parse(one.period)) for one in opened if one.object is not None]


def ended(row: Naming, by: Actor) -> None:
    """A pairing ended: what was due after that is due no more; what its last days still ask for is due by its end."""
    holder = holder_of(row)
    if row.kind != "pairing" or holder is None or row.object is None or row.until is None:
        return
    drop(VISIT, holder, row.object.pk, row.until, by, f"包联已于 {row.until} 结束：{row.ended_reason}")
    today = clock.today()
    if row.since <= today < row.until:
        _expect(row, holder, period_of(row, today))


def overdue(on: date) -> QuerySet[Expectation]:
    """Visits whose period has gone by without one."""
    unmet = Expectation.objects.filter(kind=VISIT, met_at=None, waived_at=None, due_on__lt=on)
    return unmet.select_related("holder").order_by("due_on", "holder_id")


def key_enterprises(on: date) -> QuerySet[SupervisedObject]:
    """Enterprises with what may kill many: they should be paired."""
    processes = DatedDetail.objects.filter(kind="process", code__in=KEY_PROCESSES, ended_on=None)
    return SupervisedObject.objects.filter(
        standing=Standing.CONFIRMED, until=None, pk__in=processes.values("object")
    )


def unpaired(on: date) -> QuerySet[SupervisedObject]:
    """Key enterprises with which nobody is paired on a day."""
    return key_enterprises(on).exclude(pk__in=pairings(on).values("object"))
