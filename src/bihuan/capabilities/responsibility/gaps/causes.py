"""Why nobody answers for an object, or two do (监管盲区, M004, M019): every cause with what it is about and how to mend it."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State

SECTOR, REGION, UNIT, OBJECT, WHOLE, SAID = "sector", "region", "unit", "object", "whole", "said"


class Cause(State):
    NO_LEAD = "no_lead", "没有行业主管部门"
    LEAD_VACANT = "lead_vacant", "主管部门无人在岗"
    NO_TERRITORY = "no_territory", "没有属地负责人"
    NO_LEADER = "no_leader", "没有分管领导"
    NO_PRINCIPAL = "no_principal", "没有企业主要负责人"
    NO_ZONE = "no_zone", "不在任何责任区"
    NO_OFFICE = "no_office", "安委办无人在岗"
    TWO_LEADS = "two_leads", "两个牵头监管部门"
    TWO_LEADERS = "two_leaders", "两位分管领导"
    TWO_CLAIMS = "two_claims", "两个单位都认领"
    OTHER = "said", "其他盲区或争议"

    @property
    def about(self) -> str:
        """What one matter of this cause is about: a sector, a place, a unit, one object, the district, or what was said."""
        return _ABOUT[self]

    @property
    def conflict(self) -> bool:
        """Whether two stand where one should, and not none."""
        return self in (Cause.TWO_LEADS, Cause.TWO_LEADERS, Cause.TWO_CLAIMS)

    @property
    def mended_at(self) -> tuple[str, str]:
        """Where it is mended: the words and the address."""
        return _MENDED[self]


_ABOUT = {
    Cause.NO_LEAD: SECTOR, Cause.LEAD_VACANT: UNIT, Cause.NO_TERRITORY: REGION, Cause.NO_LEADER: SECTOR,
    Cause.NO_PRINCIPAL: REGION, Cause.NO_ZONE: REGION, Cause.NO_OFFICE: WHOLE, Cause.TWO_LEADS: SECTOR,
    Cause.TWO_LEADERS: SECTOR, Cause.TWO_CLAIMS: OBJECT, Cause.OTHER: SAID,
}  # fmt: skip
_NAMING = "/responsibility/naming/"
_MENDED = {
    Cause.NO_LEAD: ("确定行业主管部门", "/responsibility/regulators/"),
    Cause.LEAD_VACANT: ("由安全管理员办理该部门监管岗位的任职", "/people/"),
    Cause.NO_TERRITORY: ("由安全管理员办理镇街负责人的任职", "/people/"),
    Cause.NO_LEADER: ("确定分管行业或包保片区的领导", f"{_NAMING}sector/"),
    Cause.NO_PRINCIPAL: ("在企业档案里补登主要负责人", "/enterprises/"),
    Cause.NO_ZONE: ("划入责任区并确定干部", f"{_NAMING}zone/"),
    Cause.NO_OFFICE: ("由安全管理员办理安委办的任职", "/people/"),
    Cause.TWO_LEADS: ("保留一个牵头部门，结束另一个", "/responsibility/regulators/"),
    Cause.TWO_LEADERS: ("由一位领导分管，结束另一位", f"{_NAMING}sector/"),
    Cause.TWO_CLAIMS: ("裁定由一个单位负责，结束另一个认领", f"{_NAMING}claim/"),
    Cause.OTHER: ("按实际情况处理", ""),
}
