"""What cases say on pages that are not theirs: on the matter they came out of, and on the page of the party."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from bihuan.capabilities.enforcement import nearby
from bihuan.capabilities.enforcement.access import NEIGHBOURS, READERS, nearby_cases, visible_cases
from bihuan.capabilities.enforcement.hands import ENFORCING
from bihuan.capabilities.enforcement.loop import CASE
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.states import CaseSource
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.timeline import state_part
from bihuan.kernel.web.sections import Section

SOURCES: Mapping[str, CaseSource] = {
    "hazard": CaseSource.HAZARD,
    "inspection": CaseSource.INSPECTION,
    "accident": CaseSource.ACCIDENT,
    "tipoff": CaseSource.TIP_OFF,
    "crackdown": CaseSource.CRACKDOWN,
}
COLUMNS = (
    parts.Column("案件", "title"), parts.Column("立案日期", "day"), parts.Column("罚款", "money", "元"), parts.Column("状态", "state"),
)  # fmt: skip
SHOWN = 20


def of_matter(actor: Actor, loop: str, matter: Any) -> Section | None:
    """The cases that came out of a matter, and the way to propose one, for whoever may."""
    source = SOURCES.get(loop)
    if source is not None and actor.roles & NEIGHBOURS and not actor.roles & READERS:
        return _nearby(nearby_cases(actor).filter(Q(origin=matter.no) & ~Q(origin="")))
    if source is None or not actor.roles & READERS:
        return None
    rows = _rows(visible_cases(actor).filter(Q(origin=matter.no) & ~Q(origin="")))
    may = bool(actor.roles & ENFORCING)
    if not rows and not may:
        return None
    asked = {"origin": matter.no, "source": source.value, "object": str(matter.object_id or "")}
    address = f"/cases/new/file/?{urlencode({key: value for key, value in asked.items() if value})}"
    links = [parts.Link("提请立案", address)] if may else []
    return Section(
        "执法案件",
        parts.Ledger(COLUMNS, rows, "执法案件"),
        parts.Empty("没有由此立案。", icon="gavel"),
        links,
    )


def of_object(actor: Actor, one: SupervisedObject, on: date) -> Section | None:
    """The cases against an enterprise, the latest first."""
    if actor.roles & NEIGHBOURS and not actor.roles & READERS:
        return _nearby(nearby_cases(actor).filter(object=one.pk, filed_on__lte=on))
    if not actor.roles & READERS:
        return None
    rows = _rows(visible_cases(actor).filter(object=one.pk, proposed_on__lte=on))
    if not rows:
        return None
    return Section("执法案件", parts.Ledger(COLUMNS, rows, "执法案件"))


def _nearby(found: QuerySet[Case]) -> Section | None:
    """What a town reads: that there is a case, how far it is, what concerns the place."""
    rows = nearby.rows_of(found, SHOWN)
    return Section("执法案件", parts.Ledger(nearby.COLUMNS, list(rows), "执法案件")) if rows else None


def _rows(found: QuerySet[Case]) -> list[parts.Row]:
    return [
        parts.Row(
            (
                case.cause,
                case.filed_on,
                parts.Money(case.fine_fen if case.decided_on else None),
                state_part(CASE, case.state),
            ),
            href=f"/cases/{case.no}/",
            sub=case.no,
        )
        for case in found.order_by("-proposed_on", "-uid")[:SHOWN]
    ]
