"""Opening: where the case lies, who is its party, who investigates."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from bihuan.capabilities.enforcement import linkage, papers, terms
from bihuan.capabilities.enforcement.hands import ENFORCING
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.states import CaseSource, MeasureKind, Outcome, PartyKind, Template
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops.deadlines import Deadline, counted
from bihuan.kernel.loops.registry import all_running
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.people.models import Person
from bihuan.kernel.search import pairs_literal
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import towns
from bihuan.registers.instruments.known import facts_about
from bihuan.registers.law import discretion, limits, penalties
from bihuan.registers.officers.certificates import certificates_on

ON_THE_SPOT = "本案事实确凿并有法定依据，适用简易程序当场决定"


def place(case: Case, given: Any, actor: Any) -> None:
    """Before a case is opened: the enforcing agency, the party and its place, and the two officers."""
    seat = next((scope for scope in actor.scopes if scope.role in ENFORCING and scope.agency_id), None)
    if seat is None:
        raise Refused.because("loop.not_your_step", "立案由行政执法机关的执法人员办理")
    case.agency = Agency.objects.get(pk=seat.agency_id)
    case.party_kind = given.party_kind
    case.acted_on = getattr(given, "acted_on", None) or clock.today()
    case.harmful = bool(getattr(given, "harmful", False))
    _where(case, given, actor, seat)
    _who(case, given)
    name_officers(case, [actor.person_id, given.second], clock.today())


def _where(case: Case, given: Any, actor: Any, seat: Any) -> None:
    if given.object is not None:
        try:
            case.object = access_object(actor, given.object)
        except Absent as absent:
            raise Refused.because(
                "case.object_unknown", "没有查到这个监管对象，或不在您的辖区", "object"
            ) from absent
        case.region_path, case.sector_path = case.object.region_path, case.object.sector_path
        return
    town = next((one for one in towns() if one.pk == given.town), None)
    case.region_path = town.path if town is not None else seat.region_path
    case.sector_path = seat.sector_paths[0] if len(seat.sector_paths) == 1 else ""


def _who(case: Case, given: Any) -> None:
    """What the register knows of the party; a person is named by hand, the enterprise stays the object."""
    known = facts_about(case) if case.party_kind == PartyKind.ENTITY else {}
    case.party = (given.party or known.get("party", ""))[:120]
    case.party_code = given.party_code or known.get("credit_code", "")
    case.party_address = given.party_address or known.get("address", "")
    case.principal = given.principal or known.get("principal", "")
    case.phone = given.phone or known.get("phone", "")


def name_officers(case: Case, persons: list[Any], on: date) -> None:
    """The investigators with their certificates of the day, as documents print them."""
    wanted = list(dict.fromkeys(pk for pk in persons if pk))
    held = certificates_on(wanted, on)
    names = dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))
    case.investigators = [pk for pk in wanted if pk in names]
    case.officers = [
        {"id": pk, "name": names[pk], "certificate": held[pk].no if pk in held else ""}
        for pk in case.investigators
    ]


def file(case: Case, given: Any, context: Any) -> None:
    """提请立案."""
    case.source, case.origin, case.template = given.source, given.origin or case.origin, given.template
    case.cause, case.brief, case.absolute = given.cause, given.brief, given.absolute
    case.proposed_on = context.day
    case.review = {"handler": papers.mine(given.opinion, context)}
    link(case, context.actor)
    index(case)
    context.facts |= {
        "party": case.party,
        "officers": [one["name"] for one in case.officers],
        "origin": case.origin or None,
    }


def link(case: Case, actor: Any) -> None:
    """The matter the case came out of, by its number: its documents belong into the file."""
    if not case.origin:
        return
    letter = case.origin.partition("-")[2][:1]
    for service in all_running():
        if service.loop.letter == letter:
            found: UUID | None = (
                service.visible(actor).filter(no=case.origin).values_list("uid", flat=True).first()
            )
            if found is not None:
                case.linked = list(dict.fromkeys([*case.linked, found]))
                return
    if not case.linked:
        raise Refused.because(
            "case.origin_unknown", f"没有查到来源事项 {case.origin}，请核对编号或留空", "origin"
        )


def index(case: Case) -> None:
    """The words by which the case is found again."""
    case.search = pairs_literal(case.party, case.cause, case.party_code)


def approve_opening(case: Case, given: Any, context: Any) -> None:
    """立案: the ninety days begin."""
    case.filed_on = context.day
    set_limit(case, context)
    if why := linkage.overdue_twice(case.origin):
        linkage.owe(case, why, context)
    papers.issue(
        case, "case_opening_approval", context, handler_opinion=case.review["handler"],
        approval_opinion=papers.mine(given.opinion, context), opened_on=context.day,
    )  # fmt: skip


def set_limit(case: Case, context: Any) -> None:
    """Count the day by which the decision must be made."""
    case.decide_by = terms.decision_limit(case).due
    context.facts["decide_by"] = case.decide_by


def by_limit(case: Case, given: Any, context: Any) -> Deadline | None:
    """The deadline of everything before the decision."""
    return terms.decision_limit(case) if case.filed_on else None


def refuse_opening(case: Case, given: Any, context: Any) -> None:
    """不予立案."""
    case.voided = True


def ask(case: Case, given: Any, context: Any) -> None:
    """提请审批: kept until the head does what was asked for; asked again, the later words count."""
    asked = {**case.review.get("asked", {}), given.what: papers.mine(given.words, context)}
    case.review = {**case.review, "asked": asked}


def change_officers(case: Case, given: Any, context: Any) -> None:
    """更换、回避: who was replaced stays in the record; what they asked for and was not approved yet falls with them."""
    context.facts["former"] = [one["name"] for one in case.officers]
    name_officers(case, [given.first, given.second], context.day)
    if asked := case.review.get("asked"):
        now = {one["name"] for one in case.officers}
        case.review = {**case.review, "asked": {what: row for what, row in asked.items() if row["by"] in now}}
    context.facts["officers"] = [one["name"] for one in case.officers]


def punish_on_the_spot(case: Case, given: Any, context: Any) -> None:
    """当场处罚: fact, clause, statement, decision and service in one, with its one document."""
    day = context.day
    fine = given.fine or 0
    clause = penalties.comparing(penalties.clause(given.clause), case.acted_on, day).chosen
    case.summary, case.source, case.template = True, CaseSource.INSPECTION.value, Template.PENALTY.value
    case.cause, case.brief, case.finding = given.cause, given.facts, given.facts
    case.proposed_on = case.filed_on = case.decided_on = case.served_on = day
    case.outcome, case.fine_fen = Outcome.PENALTY.value, fine
    case.violations = [_violation(clause, given, fine)]
    case.decision = {
        "on": day.isoformat(),
        "by": context.actor.name,
        "discretion": ON_THE_SPOT,
        "heard": given.heard,
    }
    if given.warned:
        case.measures = [
            {
                "kind": MeasureKind.WARNING.value,
                "state": "done",
                "done_on": day.isoformat(),
                "words": "当场宣告",
            }
        ]
    due = limits.due("payment", day)
    case.account = {"schedule": [{"due": due.due.isoformat(), "fen": fine}] if fine else [], "payments": []}
    _collected(case, given, context)
    link(case, context.actor)
    index(case)
    _paper(case, given, context)
    context.owe(case, "publish", limits.due("publish_penalty", day))


def _violation(clause: penalties.Clause, given: Any, fine: int) -> dict[str, Any]:
    branch = discretion.branch_of((), clock.today())
    return {
        "clause": clause.id, "law": clause.law.key, "article": clause.article, "basis": clause.basis,
        "range": clause.range_words, "minimum_fen": clause.minimum_fen, "maximum_fen": clause.maximum_fen,
        "facts": given.facts, "violated": given.violated, "evidence": papers.lines(given.evidence), "factors": [],
        "band": "lighter", "proposed_fen": fine, "amount_fen": fine, "mitigated": False, "reason": ON_THE_SPOT,
        "reasons": [ON_THE_SPOT], "branch": branch.key, "former": [],
    }  # fmt: skip


def _collected(case: Case, given: Any, context: Any) -> None:
    """Money taken on the spot goes to the agency within two working days (行政处罚法第七十一条)."""
    if given.collected and case.fine_fen:
        case.account["collected"] = {"on": context.day.isoformat(), "why": given.hard_to_collect}
        context.owe(case, "hand_in", limits.due("hand_in_collected_fine", context.day))


def _paper(case: Case, given: Any, context: Any) -> None:
    kind = "summary_penalty_entity" if case.entity else "summary_penalty_citizen"
    measures = [one["kind"] for one in case.measures]
    payment = "当场收缴" if given.collected else "自收到本决定书之日起15日内到指定银行缴纳"
    papers.issue(
        case, kind, context, penalty=papers.penalty_of(case.fine_fen, 0, measures), fine=case.fine_fen or None,
        place=given.place, payment=payment if case.fine_fen else None, started_at=context.at,
    )  # fmt: skip


def pay_by(case: Case, given: Any, context: Any) -> Deadline | None:
    """Fifteen days from receipt for the fine; nothing where there is none."""
    return limits.due("payment", case.served_on or context.day) if case.fine_fen else None


def opening_due(case: Case, given: Any, context: Any) -> Deadline:
    """How soon the head decides whether a case is opened."""
    days = int(terms.policy("case.opening_days", context.day))
    return counted(context.day, days, "working", "提请立案后应及时审批（《行政处罚法》第五十四条）")
