"""Which sectors a post reaches by the words of a workbook. A cell left empty gives nobody more than his unit answers for."""

from __future__ import annotations

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency, Regulation, Sector
from bihuan.kernel.territory.trees import find_sector, in_force
from bihuan.kernel.workbooks.rowwise import listed

ALL = "全部"
_OF_THEIR_UNIT = frozenset({Role.REGULATOR, Role.OFFICER})
"""Who works in the name of a bureau (管行业必须管安全, 安全生产法 第三条); a town or a leader has a place instead."""


def sectors_of(text: str, role: Role, agency: Agency | None) -> tuple[tuple[Sector, ...], bool]:
    """The sectors of a post, none meaning all, and whether they were taken over from the unit for want of words.

    Raises:
        Refused: a word is no sector.
    """
    words = listed(text)
    if words == [ALL]:
        return (), False
    if not words and agency is not None and role in _OF_THEIR_UNIT:
        held = Regulation.objects.filter(in_force(clock.today()), agency=agency).select_related("sector")
        taken = tuple(one.sector for one in held.order_by("sector__order", "sector_id"))
        return taken, bool(taken)
    return tuple(_sector(word) for word in words), False


def _sector(word: str) -> Sector:
    found = find_sector(word)
    if found is None:
        raise Refused.because(
            "people.unknown_sector", f"“{word}”不是已知的行业领域，请写规范名称，或写“{ALL}”", "sectors"
        )
    return found
