"""What somebody can be named for (M015, M016, M019, M025, M026): each kind with what it names, whom, and by which rule.

This module imports no models: forms, lists and the chain's rules read the same declarations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import AgencyKind, RegionLevel

OFFICE = frozenset({Role.OFFICE})
TOWN_TOO = frozenset({Role.OFFICE, Role.TOWN})
CADRES = frozenset({Role.LEADER, Role.OFFICE, Role.REGULATOR, Role.OFFICER, Role.TOWN})


@dataclass(frozen=True, slots=True)
class Sort:
    """One kind of naming.

    ``whom`` is ``post``, ``agency`` or ``either``; ``roles`` and ``agencies`` say which ones. ``about`` lists what it is
    about (region, sector, agency, object), optional ones with a question mark. ``levels`` are the regions it may name.
    ``keepers`` keep it. ``taken`` tells in words what the database refuses.
    """

    kind: str
    label: str
    says: str
    whom: str
    called: str
    about: tuple[str, ...]
    taken: str
    roles: frozenset[Role] = frozenset()
    agencies: frozenset[str] = frozenset()
    levels: tuple[str, ...] = ()
    words: str = ""
    words_needed: bool = False
    keepers: frozenset[Role] = OFFICE
    basis: str = ""

    def takes(self, column: str) -> bool:
        return column in self.about or f"{column}?" in self.about


_LEADERS = frozenset({Role.LEADER})
_BELOW = (RegionLevel.VILLAGE.value, RegionLevel.GRID_CELL.value)

SORTS: Sequence[Sort] = (
    Sort(
        "area", "包保片区", "每个镇街、功能区由一位区级领导包保。", "post", "包保领导", ("region",),
        "这个片区这段时间已有包保领导", roles=_LEADERS, levels=(RegionLevel.TOWN.value, RegionLevel.ZONE.value),
        basis="《地方党政领导干部安全生产责任制规定》",
    ),
    Sort(
        "sector", "分管行业", "每个行业领域由一位区级领导分管；可以只限一个片区内。", "post", "分管领导",
        ("sector", "region?"), "这个行业这段时间已有分管领导", roles=_LEADERS,
        levels=(RegionLevel.TOWN.value, RegionLevel.ZONE.value), basis="《安全生产法》第三条",
    ),
    Sort(
        "portfolio", "联系业务口", "每个部门由一位区级领导联系；该部门监管的行业没有另定分管领导的，由其负责。",
        "post", "联系领导", ("agency",), "这个部门这段时间已有联系领导", roles=_LEADERS,
        words="业务口", basis="《地方党政领导干部安全生产责任制规定》",
    ),
    Sort(
        "pairing", "包联重点企业", "重点企业由领导或部门包联，按频次走访。", "either", "包联责任人", ("object",),
        "这家企业这段时间已有同类的包联责任人", roles=_LEADERS, agencies=frozenset({AgencyKind.DEPARTMENT.value}),
        basis="领导干部包联重点企业制度",
    ),
    Sort(
        "zone", "责任区", "村居、网格划成责任区，分包到干部；各责任区不得重叠。", "post", "责任区干部", ("region",),
        "与已划定的责任区重叠", roles=CADRES, levels=_BELOW, words="责任区名称", keepers=TOWN_TOO,
    ),
    Sort(
        "grid", "网格", "每个网格有一名网格员；网格不得重叠。", "post", "网格员", ("region",),
        "与已有网格员的网格重叠", roles=frozenset({Role.GRID}), levels=_BELOW, words="网格编号", keepers=TOWN_TOO,
    ),
    Sort(
        "claim", "辖区认领", "企业的属地以登记为准；跨界、飞地由认领单位负责，两家都认领的由安委办裁定。", "agency",
        "认领单位", ("object",), "本单位已认领这家企业", agencies=frozenset({AgencyKind.TOWN_GOVERNMENT.value}),
        keepers=TOWN_TOO,
    ),
    Sort(
        "comprehensive", "综合监管", "没有行业主管部门的，由综合监管部门兜底；可以只限一个行业。", "agency", "综合监管部门",
        ("sector?",), "这段时间已有综合监管部门", agencies=frozenset({AgencyKind.DEPARTMENT.value}),
        words="联合执法规则", basis="《安全生产法》第十条",
    ),
    Sort(
        "special", "专项监管", "消防、特种设备等专项，由专项监管部门在各行业内负责。", "agency", "专项监管部门", ("sector",),
        "这个部门已是该行业的专项监管部门", agencies=frozenset({AgencyKind.DEPARTMENT.value}), words="专项内容",
        words_needed=True, basis="《安全生产法》第十条",
    ),
)  # fmt: skip
_BY_KIND = {one.kind: one for one in SORTS}
FREQUENCIES = (("month", "每月一次"), ("quarter", "每季度一次"))


def sort_of(kind: str) -> Sort | None:
    return _BY_KIND.get(kind)
