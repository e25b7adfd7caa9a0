"""Which campaigns (专项行动) there are, as the tags that other matters carry.

One room keeps campaigns; forms offer them, gates ask for them and figures count by them without knowing that room. A
tag is a plain text on the matter: it stays readable when the campaign is long over, and a ledger may say one that
nobody registered. What was renamed is counted under its present name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from bihuan.kernel.errors import Failure

LENGTH = 60


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign that was approved: its present name, its days, and the names it is also counted under."""

    name: str
    first: date
    last: date
    going_on: bool = True
    also: tuple[str, ...] = ()

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


Source = Callable[[], Sequence[Campaign]]


def _none() -> Sequence[Campaign]:
    return ()


_source: Source = _none


def take_from(source: Source) -> None:
    """Have everybody here ask ``source``, in the order it gives; the room that keeps campaigns says so at start-up."""
    global _source
    _source = source


def known() -> Sequence[Campaign]:
    """Every approved campaign, one statement."""
    return _source()


def offered() -> Sequence[str]:
    """The names a form offers: what is going on, and what is being summed up and still gets its latecomers."""
    return [each.name for each in known() if each.going_on]


def present_names() -> dict[str, str]:
    """Every name something may carry and the name it is counted under."""
    return {name: each.name for each in known() for name in (each.name, *each.also)}


def names_of(name: str) -> tuple[str, ...]:
    """All names that are counted under ``name``, itself among them; alone when no campaign is called so."""
    found = _named(name)
    return (name,) if found is None else (found.name, *found.also)


def present_name(name: str) -> str:
    """What is called ``name`` today."""
    found = _named(name)
    return name if found is None else found.name


def _named(name: str) -> Campaign | None:
    return next((each for each in known() if name == each.name or name in each.also), None)


def objection(name: str, day: date, field: str = "campaign") -> Failure | None:
    """Why something of ``day`` cannot carry the tag ``name``; None when it can, or carries none.

    A former name is understood. What was not registered or was not on that day is refused in words.
    """
    if not name:
        return None
    every = known()
    found = next((each for each in every if name == each.name or name in each.also), None)
    if found is None:
        going = "、".join(f"“{each.name}”" for each in every if each.covers(day))
        offer = f"{day} 实施中的有：{going}，请从中选择" if going else f"{day} 没有实施中的专项行动，请留空"
        return Failure(
            "campaign.unknown", f"没有登记过专项行动“{name}”；{offer}，或先由安委办批准方案", field
        )
    if day < found.first:
        return Failure(
            "campaign.not_begun", f"“{found.name}”自 {found.first} 起实施，{day} 还没有开始", field
        )
    if day > found.last:
        says = f"“{found.name}”已于 {found.last} 结束，{day} 的事项不能再归入；请改选或留空"
        return Failure("campaign.finished", says, field)
    return None


def tagged(name: str, column: str = "campaign") -> Q:
    """What carries a campaign's tag in ``column``, under whichever of its names."""
    also = names_of(name)
    return Q(**{f"{column}__in": also}) if len(also) > 1 else Q(**{column: name})
