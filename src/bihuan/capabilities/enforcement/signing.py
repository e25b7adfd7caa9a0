"""Which papers of a case must bear their hands before it ends, and what each still lacks, place by place (M122, M125)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bihuan.capabilities.enforcement import completeness
from bihuan.kernel.errors import Failure
from bihuan.registers.instruments import dossiers, kinds, shelf, signing_places
from bihuan.registers.instruments.models import Instrument


def to_conclude(case: Any) -> Sequence[Instrument]:
    """The case's own papers, and of what is linked to it those the case rests on."""
    wanted = {kind for want in completeness.required(case) for kind in want.split("|")}
    rows = shelf.instruments_of([case.uid, *case.linked])
    return [row for row in rows if row.matter == case.uid or row.kind in wanted]


def to_archive(case: Any) -> Sequence[Instrument]:
    """Everything that is bound: once it is in the volume nobody can sign it any more."""
    rows = shelf.instruments_of([case.uid, *case.linked])
    return list(rows.exclude(kind__in=(dossiers.COVER, dossiers.CATALOGUE)))


def lacking(rows: Iterable[Instrument]) -> list[tuple[Instrument, str]]:
    """Each paper with the places nobody signed, drew or refused in, as pages call them."""
    found = []
    for row in rows:
        places = signing_places.open_places(row)
        if places:
            found.append((row, "、".join(signing_places.seat_label(row, place) for place in places)))
    return found


def unsigned_failures(rows: Iterable[Instrument]) -> Iterable[Failure]:
    """One sentence a paper, naming each place."""
    for row, places in lacking(rows):
        name = f"《{kinds.label_of(row.kind)}》{row.number}"
        yield Failure(
            "case.unsigned", f"{name}还缺签名：{places}；本人签名、当场手写签名或者登记拒签后再办理"
        )
