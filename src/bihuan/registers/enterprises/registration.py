"""Entering enterprises into the register, one or a workbook at a time; the same rules for both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import IntegrityError, transaction

from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Region, Sector, Standing
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import find_region, find_sector
from bihuan.registers import trail
from bihuan.registers.decisions import Decided, keep
from bihuan.registers.enterprises import dated
from bihuan.registers.enterprises.dated_kinds import PRINCIPAL, SAFETY_MANAGER, STAFF
from bihuan.registers.enterprises.details import EXTRA, LABELS, EnterpriseDetails, failures
from bihuan.registers.keepers import may_keep, may_keep_object
from bihuan.registers.models import DatedDetail, DecisionKind, Enterprise

ALREADY_THERE = "enterprise.already_there"


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """One row of a workbook: its line in the sheet, its own number, its cells and headings by field."""

    line: int
    no: str
    cells: Mapping[str, str]
    headings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """Why a row was not taken, in the words of the import interface."""

    row: int
    no: str
    column: str
    value: str
    reason: str
    code: str


@dataclass(slots=True)
class EnterpriseImport:
    """What an import did, or with rejected rows and no ``partial`` would have done.

    ``supplemented`` counts known enterprises whose file only grew by a dated detail.
    """

    accepted: int = 0
    confirmed: int = 0
    supplemented: int = 0
    already_there: int = 0
    rejected: list[RejectedRow] = field(default_factory=list)
    written: bool = False


@dataclass(slots=True)
class _Entry:
    details: EnterpriseDetails
    object: SupervisedObject
    new: bool
    only_dated: bool = False


class _Register:
    """What is already known, read once for all rows."""

    def __init__(self, codes: Iterable[str], actor: Actor, *, held: bool = True) -> None:
        rows = SupervisedObject.objects.select_for_update(of=("self",)) if held else SupervisedObject.objects
        known = rows.filter(credit_code__in=set(codes)).select_related("region", "sector", "enterprise")
        self.by_code = {found.credit_code: found for found in known.order_by("pk")}
        files = DatedDetail.objects.filter(
            object__in=[one.pk for one in self.by_code.values()], ended_on=None
        )
        self.files = {(row.object_id, row.kind, row.code, row.name, row.number, row.until) for row in files}
        self.actor = actor
        self.taken: dict[str, str] = {}
        self.region = cache(find_region)
        self.sector = cache(find_sector)

    def entry(self, details: EnterpriseDetails) -> _Entry:
        """The object a row would make or complete.

        Raises:
            Refused: with every reason found.
        """
        region, sector = self.region(details.region), self.sector(details.sector)
        faults = [*failures(details), *self._unplaced(details, region, sector)]
        if details.code in self.taken:
            faults.append(
                Failure(
                    "enterprise.code_twice",
                    f"同一表中“{self.taken[details.code]}”已使用这个统一社会信用代码",
                    "credit_code",
                )
            )
        Refused.unless(faults)
        if region is None or sector is None:
            raise AssertionError("an unplaced row was not refused")
        entry = self._placed(details, region, sector)
        self.taken[details.code] = details.name.strip()
        return entry

    def _unplaced(
        self, details: EnterpriseDetails, region: Region | None, sector: Sector | None
    ) -> Iterator[Failure]:
        if region is None and details.region.strip():
            yield Failure(
                "enterprise.unknown_region",
                f"行政区划中没有“{details.region.strip()}”，请核对或先导入镇街",
                "region",
            )
        if sector is None and details.sector.strip():
            yield Failure(
                "enterprise.unknown_sector", f"行业领域目录中没有“{details.sector.strip()}”，请核对", "sector"
            )
        if region and sector and not may_keep(self.actor, region, sector):
            yield Failure(
                "enterprise.not_yours", f"{region.name}的{sector.name}企业不在您的登记权限内", "region"
            )

    def _placed(self, details: EnterpriseDetails, region: Region, sector: Sector) -> _Entry:
        here = self.by_code.get(details.code)
        if here is None:
            made = draft_object(
                details.name, region, sector=sector, credit_code=details.code, address=details.address.strip()
            )
            return _Entry(details, made, new=True)
        if self._only_dated(details, here, region, sector):
            return _Entry(details, here, new=False, only_dated=True)
        self._comparable(details, here, region, sector)
        here.region, here.region_path = region, region.path
        here.sector, here.sector_path = sector, sector.path
        here.address = details.address.strip() or here.address
        return _Entry(details, here, new=False)

    def _only_dated(
        self, details: EnterpriseDetails, here: SupervisedObject, region: Region, sector: Sector
    ) -> bool:
        """Whether a row says of a known enterprise what the register says, and a paper or process it lacks."""
        if here.standing != Standing.CONFIRMED or not _unchanged(details, here, region, sector):
            return False
        if not may_keep_object(self.actor, here):
            return False
        rows = [dated.row_of(told, here, self.actor) for told in details.told]
        return any(
            (row.object_id, row.kind, row.code, row.name, row.number, row.until) not in self.files
            for row in rows
        )

    def _comparable(
        self, details: EnterpriseDetails, here: SupervisedObject, region: Region, sector: Sector
    ) -> None:
        """A row completes a 待核实 object of the same name; all else under a known code is refused."""
        if here.standing == Standing.PENDING and here.name_key == name_key(details.name):
            if not may_keep_object(self.actor, here):
                raise Refused.because(
                    "enterprise.not_yours", "这个统一社会信用代码的企业不在您的登记权限内", "credit_code"
                )
            return
        if here.standing == Standing.CONFIRMED and _unchanged(details, here, region, sector):
            raise Refused.because(ALREADY_THERE, f"“{here.name}”已登记，内容相同", "credit_code")
        shown = f"“{here.name}”" if may_keep_object(self.actor, here) else "其他企业"
        raise Refused.because(
            "enterprise.code_taken",
            f"这个统一社会信用代码已登记为{shown}，不能重复登记；信息有变的，请在企业档案中更改",
            "credit_code",
        )


def register_enterprise(details: EnterpriseDetails, actor: Actor) -> SupervisedObject:
    """Enter one enterprise, or complete and confirm a 待核实 one of the same code and name.

    Raises:
        Refused: with every reason, ``enterprise.code_taken`` among them: one code, one record (M053).
    """
    with transaction.atomic():
        entry = _Register([details.code], actor).entry(details)
        _write([entry], actor)
    return entry.object


def import_enterprises(
    rows: Sequence[EnterpriseRow], actor: Actor, *, partial: bool = False, dry_run: bool = False
) -> EnterpriseImport:
    """Enter the enterprises of a workbook: all or nothing, or with ``partial`` the good rows.

    A row that says what the register says adds nothing; every other row under a known code is rejected.
    """
    outcome = EnterpriseImport()
    stated = [(row, _details(row)) for row in rows]
    with transaction.atomic():
        register = _Register((details.code for _, details in stated), actor, held=not dry_run)
        entries = []
        for row, details in stated:
            try:
                entries.append(register.entry(details))
            except Refused as refused:
                _note(outcome, row, details, refused)
        outcome.accepted = sum(entry.new for entry in entries)
        outcome.supplemented = sum(entry.only_dated for entry in entries)
        outcome.confirmed = len(entries) - outcome.accepted - outcome.supplemented
        if not dry_run and (partial or not outcome.rejected):
            _write(entries, actor)
            outcome.written = True
    return outcome


def _note(
    outcome: EnterpriseImport, row: EnterpriseRow, details: EnterpriseDetails, refused: Refused
) -> None:
    if refused.failures[0].code == ALREADY_THERE:
        outcome.already_there += 1
        return
    for failure in refused.failures:
        name = failure.field or "name"
        outcome.rejected.append(
            RejectedRow(
                row.line,
                row.no,
                row.headings.get(name) or _ALL_LABELS[name],
                getattr(details, name),
                failure.message,
                failure.code,
            )
        )


def _details(row: EnterpriseRow) -> EnterpriseDetails:
    known = {name: str(value or "") for name, value in row.cells.items() if name in _ALL_LABELS}
    return EnterpriseDetails(**{"name": "", "credit_code": "", "region": "", "sector": "", **known})


_ALL_LABELS = {**LABELS, **EXTRA}


def _write(entries: Sequence[_Entry], actor: Actor) -> None:
    try:
        with transaction.atomic():
            SupervisedObject.objects.bulk_create([entry.object for entry in entries if entry.new])
    except IntegrityError as error:
        if "one_object_per_credit_code" not in str(error):
            raise
        raise Refused.because(
            "enterprise.code_taken", "有企业刚刚被他人登记，请刷新后再办理", "credit_code"
        ) from error
    told = [entry for entry in entries if not entry.only_dated]
    completed = [entry.object for entry in told if not entry.new]
    for known in completed:
        known.standing = Standing.CONFIRMED
    SupervisedObject.objects.bulk_update(
        completed, ["standing", "region", "region_path", "sector", "sector_path", "address"], batch_size=500
    )
    keep([Decided(DecisionKind.CONFIRMED, known, "由企业登记信息核实") for known in completed], actor)
    trail.note([_registered(entry.object) for entry in told if entry.new], actor)
    details = [details_row(entry.object, entry.details) for entry in told]
    Enterprise.objects.bulk_create(
        details,
        update_conflicts=True,
        unique_fields=["object"],
        update_fields=[name for name in _COLUMNS if name != "object"],
    )
    _write_dated(entries, list(zip([entry.object for entry in told], details, strict=True)), actor)


def _registered(made: SupervisedObject) -> trail.Noted:
    said = {"name": made.name, "credit_code": made.credit_code, "region": made.region.name}
    if made.sector is not None:
        said["sector"] = made.sector.name
    return trail.Noted(made, "registered", said, now=Standing.CONFIRMED.value)


def _write_dated(
    entries: Sequence[_Entry], details: Sequence[tuple[SupervisedObject, Enterprise]], actor: Actor
) -> None:
    dated.follow_single([(one, single_values(row)) for one, row in details], actor)
    added = dated.add_told([(entry.object, entry.details.told) for entry in entries], actor)
    objects = {entry.object.pk: entry.object for entry in entries}
    trail.note(
        [
            trail.Noted(objects[uid], "detail_told", dated.said_of(row))
            for uid, rows in added.items()
            for row in rows
        ],
        actor,
    )


def single_values(row: Enterprise) -> dict[str, dict[str, Any]]:
    """The values of the main form that are dated beside it, as the columns of a dated detail."""
    return {
        STAFF.kind: {"name": "", "number": "", "count": row.staff_count},
        PRINCIPAL.kind: {"name": row.principal_name, "number": row.principal_phone, "count": None},
        SAFETY_MANAGER.kind: {
            "name": row.safety_manager_name,
            "number": row.safety_manager_phone,
            "count": None,
        },
    }


def details_row(known: SupervisedObject, said: EnterpriseDetails) -> Enterprise:
    """The unsaved details of an enterprise, from what was stated; not yet told to ``known``."""
    return Enterprise(
        object_id=known.pk,
        industry_code="".join(said.industry_code.split()).upper(),
        ownership=said.ownership_value,
        scale=said.scale_value,
        staff_count=said.staff,
        principal_name=said.principal_name.strip(),
        principal_phone=said.principal_phone.strip(),
        safety_manager_name=said.safety_manager_name.strip(),
        safety_manager_phone=said.safety_manager_phone.strip(),
        business=said.business.strip(),
    )


_COLUMNS = tuple(column.name for column in Enterprise._meta.concrete_fields)


def _unchanged(details: EnterpriseDetails, here: SupervisedObject, region: Region, sector: Sector) -> bool:
    """Whether a row says nothing the register does not say; cells left empty say nothing."""
    if (here.name_key, here.region_id, here.sector_id) != (name_key(details.name), region.pk, sector.pk):
        return False
    if details.address.strip() not in ("", here.address):
        return False
    known, said = getattr(here, "enterprise", None), details_row(here, details)
    stated = [name for name in _COLUMNS if name not in ("object", "updated_at") and getattr(said, name)]
    return all(known is not None and getattr(known, name) == getattr(said, name) for name in stated)
