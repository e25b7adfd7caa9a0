"""What the rules give a post or a unit: the dated default list, and what must come with a leader's post."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bihuan.capabilities.responsibility.duties.catalogues.reading import catalogue
from bihuan.capabilities.responsibility.duties.models import Clause, RuleDocument, RuleVersion
from bihuan.capabilities.responsibility.duties.words import DutyClass, Oversight
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency


@dataclass(frozen=True, slots=True)
class Standard:
    """One entry of the default list."""

    since: date
    duty_class: DutyClass
    oversight: str
    rule: str
    clause: str
    text: str
    role: str = ""
    kind: str = ""
    heads: bool = False
    portfolio: bool = False

    @property
    def basis(self) -> str:
        return f"《{self.rule}》{self.clause}"


@cache
def standards() -> tuple[Standard, ...]:
    """The default list of the release."""
    return tuple(_standard(row) for row in catalogue("standard_duties")["duty"])


def _standard(row: dict[str, Any]) -> Standard:
    return Standard(
        since=row["since"], duty_class=DutyClass(row["class"]), oversight=Oversight(row["oversight"]).value if "oversight" in row else "",
        rule=row["rule"], clause=row["clause"], text=row["text"], role=row.get("role", ""), kind=row.get("kind", ""),
        heads=row.get("heads", False), portfolio=row.get("portfolio", False),
    )  # fmt: skip


def of_post(role: str, on: date, *, heads: bool, portfolio: bool) -> Standard | None:
    """What the rules give a post on a day; the most special entry, by the order of the list."""
    return next(
        (
            one
            for one in standards()
            if one.role == role
            and one.since <= on
            and (heads or not one.heads)
            and (portfolio or not one.portfolio)
        ),
        None,
    )


def of_unit(agency: Agency, on: date) -> Standard | None:
    """What the rules give a unit on a day."""
    return next((one for one in standards() if one.kind == agency.kind and one.since <= on), None)


def clause_of(standard: Standard) -> Clause | None:
    """The clause of the version in force today; None when there is no such version, or it no longer has the clause."""
    if not RuleVersion.objects.exists():
        load_rules()
    version = version_of(standard.rule, clock.today())
    return version.clauses.filter(label=standard.clause).first() if version else None


def version_of(rule: str, on: date) -> RuleVersion | None:
    """The version of a rule in force on a day."""
    known = RuleVersion.objects.filter(document__name=rule, effective_from__lte=on)
    return known.select_related("document").order_by("-effective_from").first()


def load_rules() -> int:
    """Write down the rules of the release; how many versions were new. Safe to repeat."""
    made = 0
    for row in catalogue("rules")["rule"]:
        document, _ = RuleDocument.objects.get_or_create(name=row["name"], defaults={"issuer": row["issuer"]})
        version, new = RuleVersion.objects.get_or_create(
            document=document,
            effective_from=row["effective_from"],
            defaults={
                "number": row["number"], "verification": row["verification"], "made_by": Actor.system("rules").name,
                "at": clock.now(),
            },
        )  # fmt: skip
        made += new
        if new:
            Clause.objects.bulk_create(
                [Clause(version=version, label=label, order=place) for place, label in enumerate(row["clauses"])]
            )  # fmt: skip
    return made


def clause_labels() -> Iterable[tuple[str, str]]:
    """Rule and clause of every standard; a test holds them against the rules of the release."""
    return ((one.rule, one.clause) for one in standards())
