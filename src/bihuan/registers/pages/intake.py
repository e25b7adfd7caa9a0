"""Where a workbook of enterprises is taken in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from bihuan.kernel.web import parts
from bihuan.kernel.web.places import Intake, take_in
from bihuan.registers.keepers import KEEPERS
from bihuan.registers.pages.listing import BASE


def _after(batch: UUID, result: Mapping[str, Any]) -> Sequence[parts.Link]:
    return [parts.Link("打开企业名录", BASE)]


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
