"""One violation weighed: clause of the right day, range, factors, branch, proposed amount, and what was entered instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.capabilities.enforcement import recurrence
from bihuan.registers.law import discretion, penalties


@dataclass(frozen=True, slots=True)
class Weighed:
    """The worksheet of one violation."""

    comparison: penalties.Comparison
    proposal: discretion.Proposal
    former: tuple[str, ...]
    amount_fen: int

    @property
    def clause(self) -> penalties.Clause:
        return self.comparison.chosen


def factors_of(given: Any) -> list[str]:
    """The factors named, each once."""
    named = (given.lighter, given.lighter_two, given.heavier, given.heavier_two)
    return list(dict.fromkeys(one for one in named if one))


def weigh(case: Any, given: Any, on: date) -> Weighed:
    """Weigh what is assessed under the law of the act, or of ``on`` where that is lighter.

    Raises:
        KeyError: the clause is none that a release carries.
    """
    asked = penalties.clause(given.clause)
    comparison = penalties.comparing(asked, case.acted_on, on)
    former = recurrence.former(case, comparison.chosen)
    proposal = discretion.propose(
        comparison.chosen,
        factors_of(given),
        case.acted_on,
        recurrence=len(former),
        at_maximum=bool(case.absolute),
        first_time=not former and recurrence.clean(case),
    )
    amount = proposal.amount_fen if given.amount is None else given.amount
    return Weighed(comparison, proposal, tuple(former), amount)


def row_of(weighed: Weighed, given: Any) -> dict[str, Any]:
    """The violation as the case keeps it."""
    clause, proposal = weighed.clause, weighed.proposal
    return {
        "clause": clause.id,
        "law": clause.law.key,
        "article": clause.article,
        "basis": clause.basis,
        "range": clause.range_words,
        "minimum_fen": clause.minimum_fen,
        "maximum_fen": clause.maximum_fen,
        "facts": given.facts,
        "violated": given.violated,
        "evidence": [line.strip() for line in given.evidence.splitlines() if line.strip()],
        "factors": factors_of(given),
        "band": proposal.band,
        "proposed_fen": proposal.amount_fen,
        "amount_fen": weighed.amount_fen,
        "mitigated": bool(given.mitigate),
        "reason": given.reason,
        "reasons": [weighed.comparison.reason, *proposal.reasons],
        "branch": proposal.branch.key,
        "former": list(weighed.former),
    }


def total(case: Any, key: str = "amount_fen") -> int:
    """The sum over the violations of a case."""
    return sum(int(row[key]) for row in case.violations)
