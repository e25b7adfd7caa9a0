"""屡整屡犯 in cases: the same violation of the same party punished before within the window raises the tier by one (M096)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q

from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.states import Outcome
from bihuan.capabilities.enforcement.terms import policy
from bihuan.registers.law.penalties import Clause

Teller = Callable[[str], Sequence[str]]
_tellers: list[Teller] = []
MOST = 20


def tell_chain(teller: Teller) -> None:
    """Let another room name the matters that the matter a case came out of repeats (hazards do); called once by wiring."""
    _tellers.append(teller)


def former(case: Any, clause: Clause) -> list[str]:
    """Numbers of earlier cases of this party for the same article, the latest first, then the hazards repeated."""
    window = timedelta(days=int(policy("case.recurrence_days", case.acted_on)))
    rows = Case.objects.filter(
        same_party(case),
        outcome=Outcome.PENALTY.value,
        decided_on__gte=case.acted_on - window,
        decided_on__lte=case.acted_on,
    ).exclude(pk=case.pk)
    cases = [
        no
        for no, violations in rows.order_by("-decided_on").values_list("no", "violations")[:MOST]
        if any(row["law"] == clause.law.key and row["article"] == clause.article for row in violations)
    ]
    return cases + chain(case)


def same_party(case: Any) -> Q:
    """Cases of the same party: a registered enterprise by its identity, a person as a person and not by the employer."""
    if case.entity and case.object_id:
        return Q(party_kind=case.party_kind, object=case.object_id)
    named = Q(party=case.party, object=case.object_id)
    if case.party_code:
        named |= Q(party_code=case.party_code)
    return Q(party_kind=case.party_kind) & named


def chain(case: Any) -> list[str]:
    """Numbers of the hazards that the one behind the case repeats."""
    if not case.origin:
        return []
    return [no for teller in _tellers for no in teller(case.origin)]


def clean(case: Any) -> bool:
    """Whether nothing was decided against the party within the window (初次违法)."""
    window = timedelta(days=int(policy("case.recurrence_days", case.acted_on)))
    rows = Case.objects.filter(
        same_party(case), outcome=Outcome.PENALTY.value, decided_on__gte=case.acted_on - window
    )
    return not rows.exclude(pk=case.pk).exists()
