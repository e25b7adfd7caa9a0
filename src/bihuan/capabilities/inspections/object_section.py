"""监督检查 on the page of an object: what was inspected there, as far as the reader may know (M108)."""

from __future__ import annotations

from datetime import date

from bihuan.capabilities.inspections import modes
from bihuan.capabilities.inspections.access import visible_inspections
from bihuan.capabilities.inspections.loop import INSPECTION
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ADMIN_ROLES
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.timeline import state_part
from bihuan.kernel.web.sections import Section, tell_section

SHOWN = 10
COLUMNS = (
    parts.Column("编号", "title"), parts.Column("检查方式"), parts.Column("检查单位"), parts.Column("日期", "day"),
    parts.Column("发现问题", "number", "项"), parts.Column("状态", "state"),
)  # fmt: skip


def tell(actor: Actor, one: SupervisedObject, on: date) -> Section | None:
    """The last inspections of the object; one statement."""
    if not actor.roles - ADMIN_ROLES:
        return None
    found = (
        visible_inspections(actor)
        .filter(object=one.uid)
        .select_related("agency")
        .order_by("-planned_on", "-uid")
    )
    rows = [
        parts.Row(
            (
                row.no, modes.label(row.mode), row.agency.name if row.agency else "—", row.arrived_on or row.planned_on,
                row.found_count, state_part(INSPECTION, row.state),
            ),
            href=f"/inspections/{row.no}/",
        )
        for row in found[:SHOWN]
    ]  # fmt: skip
    return Section(
        "监督检查",
        parts.Ledger(COLUMNS, rows),
        parts.Empty("还没有检查记录。", icon="clipboard-check"),
        [parts.Link("全部检查", f"/inspections/?tab=all&object={one.uid}")] if len(rows) == SHOWN else [],
    )


def install() -> None:
    """Show the section on every object's page."""
    tell_section(40, tell)
