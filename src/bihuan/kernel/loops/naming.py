"""Photos and files belong to a matter once one of its deeds has named them; until then they are only uploads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from bihuan.kernel.attachments import keeping
from bihuan.kernel.loops.declaration import Loop
from bihuan.kernel.loops.inputs import Kind, fields_of
from bihuan.kernel.loops.registry import all_running
from bihuan.kernel.loops.writing import Change
from bihuan.kernel.record.findings import Finding
from bihuan.kernel.record.reading import number_of, payloads_told

DIGESTS = "file_digests"
"""What an entry says of the files it names: the SM3 of each one's bytes, by its identity."""
LATE_VERB = "late_claim"
AT_ONCE = 500


def names(given: Any) -> tuple[UUID, ...]:
    """The attachments an input names, each once."""
    found = (getattr(given, name) for name in _fields_naming(type(given)))
    return tuple(dict.fromkeys(uid for uids in found for uid in uids))


def name(changes: Sequence[Change], inputs: Sequence[Any]) -> None:
    """Bind what each deed names to the entry about to be written, which tells the digest of every file.

    Part of the deed's transaction and before its entries, so that who exchanges a photo later, row and file, is found
    by the record. An input that asks for no file costs nothing.

    Raises:
        Refused: a file is not of this matter, or was swept at this moment (``attachment.unknown``).
    """
    if not inputs or not _fields_naming(type(inputs[0])):
        return
    spread = inputs if len(inputs) == len(changes) else [inputs[0]] * len(changes)
    for change, given in zip(changes, spread, strict=True):
        if uids := names(given):
            _tell(change, keeping.name(change.matter.uid, uids, change.matter.entry_count + 1))


def name_those_here(change: Change, given: Any) -> None:
    """Keep what a late claim mentions, as far as it is here."""
    if uids := names(given):
        _tell(change, keeping.name_those_here(change.matter.uid, uids, change.matter.entry_count + 1))


def verify_files() -> Iterator[Finding]:
    """Every file that an entry named and that is gone from the table, or whose digest there is another now.

    The files themselves are read by :func:`verify_bytes`.
    """
    verbs = {running.loop.name: [*_verbs_naming(running.loop), LATE_VERB] for running in all_running()}
    entries = payloads_told(verbs)
    while some := list(islice(entries, AT_ONCE)):
        named = [(no, seq, _digests_told(payload)) for no, seq, payload in some]
        kept = keeping.digests_of({uid for _, _, told in named for uid in told})
        for no, seq, told in named:
            for uid, digest in told.items():
                if uid not in kept:
                    yield Finding("removed", no, seq, f"这条记录载明的附件{uid}已不在登记中")
                elif kept[uid].hex() != digest:
                    yield Finding("altered", no, seq, f"附件{uid}的摘要与这条记录载明的不一致，可能被替换")


def verify_bytes() -> Iterator[Finding]:
    """Every stored file that is gone from the disk or is not what its row says. Reads them all."""
    for fault in keeping.check_files():
        one = fault.attachment
        number = number_of(one.matter)
        if fault.kind == "gone":
            yield Finding("removed", number, one.named_seq, f"附件{one.pk}（{one.name}）的文件已不在磁盘上")
        else:
            yield Finding(
                "altered", number, one.named_seq, f"附件{one.pk}（{one.name}）的文件与登记的摘要不符"
            )


def _verbs_naming(loop: Loop) -> list[str]:
    return [deed.name for deed in (*loop.openings, *loop.deeds) if _fields_naming(deed.input)]


def _digests_told(payload: Mapping[str, Any]) -> dict[UUID, str]:
    """Nothing where somebody altered the entry: that is told of the entry itself."""
    try:
        return {UUID(uid): str(digest) for uid, digest in payload.get(DIGESTS, {}).items()}
    except (AttributeError, ValueError):
        return {}


def _tell(change: Change, digests: dict[UUID, bytes]) -> None:
    if digests:
        change.payload[DIGESTS] = {str(uid): digest.hex() for uid, digest in sorted(digests.items())}


def _fields_naming(input_type: type) -> tuple[str, ...]:
    return tuple(item.name for item in fields_of(input_type) if item.kind in (Kind.PHOTOS, Kind.FILES))
