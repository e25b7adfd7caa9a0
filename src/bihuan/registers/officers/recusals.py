"""Keeping away (回避): whoever has an interest in an enterprise neither inspects it nor decides about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Person, Role, Tenure
from bihuan.kernel.territory.trees import in_force
from bihuan.registers.officers.certificates import may_keep
from bihuan.registers.officers.models import Recusal
from bihuan.registers.officers.trail import note


def recused(persons: Collection[int], object_uid: UUID | None, on: date) -> dict[int, Recusal]:
    """Those of ``persons`` who must keep away from the enterprise on ``on``."""
    if object_uid is None:
        return {}
    rows = Recusal.objects.filter(
        Q(until=None) | Q(until__gt=on), person__in=persons, object=object_uid, since__lte=on
    )
    return {row.person_id: row for row in rows.select_related("person")}


def recusal_failures(persons: Collection[int], object_uid: UUID | None, on: date) -> Iterator[Failure]:
    """One failure for each who must keep away, with the reason."""
    for row in recused(persons, object_uid, on).values():
        yield Failure(
            "officers.recused", f"{row.person.name} 应当回避（{row.reason}），请更换人员", "officers"
        )


def keep_away(person: Person, object: SupervisedObject, reason: str, since: date, by: Actor) -> Recusal:
    """Enter that ``person`` keeps away from ``object`` from ``since`` on.

    Raises:
        Refused: no reason (``officers.no_reason``), or entered before (``officers.recused_before``).
    """
    if not reason.strip():
        raise Refused.because("officers.no_reason", "请写明回避事由", "reason")
    row = Recusal(
        person=person, object=object, reason=reason.strip()[:200], since=since, said_by=by.name[:60], at=clock.now()
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
            said = {"person": person.name, "object": object.name, "reason": row.reason}
            note(row, "recusal_told", by, said)
    except IntegrityError as known:
        raise Refused.because(
            "officers.recused_before", f"{person.name} 对 {object.name} 的回避已经登记", "person"
        ) from known
    return row


@transaction.atomic
def lift(pk: int, on: date, reason: str, by: Actor) -> Recusal:
    """From ``on`` the person need not keep away any more; that is never for the person to say.

    Raises:
        Refused: lifted before (``officers.no_recusal``), the own one (``officers.not_to_yourself``), of another unit's
            person (``officers.not_yours``), or no reason (``officers.no_reason``).
    """
    row = Recusal.objects.select_for_update().filter(pk=pk, until=None).first()
    if row is None:
        raise Refused.because("officers.no_recusal", "没有查到这项回避，或已经解除")
    if row.person_id in by.persons:
        raise Refused.because("officers.not_to_yourself", "本人的回避由本单位其他人员或安委办解除")
    if not _keeps(by, row.person_id):
        raise Refused.because(
            "officers.not_yours", "只能解除本单位人员的回避，其他单位的由该单位或安委办解除"
        )
    if not reason.strip():
        raise Refused.because("officers.no_reason", "请写明解除的理由", "reason")
    row.until = on
    row.save(update_fields=["until"])
    note(row, "recusal_lifted", by, {"on": on.isoformat(), "reason": reason.strip()})
    return row


def _keeps(actor: Actor, person: int) -> bool:
    """Whether the person has a post in a unit whose register the actor keeps."""
    posts = Tenure.objects.filter(in_force(clock.today()), person=person).values_list(
        "post__agency", flat=True
    )
    return any(agency is not None and may_keep(actor, agency) for agency in posts) or actor.holds(Role.OFFICE)
