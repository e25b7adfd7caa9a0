"""A document of any kind as the kernel's document model, from its facts, its organ and its number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bihuan.kernel.documents.model import Block, Column, Document, Paragraph, SignatureBlock, Table
from bihuan.registers.instruments.facts import Facts
from bihuan.registers.instruments.kinds import Field, Kind
from bihuan.registers.instruments.organs import Organ
from bihuan.registers.instruments.wording.values import shown


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything a paper is made of."""

    kind: Kind
    facts: Facts
    organ: Organ
    number: str
    on: date
    addressee: str
    serial: str
    demo: bool = False
    replaces: str = ""


def compose(given: Wording) -> Document:
    """The paper; every kind has a title, its facts, and the place of its seal."""
    blocks: list[Block] = [
        Paragraph.of(f"{field.label}：{shown(field, given.facts[field.key])}")
        for field in given.kind.fields
        if field.key in given.facts and field.shape != "table"
    ]
    blocks += [
        _table(field, given.facts)
        for field in given.kind.fields
        if field.shape == "table" and field.key in given.facts
    ]
    blocks.append(SignatureBlock(given.organ.full_name, given.on, sealed=given.kind.seal != "none"))
    return Document(
        kind=given.kind.slug, title=f"{given.organ.full_name}\n{given.kind.name}", blocks=tuple(blocks),
        issuer=given.organ.full_name, number=given.number, serial=given.serial, demo=given.demo,
    )  # fmt: skip


def _table(field: Field, facts: Facts) -> Table:
    columns = tuple(Column(column.label) for column in field.columns)
    rows = tuple(
        tuple(shown(column, row.get(column.key)) for column in field.columns) for row in facts[field.key]
    )
    return Table(columns, rows, caption=field.label, numbered=False)
