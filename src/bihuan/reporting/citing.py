"""Numbers of a paper and what stands behind each: a figure, or a counted list. Nothing else may put a number there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from bihuan.kernel.crypto import sm3
from bihuan.kernel.documents import FigureRef
from bihuan.kernel.documents.numerals import money, percent
from bihuan.kernel.figures.values import NOTHING, FigureValue
from bihuan.kernel.web.figures.cards import records_href


@dataclass(frozen=True)
class Roll:
    """A counted list that no figure covers (filings due, recurring hazards): its rows are its proof.

    ``told`` is what is printed where the number is not the length of the list but stands in it: a published GDP, a rate.
    """

    name: str
    label: str
    unit: str
    caption: str
    keys: tuple[str, ...]
    href: str = ""
    told: str = ""

    @property
    def text(self) -> str:
        """As a sentence prints it, without the unit."""
        return self.told or str(self.count)

    @property
    def count(self) -> int:
        return len(self.keys)

    @cached_property
    def digest(self) -> bytes:
        """SM3 over the keys in order, as figures digest the records they count."""
        return sm3.digest("".join(f"{key}\n" for key in sorted(self.keys)).encode())

    def json(self) -> dict[str, Any]:
        """What an issue keeps of it."""
        return {
            "name": self.name, "label": self.label, "unit": self.unit, "caption": self.caption, "count": self.count,
            "digest": self.digest.hex(), "keys": list(self.keys), **({"told": self.told} if self.told else {}),
        }  # fmt: skip


@dataclass(frozen=True)
class Cited:
    """One number that the paper prints, however often: ``anchor`` names its row in the appendix."""

    anchor: str
    label: str
    line: str
    source: FigureValue | Roll

    @property
    def shown(self) -> str:
        """The value as the appendix prints it."""
        if isinstance(self.source, Roll):
            return f"{self.source.text}{self.source.unit}"
        told = printed(self.source) + ("" if self.source.kind != "count" else self.source.unit)
        return (
            f"{told}（其中台账所载{self.source.claimed}{self.source.unit}）" if claims(self.source) else told
        )


def claims(value: FigureValue) -> int:
    """How many of a count only a ledger vouches for."""
    return value.claimed or 0 if value.kind == "count" else 0


def printed(value: FigureValue, digits: int | None = None) -> str:
    """A figure as a sentence prints it: a bare count, 98.5%, an amount in the unit a reader expects."""
    if value.kind == "ratio":
        if value.numerator is None or not value.denominator:
            return NOTHING
        return percent(value.numerator, value.denominator, value.digits if digits is None else digits)
    if value.kind == "sum":
        return money(value.amount or 0)
    return f"{value.amount or 0}"


def key_of(value: FigureValue) -> tuple[str, str, date, str]:
    """What makes two answers the same number: figure, period, cut-off and scope."""
    return value.figure, value.period.label, value.as_of, repr(sorted(value.scope.json().items()))


class Citations:
    """Collects every number a paper prints, in the order of first use."""

    def __init__(self) -> None:
        self._cited: dict[Any, Cited] = {}

    def figure(
        self, value: FigureValue, line: str = "", *, digits: int | None = None, claimed: bool = False
    ) -> FigureRef:
        """The figure's number for a sentence; ``claimed`` prints the part that only ledgers vouch for."""
        cited = self._keep(key_of(value), value.label, line, value)
        text = str(claims(value)) if claimed else printed(value, digits)
        return FigureRef(text, cited.anchor, records_href(value))

    def bare(self, value: FigureValue, line: str = "", *, digits: int | None = None) -> FigureRef:
        """The same for a table whose heading states the unit."""
        ref = self.figure(value, line, digits=digits)
        return replace(ref, text=ref.text.removesuffix("%"))

    def roll(self, roll: Roll) -> FigureRef:
        """The length of a counted list."""
        cited = self._keep(roll.name, roll.label, "", roll)
        return FigureRef(roll.text, cited.anchor, roll.href)

    def _keep(self, key: Any, label: str, line: str, source: FigureValue | Roll) -> Cited:
        if key not in self._cited:
            self._cited[key] = Cited(f"figure-{len(self._cited) + 1}", label, line, source)
        return self._cited[key]

    def all(self) -> Sequence[Cited]:
        """Every cited number, in the order of first use."""
        return list(self._cited.values())

    def rolls(self) -> list[Roll]:
        return [cited.source for cited in self.all() if isinstance(cited.source, Roll)]

    def anchors(self) -> Mapping[Any, str]:
        """The anchor of each figure by :func:`key_of`."""
        return {key: cited.anchor for key, cited in self._cited.items()}

    def to_freeze(self) -> list[FigureValue]:
        """The cited figures as freezing takes them: each total once, its cited lines under it."""
        totals: dict[Any, FigureValue] = {}
        lines: dict[Any, dict[str, FigureValue]] = defaultdict(dict)
        for cited in self.all():
            value = cited.source
            if isinstance(value, Roll):
                continue
            group = value.figure, value.period.label, value.as_of
            if cited.line:
                taken = lines[group]
                name = cited.line if cited.line not in taken else f"{cited.line}（{len(taken)}）"
                taken[name] = replace(value, by={})
            else:
                totals.setdefault(group, value)
        missing = [group for group in lines if group not in totals]
        if missing:
            raise ValueError(f"lines without their total: {missing}")
        return [replace(value, by=lines[group]) for group, value in totals.items()]


def identity(key: UUID | int) -> UUID:
    """Rows that are no matters have a running number for a key; as an identity it is far from every uid we make."""
    return key if isinstance(key, UUID) else UUID(int=key)


def packed(keys: Iterable[UUID | int]) -> bytes:
    """Identities in order, sixteen bytes each."""
    return b"".join(uid.bytes for uid in sorted(map(identity, keys)))


def unpacked(content: bytes) -> set[UUID]:
    """What :func:`packed` kept."""
    raw = bytes(content)
    return {UUID(bytes=raw[place : place + 16]) for place in range(0, len(raw), 16)}
