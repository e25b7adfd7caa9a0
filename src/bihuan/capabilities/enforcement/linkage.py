"""三个联动 (M143): what is overdue twice is taken up by several units, or whoever heads the agency says why it is not.

The room a case came out of says whether its matter ran out twice; the head then owes the sharing-out of the work. That two
is the number, and that the head may decline with a reason, follows from 「难隐患、硬骨头」 as read, no text sets it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bihuan.capabilities.enforcement import terms
from bihuan.capabilities.enforcement.inputs.executing import Overdue
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.states import STARTED, CaseState
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.deadlines import Deadline, counted
from bihuan.kernel.people.actors import Actor

DUTY = "link_up"
NOTING = Actor.system("逾期联动")
RUNNING = [state.value for state in (*STARTED, CaseState.EXECUTING)]
Teller = Callable[[str], str]
_tellers: list[Teller] = []


def tell_overdue(teller: Teller) -> None:
    """Let another room say in words that the matter of a number ran out twice, else nothing; called once by wiring."""
    _tellers.append(teller)


def overdue_twice(origin: str) -> str:
    """Why the matter behind a case is one for several units; empty where it is not."""
    return next((why for teller in _tellers if origin and (why := teller(origin))), "")


def by_when(why: str, on: date) -> Deadline:
    """The day by which the head shares the work out, or declines."""
    days = int(terms.policy("case.linkage_days", on))
    return counted(on, days, "working", f"{why}，应由几个单位联合办理，或者说明不需联合的理由（天数待核对）")


def owe(case: Case, why: str, context: Any) -> None:
    """The head owes the sharing-out, unless it was done already."""
    if not case.parts:
        context.owe(case, DUTY, by_when(why, context.day))


def note(origin: str, why: str) -> None:
    """A matter ran out the second time while its case is running: one case of it is told, once."""
    running = Case.objects.filter(origin=origin, state__in=RUNNING).order_by("opened_at", "uid")
    cases = list(running.only("no", "parts", "hands"))
    if not cases or any(case.parts or case.hand("decline_linkage") or told(case) for case in cases):
        return
    engine.perform("case", "note_overdue", cases[0].no, Overdue(words=why), actor=NOTING)


def told(case: Any) -> bool:
    """Whether the sharing-out is owed."""
    return DUTY in ((case.duties or {}).get("open") or {})


def kind_of(parts: list[Mapping[str, Any]]) -> str:
    """Between departments, with towns, or both; by the units that have a part."""
    towns = {bool(row.get("town")) for row in parts}
    if towns == {True}:
        return "镇街联动"
    return "部门联动" if towns == {False} else "部门镇街联动"
