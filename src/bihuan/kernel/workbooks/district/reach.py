"""Which sectors a post reaches by the words of a workbook."""

from __future__ import annotations

from bihuan.kernel.errors import Refused
from bihuan.kernel.people.models import Role
from bihuan.kernel.people.reach import sectors_unsaid
from bihuan.kernel.territory.models import Agency, Sector
from bihuan.kernel.territory.trees import find_sector
from bihuan.kernel.workbooks.rowwise import listed

ALL = "全部"


def sectors_of(text: str, role: Role, agency: Agency | None) -> tuple[tuple[Sector, ...], bool]:
    """The sectors of a post, none meaning all, and whether they were taken over from the unit for want of words.

    Raises:
        Refused: a word is no sector, or nothing tells which they are.
    """
    words = listed(text)
    if words == [ALL]:
        return (), False
    if not words:
        taken = sectors_unsaid(role, agency)
        return taken, bool(taken)
    return tuple(_sector(word) for word in words), False


def _sector(word: str) -> Sector:
    found = find_sector(word)
    if found is None:
        raise Refused.because(
            "people.unknown_sector", f"“{word}”不是已知的行业领域，请写规范名称，或写“{ALL}”", "sectors"
        )
    return found
