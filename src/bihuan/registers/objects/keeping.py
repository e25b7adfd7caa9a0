"""Entering projects, buildings, places and facilities, and correcting them: the same rules for form, workbook and API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from bihuan.kernel.errors import Absent, Failure, Refused, Stale
from bihuan.kernel.objects.access import access_object, draft_object, pinyin_key, visible_objects
from bihuan.kernel.objects.models import ObjectAlias, ObjectKind, SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import GONE, Region, Sector, Standing
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import find_region, find_sector
from bihuan.registers import trail
from bihuan.registers.decisions import Decided, keep
from bihuan.registers.enterprises.amending import in_words
from bihuan.registers.keepers import may_keep, may_keep_object
from bihuan.registers.models import Building, DecisionKind, Facility, KindDetails, Place, Project
from bihuan.registers.objects.stating import Stated, failures, labels_of, shown, values
from bihuan.registers.objects.traits import KindOf, kind_of

MODELS: dict[str, type[KindDetails]] = {
    "project": Project,
    "building": Building,
    "place": Place,
    "facility": Facility,
}


def details_row(one: SupervisedObject) -> KindDetails | None:
    """The details of an object, if its kind has any and somebody has told them."""
    model = MODELS.get(one.kind)
    return model._default_manager.filter(object=one).first() if model else None


def register_object(kind: KindOf, said: Stated, actor: Actor) -> tuple[SupervisedObject, bool]:
    """Enter an object, or complete and confirm a 待核实 one of the same kind, town and name; with whether anything is new.

    Raises:
        Refused: with every reason; ``object.already_named`` when the town has one of that name that says otherwise.
    """
    with transaction.atomic():
        _one_at_a_time(kind)
        region, sector, responsible = _placed(kind, said, actor)
        here = _here(kind, said, region)
        if here is None:
            made = draft_object(
                said.name, region, kind=ObjectKind(kind.kind), sector=sector, address=said.address,
                responsible=responsible,
            )  # fmt: skip
            made.save()
            _write_details(kind, made, said)
            trail.note([_registered(kind, made, said)], actor)
            return made, True
        if here.standing == Standing.PENDING and may_keep_object(actor, here):
            here.standing = Standing.CONFIRMED
            _write(kind, here, said, region, sector, responsible)
            keep([Decided(DecisionKind.CONFIRMED, here, "由登记信息核实", said=_said(kind, said))], actor)
            return here, True
        if may_keep_object(actor, here) and stated(here).traits == _normal(kind, said):
            return here, False
        raise Refused.because(
            "object.already_named",
            f"{region.name}已登记了名为“{here.name}”的{kind.label}；信息有变的，请打开它更正；是另一个的，名称请写得能分辨",
            "name",
        )


def amend_object(
    ref: UUID | str, said: Stated, actor: Actor, reason: str, version: int | None = None
) -> SupervisedObject:
    """Write what ``said`` says; a former name stays findable.

    Raises:
        Absent: no such object in the actor's jurisdiction, or an enterprise.
        Stale: somebody changed it since ``version``.
        Refused: with every reason.
    """
    with transaction.atomic():
        found = access_object(actor, ref)
        kind = kind_of(found.kind)
        if kind is None:
            raise Absent(f"没有查到 {ref}")
        _one_at_a_time(kind)
        one = (
            SupervisedObject.objects.select_for_update(of=("self",))
            .select_related("region", "sector")
            .get(pk=found.pk)
        )
        if one.standing in GONE:
            raise Absent(f"没有查到 {ref}")
        if version is not None and version != trail.version_of(one):
            raise Stale
        if not may_keep_object(actor, one):
            raise Refused.because("object.not_yours", f"“{one.name}”的登记信息不在您的职责范围内")
        if not reason.strip():
            raise Refused.because("object.no_reason", "请写明更正的原因或依据", "reason")
        region, sector, responsible = _placed(kind, said, actor)
        namesake = _here(kind, said, region)
        if namesake is not None and namesake.pk != one.pk:
            raise Refused.because("object.already_named", f"{region.name}已有同名的{kind.label}", "name")
        former = stated(one)
        _write(kind, one, said, region, sector, responsible)
        changes = _changes(kind, former, stated(one))
        told = f"{reason.strip()}；{in_words(changes)}"
        facts = {"changes": changes, "reason": reason.strip()}
        keep([Decided(DecisionKind.AMENDED, one, told, said=facts)], actor)
    return one


def stated(one: SupervisedObject) -> Stated:
    """What the register says of an object, in the words a person would fill in."""
    kind, row = kind_of(one.kind), details_row(one)
    traits = {}
    if kind is not None:
        traits = {
            trait.name: shown(trait, getattr(row, trait.name) if row else None) for trait in kind.traits
        }
    responsible = one.responsible
    return Stated(
        name=one.name,
        region=one.region.name,
        sector=one.sector.name if one.sector else "",
        address=one.address,
        responsible=(responsible.credit_code or responsible.name) if responsible else "",
        traits=traits,
    )


def _normal(kind: KindOf, said: Stated) -> dict[str, str]:
    read = values(kind, said)
    return {trait.name: shown(trait, read[trait.name]) for trait in kind.traits}


def _one_at_a_time(kind: KindOf) -> None:
    """Two who enter the same name at the same moment: the second sees what the first has written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"registers.{kind.kind}"])


def _placed(kind: KindOf, said: Stated, actor: Actor) -> tuple[Region, Sector, SupervisedObject | None]:
    region, sector = find_region(said.region), find_sector(said.sector)
    faults = list(failures(kind, said))
    if region is None and said.region:
        faults.append(
            Failure("object.unknown_region", f"行政区划中没有“{said.region}”，请核对或先导入镇街", "region")
        )
    if sector is None and said.sector:
        faults.append(
            Failure(
                "object.unknown_sector",
                f"行业领域目录中没有“{said.sector}”，请核对，或请安委办核定这个写法",
                "sector",
            )
        )
    if region and sector and not may_keep(actor, region, sector):
        faults.append(
            Failure(
                "object.not_yours", f"{region.name}的{sector.name}{kind.label}不在您的登记权限内", "region"
            )
        )
    responsible = None
    try:
        responsible = _responsible(said.responsible, actor)
    except Refused as refused:
        faults += refused.failures
    Refused.unless(faults)
    if region is None or sector is None:
        raise AssertionError("an unplaced object was not refused")
    return region, sector, responsible


def _responsible(text: str, actor: Actor) -> SupervisedObject | None:
    ref = text.split("｜")[-1].strip()
    if not ref:
        return None
    try:
        found = access_object(actor, ref, joined=False)
        if found.kind == ObjectKind.ENTERPRISE:
            return found
    except Absent:
        pass
    named = visible_objects(actor).filter(kind=ObjectKind.ENTERPRISE, name_key=name_key(ref))[:2]
    if len(named) == 1:
        return named[0]
    why = (
        "有几家同名，请写统一社会信用代码"
        if named
        else "企业名录中没有，或不在您的辖区，请先登记企业，或留空"
    )
    raise Refused.because("object.unknown_responsible", f"责任企业“{ref}”{why}", "responsible")


def _here(kind: KindOf, said: Stated, region: Region) -> SupervisedObject | None:
    """The object of this kind and name in the town, if the register has it."""
    same = SupervisedObject.objects.filter(kind=kind.kind, region=region, name_key=name_key(said.name))
    rows = same.exclude(standing__in=GONE).select_related("region", "sector", "responsible")
    return rows.order_by("created_at").select_for_update(of=("self",)).first()


def _write(
    kind: KindOf,
    one: SupervisedObject,
    said: Stated,
    region: Region,
    sector: Sector,
    responsible: SupervisedObject | None,
) -> None:
    former = one.name_key
    one.name, one.name_key, one.name_pinyin = said.name, name_key(said.name), pinyin_key(said.name)
    one.region, one.region_path, one.sector, one.sector_path = region, region.path, sector, sector.path
    one.address, one.responsible = said.address, responsible
    one.save()
    if former != one.name_key:
        ObjectAlias.objects.get_or_create(object=one, name_key=former)
    _write_details(kind, one, said)


def _write_details(kind: KindOf, one: SupervisedObject, said: Stated) -> Model:
    row, _ = MODELS[kind.kind]._default_manager.update_or_create(object=one, defaults=values(kind, said))
    return row


def _said(kind: KindOf, said: Stated) -> dict[str, Any]:
    """What was stated, for the record; phone numbers are left out."""
    told = {"region": said.region, "sector": said.sector, "address": said.address, **_normal(kind, said)}
    return {name: text for name, text in told.items() if text and not name.endswith("phone")}


def _registered(kind: KindOf, made: SupervisedObject, said: Stated) -> trail.Noted:
    return trail.Noted(
        made,
        "registered",
        {"name": made.name, "kind": kind.kind, **_said(kind, said)},
        now=Standing.CONFIRMED.value,
    )


def _changes(kind: KindOf, former: Stated, said: Stated) -> dict[str, Sequence[str] | None]:
    changed: dict[str, Sequence[str] | None] = {}
    for name, label in labels_of(kind).items():
        old, new = former.text(name), said.text(name)
        if old != new:
            changed[label] = None if name.endswith("phone") else [old, new]
    return changed
