"""What the namings mean for the responsibility chain: each as a rule in words (M015, M016, M019, M025, M026)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from bihuan.capabilities.responsibility.naming.keeping import on_day
from bihuan.kernel.responsibility.rungs import Level
from bihuan.kernel.responsibility.sources import Named

OBJECT_KINDS = ("pairing", "claim")
_NAMES: dict[str, Any] = {
    "region_name": F("region__name"), "sector_name": F("sector__name"), "agency_name": F("agency__name"),
    "unit_name": F("unit__name"),
}  # fmt: skip


def namings(on: date, objects: Collection[UUID] | None) -> Iterator[Named]:
    """Everything named on a day; one statement."""
    wanted = ~Q(kind__in=OBJECT_KINDS)
    if objects:
        wanted |= Q(object__pk__any_of=list(objects))
    columns = (
        "kind", "post_id", "unit_id", "region_path", "sector_path", "agency_id", "object_id", "words", "document", *_NAMES,
    )  # fmt: skip
    for row in on_day(on).filter(wanted).annotate(**_NAMES).order_by("id").values_list(*columns, named=True):
        told = _RULES.get(row.kind)
        if told is not None:
            yield told(row)


def _paper(row: Any) -> str:
    return f"（{row.document}）" if row.document else ""


def _area(row: Any) -> Named:
    rule = f"{row.region_name}的包保领导{_paper(row)}"
    return Named(Level.LEADER, rule, row.post_id, region_path=row.region_path, label="包保片区")


def _sector(row: Any) -> Named:
    where = f"{row.region_name}内" if row.region_path else ""
    rule = f"{where}{row.sector_name}的分管领导{_paper(row)}，党政领导按分工对分管领域安全生产负责"
    return Named(
        Level.LEADER,
        rule,
        row.post_id,
        region_path=row.region_path,
        sector_path=row.sector_path,
        label="分管行业",
    )


def _portfolio(row: Any) -> Named:
    rule = f"联系{row.agency_name}{row.words and f'（{row.words}）'}的领导{_paper(row)}"
    return Named(Level.LEADER, rule, row.post_id, of_agency=row.agency_id, label="联系业务口")


def _pairing(row: Any) -> Named:
    if row.post_id is not None:
        rule = f"包联该企业的领导{_paper(row)}"
        return Named(Level.LEADER, rule, row.post_id, object=row.object_id, label="包联企业")
    return Named(
        Level.SECTOR, f"包联该企业的部门{_paper(row)}", title=row.unit_name, agency_id=row.unit_id,
        object=row.object_id, label="包联企业", rung=False,
    )  # fmt: skip


def _zone(row: Any) -> Named:
    rule = f"责任区“{row.words or row.region_name}”的包干干部{_paper(row)}"
    return Named(
        Level.TERRITORIAL, rule, row.post_id, region_path=row.region_path, label="责任区干部", rung=False
    )


def _grid(row: Any) -> Named:
    rule = f"{row.region_name}网格{row.words}的网格员{_paper(row)}"
    return Named(
        Level.TERRITORIAL, rule, row.post_id, region_path=row.region_path, label="网格员", rung=False
    )


def _claim(row: Any) -> Named:
    rule = f"{row.unit_name}认领的企业{_paper(row)}，属地管理责任随之（《安全生产法》第九条）"
    return Named(Level.TERRITORIAL, rule, agency_id=row.unit_id, object=row.object_id)


def _comprehensive(row: Any) -> Named:
    rule = "没有行业主管部门的，由综合监管部门兜底（《安全生产法》第十条）"
    return Named(Level.SECTOR, rule, agency_id=row.unit_id, sector_path=row.sector_path)


def _special(row: Any) -> Named:
    rule = f"{row.sector_name}内{row.words}的专项监管部门{_paper(row)}"
    return Named(
        Level.SECTOR, rule, title=row.unit_name, agency_id=row.unit_id, sector_path=row.sector_path,
        label="专项监管", rung=False,
    )  # fmt: skip


_RULES: dict[str, Callable[[Any], Named]] = {
    "area": _area, "sector": _sector, "portfolio": _portfolio, "pairing": _pairing, "zone": _zone, "grid": _grid,
    "claim": _claim, "comprehensive": _comprehensive, "special": _special,
}  # fmt: skip
