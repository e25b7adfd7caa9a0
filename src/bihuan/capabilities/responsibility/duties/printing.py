"""Duties and lists as papers: what is printed is the same rows as on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from django.conf import settings

from bihuan.capabilities.responsibility.duties.classifying import Classification
from bihuan.capabilities.responsibility.duties.keeping import basis_of
from bihuan.capabilities.responsibility.duties.models import Duty, ListItem, PublishedList
from bihuan.kernel import clock
from bihuan.kernel.documents import Column, Document, Heading, Paragraph, Table
from bihuan.kernel.territory.trees import the_district


def _district() -> str:
    here = the_district()
    return here.region.name if here else ""


def duties_paper(scheme: Classification, duties: Sequence[Duty], names: Mapping[int, str]) -> Document:
    """One table under each heading of the classification, in its order."""
    blocks: list[Heading | Paragraph | Table] = [
        Paragraph.of(f"以下职责截至 {clock.today()}，按{scheme.label}排列，共 {len(duties)} 条。")
    ]
    for heading, group in groupby(duties, key=scheme.heading_of):
        rows = tuple(
            (str(place), names[one.pk], one.text, basis_of(one) or "—")
            for place, one in enumerate(group, 1)
        )  # fmt: skip
        blocks += [
            Heading(1, f"{heading}（{len(rows)}条）"),
            Table(_DUTY_COLUMNS, rows, size=10.5, numbered=False),
        ]
    return Document(
        kind="清单", title=f"{_district()}安全生产职责清单", subtitle=f"（{scheme.label}）", blocks=tuple(blocks),
        demo=bool(settings.BIHUAN_DEMO),
    )  # fmt: skip


_DUTY_COLUMNS = (
    Column("序号", 4),
    Column("责任岗位（单位）", 11, "left"),
    Column("安全生产职责", 24, "left"),
    Column("依据", 12, "left"),
)


def list_paper(one: PublishedList, items: Sequence[ListItem]) -> Document:
    """One version of a unit's list, for publication."""
    rows = tuple((item.number, item.title, item.text or "—", item.basis or "—") for item in items)
    since = f"自 {one.effective_from} 起施行" if one.effective_from else "草案，尚未公布"
    return Document(
        kind="清单",
        title=f"{one.agency.name}安全生产{one.get_kind_display()}",
        subtitle=f"（第{one.version}版，{since}，共{len(rows)}项）",
        blocks=(Table(_LIST_COLUMNS, rows, size=10.5, numbered=False),),
        demo=bool(settings.BIHUAN_DEMO),
    )


_LIST_COLUMNS = (
    Column("编号", 5),
    Column("事项", 12, "left"),
    Column("内容", 20, "left"),
    Column("依据", 14, "left"),
)
