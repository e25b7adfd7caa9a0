"""A document that is bound into a volume stays as it was bound: nobody signs or serves it any more (M125)."""

from __future__ import annotations

from bihuan.kernel.errors import Failure
from bihuan.registers.instruments.models import Dossier, Instrument


def volume_holding(instrument: Instrument) -> Dossier | None:
    """The first volume that holds a document, of its own matter or of one it is linked to."""
    part = [{"uid": str(instrument.uid)}]
    return Dossier.objects.filter(parts__contains=part).order_by("bound_at").first()


def bound_failures(instrument: Instrument, what: str) -> list[Failure]:
    """Why a bound document takes no more of ``what`` (签名, 送达)."""
    volume = volume_holding(instrument)
    if volume is None:
        return []
    says = f"这份文书已随案卷归档（{volume.file_no}），归档后不能再{what}；归档前漏办的，请在案件中说明"
    return [Failure("instrument.bound", says)]
