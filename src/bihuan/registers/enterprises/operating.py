"""Whether a unit may operate: an order that stops it is told in its file by the order's number, and ended with it.

Who ordered had the power to: the right to keep the register is not asked for. Each telling and ending is an entry of
the object's chain, like all that is dated about it.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.registers import trail
from bihuan.registers.enterprises import dated
from bihuan.registers.enterprises.dated_kinds import OPERATION
from bihuan.registers.models import DatedDetail

STOPPED = "stopped"


def stop(one: SupervisedObject, by: str, words: str, since: date, actor: Actor) -> None:
    """停产 by the order ``by``; telling the same order twice changes nothing."""
    with transaction.atomic():
        _held(one)
        if _told_by(one, by).exists():
            return
        row = DatedDetail(
            object=one, kind=OPERATION.kind, code=STOPPED, name=words, number=by, since=since,
            said_by=actor.name[:60], at=clock.now(),
        )  # fmt: skip
        row.save()
        trail.note([trail.Noted(one, "detail_told", dated.said_of(row))], actor)


def resume(one: SupervisedObject, by: str, on: date, actor: Actor) -> None:
    """The order ``by`` ended; nothing to do where it had told nothing."""
    with transaction.atomic():
        _held(one)
        row = _told_by(one, by).first()
        if row is None:
            return
        row.ended_on = max(on, row.since or on)
        row.save(update_fields=["ended_on"])
        said = {**dated.said_of(row), "ended_on": row.ended_on.isoformat(), "reason": f"{by} 已解除"}
        trail.note([trail.Noted(one, "detail_ended", said)], actor)


def stopped_by(one: SupervisedObject | UUID, on: date) -> QuerySet[DatedDetail]:
    """The orders that keep a unit from operating on a day; none while it may."""
    rows = DatedDetail.objects.filter(dated.in_force(on), object=one, kind=OPERATION.kind, code=STOPPED)
    return rows.order_by("since", "id")


def _held(one: SupervisedObject) -> None:
    SupervisedObject.objects.select_for_update(no_key=True).get(uid=one.pk)


def _told_by(one: SupervisedObject, by: str) -> QuerySet[DatedDetail]:
    return DatedDetail.objects.filter(object=one, kind=OPERATION.kind, code=STOPPED, number=by, ended_on=None)
