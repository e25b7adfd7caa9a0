"""Correcting what the register says of an enterprise; what was said before stays on the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from bihuan.kernel.errors import Absent, Failure, Refused, Stale
from bihuan.kernel.objects.access import pinyin_key
from bihuan.kernel.objects.models import ObjectAlias, SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import GONE
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import find_region, find_sector
from bihuan.registers import trail
from bihuan.registers.decisions import Decided, keep
from bihuan.registers.enterprises import dated
from bihuan.registers.enterprises.access import access_enterprise
from bihuan.registers.enterprises.details import LABELS, EnterpriseDetails, failures
from bihuan.registers.enterprises.registration import details_row, single_values
from bihuan.registers.keepers import may_keep, may_keep_object
from bihuan.registers.models import DecisionKind, Enterprise


def amend_enterprise(
    ref: UUID | str, said: EnterpriseDetails, actor: Actor, reason: str, version: int | None = None
) -> SupervisedObject:
    """Write what ``said`` says; a former name stays findable, a merged object cannot be amended.

    ``version`` is that of ``trail.version_of`` when the form was filled in.

    Raises:
        Absent: no such enterprise in the actor's jurisdiction.
        Stale: somebody changed it since ``version``.
        Refused: with every reason; the code of another enterprise is ``enterprise.code_taken``.
    """
    with transaction.atomic():
        uid = access_enterprise(actor, ref).uid
        known = SupervisedObject.objects.select_for_update().get(uid=uid)
        if known.standing in GONE:
            raise Absent(f"没有查到企业 {ref}")
        if version is not None and version != trail.version_of(known):
            raise Stale
        former = stated(known)
        _place(known, said, actor, reason)
        _name(known, said)
        _save(known)
        row = details_row(known, said)
        row.save(force_insert=not Enterprise.objects.filter(object=known).exists())
        dated.follow_single([(known, single_values(row))], actor)
        added = dated.add_told([(known, said.told)], actor).get(known.pk, [])
        changes = changes_between(former, said)
        told = f"{reason.strip()}；{in_words(changes)}"
        keep(
            [Decided(DecisionKind.AMENDED, known, told, said={"changes": changes, "reason": reason.strip()})],
            actor,
        )
        trail.note([trail.Noted(known, "detail_told", dated.said_of(one)) for one in added], actor)
    return known


def stated(known: SupervisedObject) -> EnterpriseDetails:
    """What the register says of an enterprise, in the words a person would fill in."""
    row = Enterprise.objects.filter(object=known).first() or Enterprise(object=known)
    return EnterpriseDetails(
        name=known.name,
        credit_code=known.credit_code,
        region=known.region.name,
        sector=known.sector.name if known.sector else "",
        address=known.address,
        industry_code=row.industry_code,
        ownership=str(row.get_ownership_display()),
        scale=str(row.get_scale_display()),
        staff_count="" if row.staff_count is None else str(row.staff_count),
        principal_name=row.principal_name,
        principal_phone=row.principal_phone,
        safety_manager_name=row.safety_manager_name,
        safety_manager_phone=row.safety_manager_phone,
        business=row.business,
    )


def _place(known: SupervisedObject, said: EnterpriseDetails, actor: Actor, reason: str) -> None:
    region, sector = find_region(said.region), find_sector(said.sector)
    faults = list(failures(said))
    if not reason.strip():
        faults.append(Failure("enterprise.no_reason", "请写明更正的原因或依据", "reason"))
    if region is None and said.region.strip():
        faults.append(
            Failure("enterprise.unknown_region", f"行政区划中没有“{said.region.strip()}”", "region")
        )
    if sector is None and said.sector.strip():
        faults.append(
            Failure("enterprise.unknown_sector", f"行业领域目录中没有“{said.sector.strip()}”", "sector")
        )
    mine = may_keep_object(actor, known) and (
        region is None or sector is None or may_keep(actor, region, sector)
    )
    if not mine:
        faults.append(Failure("enterprise.not_yours", "更正前后的属地和行业都应在您的登记权限内", "region"))
    Refused.unless(faults)
    if region is not None and sector is not None:
        known.region, known.region_path = region, region.path
        known.sector, known.sector_path = sector, sector.path
    known.address, known.credit_code = said.address.strip(), said.code


def _name(known: SupervisedObject, said: EnterpriseDetails) -> None:
    former = known.name_key
    known.name, known.name_key = said.name.strip(), name_key(said.name)
    known.name_pinyin = pinyin_key(known.name)
    if former != known.name_key:
        ObjectAlias.objects.get_or_create(object=known, name_key=former)


def _save(known: SupervisedObject) -> None:
    try:
        with transaction.atomic():
            known.save()
    except IntegrityError as error:
        if "one_object_per_credit_code" not in str(error):
            raise
        raise Refused.because(
            "enterprise.code_taken", "这个统一社会信用代码已登记为其他企业，请核对", "credit_code"
        ) from error


def changes_between(former: EnterpriseDetails, said: EnterpriseDetails) -> dict[str, list[str] | None]:
    """Which fields changed, from what to what; phone numbers are named but not repeated."""
    changed: dict[str, list[str] | None] = {}
    for field, label in LABELS.items():
        old, new = str(getattr(former, field)), str(getattr(said, field)).strip()
        if old != new:
            changed[label] = None if field.endswith("phone") else [old, new]
    return changed


def in_words(changes: Mapping[str, Sequence[str] | None]) -> str:
    """「企业名称：甲→乙，主要负责人电话」."""
    parts = [
        label if pair is None else f"{label}：{pair[0] or '空'}→{pair[1] or '空'}"
        for label, pair in changes.items()
    ]
    return "，".join(parts) or "内容未变"
