"""Key objects quarter by quarter: written down as the quarter begins, marked by the first inspection in it (M110)."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.capabilities.inspections.models import Inspection
from bihuan.capabilities.inspections.planning.models import KeyQuarter
from bihuan.capabilities.inspections.planning.risk import key_objects
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.objects.models import SupervisedObject


def quarter_of(day: date) -> Period:
    """The quarter that a day lies in."""
    return Period.parse(f"{day.year:04d}Q{(day.month + 2) // 3}")


def write_down(on: date | None = None) -> int:
    """The key objects of the quarter of a day; how many were new. Safe to repeat: what became key since is added."""
    day = on or clock.today()
    quarter = quarter_of(day)
    keys = key_objects(day)
    known = set(KeyQuarter.objects.filter(quarter=quarter.first).values_list("object_id", flat=True))
    new = [uid for uid in keys if uid not in known]
    objects = SupervisedObject.objects.in_bulk(new)
    visits = _visits(new, quarter)
    rows = [
        KeyQuarter(
            object=one, quarter=quarter.first, region_path=one.region_path, sector_path=one.sector_path,
            agency_id=one.agency_id, why=keys[uid], inspected_on=visits.get(uid, (None, ""))[0],
            inspection=visits.get(uid, (None, ""))[1],
        )
        for uid, one in objects.items()
    ]  # fmt: skip
    KeyQuarter.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _visits(uids: Any, quarter: Period) -> dict[Any, tuple[date, str]]:
    rows = Inspection.objects.filter(object__in=uids, finished_on__range=(quarter.first, quarter.last))
    found: dict[Any, tuple[date, str]] = {}
    for uid, day, no in rows.order_by("finished_on", "no").values_list("object_id", "finished_on", "no"):
        if day is not None:
            found.setdefault(uid, (day, no))
    return found


def inspected(inspection: Inspection) -> None:
    """An inspection is done: its object, where it is a key one, is covered in that quarter."""
    assert inspection.finished_on is not None
    quarter = quarter_of(inspection.finished_on)
    KeyQuarter.objects.filter(object=inspection.object_id, quarter=quarter.first, inspected_on=None).update(
        inspected_on=inspection.finished_on, inspection=inspection.no
    )
