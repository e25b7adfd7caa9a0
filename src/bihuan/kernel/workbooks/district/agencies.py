"""Departments, town governments and committees of a new district, with the sectors each answers for."""

from __future__ import annotations

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.cadences import ensure_around
from bihuan.kernel.territory.models import Agency, AgencyAlias, AgencyKind, Region, Regulation, Sector
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import (
    find_agency,
    find_region,
    find_sector,
    plant,
    require_district,
)
from bihuan.kernel.workbooks import plain
from bihuan.kernel.workbooks.district.columns import AGENCIES, PLACE
from bihuan.kernel.workbooks.district.regions import only_makers
from bihuan.kernel.workbooks.importers import Importer, Survey, Work
from bihuan.kernel.workbooks.plain import PlainRow
from bihuan.kernel.workbooks.rowwise import listed, run_rows, yes
from bihuan.kernel.workbooks.templates import Entry, Guide

_KINDS = {kind.label: kind for kind in AgencyKind} | {
    "安委会办公室": AgencyKind.COMMITTEE_OFFICE, "党委政府": AgencyKind.LEADERSHIP, "区领导": AgencyKind.LEADERSHIP,
    "区政府": AgencyKind.LEADERSHIP, "行业主管部门": AgencyKind.DEPARTMENT, "镇街政府": AgencyKind.TOWN_GOVERNMENT,
    "乡镇街道": AgencyKind.TOWN_GOVERNMENT,
}  # fmt: skip


def run(work: Work) -> Survey:
    """Preview or import a workbook of agencies; what is due from them this month is written down with them."""
    only_makers(work)
    survey = run_rows(work, AGENCIES, _take)
    if work.write:
        ensure_around(clock.today())
    return survey


def _take(row: PlainRow, work: Work) -> bool:
    name = row.cells.get("name", "")
    kind = _KINDS.get(row.cells.get("kind", ""))
    if not name:
        raise Refused.because("agency.no_name", "没有填写", "name")
    if len(name) > 100:
        raise Refused.because("agency.too_long", "超过 100 个字，请缩短", "name")
    if kind is None:
        raise Refused.because(
            "agency.unknown_kind", f"不是单位类别，请写 {'、'.join(AgencyKind.labels)}", "kind"
        )
    sectors = [_sector(text) for text in listed(row.cells.get("sectors", ""))]
    agency = find_agency(name)
    new = agency is None
    if agency is None:
        files = yes(
            row.cells.get("files_ledger", ""),
            default=kind in (AgencyKind.DEPARTMENT, AgencyKind.TOWN_GOVERNMENT),
        )
        agency = plant(
            Agency, _parent(row.cells.get("parent", "")), name, kind=kind, region=_region(row.cells.get("region", "")),
            files_ledger=files, order=row.line,
        )  # fmt: skip
    added = [_regulate(agency, sector) for sector in sectors]
    added += [_call(agency, alias) for alias in listed(row.cells.get("aliases", ""))]
    return new or any(added)


def _sector(text: str) -> Sector:
    sector = find_sector(text)
    if sector is None:
        raise Refused.because("agency.unknown_sector", f"“{text}”不是已知的行业领域，请写规范名称", "sectors")
    return sector


def _parent(text: str) -> Agency | None:
    if not text:
        return None
    parent = find_agency(text)
    if parent is None:
        raise Refused.because("agency.unknown_parent", "还没有这个上级单位，请把上级写在前面的行里", "parent")
    return parent


def _region(text: str) -> Region:
    district = require_district()
    if not text or name_key(text) == district.region.name_key:
        return district.region
    region = find_region(text)
    if region is None:
        raise Refused.because("agency.unknown_region", "没有这个区划，请先导入区划", "region")
    return region


def _regulate(agency: Agency, sector: Sector) -> bool:
    return Regulation.objects.get_or_create(agency=agency, sector=sector, until=None)[1]


def _call(agency: Agency, alias: str) -> bool:
    return AgencyAlias.objects.get_or_create(agency=agency, name_key=name_key(alias))[1]


def guide() -> Guide:
    """The template, with the district's own regions and sectors to choose from."""
    regions = tuple(Region.objects.order_by("level", "order").values_list("name", flat=True)[:200])
    return Guide(
        "agencies",
        "单位",
        (
            Entry("单位名称", "全称。", "区应急管理局", required=True, width=26),
            Entry("类别", "", "部门", required=True, choices=tuple(AgencyKind.labels), width=12),
            Entry("所属区划", "镇街单位填本镇街，区级单位不填。", "", choices=regions, width=18),
            Entry("上级单位", "没有的不填。", "", width=22),
            Entry("主管行业领域", "管哪些行业领域的安全，用顿号隔开。", "工贸、危险化学品", width=34),
            Entry("简称", "台账里的其他叫法，用顿号隔开。", "区应急局", width=22),
            Entry("按月报送台账", "不填的，部门和镇街按“是”。", "是", choices=("是", "否"), width=14),
        ),
    )


IMPORTER = Importer(
    kind=AGENCIES.kind,
    label="单位",
    columns=AGENCIES,
    guide=guide,
    parser=plain.PARSER,
    options=lambda actor, choices: {"columns": f"{PLACE}AGENCIES"},
    run=run,
)
