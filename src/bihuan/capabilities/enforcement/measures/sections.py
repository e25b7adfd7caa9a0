"""What measures say on pages that are not theirs: a section of an object's page."""

from __future__ import annotations

from datetime import date

from bihuan.capabilities.enforcement.measures.access import visible_measures
from bihuan.capabilities.enforcement.measures.missing import missing
from bihuan.capabilities.enforcement.measures.states import OPEN_STATES, STANDING, MeasureKind
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.sections import Section, tell_section

SHOWN = 20


def section(actor: Actor, one: SupervisedObject, on: date) -> Section | None:
    """停产与强制措施 of an object: what is in force first, what was before it; nothing where there never was any."""
    from bihuan.capabilities.enforcement.measures.loop import MEASURE
    from bihuan.kernel.web.matters.timeline import state_part

    rows = list(
        visible_measures(actor)
        .filter(object=one, proposed_on__lte=on)
        .order_by("-proposed_on", "-no")[:SHOWN]
    )
    if not rows:
        return None
    standing, going = [state.value for state in STANDING], [state.value for state in OPEN_STATES]
    rows.sort(key=lambda row: row.state not in standing)
    columns = (
        parts.Column("措施", "title"), parts.Column("范围", phone=False), parts.Column("开始", "day"),
        parts.Column("到哪天", "day", phone=False), parts.Column("还差什么", phone=False), parts.Column("状态", "state"),
    )  # fmt: skip
    ledger = parts.Ledger(
        columns,
        [
            parts.Row(
                (
                    MeasureKind(row.kind).label, row.scope, row.since, row.until,
                    missing(row) if row.state in going else "", state_part(MEASURE, row.state),
                ),
                href=f"/measures/{row.no}/",
                late=row.state in standing and row.until is not None and row.until < on,
                sub=row.no,
            )
            for row in rows
        ],
        "停产与强制措施",
    )  # fmt: skip
    return Section("停产与强制措施", ledger)


def install() -> None:
    tell_section(30, section)
