"""What a verification finds: one sentence a finding, naming the matter and the entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "altered", "removed", "reordered", "missing_matter", "altered_matter", "bad_signature", "bad_seal"
]
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. ``entry`` is None when it concerns a whole matter or a seal."""

    kind: Kind
    matter_no: str
    entry: int | None
    detail: str

    def as_json(self) -> dict[str, Any]:
        """The form of ``bihuan record verify --json``."""
        return {"kind": self.kind, "matter": self.matter_no, "entry": self.entry, "detail": self.detail}


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome. ``omitted`` counts findings beyond the first ten thousand, which are not listed."""

    entries: int
    not_yet_sealed: int
    findings: tuple[Finding, ...]
    omitted: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing at all was found."""
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        """The form of ``bihuan record verify --json``."""
        return {
            "ok": self.ok,
            "entries": self.entries,
            "not_yet_sealed": self.not_yet_sealed,
            "findings": [finding.as_json() for finding in self.findings],
            "omitted": self.omitted,
        }


Check = Callable[[], Iterator[Finding]]
_checks: dict[str, Check] = {}


def also_check(name: str, check: Check) -> None:
    """Have every full verification run ``check`` too; rooms above the record say so once at start-up."""
    _checks[name] = check


def further() -> Iterator[Finding]:
    """What the rooms above find."""
    for check in _checks.values():
        yield from check()
