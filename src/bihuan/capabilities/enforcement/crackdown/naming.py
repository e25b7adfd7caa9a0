"""What the seven rules and the 7 + 7 targets are called on a day; a district sets it, nothing that was read lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from bihuan.capabilities.enforcement.crackdown import trail
from bihuan.capabilities.enforcement.crackdown.catalogue import FAMILIES, Family
from bihuan.capabilities.enforcement.crackdown.models import Name
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role

UNSET = "名称待核对，由安委办按文件设定"


@dataclass(frozen=True, slots=True)
class Named:
    """A number with its words; ``set_here`` is empty while nobody has set them."""

    code: str
    number: str
    label: str = ""
    basis: str = ""
    since: date | None = None

    @property
    def words(self) -> str:
        return f"{self.number}：{self.label}" if self.label else self.number

    @property
    def hint(self) -> str:
        return f"{self.basis}，{self.since} 起" if self.label else UNSET


def family_of(code: str) -> Family:
    """The family of a numbered code.

    Raises:
        Refused: there is no such code (``crackdown.code_unknown``).
    """
    family = FAMILIES.get(code.partition(".")[0])
    if family is None or code not in family.codes():
        raise Refused.because("crackdown.code_unknown", f"没有“{code}”这个编号，请从页面上选择", "code")
    return family


def named(code: str, on: date) -> Named:
    """One number as it is called on a day."""
    return all_named(family_of(code), on)[code]


def all_named(family: Family, on: date) -> Mapping[str, Named]:
    """Every number of a family as it is called on a day, by one statement."""
    rows = Name.objects.filter(code__in=family.codes(), since__lte=on).order_by("since", "id")
    known = {row.code: row for row in rows}
    found = {}
    for place, code in enumerate(family.codes(), start=1):
        number = f"{family.label}{family.word.format(place)}"
        row = known.get(code)
        found[code] = Named(code, number, row.label, row.basis, row.since) if row else Named(code, number)
    return found


def set_name(code: str, label: str, basis: str, since: date, by: Actor) -> Name:
    """Set what a number is called from a day on; the former wording ends there.

    Raises:
        Refused: not the committee office, nothing said, or a day before the wording in force.
    """
    if not (by.is_system or by.holds(Role.OFFICE)):
        raise Refused.because("crackdown.not_yours", "名称由安委办设定")
    family_of(code)
    label, basis = label.strip(), basis.strip()
    Refused.unless(_faults(label, basis))
    with transaction.atomic():
        former = Name.objects.select_for_update().filter(code=code, until=None).first()
        if former is not None and former.since >= since:
            says = f"现行名称自 {former.since} 起施行，新的名称应晚于这一天"
            raise Refused.because("crackdown.name_out_of_order", says, "since")
        if former is not None:
            former.until = since
            former.save(update_fields=["until"])
        try:
            with transaction.atomic():
                made = Name.objects.create(
                    code=code, label=label[:200], basis=basis[:200], since=since, set_by=by.name, set_at=clock.now()
                )  # fmt: skip
        except IntegrityError as reason:
            raise Refused.because(
                "crackdown.named_meanwhile", "刚刚已有人设定了名称，请刷新后再看"
            ) from reason
        said = {"code": code, "label": made.label, "basis": made.basis, "since": since.isoformat()}
        trail.note(f"names/{code}", "named", said, by)
    return made


def _faults(label: str, basis: str) -> list[Failure]:
    found = []
    if not label:
        found.append(Failure("crackdown.no_label", "请填写名称", "label"))
    if not basis:
        found.append(Failure("crackdown.no_basis", "请填写依据的文件", "basis"))
    return found
