"""Which hearing of the party a case stands in: the one before its decision, or the one before a daily penalty.

安全生产法第一百一十二条 lets a fine repeat by the day; that is a penalty of its own, of which the party is told beforehand
and may speak and be heard (行政处罚法第四十四条、第四十五条、第六十三条). Both rounds run through the same deeds; what was
told, said and reviewed in the second is kept in ``case.daily`` and never touches what the decision rests on.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

Part = Literal["notice", "hearing", "review"]


def daily_open(case: Any) -> bool:
    """Whether a daily penalty was announced and is neither decided nor given up."""
    return bool(case.daily.get("announced_on")) and not case.daily.get("decided_on")


def part(case: Any, name: Part) -> dict[str, Any]:
    """What the round under way keeps of its notice, hearing or review."""
    found: dict[str, Any] = case.daily.get(name, {}) if daily_open(case) else getattr(case, name)
    return found


def notice(case: Any) -> dict[str, Any]:
    return part(case, "notice")


def hearing(case: Any) -> dict[str, Any]:
    return part(case, "hearing")


def review(case: Any) -> dict[str, Any]:
    return part(case, "review")


def keep(case: Any, name: Part, told: dict[str, Any]) -> None:
    """Write back what the round under way keeps."""
    if daily_open(case):
        case.daily = {**case.daily, name: told}
    else:
        setattr(case, name, told)


def add(case: Any, name: Part, **told: Any) -> None:
    """Lay something over what is kept."""
    keep(case, name, {**part(case, name), **told})


def day_of(told: dict[str, Any], key: str) -> date | None:
    """A day kept under ``key``, if there is one."""
    return date.fromisoformat(told[key][:10]) if told.get(key) else None
