"""Sealed answers: the record keeps only a commitment, the value lies once in the vault."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from bihuan.kernel.loops.inputs import Kind, fields_of
from bihuan.kernel.vault.safe import put


def seal_fields(matter: UUID, given: Any) -> dict[str, str]:
    """Put each sealed field of the input into the vault; its commitment by field name."""
    return {
        described.name: put(matter, described.name, getattr(given, described.name))
        for described in fields_of(type(given))
        if described.kind is Kind.SEALED and getattr(given, described.name)
    }
