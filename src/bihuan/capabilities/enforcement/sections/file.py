"""What lies in the file: evidence, papers of what it came from, and the cases before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bihuan.capabilities.enforcement.models import Case
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.finding import addresses_of, came_from
from bihuan.registers.instruments import kinds, shelf


def evidence(case: Case) -> Sequence[parts.Fact]:
    """The evidence, numbered as in the file."""
    return [
        parts.Fact(f"{number}", row["name"], hint=row.get("proves", "") or row["on"])
        for number, row in enumerate(case.evidence, 1)
    ]


def documents(case: Case) -> Sequence[parts.Fact]:
    """The documents of what is linked to the case, which lie in its file; its own stand in their own section."""
    if not case.linked:
        return ()
    rows = shelf.instruments_of(case.linked).values_list("uid", "kind", "number", "issued_on")
    return [
        parts.Fact(kinds.label_of(kind), number or "无编号", hint=f"{issued_on}", href=paper_address(uid))
        for uid, kind, number, issued_on in rows
    ]


def paper_address(uid: Any) -> str:
    """Where a document is read."""
    return f"/instruments/{uid}/"


def origin(case: Case, actor: Actor) -> Sequence[parts.Fact]:
    """The matter the case came from."""
    return (came_from(case.origin, actor),) if case.origin else ()


def former(case: Case, actor: Actor) -> Sequence[parts.Fact]:
    """The chain that raised the tier (M096)."""
    known = addresses_of(case.former, actor)
    return [
        parts.Fact(no, known[no][1] if no in known else "", href=known[no][0] if no in known else "")
        for no in case.former
    ]
