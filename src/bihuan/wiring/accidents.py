"""What was known before an accident, and the case that an offence of reporting it owes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from bihuan.capabilities.accidents import clocks
from bihuan.capabilities.accidents.hooks import Past, cases_open_at, tell_past
from bihuan.capabilities.accidents.inputs import CaseFiled
from bihuan.capabilities.accidents.models import OPEN_STATES, Accident
from bihuan.capabilities.accidents.states import Offence
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.inspections import modes
from bihuan.capabilities.inspections.models import Inspection
from bihuan.capabilities.responsibility.naming.models import Approval
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.registry import after
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Person
from bihuan.registers.models.dated import DatedDetail


def connect() -> None:
    """Inspections, hazards and approvals tell of the past; an offence says where its case opens, the case answers it."""
    for teller in (inspections_before, hazards_before, approvals_before):
        tell_past(teller)
    cases_open_at(case_of_offence)
    after("case", "file", case_of_accident)


def inspections_before(object: UUID, since: date, until: date) -> Sequence[Past]:
    """The finished inspections of a unit before its accident, with who inspected: each is judged (M098, M213)."""
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
    label = Offence(offence["kind"]).label
    knew, reported = (datetime.fromisoformat(offence[key]) for key in ("knew_at", "reported_at"))
    brief = (
        f"{accident.no} {accident.unit}：{offence['who']}于 {clocks.words(knew)} 知悉事故，{clocks.words(reported)} 报告，"
        f"超过规定时限 {offence['minutes']} 分钟。依据：{offence['evidence']}"
    )
    asked = {
        "object": str(accident.object_id or ""), "party": "" if accident.object_id else accident.unit,
        "source": "accident", "origin": accident.no, "cause": f"{label}生产安全事故", "brief": brief,
        "acted_on": clocks.words(reported)[:10],
    }  # fmt: skip
    return f"/cases/new/file/?{urlencode({name: value for name, value in asked.items() if value})}"


def case_of_accident(case: Any, given: Any, context: Any) -> None:
    """A case filed with the number of an accident answers what the accident proposed."""
    still_open = [state.value for state in OPEN_STATES]
    found = Accident.objects.filter(no=case.origin or "-", state__in=still_open).first()
    if found is not None and any(one["stands"] and not one["case"] for one in found.offences):
        engine.perform("accident", "note_case", found.no, CaseFiled(case=case.no), actor=Actor.system("立案"))
