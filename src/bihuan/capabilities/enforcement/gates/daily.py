"""The daily consecutive penalty (安全生产法第一百一十二条): its grounds, that the party was told and could speak, its service."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bihuan.capabilities.enforcement import rounds
from bihuan.capabilities.enforcement.gates.deciding import in_order
from bihuan.capabilities.enforcement.states import Outcome
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure

LAW = "WSL"
"""The law whose article 112 lets a fine repeat by the day."""


def daily_possible(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """A unit, fined under the safety law, whose fine still stands."""
    if case.outcome != Outcome.PENALTY or not case.fine_fen:
        yield Failure("case.no_fine_to_repeat", "按日连续处罚以受到罚款处罚为前提")
        return
    if not case.entity:
        yield Failure("case.daily_of_a_person", "按日连续处罚针对生产经营单位，不适用于个人")
    if not any(row["law"] == LAW for row in case.violations):
        yield Failure("case.daily_other_law", "按日连续处罚以违反《安全生产法》受到罚款处罚为前提")


def none_announced(case: Any, given: Any, actor: Any) -> Failure | None:
    """One at a time, and one a case."""
    before = none_decided(case, given, actor)
    if before:
        return before
    if rounds.daily_open(case):
        return Failure("case.daily_announced", "按日连续处罚已经告知，等待当事人陈述申辩和决定")
    return None


def none_decided(case: Any, given: Any, actor: Any) -> Failure | None:
    """No daily penalty was decided in the case."""
    return (
        Failure("case.daily_before", "本案已作出按日连续处罚决定") if case.daily.get("decided_on") else None
    )


def refused_to_correct(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Ordered to correct and fined, and found on a recheck afterwards to have refused."""
    if given.rechecked_on <= given.ordered_on:
        yield Failure("case.rechecked_too_soon", "复查日期应晚于责令改正日期", "rechecked_on")
    if case.served_on and given.rechecked_on < case.served_on:
        says = f"复查应在罚款决定书送达（{case.served_on}）之后：被责令改正且受到罚款处罚后仍拒不改正的，才能按日连续处罚"
        yield Failure("case.rechecked_before_fine", says, "rechecked_on")
    if given.rechecked_on > clock.today():
        yield Failure("case.rechecked_in_future", "复查日期晚于今天，请核对", "rechecked_on")


def daily_announced(case: Any, given: Any, actor: Any) -> Failure | None:
    """The party was told of it first (行政处罚法第四十四条)."""
    if rounds.daily_open(case):
        return None
    says = (
        "按日连续处罚还没有告知当事人；请先办理“告知按日连续处罚”，听取陈述申辩（达到条件的举行听证）后再决定"
    )
    return Failure("case.daily_not_announced", says)


def daily_decided(case: Any, given: Any, actor: Any) -> Failure | None:
    """A decision is made out and waits to be served; one that fell with the fine it repeats does not."""
    if case.outcome != Outcome.REVOKED and case.daily.get("decided_on") and not case.daily.get("served_on"):
        return None
    return Failure("case.no_daily_decision", "没有待送达的按日连续处罚决定书")


def daily_served_in_order(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Served on the day it was decided or after it."""
    return in_order(given, date.fromisoformat(case.daily["decided_on"]))


def nothing_daily_open(case: Any) -> Iterable[Failure]:
    """What of a daily penalty still keeps a case from its end."""
    if rounds.daily_open(case):
        yield Failure(
            "case.daily_open", "按日连续处罚已经告知，还没有作出决定；不再处罚的请办理“不予按日连续处罚”"
        )
    elif case.outcome != Outcome.REVOKED and case.daily.get("decided_on") and not case.daily.get("served_on"):
        yield Failure("case.daily_unserved", "按日连续处罚决定书还没有送达")
