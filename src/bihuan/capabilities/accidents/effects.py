"""What each deed means for the accident's own columns. State, deadline, signature and record are the engine's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bihuan.capabilities.accidents import clocks, hooks, lines, versions
from bihuan.capabilities.accidents.branches import branch_of, sector_path_of
from bihuan.capabilities.accidents.models import Accident
from bihuan.capabilities.accidents.states import AccidentState, Offence, Told
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops.deadlines import Deadline, counted, kept
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.people.models import Role
from bihuan.kernel.policies import values as policies
from bihuan.kernel.responsibility.chain import lead_agency
from bihuan.kernel.search import pairs_literal
from bihuan.kernel.territory.models import Region


def place(accident: Accident, given: Any, actor: Any) -> None:
    """Before an accident is taken down: whose it is, where it lies, and in which field it counts."""
    if given.object is not None:
        try:
            accident.object = access_object(actor, given.object, joined=False)
        except Absent as absent:
            raise Refused.because(
                "accident.object_unknown", "没有查到该单位，或不在您的辖区，请重新选择", "object"
            ) from absent
    accident.region_path = _region(accident, given, actor)
    accident.sector_path = _sector(accident, given)
    own = accident.object.agency_id if accident.object is not None else None
    led = lead_agency(accident.sector_path, clock.today())
    accident.agency_id = led or own if given.sector is not None else own or led


def _region(accident: Accident, given: Any, actor: Any) -> str:
    if given.region is not None:
        path = Region.objects.filter(pk=given.region).values_list("path", flat=True).first()
        if path is None:
            raise Refused.because("accident.region_unknown", "所在镇街不存在，请重新选择", "region")
        return path
    if accident.object is not None:
        return str(accident.object.region_path)
    own = [scope.region_path for scope in actor.scopes if scope.role == Role.TOWN]
    if own:
        return str(own[0])
    raise Refused.because("accident.no_region", "请选择事故所在镇街", "region")


def _sector(accident: Accident, given: Any) -> str:
    if given.sector is not None:
        return sector_path_of(given.sector)
    if accident.object is not None and accident.object.sector_path:
        return str(accident.object.sector_path)
    raise Refused.because("accident.no_sector", "请选择事故行业领域：一起事故归且只归一个行业", "sector")


def receive(accident: Accident, given: Any, context: Any) -> None:
    """接报."""
    accident.unit = given.unit or (accident.object.name if accident.object is not None else "")
    accident.place = given.place or (accident.object.address if accident.object is not None else "")
    accident.summary, accident.measures = given.summary, given.measures
    accident.occurred_at = given.occurred_at
    accident.occurred_on = clock.day_of(given.occurred_at)
    accident.branch = branch_of(accident.sector_path).value
    accident.knew_at, accident.knew_who = given.knew_at, given.knew_who
    accident.reported_at, accident.time_evidence = given.reported_at, given.time_evidence
    judge_times(accident, context)
    versions.apply(
        accident, given, context, cause=Told.FIRST, known_at=given.reported_at,
        evidence=given.time_evidence or "接报内容",
    )  # fmt: skip
    index(accident)


def index(accident: Accident) -> None:
    """The words by which the accident is found again."""
    accident.search = pairs_literal(accident.unit, accident.place, accident.summary)


def judge_times(accident: Accident, context: Any) -> None:
    """Hold the hour against the times: what is late proposes a case by itself, what turns out in time withdraws it."""
    accident.late_minutes = clocks.unit_late(accident.knew_at, accident.reported_at)
    context.facts["late_minutes"] = accident.late_minutes
    standing = [one for one in accident.offences if one["kind"] == Offence.LATE and one["stands"]]
    if not accident.late_minutes:
        accident.offences = [
            {**one, "stands": one["stands"] and one not in standing} for one in accident.offences
        ]
        if all(one["case"] or not one["stands"] for one in accident.offences):
            context.settled(accident, "file_case")
    elif standing:
        assert accident.knew_at is not None
        now = {
            "who": accident.knew_who or "单位负责人", "knew_at": accident.knew_at.isoformat(),
            "reported_at": accident.reported_at.isoformat(), "minutes": accident.late_minutes,
        }  # fmt: skip
        accident.offences = [{**one, **(now if one in standing else {})} for one in accident.offences]
    else:
        assert accident.knew_at is not None
        evidence = accident.time_evidence or "接报时间与单位负责人知悉时间"
        charge(accident, context, Offence.LATE, accident.knew_who or "单位负责人", accident.knew_at, evidence)


def charge(accident: Accident, context: Any, kind: Offence, who: str, knew_at: Any, evidence: str) -> None:
    """Propose a case, naming who knew when (M210): filing one is owed by a day of its own."""
    minutes = clocks.unit_late(knew_at, accident.reported_at) or 0
    offence: dict[str, Any] = {
        "kind": kind.value, "who": who, "knew_at": knew_at.isoformat(), "reported_at": accident.reported_at.isoformat(),
        "minutes": minutes, "evidence": evidence, "on": context.day.isoformat(), "by": context.actor.name, "stands": True,
        "case": "",
    }  # fmt: skip
    accident.offences = [*accident.offences, offence]
    context.facts["offence"] = {
        key: offence[key] for key in ("kind", "who", "knew_at", "reported_at", "minutes")
    }
    days = int(policies.recent("accident.case_days", on=context.day).value)
    rule = f"认定{kind.label}后应在规定的工作日内提请立案"
    context.owe(accident, "file_case", counted(context.day, days, "working", rule))


def verify(accident: Accident, given: Any, context: Any) -> None:
    """核实; what was known of the unit before is called up for judging (M098)."""
    if given.sector is not None:
        _reclassify(accident, sector_path_of(given.sector), context)
    accident.type = given.type
    accident.verified_on = context.day
    versions.apply(
        accident, given, context, cause=Told.VERIFIED, known_at=given.known_at, evidence=given.evidence
    )
    accident.reviews = _looked_back(accident, context)
    index(accident)


def _reclassify(accident: Accident, sector_path: str, context: Any) -> None:
    accident.sector_path = sector_path
    accident.branch = branch_of(sector_path).value
    accident.agency_id = lead_agency(sector_path, context.day) or accident.agency_id


def lookback_since(accident: Accident) -> date:
    """From which day earlier inspections and hazards are asked about."""
    years = int(policies.recent("accident.lookback_years", on=accident.occurred_on).value)
    return accident.occurred_on - timedelta(days=365 * years)


def _looked_back(accident: Accident, context: Any) -> list[dict[str, Any]]:
    if accident.object_id is None:
        return []
    decided = {(one["kind"], one["no"]): one for one in accident.reviews}
    found = hooks.past_of(accident.object_id, lookback_since(accident), accident.occurred_on)
    return [
        decided.get((one.kind, one.no))
        or {
            "kind": one.kind, "no": one.no, "on": one.on.isoformat(), "words": one.words[:300], "persons": one.persons[:120],
            "decision": "", "opinion": "", "by": "", "decided_on": None,
        }
        for one in found
        if one.asks
    ][: lines.MOST]  # fmt: skip


def further_report(accident: Accident, given: Any, context: Any) -> None:
    """续报、补报: a new version."""
    versions.apply(
        accident, given, context, cause=Told(given.cause), known_at=given.known_at, evidence=given.evidence
    )


def correct(accident: Accident, given: Any, context: Any) -> None:
    """更正: what stood before is in the version before and in the entry."""
    former: dict[str, Any] = {
        "occurred_at": accident.occurred_at,
        "place": accident.place,
        "type": accident.type,
    }
    former["branch"] = accident.branch
    if given.occurred_at is not None:
        accident.occurred_at = given.occurred_at
        accident.occurred_on = clock.day_of(given.occurred_at)
    if given.sector is not None:
        _reclassify(accident, sector_path_of(given.sector), context)
    accident.type = given.type or accident.type
    accident.place = given.place or accident.place
    context.facts["former"] = {
        name: value for name, value in former.items() if value != getattr(accident, name)
    }
    versions.append(accident, context, cause=Told.CORRECTED, known_at=context.at, evidence=given.reason)
    index(accident)


def corrected_deadline(accident: Accident, given: Any, context: Any) -> Deadline | None:
    """Sixty days run from the accident: a corrected hour moves them, whatever else goes on as it was."""
    if accident.state == AccidentState.INVESTIGATING and not _being_appraised(accident):
        return clocks.report_deadline(accident)
    return kept(accident, given, context)


def settle_times(accident: Accident, given: Any, context: Any) -> None:
    """核定时间."""
    context.facts["former"] = {
        "knew_at": accident.knew_at, "reported_at": accident.reported_at, "late_minutes": accident.late_minutes,
    }  # fmt: skip
    accident.knew_at, accident.knew_who = given.knew_at, given.knew_who
    accident.reported_at, accident.time_evidence = given.reported_at, given.evidence
    judge_times(accident, context)
    versions.append(accident, context, cause=Told.CORRECTED, known_at=context.at, evidence=given.evidence)


def send(accident: Accident, given: Any, context: Any) -> None:
    """上报、通报; a second note to the same addressee stands behind the first."""
    line = {
        "to": given.to, "sent_at": given.sent_at.isoformat(), "means": given.means, "receiver": given.receiver,
        "received_at": given.received_at.isoformat() if given.received_at else None,
    }  # fmt: skip
    accident.onward = [*accident.onward, line]


def call_leader(accident: Accident, given: Any, context: Any) -> None:
    """通知带班领导到场 (M205)."""
    line = {
        "leader": given.leader, "called_at": given.called_at.isoformat(), "replied_at": _iso(given.replied_at),
        "arrived_at": _iso(given.arrived_at),
    }  # fmt: skip
    accident.leaders = [*accident.leaders, line]


def leader_came(accident: Accident, given: Any, context: Any) -> None:
    """答复、到场: what was told before stays unless it is told anew."""
    line = accident.leaders[given.number - 1]
    context.facts["line"] = line["leader"]
    accident.leaders = lines.changed(
        accident.leaders, given.number, replied_at=_iso(given.replied_at) or line["replied_at"],
        arrived_at=_iso(given.arrived_at) or line["arrived_at"],
    )  # fmt: skip


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment is not None else None


def find_offence(accident: Accident, given: Any, context: Any) -> None:
    """认定迟报、漏报、谎报、瞒报."""
    charge(accident, context, Offence(given.kind), given.who, given.knew_at, given.evidence)


def note_case(accident: Accident, given: Any, context: Any) -> None:
    """A case was filed with the accident's number: it answers every proposal that stands."""
    accident.offences = [
        {**one, "case": one["case"] or (given.case if one["stands"] else "")} for one in accident.offences
    ]


def authorise(accident: Accident, given: Any, context: Any) -> None:
    """成立调查组, or another in its place."""
    if accident.team is not None:
        context.facts["former_team"] = dict(accident.team)
    accident.team = {
        "level": given.level, "document": given.document, "lead": given.lead, "leader": given.leader,
        "members": given.members, "experts": given.experts, "authorised_on": given.authorised_on.isoformat(),
    }  # fmt: skip


def report_due(accident: Accident, given: Any, context: Any) -> Deadline | None:
    """Until when the report is due; while an appraisal is under way its days do not count, so no day is set."""
    return None if _being_appraised(accident) else clocks.report_deadline(accident)


def _being_appraised(accident: Accident) -> bool:
    return any(not one["to"] for one in accident.appraisals)


def extend(accident: Accident, given: Any, context: Any) -> None:
    accident.extension_days += given.days


def appraise(accident: Accident, given: Any, context: Any) -> None:
    """委托技术鉴定: the clock of the investigation stands still."""
    line = {"what": given.what, "by": given.by, "from": given.started_on.isoformat(), "to": None}
    accident.appraisals = [*accident.appraisals, line]


def appraised(accident: Accident, given: Any, context: Any) -> None:
    accident.appraisals = [
        {**one, "to": one["to"] or given.finished_on.isoformat()} for one in accident.appraisals
    ]


def request_documents(accident: Accident, given: Any, context: Any) -> None:
    fresh = [{**one, "asked_on": context.day.isoformat()} for one in lines.requests(given.documents)]
    accident.documents = [*accident.documents, *fresh]


def documents_answered(accident: Accident, given: Any, context: Any) -> None:
    accident.documents = lines.changed(
        accident.documents, given.number, answered_on=given.answered_on.isoformat(), words=given.words
    )


def submit_report(accident: Accident, given: Any, context: Any) -> None:
    """提交调查报告; what an earlier round proposed is replaced, and stays in its entry."""
    accident.report = {
        "nature": given.nature, "direct_cause": given.direct_cause, "indirect_cause": given.indirect_cause,
        "liability": given.liability, "submitted_on": given.submitted_on.isoformat(),
    }  # fmt: skip
    accident.recommendations = lines.recommendations(given.recommendations)
    accident.sanctions = lines.sanctions(given.sanctions)


def reply_due(accident: Accident, given: Any, context: Any) -> Deadline:
    return clocks.reply_deadline(accident.grade, given.submitted_on)


def reply(accident: Accident, given: Any, context: Any) -> None:
    """批复."""
    accident.replied_on = given.replied_on


def evaluation_due(accident: Accident, given: Any, context: Any) -> Deadline:
    return clocks.evaluation_deadline(given.replied_on)


def execute_recommendation(accident: Accident, given: Any, context: Any) -> None:
    day = given.executed_on.isoformat()
    context.facts["line"] = accident.recommendations[given.number - 1]["what"]
    accident.recommendations = lines.changed(
        accident.recommendations, given.number, executed_on=day, words=given.words
    )


def execute_sanction(accident: Accident, given: Any, context: Any) -> None:
    day = given.executed_on.isoformat()
    context.facts["line"] = accident.sanctions[given.number - 1]["decision"]
    accident.sanctions = lines.changed(accident.sanctions, given.number, executed_on=day, words=given.words)


def prove(accident: Accident, given: Any, context: Any) -> None:
    """四不放过: one condition with its evidence; proven again it takes the place of the former, which the record keeps."""
    proof = {
        "words": given.words, "papers": [str(one) for one in given.papers], "on": context.day.isoformat(),
        "by": context.actor.name,
    }  # fmt: skip
    accident.proofs = {**accident.proofs, given.condition: proof}


def review(accident: Accident, given: Any, context: Any) -> None:
    """倒查认定."""
    context.facts["line"] = accident.reviews[given.number - 1]["no"]
    accident.reviews = lines.changed(
        accident.reviews, given.number, decision=given.decision, opinion=given.opinion, by=context.actor.name,
        decided_on=context.day.isoformat(),
    )  # fmt: skip


def evaluate(accident: Accident, given: Any, context: Any) -> None:
    """评估: within a year, and published."""
    accident.evaluated_on, accident.published_on = given.evaluated_on, given.published_on


def close(accident: Accident, given: Any, context: Any) -> None:
    accident.closed_on = given.closed_on


def dismiss(accident: Accident, given: Any, context: Any) -> None:
    """不予认定: it was no production accident, or was reported twice."""
    accident.dismissed = True
    versions.end(accident, context)
