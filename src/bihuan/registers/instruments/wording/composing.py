"""A document of any kind as the kernel's document model, from its facts, its organ and its number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bihuan.kernel.documents.model import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Remark,
    SignatureBlock,
    SignLine,
    SignPlaces,
    Table,
)
from bihuan.registers.instruments.facts import Facts
from bihuan.registers.instruments.kinds import Kind
from bihuan.registers.instruments.organs import Organ
from bihuan.registers.instruments.wording.forms import form_of
from bihuan.registers.instruments.wording.layouts import LAYOUTS
from bihuan.registers.instruments.wording.pieces import Dialogue, F, H, L, P, Piece, T, filled, joined
from bihuan.registers.instruments.wording.values import shown
from bihuan.registers.instruments.wording.words import words_of

SEAL_MARKS: Mapping[str, str] = {"organ": "（印章）", "special": "（执法专用章）", "none": ""}
_VARIANT = re.compile(r"（(单位|个人)）$")


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
    """The paper: title, number, body, places to sign, seal and day, copies."""
    layout = LAYOUTS[given.kind.slug]
    words = words_of(given.kind, given.facts, given.organ, given.on, given.addressee)
    blocks = [block for piece in layout.pieces for block in _blocks(piece, given, words)]
    if layout.signed and given.kind.places:
        blocks.append(SignPlaces(tuple(_lines(given))))
    if layout.sealed and given.kind.seal != "none":
        mark = SEAL_MARKS[given.kind.seal]
        blocks.append(SignatureBlock(given.organ.full_name, given.on, sealed=True, mark=mark))
    remark = "".join((joined((layout.copies,), words), _replacing(given)))
    if remark:
        blocks.append(Remark(remark))
    to = filled(layout.to, words) if layout.to else None
    return Document(
        kind=given.kind.slug, title=f"{given.organ.full_name}\n{title_of(given.kind)}", blocks=tuple(blocks),
        issuer=given.organ.full_name, number=given.number, recipients=(to,) if to else (), serial=given.serial,
        demo=given.demo, compact=True, page_signers=tuple(given.kind.place_keys[key].label for key in given.kind.foot),
    )  # fmt: skip


def title_of(kind: Kind) -> str:
    """The name as it stands on the paper: 行政处罚决定书 for units and for citizens alike."""
    return _VARIANT.sub("", kind.name).replace("案卷（首页）", "案卷首页")


def _replacing(given: Wording) -> str:
    return f"本文书代替已作废的{given.replaces}。" if given.replaces else ""


def _blocks(piece: Piece, given: Wording, words: Mapping[str, str]) -> Iterator[Block]:
    facts = given.facts
    match piece:
        case P():
            if not piece.needs or piece.needs in facts:
                text = joined(piece.segments, words)
                yield from (Paragraph.of(line) for line in text.split("\n") if line.strip())
        case H():
            if not piece.needs or piece.needs in facts:
                yield Heading(1, piece.text)
        case L():
            yield from _listed(piece, facts.get(piece.key, ()))
        case T():
            if facts.get(piece.key):
                if piece.lead:
                    yield Paragraph.of(piece.lead)
                yield table_of(given.kind, piece.key, facts)
        case F():
            yield form_of(given.kind, facts)
        case Dialogue():
            for row in facts.get(piece.key, ()):
                yield Paragraph.of(f"问：{row.get('q', '')}")
                yield Paragraph.of(f"答：{row.get('a', '')}")


def _listed(piece: L, lines: list[str]) -> Iterator[Block]:
    if not lines:
        return
    if len(lines) == 1:
        yield Paragraph.of(piece.lead + lines[0])
        return
    if piece.lead:
        yield Paragraph.of(piece.lead)
    yield from (Paragraph.of(f"{number}. {line}") for number, line in enumerate(lines, 1))


def table_of(kind: Kind, key: str, facts: Facts) -> Table:
    """A table fact with 序号 before its rows; columns nobody filled are left out."""
    rows = facts[key]
    columns = [column for column in kind.by_key[key].columns if any(row.get(column.key) for row in rows)]
    heads = (Column("序号", 3), *(Column(column.label, align="left") for column in columns))
    cells = tuple(
        (str(number), *(shown(column, row.get(column.key)) for column in columns))
        for number, row in enumerate(rows, 1)
    )
    return Table(heads, cells, numbered=False)


def _lines(given: Wording) -> Iterator[SignLine]:
    """Places to sign; beside an officer's stands the number of the certificate."""
    officers = given.facts.get("officers", [])
    numbers = {f"officer_{place}": each.get("certificate", "") for place, each in enumerate(officers, 1)}
    for place in given.kind.places:
        certificate = numbers.get(place.key, "")
        yield SignLine(place.key, place.label, note=f"证号：{certificate}" if certificate else "")
