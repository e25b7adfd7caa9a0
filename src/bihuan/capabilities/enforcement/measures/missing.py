"""What is still missing until a measure can be lifted, in a few words; from the row alone, for lists of them."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.enforcement.measures.states import Family, MeasureState
from bihuan.kernel import clock


def missing(measure: Any) -> str:
    """The next thing that stands between the measure and its end."""
    if measure.state == MeasureState.PROPOSED:
        return "区政府批准" if measure.family == Family.CLOSURE else "部门主要负责人批准"
    if measure.state == MeasureState.AWAITING_ACCEPTANCE:
        return "验收合格"
    return {
        Family.STOP: _stop, Family.SEIZURE: _seizure, Family.CLOSURE: _closure, Family.CUTOFF: _cutoff,
    }[Family(measure.family)](measure)  # fmt: skip


def _stop(measure: Any) -> str:
    return "整改后申请恢复并验收合格"


def _seizure(measure: Any) -> str:
    if measure.state == MeasureState.APPROVED:
        return "现场实施并列清单"
    if measure.testing:
        return "检测结果"
    if measure.until is not None and clock.today() > measure.until:
        return f"{measure.until} 已到期，立即解除"
    if measure.approved_on is None:
        return "报告并补办批准"
    return "期限内作出处理或者解除"


def _closure(measure: Any) -> str:
    if measure.state == MeasureState.APPROVED:
        return "重新实施关闭" if measure.reopened else "实施关闭"
    return "现场核实" if measure.verified_on is None else f"复查（已 {measure.rechecked} 次）"


def _cutoff(measure: Any) -> str:
    if measure.state == MeasureState.IN_FORCE:
        return (
            "履行停产决定、消除隐患并验收" if measure.replied_at else "供应单位答复；履行决定、消除隐患并验收"
        )
    if measure.notified_at is None:
        return "通知生产经营单位"
    if measure.sent_at is None:
        return "书面送达供应单位"
    return "到时停止供应" if measure.replied_at else "供应单位答复"
