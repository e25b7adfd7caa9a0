"""Keeping the rows of violations in step with the cases they come from; repeated, it changes nothing (M126)."""

from __future__ import annotations

import re
from typing import Any

from bihuan.capabilities.enforcement.disclosure.models import Violation
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.states import Outcome
from bihuan.registers.law import penalties

_LISTED = re.compile(r"^\d+项（(.*)）$")
"""An article that lists several acts says how many; the acts are what a ranking tells."""
CHANGING = (
    "decide", "decide_no_penalty", "punish_on_the_spot", "end_remedy", "take_back_decision", "begin_again",
)  # fmt: skip
"""Deeds of a case after which its violations are counted anew."""


def follow(case: Case, given: Any, context: Any) -> None:
    """Part of the deed's own transaction."""
    count(case)


def count(case: Case) -> None:
    """Write the violations of a decided case; of one that is not decided, none. What was revoked brought no fine."""
    Violation.objects.filter(case=case).delete()
    if case.decided_on is None:
        return
    Violation.objects.bulk_create(
        [_row(case, place, told) for place, told in enumerate(case.violations, start=1)]
    )


def _row(case: Case, place: int, told: dict[str, Any]) -> Violation:
    assert case.decided_on is not None
    fine = 0 if case.outcome == Outcome.REVOKED else int(told.get("amount_fen") or 0)
    return Violation(
        case=case, place=place, topic=_topic(told), article=str(told.get("basis", ""))[:120], result=case.outcome,
        amount_fen=fine, decided_on=case.decided_on, region_path=case.region_path,
        sector_path=case.sector_path, agency_id=case.agency_id, object_id=case.object_id,
    )  # fmt: skip


def _topic(told: dict[str, Any]) -> str:
    """What the law calls the act, so that one act under two laws is one kind."""
    try:
        return _LISTED.sub(r"\1", penalties.clause(str(told["clause"])).violation)[:120]
    except KeyError:
        return str(told.get("violated") or "其他")[:120]
