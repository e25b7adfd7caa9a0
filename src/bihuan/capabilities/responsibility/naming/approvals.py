"""Who approved and who signed (M005): kept as said, never changed; shown with every licence and acceptance of an object."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from bihuan.capabilities.responsibility.naming.models import Approval
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role

NOTING = frozenset({Role.OFFICE, Role.REGULATOR, Role.TOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One approval as its keeper says it."""

    what: str
    title: str
    approver: str
    approver_post: str
    signer: str
    signer_post: str
    on: date
    number: str = ""
    corrects: int | None = None


def note(ref: UUID | str, given: Signed, actor: Actor) -> Approval:
    """Keep who approved and who signed something about an object.

    Raises:
        Absent: no such object in the actor's jurisdiction.
        Refused: not the actor's to note, a name is missing, or the day lies ahead.
    """
    one = access_object(actor, ref, joined=False)
    if not (
        actor.all_seeing or actor.covers(NOTING, one.region_path, one.sector_path, one.agency_id, one.uid)
    ):
        raise Refused.because("approval.not_yours", f"“{one.name}”的审批签字不由您的岗位登记")
    Refused.unless(list(_failures(given)))
    known = given.corrects is None or Approval.objects.filter(pk=given.corrects, object=one).exists()
    if not known:
        raise Refused.because("approval.nothing_to_correct", "没有要更正的那一条", "corrects")
    with transaction.atomic():
        return Approval.objects.create(
            object=one,
            what=given.what,
            title=given.title.strip()[:120],
            number=given.number.strip()[:60],
            approver=given.approver.strip()[:60],
            approver_post=given.approver_post.strip()[:120],
            signer=given.signer.strip()[:60],
            signer_post=given.signer_post.strip()[:120],
            on=given.on,
            corrects_id=given.corrects,
            noted_by=actor.name[:60],
            noted_by_post=actor.post[:120],
            noted_at=clock.now(),
        )


def _failures(given: Signed) -> list[Failure]:
    labels = {
        "title": "事项", "approver": "审批人", "approver_post": "审批人职务", "signer": "签字人",
        "signer_post": "签字人职务",
    }  # fmt: skip
    found = [
        Failure("approval.missing", f"请填写「{label}」", name)
        for name, label in labels.items()
        if not getattr(given, name).strip()
    ]
    if given.what not in Approval.What.values:
        found.append(Failure("approval.unknown_kind", "请选择事项类别", "what"))
    if given.on > clock.today():
        found.append(Failure("approval.in_future", f"日期 {given.on} 晚于今天，请核对", "on"))
    return found
