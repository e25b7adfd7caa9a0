"""The kinds of enforcement documents as dated data: names, numbers, fields, signing places, basis, marks.

The data lie in ``kinds.json``; each kind says how far its name, number mark and fields were checked (V1 against the
text of the law, V2 against a public copy, K not yet). K shows as 待核对 on pages, never on paper.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

Shape = Literal["text", "long", "lines", "table", "date", "minute", "money", "number", "people", "opinion"]
Seal = Literal["organ", "special", "none"]
_DATA = Path(__file__).parent / "kinds.json"
SEALS: Mapping[str, str] = {"organ": "行政机关印章", "special": "执法专用章", "none": "不盖章"}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table field."""

    key: str
    label: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Field:
    """One fact a kind needs; ``columns`` only of a table."""

    key: str
    label: str
    shape: Shape
    required: bool
    columns: tuple[TableColumn, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody signs: ``officer_1``, ``party``, ``witness``, ``approver`` …"""

    key: str
    label: str
    required: bool


@dataclass(frozen=True)
class Kind:
    """One kind in one version. ``series`` is its mark in the number (应急责改), empty for papers without a number."""

    no: int
    slug: str
    code: str
    name: str
    group: str
    internal: bool
    seal: Seal
    series: str
    fields: tuple[Field, ...]
    places: tuple[Place, ...]
    foot: tuple[str, ...]
    basis: tuple[str, ...]
    rule: str
    marks: Mapping[str, str]
    version: str
    effective_from: date
    effective_to: date | None

    @cached_property
    def by_key(self) -> Mapping[str, Field]:
        """Fields by their key."""
        return {field.key: field for field in self.fields}

    @cached_property
    def place_keys(self) -> Mapping[str, Place]:
        """Signing places by their key."""
        return {place.key: place for place in self.places}

    @property
    def unchecked(self) -> tuple[str, ...]:
        """What of it is still to be checked, in words for the page."""
        words = {"name": "名称", "number": "文号代字", "fields": "栏目"}
        return tuple(words[key] for key, mark in self.marks.items() if mark == "K" and key in words)

    def in_force(self, on: date) -> bool:
        """Whether this version holds on a day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


@cache
def _raw() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(_DATA.read_text(encoding="utf-8"))
    return content


@cache
def all_kinds() -> tuple[Kind, ...]:
    """Every kind in every version, in the order of the procedure."""
    raw = _raw()
    return tuple(_kind(item, raw) for item in raw["kinds"])


@cache
def _by_slug() -> Mapping[str, tuple[Kind, ...]]:
    found: dict[str, tuple[Kind, ...]] = {}
    for each in all_kinds():
        found[each.slug] = (*found.get(each.slug, ()), each)
    return found


def kind(slug: str, on: date | None = None) -> Kind:
    """The kind called ``slug`` as it holds on a day (the newest without one).

    Raises:
        KeyError: no such kind, or none in force on that day.
    """
    versions = _by_slug()[slug]
    if on is None:
        return versions[-1]
    for each in versions:
        if each.in_force(on):
            return each
    raise KeyError(f"{slug} is not in force on {on}")


def label_of(slug: str) -> str:
    """The Chinese name of a kind."""
    return kind(slug).name


def known_keys() -> frozenset[str]:
    """Keys of all facts any kind asks for."""
    return frozenset(_raw()["fields"])


def _kind(item: Mapping[str, Any], raw: Mapping[str, Any]) -> Kind:
    until = item.get("effective_to", raw["effective_to"])
    return Kind(
        no=item["no"], slug=item["slug"], code=item["code"], name=item["name"], group=item["group"],
        internal=item["scope"] == "内部", seal=item["seal"], series=item["series"],
        fields=tuple(_field(word, raw) for word in item["fields"].split()),
        places=tuple(_place(word) for word in item["places"].split()), foot=tuple(item["foot"].split()),
        basis=tuple(item["basis"]), rule=item["rule"], marks=item["marks"],
        version=item.get("version", raw["version"]),
        effective_from=date.fromisoformat(item.get("effective_from", raw["effective_from"])),
        effective_to=date.fromisoformat(until) if until else None,
    )  # fmt: skip


def _split(word: str) -> tuple[str, bool, str]:
    """``party?:当事人`` is the key, whether it is required, and a label of its own."""
    key, _, label = word.partition(":")
    return key.removesuffix("?"), not key.endswith("?"), label


def _field(word: str, raw: Mapping[str, Any]) -> Field:
    key, required, own = _split(word)
    label, shape = raw["fields"][key]
    columns = tuple(TableColumn(*each) for each in raw["tables"][key]) if shape == "table" else ()
    return Field(key, own or label, shape, required, columns)


def _place(word: str) -> Place:
    key, required, label = _split(word)
    return Place(key, label, required)
