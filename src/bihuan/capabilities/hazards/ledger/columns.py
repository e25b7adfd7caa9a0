"""The columns a hazard ledger can have; their many wordings are data (``headings.toml``), and clerks add to them."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

from bihuan.capabilities.hazards.ledger.words import looks_like_grade, looks_like_source
from bihuan.kernel.workbooks.columns import Column, Columns

_LOOKS = {"grade": looks_like_grade, "source": looks_like_source}
"""隐患类别 is the grade in one ledger and the kind in another; its values tell."""


def _read() -> Columns:
    text = resources.files(__package__).joinpath("headings.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    return Columns(
        "hazards",
        tuple(
            Column(
                name,
                entry["label"],
                tuple(entry["headings"]),
                tuple(entry.get("patterns", ())),
                looks=_LOOKS.get(name),
                money=entry.get("money", False),
            )
            for name, entry in data["columns"].items()
        ),
        essential=("object_name", "description", "found_on"),
        needed=(("description",), ("object_name", "found_on", "place", "rectifying_unit")),
        ignored=tuple(data["ignored"]),
    )


COLUMNS = _read()
