"""The list that goes along when archives are checked on site: who has no pack, and what nobody has opened."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Block, Cell, Column, Document, Heading, Paragraph, Table, to_docx, to_pdf
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.trees import require_district
from bihuan.reporting.archives import index
from bihuan.reporting.archives.catalogue import catalogue
from bihuan.reporting.archives.opening import opened, unopened
from bihuan.reporting.archives.survey import Line, survey
from bihuan.reporting.imprint import holder_of

PRINTED = 100


def written(year: Period, actor: Actor, ending: str) -> bytes:
    """The list as Word or PDF."""
    document = document_of(year, actor)
    return to_docx(document) if ending == "docx" else to_pdf(document)


def document_of(year: Period, actor: Actor) -> Document:
    """A table of all departments, then the unopened items of each."""
    district, lines = require_district(), survey(year, actor)
    without = [line.agency.name for line in lines if line.report is None]
    says = (
        f"没有汇报材料的部门{len(without)}个：{'、'.join(without)}。" if without else "各部门均有汇报材料。"
    )
    return Document(
        kind="report", title=f"{year.chinese()}人大汇报材料和工作档案\n调阅清单", issuer=holder_of(district.region).organ,
        blocks=(Paragraph.of(says), _table(lines), *_left(lines, year, actor)), demo=district.demo,
    )  # fmt: skip


def _table(lines: list[Line]) -> Table:
    columns = (
        Column("部门", align="left"), Column("汇报材料"), Column("档案（件）"), Column("已调阅（件）"), Column("未调阅（件）"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (line.agency.name, line.pack, str(line.kept), str(line.opened), str(line.unopened)) for line in lines
    ]
    return Table(columns, tuple(rows), caption="各部门汇报材料和工作档案")


def _left(lines: list[Line], year: Period, actor: Actor) -> Iterator[Block]:
    seen = opened([line.agency.pk for line in lines], year.first.year)
    for line in lines:
        if not line.unopened:
            continue
        left = unopened(list(index.items(line.agency, year, actor)), seen[line.agency.pk])
        yield Heading(1, f"{line.agency.name}未调阅的档案")
        note = f"注：共{len(left)}件，只列前{PRINTED}件。"
        yield catalogue(f"{line.agency.name}未调阅的档案", left, PRINTED, note)
