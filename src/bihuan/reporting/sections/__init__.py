"""The parts a report is put together from; a later capability's figures get their part by registering one more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bihuan.kernel.documents import Block, Run
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.models import Kind


@dataclass(frozen=True)
class Part:
    """What a section contributes.

    ``blocks`` stand under 工作开展情况 and begin with a heading of level 2. ``problems`` and ``next_steps`` are
    proposals in the clerk's own notation (numbers only as 【…】), printed until the clerk writes others. ``opening`` are
    whole sentences that stand before the report's own first one: the situation it is written in.
    """

    blocks: tuple[Block, ...] = ()
    problems: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    opening: tuple[Run, ...] = ()


@dataclass(frozen=True)
class Section:
    """One section: its name, its place among the others, and how it is composed."""

    name: str
    order: int
    compose: Callable[[Briefing], Part]
    kinds: frozenset[str] = frozenset({Kind.HALF_YEAR.value})


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Add a section to the reports of its kinds.

    Raises:
        ValueError: another section already has the name.
    """
    if _sections.get(section.name, section) is not section:
        raise ValueError(f"section {section.name} is declared twice")
    _sections[section.name] = section


def withdraw(name: str) -> None:
    """Take a section back."""
    _sections.pop(name, None)


def sections_of(kind: str) -> list[Section]:
    """The sections of a kind of report, in order."""
    fitting = (section for section in _sections.values() if kind in section.kinds)
    return sorted(fitting, key=lambda section: (section.order, section.name))


def all_sections() -> list[Section]:
    """Every section of any kind of report, in order."""
    return sorted(_sections.values(), key=lambda section: (section.order, section.name))
