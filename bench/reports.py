"""The complete half-year and year report of a district with a year of records, whole and for who sees only a part.

``BENCH_REPORTS=100000`` for a quick look. Each is composed from figures and written as .docx and PDF in one process, as the
command does; the floor is one plain pass over the same rows, table by table, as a report without tallies would need it.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from bench.district import child, district
from bench.results import Measured

RECORDS = int(os.environ.get("BENCH_REPORTS", "1000000"))
TIMES = 5
READERS = {"": "the district", "clerk_east": "a town", "regulator": "a department"}
FLOOR = (
    "SELECT region_path, source, campaign, COUNT(*), COUNT(accepted_on), SUM(funds_spent_fen) FROM hazards_hazard"
    " WHERE NOT voided AND found_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2, 3",
    "SELECT region_path, mode, COUNT(*), SUM(found_count), COUNT(DISTINCT object_id) FROM inspections_inspection"
    " WHERE finished_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2",
    "SELECT agency_id, COUNT(*), COUNT(accepted_on) FROM dispatch_task WHERE dispatched_on BETWEEN %(first)s AND %(last)s GROUP BY 1",
    "SELECT agency_id, COUNT(*), SUM(fine_fen) FROM enforcement_case WHERE decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1",
    "SELECT topic, COUNT(*), COUNT(closed_on) FROM tipoffs_item WHERE received_on BETWEEN %(first)s AND %(last)s GROUP BY 1",
)  # fmt: skip


def measure() -> Iterator[Measured]:
    """A tenth of the records first, so that growth shows."""
    told = [_at(records) for records in (RECORDS // 10, RECORDS)]
    small, large = told
    for name, seconds in large["seconds"].items():
        floor = large["floor"]["half" if "half" in name else "year"]
        yield Measured(
            f"{name} at {large['records']:,} records", seconds, "s", 3,
            floor=f"plain pass over its rows {floor:.2f} s",
            note=f"{small['seconds'][name]:.2f} s at {small['records']:,}; {large['statements'][name]} statements",
        )  # fmt: skip


def _at(records: int) -> dict[str, Any]:
    with district() as data:
        kinds = child(data, "year:fill", records=records)
        told: dict[str, Any] = child(data, "reports:written")
    return {**told, "records": sum(kinds.values())}


def written() -> dict[str, Any]:
    """Seconds of each report, how many statements each takes, and of the plain passes."""
    from bihuan.kernel.calendar.periods import Period
    from bihuan.kernel.documents import to_docx, to_pdf
    from bihuan.reporting import half_year, proofs

    today = date.today()
    half, year = Period.parse(f"{today.year}H1"), Period.parse(str(today.year))
    seconds: dict[str, float] = {}
    statements: dict[str, int] = {}
    for user, label in READERS.items():
        for name, period, as_of in (("half-year", half, half.last), ("year", year, today)):
            holder = _holder(user)

            def composed(period: Period = period, as_of: date = as_of, holder: Any = holder) -> Any:
                return half_year.compose(_asked(period, as_of, holder), {})

            said = f"{name} report of {label}"
            statements[f"{said}, composed"] = _statements(composed)
            statements[f"{said}, as .docx and PDF"] = statements[f"{said}, composed"]
            seconds[f"{said}, composed"] = _median(composed)

            def whole(composed: Callable[[], Any] = composed, holder: Any = holder) -> None:
                document = proofs.document(composed(), holder)
                to_docx(document)
                to_pdf(document)

            seconds[f"{said}, as .docx and PDF"] = _median(whole)
    floor = {
        "half": _median(lambda: _plain(half.first, half.last)),
        "year": _median(lambda: _plain(year.first, today)),
    }
    return {"seconds": seconds, "statements": statements, "floor": floor}


def _asked(period: Any, as_of: date, holder: Any) -> Any:
    from bihuan.reporting import drafting

    return drafting.ask(period, as_of, holder)


def _holder(user: str) -> Any:
    """What the user may have a report about; the district where no user is named."""
    from bihuan.kernel.people.actors import actor_of
    from bihuan.kernel.people.models import User
    from bihuan.reporting import drafting
    from bihuan.reporting.imprint import holder_of

    if not user:
        return holder_of(drafting.require_district().region)
    holder = drafting.own_holder(actor_of(User.objects.get(username=user)))
    assert holder is not None
    return holder


def _plain(first: date, last: date) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for sql in FLOOR:
            cursor.execute(sql, {"first": first, "last": last})
            cursor.fetchall()


def _statements(deed: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        deed()
    return len(seen)


def _median(deed: Callable[[], Any]) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        deed()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def slowest(user: str = "", top: int = 25) -> list[tuple[float, str]]:
    """The statements of the year's report that take longest, for whoever wants to mend them."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bihuan.kernel.calendar.periods import Period
    from bihuan.reporting import half_year

    today = date.today()
    with CaptureQueriesContext(connection) as seen:
        half_year.compose(_asked(Period.parse(str(today.year)), today, _holder(user)), {})
    took = sorted(((float(one["time"]), one["sql"][:1500]) for one in seen.captured_queries), reverse=True)
    return took[:top]
