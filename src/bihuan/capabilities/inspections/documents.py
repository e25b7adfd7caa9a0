"""The documents an inspection issues, each made from its own rows, so that nothing is typed twice (M125, M127).

Every one passes :func:`_issue`, which asks for two officers with certificates on its day: a document without them cannot
come to be, whatever deed asks for it (行政处罚法 第四十二条; M141).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bihuan.capabilities.inspections import modes, sheets, team
from bihuan.capabilities.inspections.models import ExtensionRequest, Finding, Inspection
from bihuan.capabilities.inspections.states import Handling, Met
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.territory.models import Agency
from bihuan.registers.checklists import results
from bihuan.registers.instruments import issuing, shelf, signing_places
from bihuan.registers.instruments.models import Instrument
from bihuan.registers.officers import certificates

SCHEME, RECORD, MEASURE, ORDER, OPINION = (
    "inspection_scheme", "inspection_record", "onsite_measure_decision", "rectification_order", "recheck_opinion",
)  # fmt: skip
TRANSFER, EXTENSION, REPLY = "out_of_scope_transfer", "recheck_extension_approval", "recheck_extension_reply"
LAW = "《安全生产法》第六十五条第一款"


def _issue(
    kind: str, inspection: Inspection, facts: Mapping[str, Any], on: date, actor: Any, **more: Any
) -> Instrument:
    persons: Sequence[int] = more.pop("officers", inspection.officers)
    if not inspection.enforcing:
        raise Refused.because("inspection.not_enforcing", "不执法的监督检查不制发执法文书")
    failures = certificates.two_failures(persons, on, inspection.all_units)
    Refused.unless([Failure(one.code, one.message) for one in failures])
    return issuing.issue(kind, inspection, facts, on=on, actor=actor, **more)


def scheme(inspection: Inspection, given: Any, context: Any) -> None:
    """现场检查方案, approved before."""
    on = inspection.planned_on
    facts = {
        "inspect_from": on, "inspect_until": on, "officers": team.on_paper(inspection.officers, on),
        "content": inspection.content, "method": modes.label(inspection.mode),
        "approval_opinion": {"text": given.opinion, "by": context.actor.name, "on": context.day},
    }  # fmt: skip
    _issue(SCHEME, inspection, facts, context.day, context.actor)


def record(inspection: Inspection, given: Any, context: Any, found: Sequence[Finding]) -> Instrument:
    """现场检查记录: when, who, what was looked at, what was found, what the party says."""
    on = context.day
    facts = {
        "inspection_place": inspection.place, "started_at": inspection.arrived_at,
        "ended_at": given.ended_at or context.happened_at, "officers": team.on_paper(inspection.officers, on),
        "told": "检查人员出示执法证件，说明来意，告知依法享有的权利和应当履行的配合义务。",
        "findings": _looked(inspection, found), "party_opinion": _party(given),
    }  # fmt: skip
    return _issue(RECORD, inspection, facts, on, context.actor)


def _looked(inspection: Inspection, found: Sequence[Finding]) -> list[str]:
    lines = [f"检查内容：{inspection.content}"]
    answers = sheets.as_given(sheets.answers_of(inspection).values())
    for version in sheets.versions_of(inspection):
        items = [item for item in sheets.items_of(inspection) if item.version_id == version.pk]
        own = {item.pk for item in items}
        counted = results.tally(items, [one for one in answers if one.item in own])
        lines.append(f"按《{version.checklist.title}》{version.label}检查：{counted.words}")
    lines += [f"{number}．{_said(one)}" for number, one in enumerate(found, 1)]
    return lines if found else [*lines, "未发现问题。"]


def _said(one: Finding) -> str:
    return f"{one.place}：{one.words}" if one.place else one.words


def _party(given: Any) -> str:
    if given.party_refused:
        return f"现场负责人{given.party_name}拒绝签字：{given.refusal}（见证人：{given.witness}）"
    return str(given.party_opinion)


def _problems(found: Sequence[Finding], *, dated: bool = True) -> list[dict[str, Any]]:
    return [
        {
            "problem": _said(one),
            "article": one.violated,
            **({"due_on": one.due_on} if dated and one.due_on else {}),
        }
        for one in found
    ]


def _bases(found: Sequence[Finding], clause: str) -> list[str]:
    return [*dict.fromkeys(one.violated for one in found if one.violated), f"{LAW}{clause}"]


def measure(inspection: Inspection, found: Sequence[Finding], context: Any) -> Instrument:
    """现场处理措施决定书, for what cannot wait (第六十五条第一款第三项)."""
    facts = {
        "inspected_on": inspection.arrived_on, "problems": _problems(found, dated=False), "basis": _bases(found, "第三项"),
        "measures": list(dict.fromkeys(one.measure for one in found)),
        "officers": team.on_paper(inspection.officers, context.day),
    }  # fmt: skip
    return _issue(MEASURE, inspection, facts, context.day, context.actor)


def order(inspection: Inspection, found: Sequence[Finding], interim: str, context: Any) -> Instrument:
    """责令限期整改指令书: items, each with basis and day (M127)."""
    facts = {
        "inspected_on": inspection.arrived_on, "problems": _problems(found), "basis": _bases(found, "第二项"),
        "interim": interim, "officers": team.on_paper(inspection.officers, context.day),
    }  # fmt: skip
    return _issue(ORDER, inspection, facts, context.day, context.actor)


def opinion(
    inspection: Inspection, given: Any, context: Any, officers: Sequence[int], looked: Sequence[Finding]
) -> Instrument:
    """整改复查意见书: each thing ordered, and whether it was put right."""
    issued = _order_of(inspection)
    facts = {
        "order_name": "责令限期整改指令书", "order_number": issued.number, "order_on": issued.issued_on,
        "rechecked_on": given.rechecked_on, "officers": team.on_paper(officers, context.day),
        "results": [
            {"problem": _said(one), "result": Met(one.met).label, "note": one.remark} for one in looked
        ],
        "conclusion": given.conclusion or _conclusion(looked, given),
    }  # fmt: skip
    return _issue(OPINION, inspection, facts, context.day, context.actor, officers=officers)


def _conclusion(looked: Sequence[Finding], given: Any) -> str:
    failed = [one for one in looked if one.met == Met.UNMET]
    if not failed:
        return "已按要求完成整改。"
    again = f"，责令于 {given.next_due} 前整改到位" if given.next_due else ""
    return f"{len(failed)} 项未整改到位{again}，并提请立案调查。"


def _order_of(inspection: Inspection) -> Instrument:
    found = shelf.latest(inspection.uid, ORDER)
    if found is None:
        raise Refused.because("inspection.no_order", "没有有效的责令限期整改指令书，无法制作复查意见书")
    return found


def transfer(inspection: Inspection, given: Any, context: Any) -> None:
    """非职责范围安全问题移交单 (第六十九条), by those who hand it over on that day, whoever inspected once."""
    receiver = Agency.objects.get(pk=given.receiver)
    officers = _handing_over(inspection, given, context)
    facts = {
        "receiver_organ": receiver.name, "problem": given.problem, "found_at": inspection.arrived_at,
        "found_place": given.place, "materials": given.materials, "officers": team.on_paper(officers, context.day),
    }  # fmt: skip
    _issue(
        TRANSFER, inspection, facts, context.day, context.actor, addressee=receiver.name, officers=officers
    )


def _handing_over(inspection: Inspection, given: Any, context: Any) -> list[int]:
    """Those named, else the team as it is now; whoever does the deed is one of them."""
    read = team.Read(list(inspection.officers))
    if given.officers.strip():
        read = team.read_officers(given.officers, inspection.all_units, context.day)
        Refused.unless(read.failures)
    mine = context.actor.person_id
    return [mine, *(pk for pk in read.ids if pk != mine)] if mine is not None else read.ids


def extension(
    inspection: Inspection,
    asked: ExtensionRequest,
    given: Any,
    context: Any,
    officers: Sequence[int],
    *,
    granted: bool,
) -> None:
    """整改复查延期申请审批表 and its 答复书."""
    issued = _order_of(inspection)
    said = "同意" if granted else "不同意"
    approval = {
        "order_number": issued.number, "order_on": issued.issued_on, "reasons": asked.reasons,
        "safeguards": asked.safeguards, "extend_to": asked.until,
        "approval_opinion": {"text": f"{said}。{given.opinion}", "by": context.actor.name, "on": context.day},
    }  # fmt: skip
    _issue(EXTENSION, inspection, approval, context.day, context.actor, officers=officers)
    reply = {
        "order_number": issued.number, "order_on": issued.issued_on, "reply": f"{said}延期。{given.opinion}",
        **({"extend_to": asked.until} if granted else {}),
    }  # fmt: skip
    _issue(REPLY, inspection, reply, context.day, context.actor, officers=officers)


def sign_first(paper: Instrument, given: Any, actor: Any) -> None:
    """The officer who ends the inspection signs at once; where the party would not, that is noted with its witness.

    Both are bound to the document's digest. The second officer and a party who does sign do so on the document's page,
    the party on the screen before an officer.
    """
    signing_places.sign(paper, "officer_1", actor)
    if given.party_refused:
        signing_places.refuse(
            paper, "party", actor, reason=given.refusal, witness=given.witness, name=given.party_name
        )


def ordered(found: Sequence[Finding], *handlings: Handling) -> list[Finding]:
    """Those dealt with in one of these ways."""
    return [one for one in found if one.handling in handlings]
