"""What the law publishes of a penalty decision in force, read from the case's own row and nothing beside it (M137)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from bihuan.capabilities.enforcement.disclosure.masking import mask_name, scrub
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.states import MeasureKind, Outcome, PartyKind
from bihuan.registers.instruments import shelf
from bihuan.registers.instruments.models import OrganProfile

PENALTIES = (
    MeasureKind.WARNING, MeasureKind.CONFISCATION, MeasureKind.SUSPENSION, MeasureKind.CLOSURE, MeasureKind.REVOCATION,
    MeasureKind.RESTRICTION,
)  # fmt: skip
"""Measures that are penalties (行政处罚法第九条); what else was done with a decision is not published."""
DECISIONS = (
    "penalty_decision_entity", "penalty_decision_citizen", "summary_penalty_entity", "summary_penalty_citizen",
)  # fmt: skip
LONGEST = 40


def publishable() -> Q:
    """Decisions that are to be published: a penalty, decided and in force."""
    return Q(outcome=Outcome.PENALTY.value, decided_on__isnull=False)


def in_public() -> Q:
    """Those that are published and were not withdrawn."""
    return publishable() & Q(published_on__isnull=False, unpublished_on=None)


def waiting() -> Q:
    """Those that are to be published and do not stand in public: never published, withdrawn when they were changed, or
    with a daily penalty decided since."""
    added = Q(daily__has_key="decided_on") & ~Q(daily__has_key="published_on")
    return publishable() & (Q(published_on=None) | Q(unpublished_on__isnull=False) | added)


@dataclass(frozen=True, slots=True)
class Decision:
    """One published decision: these fields and no others leave the house."""

    number: str
    organ: str
    party: str
    violation: str
    basis: tuple[str, ...]
    penalties: tuple[str, ...]
    amount_yuan: str
    decided_on: date
    published_on: date

    @property
    def amount_words(self) -> str:
        """The amount as a page prints it."""
        whole, point, rest = self.amount_yuan.partition(".")
        return f"{int(whole):,}{point}{rest}" if whole else ""

    def json(self) -> dict[str, Any]:
        """The same for programs."""
        told = asdict(self)
        return {
            **told, "basis": list(self.basis), "penalties": list(self.penalties),
            "decided_on": self.decided_on.isoformat(), "published_on": self.published_on.isoformat(),
        }  # fmt: skip


def public_cases(text: str = "", year: int | None = None) -> QuerySet[Case]:
    """The cases behind the public page. What is searched for is what the page shows: a person's name finds nobody."""
    rows = Case.objects.filter(in_public())
    words = text.replace("\x00", "").strip()[:LONGEST]
    if year is not None:
        rows = rows.filter(decided_on__year=year)
    if words:
        entity = Q(party_kind=PartyKind.ENTITY.value)
        rows = rows.filter(entity & (Q(party__icontains=words) | Q(cause__icontains=words)))
        rows = Case.objects.filter(pk__in=_showing(words, rows))
    return rows


def _showing(words: str, rows: QuerySet[Case]) -> list[Any]:
    """Those whose page says the words: what is masked there would otherwise be found digit by digit."""
    sought = words.casefold()
    held = rows.only("uid", "party", "party_kind", "cause", "principal", "officers")
    return [
        case.pk
        for case in held
        if any(sought in text.casefold() for text in (_party(case), _violation(case)))
    ]


def _party(case: Case) -> str:
    return scrub(case.party, ()) if case.party_kind == PartyKind.ENTITY else mask_name(case.party)


def _violation(case: Case) -> str:
    """The cause without the names of the principal, the officers and a party that is a person."""
    person = () if case.party_kind == PartyKind.ENTITY else (case.party,)
    return scrub(case.cause, [case.principal, *(str(one.get("name", "")) for one in case.officers), *person])


def decisions(cases: Iterable[Case]) -> Sequence[Decision]:
    """What is told of each case; two statements more for the numbers of the decisions and the organs' full names."""
    listed = list(cases)
    numbers: dict[Any, str] = {}
    for instrument in shelf.instruments_of([case.uid for case in listed]).filter(kind__in=DECISIONS):
        numbers[instrument.matter] = instrument.number
    organs = {
        row.agency_id: row.full_name
        for row in OrganProfile.objects.filter(agency__in={case.agency_id for case in listed})
    }
    return [
        _decision(case, numbers.get(case.uid, ""), organs.get(case.agency_id) or case.agency.name)
        for case in listed
    ]


def _decision(case: Case, number: str, organ: str) -> Decision:
    assert case.decided_on is not None and case.published_on is not None  # noqa: PT018 - what is public has both
    amount = case.fine_fen + case.confiscation_fen + (case.daily_fen if _daily_told(case) else 0)
    return Decision(
        number=number,
        organ=organ,
        party=_party(case),
        violation=_violation(case),
        basis=tuple(dict.fromkeys(scrub(str(row["basis"]), ()) for row in case.violations if row.get("basis"))),
        penalties=tuple(_penalties(case)),
        amount_yuan=f"{amount / 100:.2f}".removesuffix(".00") if amount else "",
        decided_on=case.decided_on,
        published_on=case.published_on,
    )  # fmt: skip


def _daily_told(case: Case) -> bool:
    """Whether a daily penalty of the case was published with its decision."""
    return bool(case.daily_fen and case.daily.get("published_on"))


def _penalties(case: Case) -> Iterable[str]:
    kinds = {str(row.get("kind")) for row in case.measures}
    if case.fine_fen:
        yield "罚款"
    if _daily_told(case):
        yield "按日连续处罚"
    for kind in PENALTIES:
        if kind.value in kinds or (kind is MeasureKind.CONFISCATION and case.confiscation_fen):
            yield kind.label
