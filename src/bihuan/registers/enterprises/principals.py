"""Who heads each enterprise as the register tells it: most of them hold no post here, and must be named all the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from bihuan.kernel.responsibility.rungs import Level
from bihuan.kernel.responsibility.sources import Named
from bihuan.registers.enterprises.dated import in_force
from bihuan.registers.enterprises.dated_kinds import PRINCIPAL
from bihuan.registers.models import DatedDetail

RULE = "登记的主要负责人，本单位安全生产第一责任人（《安全生产法》第五条）"


def principals(on: date, objects: Collection[UUID] | None) -> Iterator[Named]:
    """The heads of the ``objects`` on a day, for the responsibility chain; one statement."""
    if not objects:
        return
    rows = DatedDetail.objects.filter(in_force(on), kind=PRINCIPAL.kind, object__pk__any_of=list(objects))
    for uid, name in rows.order_by("since", "id").values_list("object_id", "name"):
        if name:
            yield Named(Level.ENTERPRISE, RULE, name=name, title=PRINCIPAL.label, object=uid)
