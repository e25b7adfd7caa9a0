"""The documents of a case: every fact is taken from the case's own rows, so that nothing is entered twice (M123, M125).

A document is issued at the very end of its deed, in the same transaction: when it lacks something, the deed is refused
with the document's own words, and no number is used up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bihuan.capabilities.enforcement.states import CaseSource, CaseState, MeasureKind
from bihuan.kernel.documents.numerals import yuan
from bihuan.registers.instruments import issuing, kinds, offering, shelf

BY_FORM = frozenset({"interview_notice", "sampling_receipt", "out_of_scope_transfer"})
"""Documents that need no deed of the case: written on their own page, prefilled from the case."""
TO_SERVE = BY_FORM | {
    "preservation_notice", "preservation_disposal_decision", "payment_demand", "additional_fine_decision",
    "deferral_permit", "transfer_letter", "appraisal_commission",
}  # fmt: skip
"""Documents whose service moves no term of the case; notices, demands and decisions are served by deeds of the case."""


CLOSED = frozenset({CaseState.ARCHIVED.value, CaseState.NOT_OPENED.value})


def common(case: Any) -> dict[str, Any]:
    """What most documents say, from the case's own columns."""
    told: dict[str, Any] = {
        "party": case.party, "address": case.party_address, "principal": case.principal, "phone": case.phone,
        "case_name": case.name, "case_no": case.no, "case_source": CaseSource(case.source).label,
        "cause": f"涉嫌{case.cause}案" if not case.decided_on else f"{case.cause}案", "brief": case.brief,
        "officers": [{"name": one["name"], "certificate": one["certificate"]} for one in case.officers],
        "opened_on": case.filed_on, "evidence": evidence_of(case), "facts": facts_of(case),
        "basis": list(dict.fromkeys(row["basis"] for row in case.violations)),
        "violated": list(dict.fromkeys(row["violated"] for row in case.violations)),
        "investigators": "、".join(one["name"] for one in case.officers),
    }  # fmt: skip
    told["credit_code" if case.entity else "id_number"] = case.party_code
    if not case.entity:
        told |= {"person": case.party, "domicile": case.party_address}
    return told


def evidence_of(case: Any) -> list[str]:
    """The evidence, piece by piece; before any violation is assessed, what was gathered."""
    lines = [line for row in case.violations for line in row["evidence"]]
    return list(dict.fromkeys([*lines, *(one["name"] for one in case.evidence)]))


def facts_of(case: Any) -> str:
    """The facts as found, else as they were reported."""
    rows = case.violations
    if not rows:
        return str(case.brief)
    if len(rows) == 1:
        return str(rows[0]["facts"])
    return "\n".join(f"{number}. {row['facts']}" for number, row in enumerate(rows, 1))


def penalty_of(fine: int, confiscation: int, measures: Sequence[str]) -> list[str]:
    """The penalty line by line."""
    lines = [f"罚款人民币{yuan(fine)}元"] if fine else []
    if confiscation:
        lines.append(f"没收违法所得人民币{yuan(confiscation)}元")
    labels = [
        MeasureKind(one).label
        for one in measures
        if one not in (MeasureKind.CONFISCATION.value,) or not confiscation
    ]
    return lines + labels


def opinion(text: str, by: str, on: date) -> dict[str, Any]:
    """An opinion as a document prints it."""
    return {"text": text, "by": by, "on": on.isoformat()}


def handlers(case: Any, what: str) -> dict[str, Any]:
    """承办人意见: what an investigator said when asking for ``what``, used up by it; the gates see that it was asked."""
    asked = case.review["asked"]
    case.review = {**case.review, "asked": {key: row for key, row in asked.items() if key != what}}
    row: dict[str, Any] = asked[what]
    return row


def mine(text: str, context: Any) -> dict[str, Any]:
    """The opinion of whoever does the deed."""
    return opinion(text, context.actor.name, context.day)


def issue(case: Any, kind: str, context: Any, **facts: Any) -> None:
    """Issue a document of the case at the end of the deed."""

    def last() -> None:
        issuing.issue(
            kind, case, {**common(case), **facts}, on=context.day, actor=context.actor, organ=case.agency
        )

    context.afterwards.append(last)
    context.facts.setdefault("documents", []).append(kinds.label_of(kind))


def issue_anew(case: Any, kind: str, context: Any, *, of: str = "", **facts: Any) -> None:
    """Issue a document that takes the place of the former one of its kind (and of the same fact ``of``), where there is one."""

    def last() -> None:
        rows = reversed(shelf.instruments_of([case.uid]).filter(kind=kind))
        former = next((row for row in rows if not of or row.facts.get(of) == facts[of]), None)
        made = issuing.issue(
            kind, case, {**common(case), **facts}, on=context.day, actor=context.actor, organ=case.agency,
            replaces=former,
        )  # fmt: skip
        if former is not None:
            issuing.void(former, f"由{made.number}代替", context.actor)

    context.afterwards.append(last)
    context.facts.setdefault("documents", []).append(kinds.label_of(kind))


def number_of(case: Any, *wanted: str) -> str:
    """The number of the newest document of one of these kinds; what it is called where it has none."""
    found = shelf.latest(case.uid, *wanted)
    return (found.number or kinds.label_of(found.kind)) if found is not None else ""


def decision_kind(case: Any) -> str:
    return "penalty_decision_entity" if case.entity else "penalty_decision_citizen"


def decision_facts(case: Any) -> Mapping[str, Any]:
    """What documents of execution say of the decision."""
    number = number_of(
        case,
        "penalty_decision_entity",
        "penalty_decision_citizen",
        "summary_penalty_entity",
        "summary_penalty_citizen",
    )
    return {"decision_number": number, "decision_on": case.decided_on, "fine": case.fine_fen}


def daily_facts(case: Any) -> Mapping[str, Any]:
    """The same of the decision of a daily penalty."""
    number = number_of(case, "daily_penalty_decision")
    return {"decision_number": number, "decision_on": case.daily["decided_on"], "fine": case.daily_fen}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def table(text: str, *columns: str) -> list[dict[str, str]]:
    """Rows written with ``｜`` between their columns."""
    rows = []
    for line in lines(text):
        cells = [cell.strip() for cell in line.replace("|", "｜").split("｜")]
        rows.append({key: cell for key, cell in zip(columns, cells, strict=False) if cell})
    return rows


def here(case: Any) -> set[str]:
    """The kinds of documents in force that belong to the case or to what is linked to it."""
    uids = [case.uid, *case.linked]
    return set(shelf.instruments_of(uids).order_by().values_list("kind", flat=True).distinct())


def lacking(present: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """What of ``wanted`` is not there, by name; alternatives are written with ``|``."""
    known = set(present)
    return [
        "或".join(f"《{kinds.label_of(kind)}》" for kind in want.split("|"))
        for want in wanted
        if not known & set(want.split("|"))
    ]


def may_write(actor: Any, case: Any) -> bool:
    """By somebody of the agency, and never once the file is closed."""
    return case.state not in CLOSED and offering.of_its_agency(actor, case)


OFFER = offering.Offer(fill=BY_FORM, serve=TO_SERVE, void=BY_FORM, may=may_write, facts=common)
