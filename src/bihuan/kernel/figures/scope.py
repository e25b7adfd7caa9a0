"""What a figure is about: where, which sector, which source. Only scopes that cannot meet may be added."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

PREFIXES = {"regions": "region", "sectors": "sector"}
SINGLES = (
    "source", "grade", "kind", "type", "campaign", "body", "code", "site", "rule", "target", "result", "topic",
    "origin", "company", "agency", "leader",
)  # fmt: skip
KEYS = ("agency", "leader")
"""Singles that are numbers of rows; 0 is one nobody has, not every one."""
UNSET = ("", None)
NOWHERE = ("-",)
"""The path of no node: what is left of a scope that is narrowed to something outside it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of all records that is counted; the empty scope is the whole district.

    ``regions`` and ``sectors`` are node paths (``"1.5."``) and reach everything below them; several paths
    mean any of them. ``exactly`` names those of the two that mean rows filed at just these nodes, not below.
    The rest are single values: ``body`` is the organ that met, ``leader`` the post of who led.
    """

    regions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    source: str = ""
    grade: str = ""
    kind: str = ""
    type: str = ""
    campaign: str = ""
    agency: int | None = None
    body: str = ""
    code: str = ""
    """Which case of a catalogue a record falls under."""
    site: str = ""
    """The type of place it was found in."""
    rule: str = ""
    target: str = ""
    result: str = ""
    """The numbered rule it broke, the numbered target of a campaign it counts for, how it ended."""
    topic: str = ""
    origin: str = ""
    company: str = ""
    """What it is about, which organ passed it on, and which enterprise does the work."""
    leader: int | None = None
    exactly: tuple[str, ...] = ()

    def json(self) -> dict[str, Any]:
        """What is set, in plain values; the form that issued reports keep."""
        return {
            field.name: list(value) if isinstance(value, tuple) else value
            for field in fields(self)
            if (value := getattr(self, field.name)) not in ((), *UNSET)
        }

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Scope:
        """The scope that :meth:`json` wrote down."""
        parts: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
        }
        return cls(**parts)

    def singles(self) -> dict[str, Any]:
        """The single values that are set."""
        values = {name: getattr(self, name) for name in SINGLES}
        return {name: value for name, value in values.items() if value not in UNSET}

    def meets(self, other: Scope) -> bool:
        """Whether one record could lie in both. True unless the two are provably apart."""
        apart_by_path = any(self._apart(other, name) for name in PREFIXES)
        ours, theirs = self.singles(), other.singles()
        apart_by_value = any(ours[name] != theirs[name] for name in ours.keys() & theirs.keys())
        return not (apart_by_path or apart_by_value)

    def _apart(self, other: Scope, name: str) -> bool:
        ours, theirs = getattr(self, name), getattr(other, name)
        if not (ours and theirs):
            return False
        return not any(
            (a == b)
            or (a.startswith(b) and name not in other.exactly)
            or (b.startswith(a) and name not in self.exactly)
            for a in ours
            for b in theirs
        )

    def within(self, name: str, paths: tuple[str, ...], *, exactly: bool = False) -> Scope:
        """This scope narrowed to ``paths`` of ``regions`` or ``sectors``: a line under its total.

        Paths outside the scope leave nothing to count; an empty tuple would mean everything.
        """
        narrowed: dict[str, Any] = {name: paths}
        ours: tuple[str, ...] = getattr(self, name)
        if exactly:
            narrowed["exactly"] = tuple(sorted({*self.exactly, name}))
        elif ours:
            inner = [path for path in paths if path.startswith(ours)] if name not in self.exactly else []
            kept = (*inner, *(own for own in ours if own.startswith(paths) and own not in inner))
            narrowed[name] = kept or NOWHERE
        return replace(self, **narrowed)

    def at(self, name: str, value: str) -> Scope:
        """This scope narrowed to one value of one of :data:`SINGLES`."""
        narrowed: dict[str, Any] = {name: int(value or 0) if name in KEYS else value}
        return replace(self, **narrowed)

    def dims(self) -> set[str]:
        """The dimensions a tally must have to count this scope."""
        return {dim for name, dim in PREFIXES.items() if getattr(self, name)} | self.singles().keys()

    def without(self, dims: set[str]) -> Scope:
        """This scope without what a tally cannot tell apart; the caller limits the records by another way."""
        blank = Scope()
        names = {**PREFIXES, **{name: name for name in SINGLES}}
        kept = {name: getattr(blank, name) for name, dim in names.items() if dim in dims}
        kept["exactly"] = tuple(name for name in self.exactly if names[name] not in dims)
        return replace(self, **kept)
