"""``/responsibility/network/``: 横向到边、纵向到底 (M024): every sector × level with a person by name, empty cells listed first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.responsibility import places
from bihuan.kernel import clock
from bihuan.kernel.responsibility.ground import Choice, Ground
from bihuan.kernel.responsibility.holders import Telling
from bihuan.kernel.responsibility.rungs import Holder, Level
from bihuan.kernel.territory.models import Sector
from bihuan.kernel.territory.trees import in_force, the_district, towns
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.exporting import workbook_response
from bihuan.kernel.web.paging import address
from bihuan.kernel.web.session import actor_for
from bihuan.registers.pages.days import asked_day

HERE = "/responsibility/network/"


@dataclass(frozen=True, slots=True)
class Cell:
    """One level of one sector: who, or where to name somebody."""

    level: str
    holder: Holder
    fill: str

    @property
    def words(self) -> str:
        return f"{self.holder.name}（{self.holder.title}）" if not self.holder.vacant else ""


@dataclass(frozen=True, slots=True)
class Line:
    sector: Sector
    cells: tuple[Cell, ...]


def network(on: date) -> Sequence[Line]:
    """Every root sector of a day with its levels; a constant number of statements."""
    district = the_district()
    here = district.region.path if district else ""
    ground, places_ = Ground(on), list(towns())
    sectors = list(Sector.objects.filter(in_force(on), parent=None).order_by("order", "id"))
    plan = []
    for sector in sectors:
        agency = ground.regulator(sector.path, None)[0]
        fill = f"/responsibility/regulators/{sector.code}/"
        lead = f"/responsibility/naming/sector/new/?sector={sector.pk}"
        plan.append(
            [
                ("区领导", Level.LEADER, ground.leader(here, sector.path, agency), lead),
                ("行业主管部门", Level.SECTOR, ground.sector(sector.path, None), fill if agency is None else "/people/"),
                ("安委办", Level.OFFICE, ground.office, "/people/"),
                *((town.name, Level.TERRITORIAL, ground.territorial(town.path), "/people/") for town in places_),
            ]
        )  # fmt: skip
    choices: list[Choice] = [choice for cells in plan for _, _, choice, _ in cells]
    told = Telling(on, choices)
    return [
        Line(sector, tuple(Cell(name, told(level, choice), fill) for name, level, choice, fill in cells))
        for sector, cells in zip(sectors, plan, strict=True)
    ]


@require_GET
@only_for(places.UNITS)
def page(request: HttpRequest) -> HttpResponse:
    """The matrix of a day."""
    actor, on = actor_for(request), asked_day(request)
    lines = network(on)
    names = [cell.level for cell in lines[0].cells] if lines else []
    columns = [
        parts.Column("行业领域", "title"),
        *(parts.Column(name, phone=number < 2) for number, name in enumerate(names)),
    ]
    rows = [
        parts.Row((line.sector.name, *(_shown(cell, number) for number, cell in enumerate(line.cells))))
        for line in lines
    ]
    empty = [
        parts.Link(f"{line.sector.name} · {cell.level}", cell.fill)
        for line in lines
        for cell in line.cells
        if cell.holder.vacant
    ]
    asked = "" if on == clock.today() else on.isoformat()
    context = {
        **places.beside(actor, HERE),
        "heading": "监管网络",
        "lead": "每个行业、每一级，都有一个叫得出名字的人；空着的格子要补上。",
        "begin": (),
        "filters": (parts.Filter("on", "看哪一天的", "date", on.isoformat()),),
        "chips": (),
        "ledger": parts.Ledger(columns, rows, "监管网络"),
        "empty": parts.Empty("这一天还没有行业领域目录。"),
        "count_words": f"{len(rows)} 个行业 × {len(names)} 级，空格 {len(empty)} 个",
        "export_href": address(f"{HERE}export.xlsx", {"on": asked}),
        "vacant": empty,
    }
    return render(request, "responsibility/network.html", context)


def _shown(cell: Cell, number: int) -> Any:
    if cell.holder.vacant:
        return parts.Link("空缺，去补", cell.fill, "alert-circle")
    return f"{cell.holder.name}　{cell.holder.title.partition(' ')[0]}" if number == 1 else cell.holder.name


@require_GET
@only_for(places.UNITS)
def export(request: HttpRequest) -> FileResponse:
    """The same as a workbook."""
    on = asked_day(request)
    lines = network(on)
    names = [cell.level for cell in lines[0].cells] if lines else []

    def value(number: int) -> Callable[[Line], str]:
        return lambda line: line.cells[number].words or "（空缺）"

    columns = [
        ("行业领域", lambda line: line.sector.name),
        *((name, value(n)) for n, name in enumerate(names)),
    ]
    day = parts.Chip("日期", on.isoformat(), "")
    return workbook_response(
        "安全监管网络", f"安全监管网络-{on}.xlsx", columns, lines, actor_for(request), [day]
    )
