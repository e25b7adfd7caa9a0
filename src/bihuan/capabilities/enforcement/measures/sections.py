"""What measures say on pages that are not theirs: a section of an object's page, and of matters about the same object."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bihuan.capabilities.enforcement.measures.access import visible_measures
from bihuan.capabilities.enforcement.measures.loop import MEASURE
from bihuan.capabilities.enforcement.measures.missing import missing
from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.capabilities.enforcement.measures.states import OPEN_STATES, STANDING, MeasureKind
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.timeline import state_part
from bihuan.kernel.web.sections import Section, tell_of_matter, tell_section

SHOWN = 20
HEADING = "停产与强制措施"
ELSEWHERE = frozenset({"hazard", "inspection", "case", "accident"})
"""Loops whose pages say what is in force on their object: closing one of them lifts nothing by itself."""
COLUMNS = (
    parts.Column("措施", "title"), parts.Column("范围", phone=False), parts.Column("开始", "day"),
    parts.Column("到哪天", "day", phone=False), parts.Column("还差什么", phone=False), parts.Column("状态", "state"),
)  # fmt: skip
_STANDING = [state.value for state in STANDING]
_GOING = [state.value for state in OPEN_STATES]


def section(actor: Actor, one: SupervisedObject, on: date) -> Section | None:
    """What is in force on an object first, what was before it; nothing where there never was any."""
    found = visible_measures(actor).filter(object=one, proposed_on__lte=on)
    rows = list(found.order_by("-proposed_on", "-no")[:SHOWN])
    rows.sort(key=lambda row: row.state not in _STANDING)
    return _section(rows, HEADING, on) if rows else None


def of_matter(actor: Actor, loop: str, matter: Any) -> Section | None:
    """What is in force on the object of a hazard, an inspection, a case or an accident."""
    if loop not in ELSEWHERE or matter.object_id is None:
        return None
    found = visible_measures(actor).filter(object=matter.object_id, state__in=_STANDING)
    rows = list(found.order_by("since", "no")[:SHOWN])
    return _section(rows, f"该单位执行中的{HEADING}", None) if rows else None


def _section(rows: Sequence[Measure], heading: str, on: date | None) -> Section:
    return Section(heading, parts.Ledger(COLUMNS, [_row(row, on) for row in rows], heading))


def _row(row: Measure, on: date | None) -> parts.Row:
    late = on is not None and row.state in _STANDING and row.until is not None and row.until < on
    return parts.Row(
        (
            MeasureKind(row.kind).label, row.scope, row.since, row.until,
            missing(row) if row.state in _GOING else "", state_part(MEASURE, row.state),
        ),
        href=f"/measures/{row.no}/",
        late=late,
        sub=row.no,
    )  # fmt: skip


def install() -> None:
    """Give objects, and matters about the same object, their section."""
    tell_section(30, section)
    tell_of_matter(30, of_matter)
