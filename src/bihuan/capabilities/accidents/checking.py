"""Versions of the facts against the record: rows beside an accident that its own columns do not bind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bihuan.capabilities.accidents.models import COUNTS, Accident, AccidentVersion
from bihuan.capabilities.accidents.versions import KEPT
from bihuan.kernel.record.findings import Finding
from bihuan.kernel.record.reading import entries_of


def verify_versions() -> Iterator[Finding]:
    """Every accident whose versions are not as its entries tell: one too many, one gone, or another number in one."""
    for accident in Accident.objects.order_by("no").iterator():
        versions = {one.number: one for one in accident.versions.all()}
        if sorted(versions) != list(range(1, accident.told + 1)):
            detail = f"事实版本应有{accident.told}版，登记有{len(versions)}版"
            yield Finding("altered_matter", accident.no, None, detail)
            continue
        yield from _as_told(accident, versions)
        yield from _as_it_stands(accident, versions[accident.told])


def _as_told(accident: Accident, versions: dict[int, AccidentVersion]) -> Iterator[Finding]:
    for entry in entries_of(accident.uid):
        said: dict[str, Any] = entry.payload
        number = said.get("version")
        if number is None or number not in versions:
            continue
        version = versions[number]
        told = {"grade": said.get("grade")} | {name: said.get(name, 0) for name in COUNTS if "deaths" in said}
        wrong = [
            name for name, value in told.items() if value is not None and getattr(version, name) != value
        ]
        if wrong:
            detail = f"第{number}版与记录不符：{'、'.join(wrong)}"
            yield Finding("altered_matter", accident.no, entry.seq, detail)


def _as_it_stands(accident: Accident, last: AccidentVersion) -> Iterator[Finding]:
    """The last version says what the accident's own columns say, which every entry binds."""
    wrong = [name for name in KEPT if getattr(last, name) != getattr(accident, name)]
    if wrong:
        detail = f"现行版本与事故本身不符：{'、'.join(wrong)}"
        yield Finding("altered_matter", accident.no, None, detail)
