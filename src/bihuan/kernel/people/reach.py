"""How far a post reaches when nobody said so: no further than its unit answers for."""

from __future__ import annotations

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency, Regulation, Sector
from bihuan.kernel.territory.trees import in_force

OF_THEIR_UNIT = frozenset({Role.REGULATOR, Role.OFFICER})
"""Who works in the name of a bureau (管行业必须管安全, 安全生产法 第三条); a town or a leader has a place instead."""


def sectors_unsaid(role: Role, agency: Agency | None) -> tuple[Sector, ...]:
    """The sectors of a post for which none were named; none at all means every sector of its place.

    Raises:
        Refused: it works in the name of a bureau that answers for no sector, so nobody can tell
            (``people.sectors_missing``).
    """
    if agency is None or role not in OF_THEIR_UNIT:
        return ()
    held = Regulation.objects.filter(in_force(clock.today()), agency=agency).select_related("sector")
    taken = tuple(one.sector for one in held.order_by("sector__order", "sector_id"))
    if not taken:
        says = f"“{agency.name}”没有登记主管的行业领域，请写明这个岗位分管哪些行业；辖区内全部行业都管的，选“全部”"
        raise Refused.because("people.sectors_missing", says, "sectors")
    return taken
