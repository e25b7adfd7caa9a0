"""What measures and cases mean for each other: a broken order becomes a case, repeated penalties propose closing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bihuan.capabilities.enforcement.inputs.filing import Filing
from bihuan.capabilities.enforcement.measures.closure_inputs import CaseFiled, ClosureProposal
from bihuan.capabilities.enforcement.measures.gates import officers_of
from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.capabilities.enforcement.measures.states import Family, Ground, MeasureKind, MeasureState
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.states import CaseSource, Outcome, PartyKind
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.registry import running
from bihuan.kernel.people.actors import Actor
from bihuan.registers.law import limits
from bihuan.registers.officers.certificates import certified
from bihuan.registers.officers.models import Certificate

LETTER = "O"
ENDED = [MeasureState.TURNED_DOWN.value, MeasureState.WITHDRAWN.value, MeasureState.REVOKED.value]


def case_of_breach(measure: Measure, given: Any, context: Any) -> None:
    """A certified official who sees the order broken opens the case at once, with a colleague the order names.

    Whoever else sees it leaves the duty to file one with the department.
    """
    second = _second(measure, context)
    if second is None:
        return
    closing = measure.family == Family.CLOSURE
    said = Filing(
        object=measure.object_id, source=CaseSource.OTHER.value, origin=measure.no,
        cause="关闭取缔后擅自恢复生产经营" if closing else "拒不执行停产停业决定擅自生产经营",
        brief=f"{measure.no}（{MeasureKind(measure.kind).label}）执行期间，{given.seen_on} 发现：{given.seen}"[:2000],
        acted_on=given.seen_on, second=second,
    )  # fmt: skip
    engine.open_matter("case", "file", said, actor=context.actor)


def _second(measure: Measure, context: Any) -> int | None:
    """Another certified officer whom the order names, when the actor may open a case with one."""
    person, day = context.actor.person_id, context.day
    numbers = [certificate for _, certificate in officers_of(measure.officers) if certificate]
    if person is None or not numbers:
        return None
    named = (
        Certificate.objects.filter(no__in=numbers).exclude(person=person).values_list("person_id", flat=True)
    )
    able = certified([person, *named], day)
    return next((one for one in named if one in able), None) if person in able else None


def case_filed(case: Case, given: Any, context: Any) -> None:
    """A case that came out of a measure is noted there; what was owed about filing it is met."""
    if case.origin.partition("-")[2][:1] != LETTER or not Measure.objects.filter(no=case.origin).exists():
        return
    said = CaseFiled(case=case.no)
    engine.perform("measure", "note_case", case.origin, said, actor=Actor.system("立案"))


def closure_after_penalty(case: Case, given: Any, context: Any) -> None:
    """安全生产法第一百一十三条第一项: a major hazard and three penalties in 180 days, or four in a year."""
    day = case.decided_on
    if case.object_id is None or day is None:
        return
    words = repeated(case.object_id, day)
    if not words or not _has_major_hazard(case.object_id) or _proposed(case.object_id):
        return
    said = ClosureProposal(
        object=case.object_id, kind=MeasureKind.CLOSURE.value, ground=Ground.REPEATED_PENALTIES.value,
        reason=f"存在重大事故隐患，{words}（{case.no} 等）", origin=case.no,
    )  # fmt: skip
    engine.open_matter(
        "measure", "propose_closure_by_rule", said, actor=Actor.system("按规定"), agency_id=case.agency_id
    )


def repeated(object_uid: Any, on: date) -> str:
    """「180日内第3次受到行政处罚」 when an object was punished that often by ``on``; empty when not."""
    punished = Case.objects.filter(
        object=object_uid,
        party_kind=PartyKind.ENTITY.value,
        outcome=Outcome.PENALTY.value,
        decided_on__lte=on,
    )
    for key, first, label in (
        ("closure_180", on - timedelta(days=180), "一百八十日内"),
        ("closure_year", limits.after_months(on, -12), "一年内"),
    ):
        times = punished.filter(decided_on__gte=first).count()
        if times >= limits.rule(key, on).value:
            return f"{label}{times}次受到安全生产行政处罚"
    return ""


def _has_major_hazard(object_uid: Any) -> bool:
    service = running("hazard")
    states = [state.value for state in service.loop.open_states]
    rows: Any = service.model._default_manager.filter(object=object_uid, state__in=states)
    return bool(rows.filter(grade="major").exists())


def _proposed(object_uid: Any) -> bool:
    rows = Measure.objects.filter(object=object_uid, family=Family.CLOSURE.value)
    return rows.exclude(state__in=[*ENDED, MeasureState.SETTLED.value]).exists()
