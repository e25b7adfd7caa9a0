"""What the system already knows of the rows of a ledger, asked for some thousands at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bihuan.capabilities.hazards.ledger import identity
from bihuan.capabilities.hazards.ledger.row import LedgerRow
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import Grade, HazardState, Source
from bihuan.kernel.objects.models import SupervisedObject


@dataclass(frozen=True, slots=True)
class Known:
    """A hazard that an earlier ledger brought; ``facts`` as that ledger stated them, grade and source as they stand."""

    uid: UUID
    no: str
    object: UUID
    state: HazardState
    touched: bool
    facts: Mapping[str, str]


def candidates(row: LedgerRow, object_: SupervisedObject, *, new: bool) -> list[bytes]:
    """The keys under which a row may be known: by the code or name it gives, and by those the register gives.

    A unit may add the credit code later, or drop it; the row stays the same row. The first key is the row's own.
    """
    own = identity.row_key(row)
    if new:
        return [own]
    names = (
        object_.uid.hex,
        row.credit_code,
        identity.plain(row.object_name),
        object_.credit_code,
        identity.plain(object_.name),
    )
    return list(dict.fromkeys([own, *(identity.row_key(row, enterprise=name) for name in names if name)]))


def find(keys: Iterable[Sequence[bytes]]) -> dict[bytes, Known]:
    """The known hazards among ``keys``, by the key they are kept under."""
    wanted = [key for several in keys for key in several]
    rows = Hazard.objects.filter(row_key__in=wanted).values_list(
        "row_key", "uid", "no", "object_id", "state", "hands", "row_facts", "grade", "source"
    )
    return {bytes(row[0]): _known(row) for row in rows if row[0] is not None}


def _known(row: tuple[Any, ...]) -> Known:
    _, uid, no, about, state, hands, facts, grade, source = row
    standing = {**(facts or {}), "grade": Grade(grade).label, "source": Source(source).label}
    touched = any(not name.startswith(("claim", "note_claim")) for name in hands)
    return Known(uid, no, about, HazardState(state), touched, standing)
