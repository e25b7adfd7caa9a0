"""What the system already knows of the rows of a ledger, asked for some thousands at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from bihuan.capabilities.hazards.ledger import identity
from bihuan.capabilities.hazards.states import Grade, HazardState, Source
from bihuan.kernel.objects.models import SupervisedObject


@dataclass(frozen=True, slots=True)
class Known:
    """A hazard that an earlier ledger brought; ``facts`` as that ledger stated them, grade and source as they stand.

    ``live`` are its columns by now, under the names of the facts and only where they say something.
    """

    uid: UUID
    no: str
    object: UUID
    state: HazardState
    touched: bool
    facts: Mapping[str, str]
    live: Mapping[str, str]


def names_of(row_name: str, code: str, object_: SupervisedObject, *, new: bool) -> tuple[str, ...]:
    """The names under which a row's enterprise may be known: as the row gives it, and as the register does.

    A unit may add the credit code later, or drop it; the row stays the same row. The first is the row's own.
    """
    plain = identity.plain(row_name)
    own = code or plain
    if new:
        return (own,)
    others = (object_.uid.hex, plain, object_.credit_code, identity.plain(object_.name))
    return tuple(dict.fromkeys([own, *(name for name in others if name)]))


def find(keys: Iterable[Sequence[bytes]]) -> dict[bytes, Known]:
    """The known hazards among ``keys``, by the key they are kept under."""
    wanted = [key for several in keys for key in several]
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [wanted])
        return {bytes(row[0]): _known(row) for row in cursor}


_LIVE = {
    "found_by": "found_by", "rectifier": "responsible_person", "measures": "measures", "funds": "funds_planned_fen",
    "rectify_by": "rectify_by", "rectified_on": "rectified_on", "acceptor": "accepted_by", "accepted_on": "accepted_on",
}  # fmt: skip
_FIND = f"""
SELECT row_key, uid, no, object_id, state, hands, row_facts, grade, source, {", ".join(_LIVE.values())}
  FROM hazards_hazard WHERE row_key = ANY(%s)
"""  # noqa: S608 - names of our own columns


def _known(row: tuple[Any, ...]) -> Known:
    _, uid, no, about, state, hands, facts, grade, source, *columns = row
    live = {name: str(one) for name, one in zip(_LIVE, columns, strict=True) if one not in (None, "")}
    hands, facts = json.loads(hands), json.loads(facts) if facts else {}
    standing = {**facts, "grade": Grade(grade).label, "source": Source(source).label}
    touched = any(not name.startswith(("claim", "note_claim")) for name in hands)
    return Known(uid, no, about, HazardState(state), touched, standing, live)
