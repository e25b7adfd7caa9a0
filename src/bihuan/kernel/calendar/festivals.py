"""The thirteen festival days of a year nobody has announced yet (全国年节及纪念日放假办法, 2025年修订).

Which days around them are swapped is unknown until the State Council says so, usually in November; so this is
an estimate, and whatever is computed with it is provisional. Festivals of the lunar calendar are computable
far ahead; their dates lie in ``lunar.json``. Beyond its last year they are left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

SPRING, TOMBS, DRAGON_BOAT, MID_AUTUMN = "春节", "清明节", "端午节", "中秋节"


@cache
def _lunar() -> Mapping[str, Mapping[str, str]]:
    text = files("bihuan.kernel.calendar").joinpath("lunar.json").read_text(encoding="utf-8")
    dates: dict[str, dict[str, str]] = json.loads(text)["years"]
    return dates


def festivals(year: int) -> dict[date, str]:
    """The statutory days off of ``year`` with their names, without any swapping."""
    days = {date(year, 1, 1): "元旦", tombs(year): TOMBS}
    days |= {date(year, 5, day): "劳动节" for day in (1, 2)}
    lunar = _lunar().get(str(year))
    if lunar:
        spring = date.fromisoformat(lunar[SPRING])
        days |= {spring + timedelta(days=offset): SPRING for offset in range(-1, 3)}
        days |= {date.fromisoformat(lunar[name]): name for name in (DRAGON_BOAT, MID_AUTUMN)}
    days |= {date(year, 10, day): "国庆节" for day in (1, 2, 3)}
    return days


def tombs(year: int) -> date:
    """清明, by the usual approximation of the solar term, exact from 1901 to 2099."""
    within = year % 100
    constant = 4.81 if year >= 2000 else 5.59
    return date(year, 4, int(within * 0.2422 + constant) - within // 4)
