"""Who is named in a text: units of the register, departments by their short words, and kinds of addressees.

A name is given as the text's time calls it, written out: 「煤炭、安监等部门」 are 区煤炭局 and 区安监局 in a district whose
speech says 全区. Which unit of the register that is today stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LEVEL = "[区县市]"


_LEAST_ENDING = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """One addressee. ``agency`` is the register's name for it, when the register knows it."""

    name: str
    text: str
    named: bool
    """A certain unit, not a kind of units (各镇街)."""
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class UnitList:
    """Several addressees joined by 、 and 和, with their place in the compact text they were read from."""

    units: tuple[Unit, ...]
    text: str
    start: int
    end: int

    @property
    def named(self) -> bool:
        return any(unit.named for unit in self.units)


@dataclass(frozen=True, slots=True)
class Register:
    """Names and short names of the district's units. ``names`` maps every way of writing to the present name."""

    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, Iterable[str]]]) -> Register:
        """From (present name, other names) pairs; the first to claim a name keeps it."""
        names: dict[str, str] = {}
        kept = [(name, list(others)) for name, others in rows]
        for name, _ in kept:
            names.setdefault(name, name)
        for name, others in kept:
            for other in others:
                if len(other) > 1:
                    names.setdefault(other, name)
        return cls(names)

    def find(self, *spellings: str) -> str | None:
        """The present name of the unit that one of the spellings means, or None.

        A spelling without the district's name (县应急管理局) means the one unit whose name ends so.
        """
        forms = [form for spelling in spellings for form in (spelling, re.sub(f"^{LEVEL}", "", spelling))]
        for form in forms:
            if form in self.names:
                return self.names[form]
        for form in forms:
            ending = {name for known, name in self.names.items() if known.endswith(form)}
            if len(form) >= _LEAST_ENDING and len(ending) == 1:
                return ending.pop()
        return None
