"""The register of suppliers: who may be asked to cut off power or explosives, dated, every change on the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from bihuan.capabilities.enforcement.measures.models import Supplier
from bihuan.capabilities.enforcement.measures.states import OPEN_STATES
from bihuan.kernel import clock, record
from bihuan.kernel.errors import Absent, Failure, Refused
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency

KIND = "supplier"
PREFIX = "supplier/"
VERBS = {"registered": "登记供应单位", "ended": "停用供应单位"}
KEEPERS = frozenset({Role.OFFICE, Role.REGULATOR})
_SPACE = UUID("5b1c8a44-90b5-5d0e-8d1e-6a1f2f6f7c21")


@dataclass(frozen=True, slots=True)
class Told:
    """A supplier as registered. ``object`` or ``agency`` tells who acknowledges by page; neither: by paper only."""

    supply: str
    name: str
    answerable: Agency
    contact: str
    phone: str
    object: SupervisedObject | None = None
    agency: Agency | None = None


def register(told: Told, actor: Actor, since: date | None = None) -> Supplier:
    """Enter a supplier from ``since`` (today) on.

    Raises:
        Refused: not the actor's to keep (``supplier.not_yours``), there already (``supplier.there_already``) or
            something missing.
    """
    Refused.unless([*_rights(actor), *_faults(told)])
    with transaction.atomic():
        row = Supplier(
            supply=told.supply, name=told.name.strip(), answerable=told.answerable, contact=told.contact.strip(),
            phone=told.phone.strip(), object=told.object, agency=told.agency, since=since or clock.today(),
        )  # fmt: skip
        row.save()
        said = {
            "supply": row.supply,
            "name": row.name,
            "answerable": told.answerable.name,
            "contact": row.contact,
        }
        _note(row, "registered", actor, {**said, "since": row.since.isoformat()})
    return row


def _faults(told: Told) -> Iterator[Failure]:
    for field, label in (("name", "名称"), ("contact", "联系人"), ("phone", "电话")):
        if not getattr(told, field).strip():
            yield Failure("supplier.missing", f"请填写{label}", field)
    if Supplier.objects.filter(supply=told.supply, name=told.name.strip(), until=None).exists():
        yield Failure("supplier.there_already", "这个供应单位已登记；信息有变的，先停用原来的再登记", "name")


def _rights(actor: Actor) -> Iterator[Failure]:
    if not (actor.all_seeing or actor.roles & KEEPERS):
        yield Failure("supplier.not_yours", "供应单位由安委办或监管部门登记")


def end(pk: int, actor: Actor, on: date | None = None) -> Supplier:
    """From ``on`` (today) nothing new is asked of the supplier; measures going on are kept to it.

    Raises:
        Absent: no such supplier in force.
        Refused: not the actor's to keep, or a measure is still open with it (``supplier.in_use``).
    """
    Refused.unless(_rights(actor))
    with transaction.atomic():
        row = Supplier.objects.select_for_update().filter(pk=pk, until=None).first()
        if row is None:
            raise Absent("没有这个供应单位，或已停用")
        going = row.measures.filter(state__in=[state.value for state in OPEN_STATES]).first()
        if going is not None:
            raise Refused.because("supplier.in_use", f"{going.no} 仍在执行中，办结后再停用")
        row.until = max(on or clock.today(), row.since)
        row.save(update_fields=["until"])
        _note(row, "ended", actor, {"name": row.name, "until": row.until.isoformat()})
    return row


def trail_of(number: str) -> UUID:
    """The chain of the supplier with this number."""
    return uuid5(_SPACE, number)


def _note(row: Supplier, verb: str, actor: Actor, said: Mapping[str, Any]) -> None:
    number = f"{PREFIX}{row.pk}"
    chain = trail_of(number)
    seq, previous = record.ends_of([chain]).get(chain) or (0, record.genesis(chain))
    moment = clock.now()
    record.append(
        [
            record.NewEntry(
                matter=chain, seq=seq + 1, previous=previous, kind=KIND, matter_no=number, verb=verb, from_state="",
                to_state="", actor_id=actor.ref, actor_name=actor.name, actor_post=actor.post, happened_at=moment,
                recorded_at=moment, payload=dict(said),
            )
        ]
    )  # fmt: skip
