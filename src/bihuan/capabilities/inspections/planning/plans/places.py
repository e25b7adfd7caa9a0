"""Numbers of lines as people write them: 1-5、8."""

from __future__ import annotations

import re
import unicodedata

MOST = 20
_PART = re.compile(r"(\d{1,4})(?:[-—~至](\d{1,4}))?")


def places_in(text: str) -> list[int]:
    """The numbers meant, each once, in order.

    Raises:
        ValueError: not understood, or too many at once; the message says how to write it.
    """
    found: dict[int, None] = {}
    for part in re.split(r"[、,，;；\s]+", unicodedata.normalize("NFKC", text).strip("、,，;； ")):
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(f"看不懂“{part}”，请写成 1-5、8 这样的形式")
        first = int(match[1])
        last = int(match[2] or first)
        if last < first:
            raise ValueError(f"“{part}”前面的数应小于后面的数")
        found |= dict.fromkeys(range(first, min(last, first + MOST) + 1))
    if len(found) > MOST:
        raise ValueError(f"一次最多安排 {MOST} 家，请分几次")
    return list(found)
