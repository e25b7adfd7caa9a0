"""What one capability's deed causes in another. The only file that knows two of them, so that nobody else has to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from uuid import UUID

    from bihuan.capabilities.accidents.hooks import Past
    from bihuan.capabilities.dispatch.meetings.lines import Found
    from bihuan.capabilities.dispatch.meetings.models import Visit
    from bihuan.capabilities.inspections.models import CaseProposal, Inspection
    from bihuan.capabilities.inspections.models import Finding as InspectionFinding
    from bihuan.capabilities.inspections.planning.models import Round
    from bihuan.capabilities.tipoffs.hooks import Known
    from bihuan.kernel.calendar.periods import Period
    from bihuan.kernel.people.actors import Actor
    from bihuan.registers.officers.advisors import Found as AdvisedFinding
    from bihuan.registers.officers.models import Engagement


class Wiring(AppConfig):
    """Connected last, when every room is ready."""

    name = "bihuan.wiring"
    label = "wiring"
    verbose_name = "连接"

    def ready(self) -> None:
        from bihuan.capabilities.accidents.hooks import cases_open_at, tell_past
        from bihuan.capabilities.dispatch.campaigns.reach import found_at, look_at
        from bihuan.capabilities.dispatch.meetings.hooks import findings_become, when_recorded
        from bihuan.capabilities.enforcement import recurrence
        from bihuan.capabilities.enforcement.measures import cases as measure_cases
        from bihuan.capabilities.hazards.following import follow_object, follow_town
        from bihuan.capabilities.hazards.tagged import looked_at
        from bihuan.capabilities.inspections import hooks as inspection_hooks
        from bihuan.kernel.loops.registry import after
        from bihuan.registers.enterprises.standing import follow_mergers
        from bihuan.registers.officers import advisors
        from bihuan.registers.officers.workload import Counted, count_officers
        from bihuan.registers.towns import follow_town_mergers

        follow_mergers("hazards", follow_object)
        follow_town_mergers("hazards", follow_town)
        after("hazard", "report", found_at)
        look_at(looked_at)
        findings_become(hazards_of_visit)
        when_recorded(pairings_met)
        after("visit", "void", pairings_missed)
        vouch_for_conferences()
        for broken in ("record_breach", "find_reopened"):
            after("measure", broken, measure_cases.case_of_breach)
        after("case", "file", measure_cases.case_filed)
        after("case", "decide", measure_cases.closure_after_penalty)
        for teller in (inspections_before, hazards_before, approvals_before):
            tell_past(teller)
        cases_open_at(case_of_offence)
        after("case", "file", case_of_accident)
        advisors.findings_become(hazards_of_engagement)
        inspection_hooks.findings_become(hazards_of_inspection)
        inspection_hooks.when_proposed(case_of_proposal)
        after("case", "file", proposal_taken_up)
        count_officers(Counted("办案", "件", cases_of_officers))
        plan_inspections()
        documents_by_form()
        recurrence.tell_chain(hazards_repeated)
        tipoffs_become()


def hazards_of_visit(visit: Visit, found: Sequence[Found], actor: Actor) -> Sequence[str]:
    """What a leader's visit found is reported as hazards that carry its number, all of them or none (M045, M101).

    Found by 带队排查 its source is 领导带队, by 督导检查 it is 督查: the two stay two counters among hazards as well.
    """
    from bihuan.capabilities.dispatch.meetings.states import VisitKind
    from bihuan.capabilities.hazards.inputs import Finding
    from bihuan.capabilities.hazards.states import Source
    from bihuan.kernel.loops import engine

    led = visit.kind == VisitKind.LED_INSPECTION
    source = Source.LEADER_LED if led else Source.SUPERVISION_VISIT
    given = [
        Finding(
            object=one.object, place=one.place, description=one.description, source=source.value, grade=one.grade,
            criterion=one.criterion, found_on=visit.visited_on,
        )
        for one in found
    ]  # fmt: skip
    opened = engine.open_many(
        "hazard", "report", given, actor=actor, columns=[{"origin": visit.no}] * len(given)
    )
    return [one.no for one in opened]


def pairings_met(visit: Visit, actor: Actor) -> None:
    """A leader's visit to an enterprise paired with that leader is the visit the pairing asks for (M016, M045)."""
    from uuid import UUID

    from bihuan.capabilities.responsibility.naming.pairing import visited

    for object in visit.visited:
        visited(UUID(object), visit.visited_on, visit.uid, actor, post=visit.leader_post)


def pairings_missed(visit: Visit, given: Any, context: Any) -> None:
    """A voided visit met nothing: what it met is due again, unless another visit of the period was made (M016)."""
    from bihuan.capabilities.dispatch.meetings.models import Visit
    from bihuan.capabilities.responsibility.naming.pairing import unvisited, visited

    for object, period in unvisited(visit.uid, context.actor):
        others = Visit.objects.filter(
            voided=False, leader_post=visit.leader_post, visited__contains=[str(object)],
            visited_on__range=(period.first, period.last),
        )  # fmt: skip
        for other in others.exclude(uid=visit.uid).order_by("visited_on", "uid"):
            visited(object, other.visited_on, other.uid, context.actor, post=other.leader_post)


def vouch_for_conferences() -> None:
    """Letters of a year rest on the year's conference as the register of meetings knows it (M032)."""
    from bihuan.capabilities.dispatch.meetings.lookup import annual_meeting, meeting_numbered
    from bihuan.capabilities.dispatch.meetings.models import Meeting
    from bihuan.capabilities.responsibility.letters.conference import Conference, Register, vouch

    def told(meeting: Meeting | None) -> Conference | None:
        return None if meeting is None else Conference(meeting.no, meeting.title, meeting.held_on)

    vouch(Register(lambda year: told(annual_meeting(year)), lambda no: told(meeting_numbered(no))))


def hazards_of_engagement(work: Engagement, found: Sequence[AdvisedFinding], actor: Actor) -> Sequence[str]:
    """What an engaged expert or agency found enters the ledger with 专家 as its source (M072)."""
    from bihuan.capabilities.hazards.inputs import Finding
    from bihuan.capabilities.hazards.states import Source
    from bihuan.kernel.loops import engine

    assert work.object_id is not None
    assert work.ended_on is not None
    given = [
        Finding(
            object=work.object_id, place=one.place, description=one.description, source=Source.EXPERT.value,
            found_on=work.ended_on,
        )
        for one in found
    ]  # fmt: skip
    columns = [{"origin": f"委托 {work.pk}"}] * len(given)
    return [one.no for one in engine.open_many("hazard", "report", given, actor=actor, columns=columns)]


def hazards_of_inspection(
    inspection: Inspection, found: Sequence[InspectionFinding], actor: Actor
) -> Sequence[str]:
    """What an inspection found is reported as hazards that carry its number, all of them or none (M107, M111).

    Its source among hazards follows from how it was made: joint before covert before a campaign's before routine.
    """
    from bihuan.capabilities.hazards.inputs import Finding
    from bihuan.capabilities.hazards.states import Source
    from bihuan.capabilities.inspections import modes
    from bihuan.kernel.loops import engine

    if inspection.units:
        source = Source.JOINT
    elif modes.is_secret(inspection.mode):
        source = Source.UNDERCOVER
    else:
        source = Source.SPECIAL if inspection.campaign else Source.ROUTINE
    assert inspection.arrived_on is not None
    given = [
        Finding(
            object=inspection.object_id, place=one.place, description=one.words, source=source.value, grade=one.grade,
            criterion=one.criterion, found_on=inspection.arrived_on, campaign=inspection.campaign,
        )
        for one in found
    ]  # fmt: skip
    columns = [{"origin": inspection.no}] * len(given)
    return [one.no for one in engine.open_many("hazard", "report", given, actor=actor, columns=columns)]


def documents_by_form() -> None:
    """Which documents are served on their own pages, because no term of their loop hangs on it; cases tell it themselves."""
    from bihuan.registers.instruments.offering import Offer, let

    let("inspection", Offer(serve=(
        "onsite_measure_decision", "rectification_order", "recheck_opinion", "recheck_extension_reply", "out_of_scope_transfer",
    ), signed=True))  # fmt: skip
    let("measure", Offer(serve=(
        "onsite_measure_decision", "seizure_decision", "seizure_list", "seizure_extension", "seizure_disposal",
        "cutoff_notice", "cutoff_decision", "supply_restoration",
    )))  # fmt: skip


def plan_inspections() -> None:
    """Plans weigh what hazards say; rounds report what they find; packs know the key periods (M110, M113, M121)."""
    from bihuan.capabilities.dispatch.windows.lookup import kinds, windows_between
    from bihuan.capabilities.hazards.weighing import weigh
    from bihuan.capabilities.inspections.planning import risk
    from bihuan.capabilities.inspections.planning.rounds import hooks

    def windows(first: date, last: date) -> Sequence[hooks.Window]:
        return [
            hooks.Window(one.no, one.kind, one.name, one.first_day, one.last_day)
            for one in windows_between(first, last)
        ]

    risk.weigh_by(weigh)
    hooks.findings_become(hazard_of_round)
    hooks.windows_from(windows, kinds)


def hazard_of_round(round: Round, given: Any, actor: Actor) -> str:
    """What a section of a round shows is reported at once as a hazard that carries the round's number (M113)."""
    from bihuan.capabilities.hazards.inputs import Finding
    from bihuan.capabilities.hazards.states import Source
    from bihuan.kernel import clock
    from bihuan.kernel.loops import engine
    from bihuan.kernel.people.models import ENTERPRISE_ROLES, Role

    source = Source.ROUTINE
    if actor.roles & ENTERPRISE_ROLES:
        source = Source.SELF_CHECK
    elif actor.holds(Role.GRID):
        source = Source.GRID
    found = Finding(
        object=round.object_id, place=given.place or given.section, description=given.note, source=source.value,
        grade="major" if given.major else "general", criterion=given.criterion, found_on=clock.today(),
    )  # fmt: skip
    return engine.open_matter("hazard", "report", found, actor=actor, origin=round.no).no


def inspections_before(object: UUID, since: date, until: date) -> Sequence[Past]:
    """The finished inspections of a unit before its accident, with who inspected: each is judged (M098, M213)."""
    from bihuan.capabilities.accidents.hooks import Past
    from bihuan.capabilities.inspections import modes
    from bihuan.capabilities.inspections.models import Inspection
    from bihuan.kernel.people.models import Person

    rows = list(
        Inspection.objects.filter(
            object=object, finished_on__gte=since, finished_on__lte=until
        ).select_related("agency")
    )
    named = dict(
        Person.objects.filter(pk__in={pk for row in rows for pk in row.officers}).values_list("pk", "name")
    )
    return [
        Past(
            "检查", row.no, row.finished_on, f"{modes.modes()[row.mode].label}，发现问题 {row.found_count} 项",
            "、".join([row.agency.name if row.agency else "", *(named.get(pk, "") for pk in row.officers)]).strip("、"),
            f"/inspections/{row.no}/", asks=True,
        )
        for row in rows if row.finished_on is not None
    ]  # fmt: skip


def hazards_before(object: UUID, since: date, until: date) -> Sequence[Past]:
    """The hazards found at a unit before its accident; what was not removed by then is judged (M098, M213)."""
    from bihuan.capabilities.accidents.hooks import Past
    from bihuan.capabilities.hazards.models import Hazard

    rows = Hazard.objects.filter(object=object, voided=False, found_on__gte=since, found_on__lte=until)
    told = []
    for row in rows:
        open_then = row.accepted_on is None or row.accepted_on > until
        standing = "事故发生时尚未销号" if open_then else f"{row.accepted_on} 销号"
        persons = "、".join(name for name in (row.found_by, row.responsible_person, row.accepted_by) if name)
        words = f"{row.description[:80]}；{standing}"
        told.append(Past("隐患", row.no, row.found_on, words, persons, f"/hazards/{row.no}/", asks=open_then))
    return told


def approvals_before(object: UUID, since: date, until: date) -> Sequence[Past]:
    """Who approved and signed what for a unit, and its permits: printed with an accident, whenever they date from (M005)."""
    from bihuan.capabilities.accidents.hooks import Past
    from bihuan.capabilities.responsibility.naming.models import Approval
    from bihuan.registers.models.dated import DatedDetail

    told = [
        Past(
            "审批签字", row.number, row.on, f"{row.get_what_display()} {row.title}",
            f"审批 {row.approver}（{row.approver_post}），签字 {row.signer}（{row.signer_post}）",
        )
        for row in Approval.objects.filter(object=object, on__lte=until)
    ]  # fmt: skip
    permits = DatedDetail.objects.filter(object=object, kind="permit", since__lte=until)
    told += [
        Past(
            "许可证照",
            row.number,
            row.since,
            f"{row.name or row.code}，有效期至 {row.until or '—'}",
            row.said_by,
        )
        for row in permits
        if row.since is not None
    ]
    return told


def case_of_offence(accident: Any, offence: Mapping[str, Any]) -> str:
    """Where the case that an offence of reporting proposes is opened, with who knew when filled in (M210)."""
    from datetime import datetime
    from urllib.parse import urlencode

    from bihuan.capabilities.accidents.clocks import words
    from bihuan.capabilities.accidents.states import Offence

    label = Offence(offence["kind"]).label
    knew, reported = (datetime.fromisoformat(offence[key]) for key in ("knew_at", "reported_at"))
    brief = (
        f"{accident.no} {accident.unit}：{offence['who']}于 {words(knew)} 知悉事故，{words(reported)} 报告，"
        f"超过规定时限 {offence['minutes']} 分钟。依据：{offence['evidence']}"
    )
    asked = {
        "object": str(accident.object_id or ""), "party": "" if accident.object_id else accident.unit,
        "source": "accident", "origin": accident.no, "cause": f"{label}生产安全事故", "brief": brief,
        "acted_on": words(reported)[:10],
    }  # fmt: skip
    return f"/cases/new/file/?{urlencode({name: value for name, value in asked.items() if value})}"


def case_of_accident(case: Any, given: Any, context: Any) -> None:
    """A case filed with the number of an accident answers what the accident proposed."""
    from bihuan.capabilities.accidents.inputs import CaseFiled
    from bihuan.capabilities.accidents.models import OPEN_STATES, Accident
    from bihuan.kernel.loops import engine
    from bihuan.kernel.people.actors import Actor

    still_open = [state.value for state in OPEN_STATES]
    found = Accident.objects.filter(no=case.origin or "-", state__in=still_open).first()
    if found is not None and any(one["stands"] and not one["case"] for one in found.offences):
        engine.perform("accident", "note_case", found.no, CaseFiled(case=case.no), actor=Actor.system("立案"))


def case_of_proposal(proposal: CaseProposal, actor: Actor) -> None:
    """An order that was not met is filed as a case at once, with a certified colleague of the team (M122, M127).

    Where the one who found it cannot file, the proposal waits on the inspection's page until somebody does.
    """
    from bihuan.capabilities.enforcement.inputs.filing import Filing
    from bihuan.capabilities.enforcement.states import CaseSource
    from bihuan.kernel.loops import engine
    from bihuan.registers.officers.certificates import certified

    inspection, person = proposal.inspection, actor.person_id
    able = certified(inspection.officers, proposal.proposed_on)
    second = next((one for one in inspection.officers if one in able and one != person), None)
    if person not in able or second is None:
        return
    words = [row.words for row in inspection.findings.filter(order__in=proposal.findings).order_by("order")]
    said = Filing(
        object=inspection.object_id, source=CaseSource.INSPECTION.value, origin=inspection.no,
        cause="逾期未按责令限期整改指令书整改" if proposal.automatic else proposal.reason[:100],
        brief=f"{inspection.no}：{proposal.reason}。{'；'.join(words)}"[:1900], acted_on=proposal.proposed_on, second=second,
    )  # fmt: skip
    engine.open_matter("case", "file", said, actor=actor)


def proposal_taken_up(case: Any, given: Any, context: Any) -> None:
    """A case filed with the number of an inspection takes up what that inspection proposed."""
    from bihuan.capabilities.inspections.models import CaseProposal
    from bihuan.capabilities.inspections.rechecking import taken_up

    waiting = CaseProposal.objects.filter(inspection__no=case.origin or "-", case_no="").order_by("seq")
    for pk in waiting.values_list("pk", flat=True):
        taken_up(pk, case.no)


def cases_of_officers(persons: Collection[int], period: Period) -> Mapping[int, int]:
    """Cases each officer opened or helped with, by the day they were opened (M141)."""
    from collections import Counter

    from bihuan.capabilities.enforcement.models import Case

    counted: Counter[int] = Counter()
    rows = Case.objects.filter(opened_at__date__range=(period.first, period.last))
    for investigators in rows.filter(investigators__overlap=list(persons)).values_list(
        "investigators", flat=True
    ):
        counted.update(pk for pk in investigators if pk in persons)
    return counted


def hazards_repeated(no: str) -> Sequence[str]:
    """The hazards that the one behind a case repeats: a repeat raises the tier by one and prints the chain (M096)."""
    from bihuan.capabilities.hazards.models import Hazard
    from bihuan.capabilities.hazards.recurrence import chain_of

    hazard = Hazard.objects.filter(no=no).first()
    if hazard is None or not hazard.recurrence:
        return []
    return [one.no for one in chain_of(hazard, Hazard.objects.all())]


def tipoffs_become() -> None:
    """A tip-off becomes a hazard or an illegal-site lead with a link both ways; what becomes of them comes back (M245)."""
    from functools import partial

    from bihuan.capabilities.enforcement.crackdown import catalogue
    from bihuan.capabilities.enforcement.crackdown.states import PlaceType
    from bihuan.capabilities.tipoffs import hooks
    from bihuan.capabilities.tipoffs.states import Link
    from bihuan.kernel.loops.registry import after

    sites = {"code": catalogue.choices(catalogue.SITES), "place_type": PlaceType.choices()}
    hooks.becomes(Link.HAZARD, hazard_of_tipoff)
    hooks.becomes(Link.LEAD, lead_of_tipoff, lambda: sites)
    for kind, knowing in (
        (Link.HAZARD, known_hazard), (Link.CASE, known_case), (Link.ACCIDENT, known_accident),
    ):  # fmt: skip
        hooks.knows(kind, knowing)
    told = (
        ("hazard", "accept", Link.HAZARD, "已验收销号", True), ("hazard", "reopen", Link.HAZARD, "重新整改", False),
        ("hazard", "refer", Link.HAZARD, "已移送", True), ("hazard", "void", Link.HAZARD, "已作废", True),
        ("hazard", "merge", Link.HAZARD, "已并入另一条隐患", True),
        ("crackdown", "approve_ban", Link.LEAD, "已批准取缔", False), ("crackdown", "conclude", Link.LEAD, "已取缔并巩固", True),
        ("crackdown", "settle", Link.LEAD, "已查处办结", True), ("crackdown", "reemerge", Link.LEAD, "死灰复燃，重新打击", False),
        ("case", "file", Link.CASE, "已提请立案", False), ("case", "refuse_opening", Link.CASE, "不予立案", True),
        ("case", "decide", Link.CASE, "已作出处罚决定", False), ("case", "conclude", Link.CASE, "已结案", True),
    )  # fmt: skip
    for loop, verb, kind, says, done in told:
        after(loop, verb, partial(tipoff_told, kind.value, says, done))


def hazard_of_tipoff(item: Any, given: Any, actor: Actor) -> str:
    """What was verified is reported as a hazard that carries the item's number; nothing of the reporter goes along."""
    from bihuan.capabilities.hazards.inputs import Finding
    from bihuan.capabilities.hazards.states import Source
    from bihuan.kernel.loops import engine

    found = Finding(
        object=given.subject, place=given.place, description=given.description, source=Source.TIP_OFF.value,
        grade=given.grade, criterion=given.criterion, found_on=given.found_on,
    )  # fmt: skip
    return engine.open_matter("hazard", "report", found, actor=actor, origin=item.no).no


def lead_of_tipoff(item: Any, given: Any, actor: Actor) -> str:
    """What was verified as an illegal site is an item of the crackdown that carries the tip-off's number."""
    from bihuan.capabilities.enforcement.crackdown.inputs import SiteFound
    from bihuan.capabilities.enforcement.crackdown.leads import open_lead
    from bihuan.capabilities.enforcement.crackdown.states import Source
    from bihuan.kernel.loops.inputs import build

    said = {
        "code": given.code, "place_type": given.place_type, "place": given.place, "address": given.address,
        "description": given.description, "found_on": given.found_on, "source": Source.TIP_OFF.value, "party": given.party,
    }  # fmt: skip
    return open_lead(item.no, build(SiteFound, said), actor)


def tipoff_told(kind: str, says: str, done: bool, matter: Any, given: Any, context: Any) -> None:
    """What became of a matter is told to the tip-offs it came out of, directly or by way of another they became."""
    from django.db.models import Q

    from bihuan.capabilities.tipoffs.inputs import Became
    from bihuan.capabilities.tipoffs.models import Item
    from bihuan.kernel.loops import engine
    from bihuan.kernel.people.actors import Actor

    origin = matter.origin or "-"
    about = Q(no=origin) | Q(links__contains=[{"no": matter.no}])
    if kind == "case":
        about |= Q(links__contains=[{"no": origin}])
    for no in Item.objects.filter(about).order_by("uid").values_list("no", flat=True):
        told = Became(kind=kind, no=matter.no, says=says, done=done)
        engine.perform("tipoff", "note_outcome", no, told, actor=Actor.system("关联事项"))


def known_hazard(no: str) -> Known | None:
    """A hazard as a reward looks at it: its grade, and the fine of a case that came out of it."""
    from bihuan.capabilities.enforcement.models import Case
    from bihuan.capabilities.hazards.models import Hazard
    from bihuan.capabilities.tipoffs.hooks import Known

    hazard = Hazard.objects.filter(no=no, voided=False).first()
    if hazard is None:
        return None
    decided = Case.objects.filter(origin=no, voided=False, outcome="penalty", fine_fen__gt=0)
    fine = decided.order_by("uid").values_list("fine_fen", flat=True)
    return Known(no, hazard.description[:60], fine_fen=fine.first(), grade=hazard.grade)


def known_case(no: str) -> Known | None:
    """A case as a reward looks at it: the fine, once it was decided and as long as it stands."""
    from bihuan.capabilities.enforcement.models import Case
    from bihuan.capabilities.tipoffs.hooks import Known

    case = Case.objects.filter(no=no, voided=False).first()
    if case is None:
        return None
    fined = case.fine_fen if case.outcome == "penalty" and case.fine_fen else None
    return Known(no, case.cause, fine_fen=fined, decided_on=case.decided_on)


def known_accident(no: str) -> Known | None:
    """An accident as a reward looks at it: its grade and its deaths where concealment or a false report was found."""
    from bihuan.capabilities.accidents.models import Accident
    from bihuan.capabilities.accidents.states import Offence
    from bihuan.capabilities.tipoffs.hooks import Known

    accident = Accident.objects.filter(no=no, dismissed=False).first()
    if accident is None:
        return None
    hidden = (Offence.CONCEALED.value, Offence.FALSE.value)
    found = any(one["stands"] and one["kind"] in hidden for one in accident.offences)
    return Known(
        no, accident.summary[:60], grade=accident.grade, deaths=accident.counted_deaths if found else None
    )
