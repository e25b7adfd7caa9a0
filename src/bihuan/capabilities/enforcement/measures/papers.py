"""Deeds that leave an instrument of enforcement behind: what the deed means, then its paper, filled from the rows.

A paper is issued when all else of the deed is done (``context.afterwards``): its number is drawn last.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bihuan.capabilities.enforcement.measures import effects, terms
from bihuan.capabilities.enforcement.measures.deadlines import owe_reply, owe_restoration
from bihuan.capabilities.enforcement.measures.gates import officers_of
from bihuan.capabilities.enforcement.measures.kinds import GROUNDS, KINDS
from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.capabilities.enforcement.measures.states import Disposal, Family, Ground, MeasureKind
from bihuan.kernel import clock
from bihuan.kernel.documents.numerals import chinese_date
from bihuan.registers.instruments import issuing, shelf
from bihuan.registers.instruments.models import Instrument


def _basis(measure: Measure) -> list[str]:
    told = [KINDS[measure.kind].basis, *([GROUNDS[measure.ground].basis] if measure.ground else [])]
    return list(dict.fromkeys(told))


def _kind(measure: Measure) -> str:
    return MeasureKind(measure.kind).label


def _number(matter: Any, *kinds: str) -> tuple[str, Any]:
    """The number and day of the paper a later one refers to."""
    paper: Instrument | None = shelf.latest(matter, *kinds) if matter is not None else None
    return (paper.number, paper.issued_on) if paper is not None else ("", None)


def _issue(kind: str, measure: Measure, context: Any, facts: Callable[[], dict[str, Any]]) -> None:
    """Issue when the deed is whole; ``facts`` is asked then, so that papers just issued can be referred to."""

    def issue() -> None:
        given = {"party": measure.object.name, **facts()}
        issuing.issue(kind, measure, given, on=context.day, actor=context.actor)

    context.afterwards.append(issue)


def order(measure: Measure, given: Any, context: Any) -> None:
    """责令停止, with 现场处理措施决定书."""
    effects.order(measure, given, context)
    until = f"；整改期限：{chinese_date(measure.until)}" if measure.until else ""
    _issue("onsite_measure_decision", measure, context, lambda: {
        "inspected_on": given.inspected_on,
        "problems": [{"problem": given.reason}],
        "basis": _basis(measure),
        "measures": [f"{_kind(measure)}：{given.scope}", f"恢复的条件：{given.demands}{until}"],
        "officers": officers_of(given.officers),
    })  # fmt: skip


def approve(measure: Measure, given: Any, context: Any) -> None:
    """批准, with 行政强制审批表; closing is the government's own paper and has its number there."""
    effects.approve(measure, given, context)
    if measure.family != Family.CLOSURE:
        _approval_paper(measure, given.opinion, context)


def _approval_paper(measure: Measure, opinion: str, context: Any) -> None:
    cutoff = measure.family == Family.CUTOFF
    whole = (
        f"{measure.disobeyed}\n现实危险：{measure.danger}\n保证安全：{measure.safety}"
        if cutoff
        else measure.reason
    )
    _issue("coercion_approval", measure, context, lambda: {
        "cause": "拒不执行停产决定" if cutoff else Ground(measure.ground).label,
        "facts": whole,
        "measure_kind": _kind(measure),
        "measure_object": measure.scope,
        "measure_term": "履行决定、消除隐患后解除" if cutoff else f"{terms.longest(context.day)}日",
        "basis": [*_basis(measure), "《行政强制法》第十八条"],
        "handler_opinion": {"text": f"拟采取{_kind(measure)}措施。", "by": "、".join(
            name for name, _ in officers_of(measure.officers)), "on": measure.proposed_on},
        "approval_opinion": {"text": opinion, "by": context.actor.name, "on": context.day},
    })  # fmt: skip


def seize_urgently(measure: Measure, given: Any, context: Any) -> None:
    effects.seize_urgently(measure, given, context)
    _seizure_papers(measure, context)


def seize(measure: Measure, given: Any, context: Any) -> None:
    effects.seize(measure, given, context)
    _seizure_papers(measure, context)


def _seizure_papers(measure: Measure, context: Any) -> None:
    """查封扣押决定书 and its list."""
    _issue("seizure_decision", measure, context, lambda: {
        "reasons": measure.reason,
        "basis": [*_basis(measure), "《行政强制法》第二十四条"],
        "from_on": measure.since,
        "until_on": measure.until,
        "goods": _goods(measure),
        "officers": officers_of(measure.officers),
    })  # fmt: skip
    _issue("seizure_list", measure, context, lambda: {
        "decision_number": _number(measure.uid, "seizure_decision")[0], "goods": _goods(measure),
    })  # fmt: skip


def _goods(measure: Measure) -> list[dict[str, str]]:
    return [{cell: value for cell, value in row.items() if value} for row in measure.inventory]


def decide_later(measure: Measure, given: Any, context: Any) -> None:
    """补办批准, with the approval form that an urgent seizure had to go without."""
    effects.decide_later(measure, given, context)
    if measure.approved_on is not None:
        _approval_paper(measure, given.opinion, context)


def extend(measure: Measure, given: Any, context: Any) -> None:
    former = measure.until
    effects.extend(measure, given, context)

    def facts() -> dict[str, Any]:
        number, day = _number(measure.uid, "seizure_decision")
        return {
            "decision_number": number, "decision_on": day, "reasons": given.reason, "from_on": former,
            "until_on": measure.until,
        }  # fmt: skip

    _issue("seizure_extension", measure, context, facts)


def release(measure: Measure, given: Any, context: Any) -> None:
    effects.release(measure, given, context)
    _disposal_paper(
        measure,
        f"解除{_kind(measure)}，退还当事人（领取人：{given.received_by}）。{given.reason}",
        context,
        28,
    )


def dispose(measure: Measure, given: Any, context: Any) -> None:
    effects.dispose(measure, given, context)
    words = f"{Disposal(given.way).label}（依据：{given.document_no}）。{given.reason}"
    _disposal_paper(measure, words, context, 27)


def _disposal_paper(measure: Measure, words: str, context: Any, article: int) -> None:
    def facts() -> dict[str, Any]:
        number, day = _number(measure.uid, "seizure_decision")
        return {
            "decision_number": number, "decision_on": day, "disposal": words, "goods": _goods(measure),
            "basis": [f"《行政强制法》第二十{'七' if article == 27 else '八'}条"],
        }  # fmt: skip

    _issue("seizure_disposal", measure, context, facts)


def notify_party(measure: Measure, given: Any, context: Any) -> None:
    """通知生产经营单位, with its paper."""
    effects.notify_party(measure, given, context)

    def facts() -> dict[str, Any]:
        number, day = _number(measure.stop_uid, "onsite_measure_decision")
        return {
            "decision_number": number or measure.stop_no, "decision_on": day, "refusal_facts": measure.disobeyed,
            "danger": measure.danger, "measure": f"{_kind(measure)}：{measure.scope}", "start_at": given.starts_at,
            "release_condition": "履行停产决定，采取相应措施消除重大事故隐患，经验收合格",
        }  # fmt: skip

    _issue("cutoff_notice", measure, context, facts)


def send_decision(measure: Measure, given: Any, context: Any) -> None:
    """The written decision goes to the supplier; its reply is owed from that moment."""
    effects.send_decision(measure, given, context)
    owe_reply(measure, context)

    def facts() -> dict[str, Any]:
        assert measure.supplier is not None
        number, day = _number(measure.stop_uid, "onsite_measure_decision")
        return {
            "supplier": measure.supplier.name, "decision_number": number or measure.stop_no, "decision_on": day,
            "basis": _basis(measure), "scope": measure.scope, "start_at": measure.starts_at,
            "assistance": f"{given.assistance}\n联系人：{given.contact}",
        }  # fmt: skip

    _issue("cutoff_decision", measure, context, facts)


def accept(measure: Measure, given: Any, context: Any) -> None:
    """验收合格; what was cut off is told to come back."""
    effects.accept(measure, given, context)
    if measure.family != Family.CUTOFF:
        return
    owe_restoration(measure, context)

    def facts() -> dict[str, Any]:
        assert measure.supplier is not None
        number, day = _number(measure.uid, "cutoff_decision")
        return {
            "supplier": measure.supplier.name, "decision_number": number, "decision_on": day,
            "cleared": given.eliminated or given.opinion, "restore_at": clock.now(),
        }  # fmt: skip

    _issue("supply_restoration", measure, context, facts)
