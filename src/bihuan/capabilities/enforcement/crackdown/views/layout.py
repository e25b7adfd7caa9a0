"""A page of sections under the tabs of the crackdown, and papers to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bihuan.capabilities.enforcement.crackdown.strip import HERE, tabs_of
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Align, Block, Column, Document, Paragraph, Table, to_docx, to_pdf
from bihuan.kernel.documents.numerals import chinese_date
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.trees import the_district
from bihuan.kernel.web import parts

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HOME = parts.Link("打非治违", HERE)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows × kinds, each cell a mark."""

    first: str
    columns: Sequence[parts.Column]
    rows: Sequence[parts.MatrixRow]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page."""

    title: str
    says: str = ""
    facts: Sequence[parts.Fact] = ()
    ledger: parts.Ledger | None = None
    empty: parts.Empty | None = None
    matrix: Grid | None = None
    links: Sequence[parts.Link] = ()
    note: str = ""


def page(
    request: HttpRequest, actor: Actor, here: str, heading: str, sections: Sequence[Section], **more: Any
) -> HttpResponse:
    """Sections under the tabs; ``more`` are lead, begin, tabs, cards, filters and crumbs."""
    crumbs = [HOME, *more.pop("crumbs", ()), parts.Link(heading, "")]
    context = {
        "heading": heading, "sections": sections, "beside": tabs_of(actor, here), "crumbs": crumbs, "hidden": (), **more,
    }  # fmt: skip
    return render(request, "crackdown/sections.html", context)


def month_of(request: HttpRequest) -> Period:
    """The period asked for; this year where none is.

    Raises:
        Refused: not a period.
    """
    text = request.GET.get("period", "").strip()
    return Period.parse(text) if text else Period.parse(str(clock.today().year))


def periods(chosen: Period) -> list[tuple[str, str]]:
    """What a page offers: this year and the last, halves, the months of this year."""
    year = clock.today().year
    labels = [chosen.label, str(year), f"{year}H1", f"{year}H2", str(year - 1)]
    labels += [f"{year}-{month:02d}" for month in range(1, clock.today().month + 1)]
    return [(label, Period.parse(label).chinese()) for label in dict.fromkeys(labels)]


def period_filter(chosen: Period) -> parts.Filter:
    return parts.Filter("period", "时段", value=chosen.label, choices=periods(chosen))


def year_of(request: HttpRequest) -> int:
    """The year asked for; this year where it is none."""
    text = request.GET.get("year", "")
    known = text.isdecimal() and len(text) == 4 and 2000 <= int(text) <= 2100
    return int(text) if known else clock.today().year


def whole(text: str, field: str, label: str) -> int:
    """A whole number of a form.

    Raises:
        Refused: it is none.
    """
    cleaned = str(text).strip()
    if not cleaned.isdecimal() or len(cleaned) > 9:
        raise Refused.because("input.not_a_number", f"「{label}」应为不小于 0 的整数", field)
    return int(cleaned)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table for a paper: its columns and rows of text."""

    caption: str
    columns: Sequence[tuple[str, Align]]
    rows: Sequence[Sequence[str]]


def document(title: str, as_of: date, sheets: Sequence[Sheet], says: str = "") -> Document:
    """Lists as a paper, printed on a day."""
    district = the_district()
    blocks: list[Block] = [Paragraph.of(says)] if says else []
    for sheet in sheets:
        columns = tuple(Column(label, align=align) for label, align in sheet.columns)
        if sheet.rows:
            rows = tuple(tuple(row) for row in sheet.rows)
            blocks.append(Table(columns, rows, caption=sheet.caption, size=10.5, numbered=False))
        else:
            blocks.append(Paragraph.of(f"{sheet.caption}：没有。"))
    return Document(
        kind="list", title=title, blocks=tuple(blocks),
        subtitle=f"（{district.region.name if district else ''}　{chinese_date(as_of)}排印）",
        demo=bool(district and district.demo),
    )  # fmt: skip


def paper(made: Callable[[], Document], filename: str, ending: str) -> HttpResponse:
    """A paper as a Word or PDF file to take away.

    Raises:
        Absent: neither of the two.
    """
    if ending not in ("docx", "pdf"):
        raise Absent("只有 .docx 和 .pdf 两种文件")
    content = to_docx(made()) if ending == "docx" else to_pdf(made())
    response = HttpResponse(content, content_type=WORD if ending == "docx" else "application/pdf")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}.{ending}"
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
