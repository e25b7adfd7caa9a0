"""Where a workbook of enterprises is taken in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from bihuan.kernel.web import parts
from bihuan.kernel.web.places import Intake, take_in
from bihuan.registers.keepers import KEEPERS
from bihuan.registers.objects.traits import KINDS, KindOf
from bihuan.registers.pages.listing import BASE, OBJECTS


def _after(batch: UUID, result: Mapping[str, Any]) -> Sequence[parts.Link]:
    return [parts.Link("打开企业名录", BASE)]


def _opens(kind: KindOf) -> Callable[[UUID, Mapping[str, Any]], Sequence[parts.Link]]:
    links = (parts.Link(f"打开{kind.label}名录", f"{OBJECTS}{kind.plural}/"),)
    return lambda batch, result: links


def install() -> None:
    """Offer the import of enterprises to those who keep the register."""
    take_in(
        Intake(
            kind="enterprises",
            label="企业名录",
            says="统一社会信用代码逐个核对校验位；已登记的不重复，台账里待核实的同名企业随之核实。",
            roles=KEEPERS,
            unit="家",
            after=_after,
            order=40,
        )
    )
    for place, kind in enumerate(KINDS, 41):
        take_in(
            Intake(
                kind=kind.plural,
                label=kind.label,
                says=f"{kind.says}同一镇街里名称相同的，内容一样就不重复，不一样的退回。",
                roles=KEEPERS,
                unit=kind.unit,
                after=_opens(kind),
                order=place,
            )
        )
