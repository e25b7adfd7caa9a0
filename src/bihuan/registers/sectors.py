"""The sector tree: who regulates an enterprise follows from its sector, so a word must mean one sector.

The tree and its aliases are dated package data; ``load_sectors`` brings them into the territory tables, where
a district may add aliases of its own. A word that is neither name nor alias is no sector: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bihuan.kernel.territory.names import name_key
from bihuan.registers.catalogue_files import entries


@dataclass(frozen=True, slots=True)
class SectorNode:
    """One sector of the catalogue. ``words`` are all spellings it answers to, its own name first."""

    code: str
    name: str
    words: tuple[str, ...]
    parent: SectorNode | None
    since: date
    until: date | None

    def lineage(self) -> tuple[SectorNode, ...]:
        """From the root sector down to this one."""
        return (*(self.parent.lineage() if self.parent else ()), self)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One version of the tree, in order from the roots down."""

    version: str
    nodes: tuple[SectorNode, ...]


@cache
def catalogue() -> Catalogue:
    """The version of the tree that this release carries."""
    raw = entries("sectors.json")
    reader = _Reader(tuple(raw["suffixes"]), raw["valid_from"])
    return Catalogue(
        raw["version"], tuple(node for entry in raw["sectors"] for node in reader.read(entry, None))
    )


def sector_named(text: str) -> SectorNode | None:
    """The sector that a name, alias or code means; ``None`` for a word the catalogue does not know."""
    return _by_word().get(name_key(text))


def sector_coded(code: str) -> SectorNode | None:
    """The sector with this code."""
    return _by_code().get(code)


@cache
def _by_code() -> dict[str, SectorNode]:
    return {node.code: node for node in catalogue().nodes}


@cache
def _by_word() -> dict[str, SectorNode]:
    return {name_key(word): node for node in catalogue().nodes for word in (*node.words, node.code)}


@dataclass(frozen=True)
class _Reader:
    suffixes: tuple[str, ...]
    since: str

    def read(self, entry: dict[str, Any], parent: SectorNode | None) -> Iterator[SectorNode]:
        stems = (entry["name"], *entry["aliases"])
        spelled = (stem + end for end in ("", *self.suffixes) for stem in stems if not _doubled(stem, end))
        until = entry.get("until")
        node = SectorNode(
            code=entry["code"],
            name=entry["name"],
            words=tuple(dict.fromkeys(spelled)),
            parent=parent,
            since=date.fromisoformat(entry.get("since", self.since)),
            until=date.fromisoformat(until) if until else None,
        )
        yield node
        for child in entry.get("children", ()):
            yield from self.read(child, node)


def _doubled(stem: str, suffix: str) -> bool:
    return bool(suffix) and (stem.endswith(suffix) or (suffix.startswith("行业") and stem.endswith("业")))
