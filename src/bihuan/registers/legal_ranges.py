"""The legal range of every policy a district may set; law is dated data that only a release changes."""

from __future__ import annotations

from datetime import date

from bihuan.kernel.policies.declarations import Declaration, declare
from bihuan.registers.catalogue_files import entries


def declare_legal_ranges() -> None:
    """Declare all policies of this release; called when the application starts, harmless when repeated."""
    for entry in entries("legal_ranges.json"):
        since = date.fromisoformat(entry["since"]) if "since" in entry else date.min
        declare(Declaration(**{**entry, "since": since}))
