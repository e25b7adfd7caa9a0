"""Reading and forgetting sealed fields: never without a reason, never without an entry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops.inputs import Field, Kind, fields_of
from bihuan.kernel.loops.locking import lock
from bihuan.kernel.loops.registry import Running, running
from bihuan.kernel.loops.writing import Change, append_entries, columns_of, update_row
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.vault import safe

READ, FORGET = "read_sealed", "forget_sealed"


def sealed_fields(loop: str) -> dict[str, Field]:
    """The sealed fields a loop's deeds ask for, by name."""
    service = running(loop)
    deeds = (*service.loop.openings, *service.loop.deeds)
    return {item.name: item for deed in deeds for item in fields_of(deed.input) if item.kind is Kind.SEALED}


def may_read(service: Running, matter: Any, actor: Actor) -> bool:
    """Whether one of the hands that sealed fields are open to is the actor's."""
    return any(hand.holds(actor, matter) for hand in service.loop.sealed_to)


@transaction.atomic
def read_sealed(loop: str, no: str, field: str, reason: str, *, actor: Actor) -> str:
    """The value of a sealed field. The reading is an entry before the value leaves the vault.

    Raises:
        Absent: no such matter, field or value.
        Refused: no reason (``sealed.no_reason``), not one of the hands (``sealed.not_yours``), or the key was
            destroyed (``sealed.forgotten``).
    """
    service, matter, described = _asked(loop, no, field, reason, actor)
    _enter(service, matter, READ, {"field": field, "reason": reason.strip()}, actor)
    try:
        return safe.reveal(matter.uid, field)
    except safe.Forgotten:
        raise Refused.because("sealed.forgotten", f"「{described.label}」已按规定销毁，无法再查看") from None
    except Absent:
        raise Absent(f"{no} 没有「{described.label}」") from None


@transaction.atomic
def forget_sealed(loop: str, no: str, reason: str, *, actor: Actor) -> list[str]:
    """Destroy the key of a matter's sealed fields: the values are gone for good, the chain stays whole.

    Returns the names of the fields that were forgotten.

    Raises:
        Refused: no reason, not one of the hands, or nothing is held (``sealed.nothing_held``).
    """
    service, matter, _ = _asked(loop, no, "", reason, actor)
    fields = safe.readable_fields_of(matter.uid)
    if not fields:
        raise Refused.because("sealed.nothing_held", f"{no} 没有密封内容，或者已经销毁")
    _enter(service, matter, FORGET, {"fields": fields, "reason": reason.strip()}, actor)
    safe.forget(matter.uid)
    return fields


def _asked(loop: str, no: str, field: str, reason: str, actor: Actor) -> tuple[Running, Any, Field]:
    service = running(loop)
    matter = lock(service, [no], actor)[0]
    known = sealed_fields(loop)
    if field and field not in known:
        raise Absent(f"{service.loop.label}没有这个密封项")
    if not may_read(service, matter, actor):
        hands = "、".join(hand.label for hand in service.loop.sealed_to)
        raise Refused.because("sealed.not_yours", f"密封内容只供{hands}因工作需要查看")
    if len(reason.strip()) < 4:
        deed = "查看" if field else "销毁"
        raise Refused.because("sealed.no_reason", f"请写明{deed}的理由（不少于四个字），理由将留痕", "reason")
    return service, matter, known[field] if field else Field("", "密封内容", Kind.SEALED, True)


def _enter(service: Running, matter: Any, verb: str, payload: dict[str, Any], actor: Actor) -> None:
    before = columns_of(matter)
    at = clock.now()
    append_entries(service, [Change(matter, verb, matter.state, payload, at, at, before)], actor)
    update_row(matter, before)


def holds_sealed(matter: UUID) -> list[str]:
    """Names of the sealed fields whose values the vault can still open."""
    return safe.readable_fields_of(matter)
