"""What papers say of an enforcing organ: its full name, the X of its numbers, bank, reconsideration organ and court."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.uid import uuid7
from bihuan.registers.instruments.chains import note
from bihuan.registers.instruments.models import OrganProfile

KEEPERS = frozenset({Role.OFFICE, Role.REGULATOR, Role.TOWN})
"""Who may keep an organ's page: whoever heads the organ, or the committee office for all."""


@dataclass(frozen=True, slots=True)
class Organ:
    """The profile as papers print it."""

    full_name: str
    short_name: str
    address: str
    phone: str
    reconsideration: str
    court: str
    mark: str = "应急"
    contact: str = ""
    bank: str = ""
    account_name: str = ""
    account: str = ""


def organ_of(agency: Agency | None) -> Organ:
    """What the papers of an agency say of it.

    Raises:
        Refused: nobody has told it yet (``instrument.no_organ_profile``).
    """
    row = OrganProfile.objects.filter(agency=agency).first() if agency is not None else None
    if row is None:
        name = agency.name if agency is not None else "办理单位"
        raise Refused.because(
            "instrument.no_organ_profile",
            f"“{name}”还没有填写文书上的机关信息（全称、简称、复议机关、管辖法院等），"
            "请到“执法案件 › 文书 › 机关信息”填写后再制发",
        )
    return told(row)


def told(row: OrganProfile) -> Organ:
    """A stored profile as papers print it."""
    return Organ(**{each.name: getattr(row, each.name) for each in fields(Organ)})


def may_keep(actor: Actor, agency: Agency) -> bool:
    """Whether the actor may tell what papers say of ``agency``: one who heads it, the committee office, the system."""
    if actor.is_system or actor.holds(Role.OFFICE):
        return True
    return any(scope.role in KEEPERS and scope.agency_id == agency.pk for scope in actor.scopes)


@transaction.atomic
def keep(agency: Agency, organ: Organ, actor: Actor) -> OrganProfile:
    """Tell or change what the papers of ``agency`` say of it; papers already issued keep what they said.

    Raises:
        Refused: not the actor's organ (``instrument.organ_not_yours``), or something needed is empty
            (``instrument.organ_incomplete``).
    """
    if not may_keep(actor, agency):
        raise Refused.because("instrument.organ_not_yours", "机关信息由本机关或者安委办填写")
    said = {name: str(value).strip() for name, value in asdict(organ).items()}
    Refused.unless(_missing(said))
    Agency.objects.select_for_update().get(pk=agency.pk)
    row = OrganProfile.objects.filter(agency=agency).first()
    new = row is None
    if row is None:
        row = OrganProfile(uid=uuid7(), agency=agency, no=f"organ/{agency.pk}")
    for name, value in said.items():
        setattr(row, name, value)
    row.changed_at = clock.now()
    note(row, "kept", actor, {**said, "agency": agency.name})
    row.save(force_insert=new)
    return row


def _missing(said: dict[str, Any]) -> list[Failure]:
    needed = ("full_name", "short_name", "mark", "address", "phone", "reconsideration", "court")
    return [
        Failure(
            "instrument.organ_incomplete",
            f"请填写{OrganProfile._meta.get_field(name).verbose_name}",  # type: ignore[union-attr]
            name,
        )
        for name in needed
        if not said[name]
    ]
