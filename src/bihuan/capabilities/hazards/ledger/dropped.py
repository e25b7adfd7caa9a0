"""What a unit sent before and leaves out now: a hazard must not fall out of sight because its row did.

Nothing is changed for it. Only rows that earlier ledgers of the same unit brought are missed, and only of the days this
ledger is about: a ledger of one month owes nothing of the months before.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from bihuan.capabilities.hazards.access import visible_hazards
from bihuan.capabilities.hazards.ledger import identity
from bihuan.capabilities.hazards.ledger.row import LedgerRow
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import HazardState
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.workbooks.importers import SHOWN
from bihuan.kernel.workbooks.models import BatchStatus, ImportBatch

Span = tuple[date, date]
_WHOLE_YEAR = timedelta(days=360)
"""A title that names a year is written on monthly sheets too, so it does not tell which days a ledger is about."""
_GONE = (HazardState.VOIDED.value, HazardState.MERGED.value)


@dataclass(slots=True)
class Sent:
    """What stands in a ledger: which hazards its rows are, from when to when, and the words of rows that are wrong."""

    known: set[UUID] = field(default_factory=set)
    first: date | None = None
    last: date | None = None
    _unread: set[str] = field(default_factory=set)

    def take(self, row: LedgerRow) -> None:
        """Note the day of a good row."""
        found = row.found_on
        if found is not None:
            self.first = found if self.first is None or found < self.first else self.first
            self.last = found if self.last is None or found > self.last else self.last

    def take_wrong(self, row: LedgerRow) -> None:
        """Note a row that is there, whatever is wrong with it."""
        self._unread.add(identity.plain(row.place + row.description))

    def holds(self, place: str, description: str) -> bool:
        """Whether a row that could not be read is about this finding."""
        return identity.plain(place + description) in self._unread


def dropped(sent: Sent, batch: ImportBatch, unit: str, actor: Actor) -> dict[str, Any]:
    """How many hazards of ``unit``'s earlier ledgers are missing in this one, and the first of them, as an answer has it."""
    spans = _spans(batch.summary.get("sheets", ()), sent)
    batches = _earlier(batch, unit)
    missing: list[UUID] = []
    if spans and batches:
        days = Q()
        for first, last in spans:
            days |= Q(found_on__range=(first, last))
        rows = visible_hazards(actor).filter(days, batch__in=batches).exclude(state__in=_GONE)
        listed = rows.order_by("found_on", "uid").values_list("uid", "place", "description")
        missing = [
            uid for uid, place, text in listed if uid not in sent.known and not sent.holds(place, text)
        ]
    return {"dropped": _shown(missing[:SHOWN]), "dropped_rows": len(missing)}


def _earlier(batch: ImportBatch, unit: str) -> list[UUID]:
    """The ledgers of a unit that are in the system already."""
    done = ImportBatch.objects.filter(kind=batch.kind, status=BatchStatus.DONE, result__filing__unit=unit)
    return list(done.exclude(pk=batch.pk).values_list("pk", flat=True))


def _spans(sheets: Sequence[Mapping[str, Any]], sent: Sent) -> list[Span]:
    """The days a ledger is about: what its titles say, else the whole months of its rows."""
    stated = [span for sheet in sheets if (span := _stated(sheet))]
    if len(stated) < len(sheets) and sent.first is not None and sent.last is not None:
        end = calendar.monthrange(sent.last.year, sent.last.month)[1]
        stated.append((sent.first.replace(day=1), sent.last.replace(day=end)))
    return stated


def _stated(sheet: Mapping[str, Any]) -> Span | None:
    if not sheet.get("period") or not sheet.get("period_stated"):
        return None
    first, last = (date.fromisoformat(day) for day in sheet["period"])
    return (first, last) if last - first < _WHOLE_YEAR else None


def _shown(missing: Iterable[UUID]) -> list[dict[str, Any]]:
    rows = Hazard.objects.filter(uid__in=list(missing)).select_related("object").order_by("found_on", "uid")
    return [
        {
            "matter": one.no, "object": one.object.name, "found_on": str(one.found_on), "place": one.place,
            "description": one.description, "state": HazardState(one.state).label,
        }
        for one in rows
    ]  # fmt: skip
