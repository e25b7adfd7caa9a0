"""问题清单、责任清单、整改清单 (M091): three lists from one set, so that no number is in one and missing in another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from django.db.models import Prefetch, QuerySet

from bihuan.capabilities.hazards.access import hazard_jurisdiction
from bihuan.capabilities.hazards.models import Hazard, Listing
from bihuan.capabilities.hazards.states import Grade, HazardState, Source
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import Block, Column, Document, Heading, PageBreak, Paragraph, Table
from bihuan.kernel.documents.numerals import chinese_date, yuan
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import District, Region, Sector
from bihuan.kernel.workbooks.exporting import formats_of, open_book, write_value

TITLES = ("问题清单", "责任清单", "整改清单")
PRINTED_AT_MOST = 1_000
OPEN, FOUND = "hazards.open", "hazards.found"
UNSET = "—"
TOWN = "镇街"
WIDTHS = {
    "序号": 3.6, "编号": 12.4, "等级": 3.6, "排查来源": 5.4, "发现日期": 7.4, "整改期限": 7.4, "整改完成日期": 7.4, "验收日期": 7.4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """Which set: hazards found in the period, the open ones or all, of one grade or any."""

    period: Period
    as_of: date
    only_open: bool = True
    grade: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Asked:
        """What :meth:`json` wrote down."""
        return cls(
            Period.parse(kept["period"]), date.fromisoformat(kept["as_of"]), kept["only_open"], kept["grade"]
        )

    def json(self) -> dict[str, Any]:
        return {
            "period": self.period.label, "as_of": self.as_of.isoformat(), "only_open": self.only_open,
            "grade": self.grade,
        }  # fmt: skip

    def words(self) -> str:
        """2023年上半年发现，截至2023年6月30日未销号，重大."""
        grade = f"，{Grade(self.grade).label}事故隐患" if self.grade else ""
        which = "未销号" if self.only_open else "全部"
        return f"{self.period.chinese()}发现，截至{chinese_date(self.as_of)}{which}{grade}"


Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ThreeLists:
    """The lists with their headings; every list has the same rows in the same order, numbered alike."""

    asked: Asked
    headings: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[Row, ...], ...]
    numbers: tuple[str, ...]
    total: int

    def __post_init__(self) -> None:
        ids = [[row[:2] for row in rows] for rows in self.rows]
        if any(each != ids[0] for each in ids):
            raise ValueError("the three lists must name the same hazards in the same order")


HEADINGS = (
    ("序号", "编号", "隐患单位", "镇街", "行业领域", "隐患部位和内容", "等级", "排查来源", "发现日期"),
    ("序号", "编号", "隐患单位", "整改责任人", "监管单位", "督办牵头单位", "包保领导", "整改期限"),
    (
        "序号",
        "编号",
        "整改措施",
        "整改资金（元）",
        "应急预案",
        "整改期限",
        "整改完成日期",
        "验收日期",
        "当前状态",
    ),
)


def three_lists(actor: Actor, asked: Asked, *, at_most: int | None = None) -> ThreeLists:
    """The lists of what the actor may see.

    Raises:
        Refused: more than ``at_most`` rows; a list cut short would not be one.
    """
    rows = hazards_of(actor, asked)
    total = rows.count()
    if at_most is not None and total > at_most:
        raise Refused.because(
            "lists.too_many",
            f"共{total}项，超过一次排印的{at_most}项；请缩小范围（等级、时段），或改为导出表格。",
        )
    return _made(asked, list(rows), total)


def first_rows(actor: Actor, asked: Asked, count: int) -> ThreeLists:
    """The first rows for a page, with the number of all."""
    rows = hazards_of(actor, asked)
    shown = list(rows[: count + 1])
    return _made(asked, shown[:count], len(shown) if len(shown) <= count else rows.count())


def hazards_of(actor: Actor, asked: Asked) -> QuerySet[Hazard]:
    """The one set behind all three lists, the earliest deadline first."""
    found = answers.records(
        OPEN if asked.only_open else FOUND, asked.period, asked.as_of, Scope(grade=asked.grade),
        visible=hazard_jurisdiction(actor),
    )  # fmt: skip
    listings = Listing.objects.select_related("lead").order_by("-listed_on", "-id")
    hazards: QuerySet[Any] = found
    return (
        hazards.select_related("object", "object__region", "agency")
        .prefetch_related(Prefetch("listings", listings, to_attr="listed"))
        .order_by("rectify_by", "found_on", "uid")
    )


def _made(asked: Asked, hazards: Sequence[Hazard], total: int) -> ThreeLists:
    names = _Names(hazards)
    made: tuple[list[Row], list[Row], list[Row]] = ([], [], [])
    for place, hazard in enumerate(hazards, 1):
        head = (place, hazard.no)
        made[0].append((*head, *_problem(hazard, names)))
        made[1].append((*head, *_duty(hazard, asked.as_of)))
        made[2].append((*head, *_rectification(hazard)))
    numbers = tuple(hazard.no for hazard in hazards)
    return ThreeLists(asked, HEADINGS, tuple(tuple(rows) for rows in made), numbers, total)


class _Names:
    """Towns and sectors by path, read once for all rows."""

    def __init__(self, hazards: Sequence[Hazard]) -> None:
        self._sectors = dict(Sector.objects.filter(parent=None).values_list("path", "name"))
        self._regions = dict(
            Region.objects.filter(path__in={hazard.region_path for hazard in hazards}).values_list(
                "path", "name"
            )
        )

    def sector(self, hazard: Hazard) -> str:
        return next(
            (name for path, name in self._sectors.items() if hazard.sector_path.startswith(path)), UNSET
        )

    def region(self, hazard: Hazard) -> str:
        return self._regions.get(hazard.region_path, UNSET)


def _problem(hazard: Hazard, names: _Names) -> Row:
    return (
        hazard.object.name, names.region(hazard), names.sector(hazard), f"{hazard.place} {hazard.description}".strip(),
        Grade(hazard.grade).label, Source(hazard.source).label, hazard.found_on,
    )  # fmt: skip


def _duty(hazard: Hazard, on: date) -> Row:
    held: Sequence[Listing] = hazard.listed  # type: ignore[attr-defined]
    fitting = (
        each for each in held if each.listed_on <= on and (each.delisted_on is None or each.delisted_on > on)
    )
    listing = next(fitting, None)
    return (
        hazard.object.name, hazard.responsible_person or UNSET, hazard.agency.name if hazard.agency else UNSET,
        listing.lead.name if listing else UNSET, (listing.leader_name or UNSET) if listing else UNSET,
        hazard.rectify_by or UNSET,
    )  # fmt: skip


def _rectification(hazard: Hazard) -> Row:
    funds = hazard.funds_spent_fen if hazard.funds_spent_fen is not None else hazard.funds_planned_fen
    return (
        hazard.measures or UNSET, UNSET if funds is None else yuan(funds), hazard.contingency_plan or UNSET,
        hazard.rectify_by or UNSET, hazard.rectified_on or UNSET, hazard.accepted_on or UNSET,
        HazardState(hazard.state).label,
    )  # fmt: skip


def document_of(lists: ThreeLists, district: District) -> Document:
    """The lists as one paper, each beginning a page, their rows under the same numbers."""
    blocks: list[Block] = [
        Paragraph.of(f"三个清单出自同一批隐患（{lists.asked.words()}），编号一致，各{lists.total}项。")
    ]
    for place, (title, headings, rows) in enumerate(zip(TITLES, lists.headings, lists.rows, strict=True)):
        if place:
            blocks.append(PageBreak())
        blocks.append(Heading(1, title, numbered=False))
        blocks.append(_table(headings, rows) if rows else Paragraph.of("没有符合范围的隐患。"))
    return Document(
        kind="lists", title="问题清单、责任清单、整改清单",
        subtitle=f"（{district.region.name}　{chinese_date(clock.today())}排印）", blocks=tuple(blocks), demo=district.demo,
    )  # fmt: skip


def _table(headings: Sequence[str], rows: Sequence[Row]) -> Table:
    """A list as the paper has room for it: the town stands under its unit."""
    town = headings.index(TOWN) if TOWN in headings else None
    kept = [place for place in range(len(headings)) if place != town]
    columns = tuple(
        Column(headings[place], WIDTHS.get(headings[place]), _align(headings[place])) for place in kept
    )
    printed = []
    for row in rows:
        cells = [_cell(value) for value in row]
        if town is not None:
            cells[town - 1] += f"\n（{cells[town]}）"
        printed.append(tuple(cells[place] for place in kept))
    return Table(columns, tuple(printed), size=8.0)


def write_workbook(target: IO[bytes], lists: ThreeLists, *, demo: bool) -> None:
    """The lists as a workbook, one sheet each."""
    book = open_book(target)
    formats = formats_of(book)
    for title, headings, rows in zip(TITLES, lists.headings, lists.rows, strict=True):
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(2, 0)
        sheet.write_string(
            0, 0, f"{title}（{lists.asked.words()}）{'（演示数据）' if demo else ''}", formats["title"]
        )
        for index, heading in enumerate(headings):
            sheet.set_column(index, index, 32 if _align(heading) == "left" else 14)
            sheet.write_string(1, index, heading, formats["heading"])
        for line, row in enumerate(rows, 2):
            for index, value in enumerate(row):
                write_value(sheet, line, index, value, formats)
        sheet.write_string(len(rows) + 2, 0, f"共 {len(rows)} 项，三个清单编号一致", formats["foot"])
    book.close()


def _align(heading: str) -> Any:
    return "left" if heading in ("隐患单位", "隐患部位和内容", "整改措施", "应急预案") else "center"


def _cell(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
