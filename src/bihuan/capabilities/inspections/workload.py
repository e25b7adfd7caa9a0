"""How much each officer inspected in a period (M141): inspections finished, and different enterprises among them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import connection

from bihuan.kernel.calendar.periods import Period
from bihuan.registers.officers.workload import Counted, count_officers

_COUNT = """
SELECT officer, count(*), count(DISTINCT object_id) FROM inspections_inspection i, unnest(i.officers) AS officer
 WHERE i.finished_on BETWEEN %s AND %s AND officer = ANY(%s) GROUP BY officer
"""


def _counts(persons: Collection[int], period: Period) -> list[tuple[int, int, int]]:
    if not persons:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [period.first, period.last, list(persons)])
        return list(cursor.fetchall())


def inspections_of(persons: Collection[int], period: Period) -> Mapping[int, int]:
    """Inspections each person took part in and that were finished in the period."""
    return {person: count for person, count, _ in _counts(persons, period)}


def enterprises_of(persons: Collection[int], period: Period) -> Mapping[int, int]:
    """Different enterprises among them."""
    return {person: count for person, _, count in _counts(persons, period)}


def install() -> None:
    """Show both on the register of officers."""
    count_officers(Counted("检查", "家次", inspections_of))
    count_officers(Counted("检查企业", "家", enterprises_of))
