"""Towns, villages and grid cells of a new district."""

from __future__ import annotations

from bihuan.kernel.errors import Refused
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Region, RegionAlias, RegionCode, RegionLevel, Standing
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import find_region, plant, require_district
from bihuan.kernel.workbooks import plain
from bihuan.kernel.workbooks.district.columns import PLACE, REGIONS
from bihuan.kernel.workbooks.importers import Importer, Survey, Work
from bihuan.kernel.workbooks.plain import PlainRow
from bihuan.kernel.workbooks.rowwise import listed, run_rows
from bihuan.kernel.workbooks.templates import Entry, Guide

_LEVELS = {
    "镇街": RegionLevel.TOWN, "镇": RegionLevel.TOWN, "乡": RegionLevel.TOWN, "街道": RegionLevel.TOWN, "乡镇": RegionLevel.TOWN,
    "功能区": RegionLevel.ZONE, "开发区": RegionLevel.ZONE, "园区": RegionLevel.ZONE, "村社区": RegionLevel.VILLAGE,
    "村": RegionLevel.VILLAGE, "社区": RegionLevel.VILLAGE, "网格": RegionLevel.GRID_CELL,
}  # fmt: skip
MAKERS = frozenset({Role.SYSTEM_ADMIN})


def only_makers(work: Work) -> None:
    """The trees are the system administrator's."""
    if not (work.actor.is_system or work.actor.roles & MAKERS):
        raise Refused.because("workbook.not_yours", "区划、单位由系统管理员导入，请与系统管理员联系")


def run(work: Work) -> Survey:
    """Preview or import a workbook of regions."""
    only_makers(work)
    return run_rows(work, REGIONS, _take)


def _take(row: PlainRow, work: Work) -> bool:
    name = row.cells.get("name", "")
    level = _LEVELS.get(row.cells.get("level", ""))
    if not name:
        raise Refused.because("region.no_name", "没有填写", "name")
    if len(name) > 100:
        raise Refused.because("region.too_long", "超过 100 个字，请缩短", "name")
    if level is None:
        raise Refused.because("region.unknown_level", "不是级别，请写 镇街、功能区、村社区 或 网格", "level")
    parent = _parent(row.cells.get("parent", ""))
    region = Region.objects.filter(parent=parent, name_key=name_key(name)).first()
    new = region is None
    if region is None:
        region = plant(Region, parent, name, level=level, order=row.line)
    elif region.standing == Standing.PENDING:
        region.standing, region.level, new = Standing.CONFIRMED, level, True
        region.save(update_fields=["standing", "level"])
    return _add_words(region, row) or new


def _parent(text: str) -> Region:
    district = require_district()
    if not text or name_key(text) == district.region.name_key:
        return district.region
    parent = find_region(text)
    if parent is None:
        raise Refused.because("region.unknown_parent", "还没有这个上级区划，请把上级写在前面的行里", "parent")
    return parent


def _add_words(region: Region, row: PlainRow) -> bool:
    """The code and the other names of a region; True when one was new."""
    added = False
    code = row.cells.get("code", "")
    if code:
        if not (code.isdigit() and len(code) in (6, 9, 12)):
            raise Refused.because("region.bad_code", "不是行政区划代码，应为 6、9 或 12 位数字", "code")
        added |= RegionCode.objects.get_or_create(region=region, code=code)[1]
    for alias in listed(row.cells.get("aliases", "")):
        known = RegionAlias.objects.filter(name_key=name_key(alias)).first()
        if known is not None and known.region_id != region.pk:
            raise Refused.because("region.alias_taken", f"“{alias}”已是另一个区划的别名", "aliases")
        if known is None:
            RegionAlias.objects.create(region=region, name_key=name_key(alias))
            added = True
    return added


def guide() -> Guide:
    """The template."""
    return Guide(
        "regions",
        "区划",
        (
            Entry("区划名称", "镇、街道、功能区、村、社区或网格的全称。", "东湖镇", required=True, width=24),
            Entry("级别", "", "镇街", required=True, choices=("镇街", "功能区", "村社区", "网格"), width=12),
            Entry("上级区划", "镇街不填；村社区填所属镇街，网格填所属村社区。上级写在前面。", "", width=18),
            Entry("行政区划代码", "6、9 或 12 位，没有的不填。", "", width=18),
            Entry("别名", "台账里的其他叫法，用顿号隔开。", "东湖、东湖镇政府", width=28),
        ),
    )


IMPORTER = Importer(
    kind=REGIONS.kind,
    label="区划",
    columns=REGIONS,
    guide=guide,
    parser=plain.PARSER,
    options=lambda actor, choices: {"columns": f"{PLACE}REGIONS"},
    run=run,
)
