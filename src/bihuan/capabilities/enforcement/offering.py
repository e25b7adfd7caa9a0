"""What forms of a case offer and already know: the officers of the agency, the days, the decision as it was proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bihuan.capabilities.enforcement import refunds, rounds, terms, weighing
from bihuan.capabilities.enforcement.hands import ENFORCING
from bihuan.capabilities.enforcement.reading import owes
from bihuan.capabilities.enforcement.staff import staff_of
from bihuan.capabilities.enforcement.states import MeasureKind, Outcome
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.trees import towns
from bihuan.registers.law import penalties
from bihuan.registers.officers.certificates import certificates_on

Choices = Sequence[tuple[str, Any]]


def offers(deed: str, case: Any, actor: Actor) -> Mapping[str, Choices]:
    """Fields to be picked instead of typed."""
    agency = case.agency_id if case is not None else _agency(actor)
    if deed in ("file", "punish_on_the_spot"):
        return {
            "second": _officers(agency, actor.persons),
            "town": [(str(town.pk), town.name) for town in towns()],
        }
    if deed == "change_officers":
        both = _officers(agency, ())
        return {"first": both, "second": both}
    if deed in ("call_hearing", "call_daily_hearing", "change_hearing"):
        return {"presider": _people(agency, case.investigators)}
    if deed == "carry_out":
        pending = [row["kind"] for row in case.measures if row["state"] != "done"]
        return {"kind": [(kind, MeasureKind(kind).label) for kind in pending]}
    return {}


def clauses(case: Any) -> Choices:
    """The penalty tables of the day of the act, grouped by law; for the simple procedure, of today."""
    on = case.acted_on if case is not None else clock.today()
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in penalties.clauses(on, case.party_kind if case is not None else None):
        groups.setdefault(f"《{one.law.title}》", []).append((one.id, one.label[:120]))
    return list(groups.items())


def _agency(actor: Actor) -> int | None:
    return next(
        (scope.agency_id for scope in actor.scopes if scope.role in ENFORCING and scope.agency_id), None
    )


def _people(agency: int | None, without: Any) -> list[tuple[str, Any]]:
    """Who is at work in the agency today."""
    away = set(without)
    return [(str(pk), words) for pk, words in staff_of(agency, clock.today()).items() if pk not in away]


def _officers(agency: int | None, without: Any) -> list[tuple[str, Any]]:
    """Those of them who hold a certificate today, with its number."""
    people = _people(agency, without)
    held = certificates_on([int(pk) for pk, _ in people], clock.today())
    return [(pk, f"{words} {held[int(pk)].no}") for pk, words in people if int(pk) in held]


def prefill(deed: str, case: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand."""
    today = clock.today()
    if case is None:
        return {"acted_on": today} if deed == "file" else {}
    if deed == "decide":
        return _proposed(case) | {"discretion": _reasons(case)}
    if deed == "propose":
        return {"proposal": f"建议对{case.party}给予行政处罚。"}
    if deed == "conclude_investigation":
        return {"finding": case.finding or case.brief}
    if deed in ("serve", "serve_notice", "serve_hearing_notice", "serve_demand", "serve_daily"):
        return {"served_on": today, "place": case.party_address, "receiver": case.principal}
    if deed == "pay":
        return {"paid_on": today} | _owed(case)
    if deed == "conclude":
        return {"execution": _executed(case)}
    if deed == "assess_violation" and case.violations:
        return {}
    if deed == "assess_violation":
        return {"facts": case.brief}
    if deed == "change_officers":
        first, second = (*case.investigators, None, None)[:2]
        return {"first": first, "second": second}
    if deed == "announce_daily":
        return {"rechecked_on": today}
    if deed == "change_hearing":
        return _arranged(case)
    if deed == "pay_back":
        return {"paid_on": today, "amount": (refunds.open_refund(case) or {}).get("fen")}
    if deed == "add_fine":
        return {"until": today, "of": next(iter(terms.run_up(case)), "fine")}
    days = ("waive", "request_hearing", "carry_out", "apply_court", "note_court", "begin_remedy", "end_remedy",
            "publish", "unpublish", "acknowledge", "note_outcome", "add_evidence")  # fmt: skip
    names = ("told_on", "requested_on", "done_on", "served_on", "applied_on", "begun_on", "ended_on", "published_on",
             "withdrawn_on", "until", "received_on", "obtained_on")  # fmt: skip
    return dict.fromkeys(names, today) if deed in days else {}


def _arranged(case: Any) -> dict[str, Any]:
    """The hearing as it is arranged, so that only what changes is typed."""
    hearing = rounds.hearing(case)
    if not hearing.get("at"):
        return {}
    kept = {key: hearing[key] for key in ("place", "public", "recorder", "presider")}
    return {"hearing_at": datetime.fromisoformat(hearing["at"]), **kept}


def _proposed(case: Any) -> dict[str, Any]:
    """The decision as it was announced; a number of fen fills in the fine."""
    measures = case.proposal.get("measures", ())
    ticked = {
        one.value: True for one in MeasureKind if one.value in measures and one != MeasureKind.CONFISCATION
    }
    confiscated = case.proposal.get("confiscation") or None
    return ticked | {"fine": case.proposal.get("fine") or None, "confiscation": confiscated}


def _reasons(case: Any) -> str:
    lines = [line for row in case.violations for line in row["reasons"]]
    own = [f"与建议数额不同的理由：{row['reason']}" for row in case.violations if row["reason"]]
    return "\n".join([*lines, *own])[:2000]


def _owed(case: Any) -> dict[str, Any]:
    left = {what: fen for what, fen in owes(case).items() if fen}
    what = next(iter(left), "fine")
    return {"what": what, "amount": left.get(what)}


def _executed(case: Any) -> str:
    if case.outcome == Outcome.NO_PENALTY:
        return "不予处罚决定书已送达当事人。"
    told = []
    if case.collected_on:
        told.append(f"罚款已于{case.collected_on}缴清")
    if case.additional_paid_fen:
        told.append("加处罚款已缴")
    told += [f"{MeasureKind(row['kind']).label}已执行" for row in case.measures if row["state"] == "done"]
    return "；".join(told) + "。" if told else ""


def total(case: Any) -> int:
    """What the violations come to, for the worksheet."""
    return weighing.total(case)
