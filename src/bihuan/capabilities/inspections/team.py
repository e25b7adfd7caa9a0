"""Who inspects: names and certificate numbers read into persons, experts' names into rows of their register."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bihuan.kernel.errors import Failure
from bihuan.kernel.people.models import ADMIN_ROLES, ENTERPRISE_ROLES, Person, Tenure
from bihuan.kernel.territory.trees import in_force
from bihuan.registers.officers import advisors, certificates, recusals
from bihuan.registers.officers.models import Advisor, Certificate


@dataclass
class Read:
    """What lines of names meant, and which of them meant nothing or too much."""

    ids: list[int] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def lines_of(text: str) -> list[str]:
    """Names one a line, or with 、 between; each once."""
    written = text.replace("、", "\n").replace("，", "\n").replace(",", "\n")
    return list(dict.fromkeys(line.strip() for line in written.splitlines() if line.strip()))


def read_officers(text: str, units: Collection[int], on: date) -> Read:
    """Persons by name among those with a post in the inspecting units, or by the number of a certificate; two statements."""
    read, wanted = Read(), lines_of(text)
    by_no = dict(
        Certificate.objects.filter(certificates.in_force(on), no__in=wanted).values_list("no", "person_id")
    )
    tenures = Tenure.objects.filter(in_force(on), person__name__in=wanted, post__agency__in=units)
    by_name: dict[str, set[int]] = {}
    for name, person in tenures.exclude(post__role__in=ADMIN_ROLES | ENTERPRISE_ROLES).values_list(
        "person__name", "person_id"
    ):
        by_name.setdefault(name, set()).add(person)
    for line in wanted:
        found = {by_no[line]} if line in by_no else by_name.get(line, set())
        if len(found) == 1:
            read.ids += [pk for pk in found if pk not in read.ids]
        elif found:
            says = f"检查单位里不止一人叫“{line}”，请改填执法证号"
            read.failures.append(Failure("inspection.officer_ambiguous", says, "officers"))
        else:
            says = f"在检查单位中没有查到“{line}”，请核对姓名，或填写执法证号"
            read.failures.append(Failure("inspection.officer_unknown", says, "officers"))
    return read


def read_experts(text: str, on: date) -> Read:
    """Rows of the register of experts and agencies by name; whoever lapsed by ``on`` is refused (M072)."""
    read, wanted = Read(), lines_of(text)
    rows: dict[str, Advisor] = {}
    for row in Advisor.objects.filter(name__in=wanted).order_by("until"):
        rows[row.name] = row if row.valid(on) or row.name not in rows else rows[row.name]
    for line in wanted:
        if line not in rows:
            says = f"专家和机构名册里没有“{line}”，请先登记"
            read.failures.append(Failure("inspection.expert_unknown", says, "experts"))
        elif (lapsed := advisors.expired(rows[line], on, "experts")) is not None:
            read.failures.append(lapsed)
        else:
            read.ids.append(rows[line].pk)
    return read


def lapsed_experts(experts: Sequence[int], on: date) -> list[Failure]:
    """Those of the register of advisors whose qualification does not hold on the day they take part (M072)."""
    rows = Advisor.objects.filter(pk__in=experts).order_by("pk")
    found = (advisors.expired(row, on, "experts") for row in rows)
    return [failure for failure in found if failure is not None]


def objections(inspection: Any, officers: Sequence[int], on: date) -> list[Failure]:
    """What stands against these people inspecting on ``on``: fewer than two who may enforce, or somebody who keeps away."""
    failures = list(recusals.recusal_failures(officers, inspection.object_id, on))
    if inspection.enforcing:
        failures += certificates.two_failures(officers, on, inspection.all_units)
    if not officers:
        failures.append(Failure("inspection.nobody", "请填写检查人员", "officers"))
    return failures


def of_the_place(inspection: Any, region_path: str) -> bool:
    """Whether a place below the district holds what is inspected: such a unit must not know before the arrival (M108)."""
    return region_path.count(".") > 1 and inspection.region_path.startswith(region_path)


def of_the_target(inspection: Any, officers: Sequence[int], on: date) -> list[str]:
    """Those of ``officers`` with a post in the place or the enterprise inspected, unless the place itself inspects."""
    tenures = Tenure.objects.filter(in_force(on), person__in=officers).exclude(
        post__agency=inspection.agency_id
    )
    told = tenures.values_list("person__name", "post__region_path", "post__object")
    return sorted(
        {
            name
            for name, path, object in told
            if object == inspection.object_id or of_the_place(inspection, path)
        }
    )


def on_paper(officers: Sequence[int], on: date) -> list[dict[str, str]]:
    """The officers with their certificate numbers as documents print them, those certified first."""
    held = certificates.certificates_on(officers, on)
    names = dict(Person.objects.filter(pk__in=officers).values_list("pk", "name"))
    ranked = sorted((pk for pk in officers if pk in names), key=lambda pk: pk not in held)
    return [{"name": names[pk], "certificate": held[pk].no if pk in held else ""} for pk in ranked]


def names_of(officers: Sequence[int]) -> list[str]:
    """Names in the order given."""
    known = dict(Person.objects.filter(pk__in=officers).values_list("pk", "name"))
    return [known[pk] for pk in officers if pk in known]


def expert_names(experts: Sequence[int]) -> list[str]:
    """Names of experts and agencies in the order given."""
    known = dict(Advisor.objects.filter(pk__in=experts).values_list("pk", "name"))
    return [known[pk] for pk in experts if pk in known]
