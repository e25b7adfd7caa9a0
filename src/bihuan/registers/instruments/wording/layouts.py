"""The wording of every kind, gathered."""

from __future__ import annotations

from collections.abc import Mapping

from bihuan.registers.instruments.wording import (
    closing,
    coercion,
    decision,
    execution,
    hearing,
    inspection,
    investigation,
)
from bihuan.registers.instruments.wording.pieces import Layout

LAYOUTS: Mapping[str, Layout] = {
    **inspection.LAYOUTS, **coercion.LAYOUTS, **investigation.LAYOUTS, **hearing.LAYOUTS, **decision.LAYOUTS,
    **execution.LAYOUTS, **closing.LAYOUTS,
}  # fmt: skip
