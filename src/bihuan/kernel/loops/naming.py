"""Photos and files belong to a matter once one of its deeds has named them; until then they are only uploads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from bihuan.kernel.attachments import keeping
from bihuan.kernel.loops.inputs import Kind, fields_of
from bihuan.kernel.loops.writing import Change


def names(given: Any) -> tuple[UUID, ...]:
    """The attachments an input names, each once."""
    found = (getattr(given, name) for name in _fields_naming(type(given)))
    return tuple(dict.fromkeys(uid for uids in found for uid in uids))


def name(changes: Sequence[Change], inputs: Sequence[Any]) -> None:
    """Bind what each deed named to its entry, in the deed's transaction; an input that asks for no file costs nothing.

    Raises:
        Refused: a file is not of this matter, or was swept at this moment (``attachment.unknown``).
    """
    if not inputs or not _fields_naming(type(inputs[0])):
        return
    spread = inputs if len(inputs) == len(changes) else [inputs[0]] * len(changes)
    for change, given in zip(changes, spread, strict=True):
        if uids := names(given):
            keeping.name(change.matter.uid, uids, change.matter.entry_count)


def name_those_here(change: Change, given: Any) -> None:
    """Keep what a late claim mentions, as far as it is here."""
    if uids := names(given):
        keeping.name_those_here(change.matter.uid, uids, change.matter.entry_count)


def _fields_naming(input_type: type) -> tuple[str, ...]:
    return tuple(item.name for item in fields_of(input_type) if item.kind in (Kind.PHOTOS, Kind.FILES))
