"""Supervision of enforcement: timeliness, completeness and legality of each unit and officer, item by item (M138, M141).

An item is a share of cases, and its cases open. A score is the mean of the items that have any case to speak of; it is 待核对:
no text that was read says how the items weigh.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bihuan.capabilities.enforcement.access import visible_cases
from bihuan.capabilities.enforcement.disclosure import figures
from bihuan.capabilities.enforcement.disclosure.terms import in_time
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.states import Outcome
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Person
from bihuan.registers.law import limits

TIMELY, COMPLETE, LEGAL = "及时", "完整", "合法"


@dataclass(frozen=True, slots=True)
class Item:
    """One share: of ``of`` cases ``good`` were as they should be; ``bad`` are the numbers of the others."""

    group: str
    label: str
    basis: str
    good: int
    of: int
    bad: tuple[str, ...]

    @property
    def share(self) -> float | None:
        return self.good / self.of if self.of else None

    @property
    def words(self) -> str:
        return f"{self.good * 100 / self.of:.1f}%" if self.of else "—"


@dataclass(frozen=True, slots=True)
class Score:
    """A unit or an officer with all items."""

    key: int
    name: str
    cases: int
    enterprises: int
    items: tuple[Item, ...]

    @property
    def value(self) -> str:
        """The mean of the items, of a hundred; a dash where there is nothing to judge."""
        shares = [item.share for item in self.items if item.share is not None]
        return f"{sum(shares) * 100 / len(shares):.1f}" if shares else "—"

    def group(self, name: str) -> str:
        shares = [item.share for item in self.items if item.group == name and item.share is not None]
        return f"{sum(shares) * 100 / len(shares):.1f}" if shares else "—"


def judged(actor: Actor, period: Period, as_of: date) -> Sequence[Case]:
    """The decided cases a reader may see; one statement, and the same rows the figure counts."""
    rows = visible_cases(actor).filter(figures.judged(period, as_of)).select_related("agency")
    return list(rows.order_by("decided_on", "uid"))


def units(actor: Actor, period: Period, as_of: date) -> Sequence[Score]:
    """Every enforcing unit, the most cases first."""
    rows: dict[int, list[Case]] = {}
    names: dict[int, str] = {}
    for case in judged(actor, period, as_of):
        rows.setdefault(case.agency_id, []).append(case)
        names[case.agency_id] = case.agency.name
    return _ranked(_score(key, names[key], cases, as_of) for key, cases in rows.items())


def officers(actor: Actor, period: Period, as_of: date) -> Sequence[Score]:
    """Every investigator; a case counts for both of its two."""
    rows: dict[int, list[Case]] = {}
    for case in judged(actor, period, as_of):
        for person in case.investigators:
            rows.setdefault(person, []).append(case)
    names = dict(Person.objects.filter(pk__in=rows).values_list("pk", "name"))
    return _ranked(_score(key, names.get(key, str(key)), cases, as_of) for key, cases in rows.items())


def _ranked(scores: Iterable[Score]) -> Sequence[Score]:
    return sorted(scores, key=lambda score: (-score.cases, score.name))


def _score(key: int, name: str, cases: Sequence[Case], as_of: date) -> Score:
    parties = {str(case.object_id or case.party) for case in cases}
    return Score(key, name, len(cases), len(parties), tuple(items_of(cases, as_of)))


def items_of(cases: Sequence[Case], as_of: date) -> Iterable[Item]:
    """The items, each with its law."""
    yield _item(
        TIMELY, "在办案期限内作出决定", "《行政处罚法》第六十条", cases,
        lambda case: case.decide_by is None or (case.decided_on is not None and case.decided_on <= case.decide_by),
    )  # fmt: skip
    yield _item(TIMELY, "决定书按期送达", "《行政处罚法》第六十一条", _ripe(cases, as_of), _served_in_time)
    punished = [case for case in cases if case.outcome == Outcome.PENALTY]
    due = [case for case in punished if case.published_on or _publish_due(case) < as_of]
    yield _item(TIMELY, "处罚决定按期公示", "《安全生产法》第七十八条", due, in_time)
    concluded = [case for case in cases if case.concluded_on and case.concluded_on <= as_of]
    yield _item(
        COMPLETE, "结案后案卷归档", "《行政处罚法》第四十七条", concluded,
        lambda case: case.archived_on is not None and case.archived_on <= as_of,
    )  # fmt: skip
    yield _item(
        COMPLETE, "违法行为、依据和证据齐全", "《行政处罚法》第四十条", punished,
        lambda case: bool(case.violations) and all(row.get("basis") and row.get("evidence") for row in case.violations),
    )  # fmt: skip
    yield _item(
        LEGAL, "两名持证执法人员办理", "《行政处罚法》第四十二条", cases,
        lambda case: sum(bool(one.get("certificate")) for one in case.officers) >= 2,
    )  # fmt: skip
    yield _item(
        LEGAL, "决定没有被撤销、变更", "《行政复议法》《行政诉讼法》", cases,
        lambda case: not any(row.get("result") in ("revoked", "changed") for row in case.remedies),
    )  # fmt: skip


def _item(group: str, label: str, basis: str, cases: Sequence[Case], good: Callable[[Case], bool]) -> Item:
    bad = tuple(case.no for case in cases if not good(case))
    return Item(group, label, basis, len(cases) - len(bad), len(cases), bad)


def _ripe(cases: Sequence[Case], as_of: date) -> list[Case]:
    """Those that were served, or whose day for it has gone by."""
    return [
        case
        for case in cases
        if case.served_on
        or (case.decided_on is not None and limits.due("service", case.decided_on).due < as_of)
    ]


def _served_in_time(case: Case) -> bool:
    assert case.decided_on is not None
    return case.served_on is not None and case.served_on <= limits.due("service", case.decided_on).due


def _publish_due(case: Case) -> date:
    assert case.decided_on is not None
    return limits.due("publish_penalty", case.decided_on).due
