"""Who answered on the day of the accident, and what is to be proposed about it: rows to decide on, nothing done by itself.

The chain is that of the day: who holds a post today may not have held it then. 一票否决 is proposed for the units
of the place and of the field where the accident is 较大 or graver; the committee decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.capabilities.accidents.models import Accident
from bihuan.capabilities.accidents.states import Grade, graver
from bihuan.kernel.responsibility.chain import Level, chain
from bihuan.kernel.territory.models import Region
from bihuan.kernel.web import parts

TOWN_STEPS = 2


def chain_then(accident: Accident) -> Sequence[parts.Fact]:
    """Head of the unit, town, regulator, office and leader in charge on the day of the accident, each with the rule."""
    if accident.object is None:
        return []
    holders = chain(accident.object, accident.occurred_on, agency=accident.agency_id)
    return [
        parts.Fact(one.level.label, f"{one.title} {one.name}".strip() or "当日空缺", hint=one.rule, wide=True)
        for one in holders
        if one.level is not Level.LEAD
    ]


def vetoes(accident: Accident) -> Sequence[parts.Fact]:
    """For whom 一票否决 is to be considered; empty below 较大."""
    grade = Grade(accident.grade)
    if not graver(grade, Grade.GENERAL):
        return []
    town = ".".join(accident.region_path.split(".")[:TOWN_STEPS]) + "."
    place = Region.objects.filter(path=town).values_list("name", flat=True).first()
    units = [name for name in (place, accident.agency.name if accident.agency else None) if name]
    why = f"{grade.label}事故，计入死亡 {accident.counted_deaths} 人；由安委会研究决定，本系统不自动执行"
    return [parts.Fact("建议研究一票否决", unit, hint=why, wide=True) for unit in units]
