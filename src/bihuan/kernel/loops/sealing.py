"""Sealed answers: the record keeps only a commitment, the value lies once in the vault."""

from __future__ import annotations

import functools
from typing import Any
from uuid import UUID

from bihuan.kernel.loops.inputs import Kind, fields_of
from bihuan.kernel.vault.safe import put


def seal_fields(matter: UUID, given: Any) -> dict[str, str]:
    """Put each sealed field of the input into the vault; its commitment by field name."""
    return {
        name: put(matter, name, value)
        for name in _sealed(type(given))  # type: ignore[arg-type]
        if (value := getattr(given, name))
    }


@functools.cache
def _sealed(input_type: type[Any]) -> tuple[str, ...]:
    return tuple(item.name for item in fields_of(input_type) if item.kind is Kind.SEALED)
