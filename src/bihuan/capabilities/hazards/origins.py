"""Who may say where a hazard was found from: the source decides who accepts it, so nobody speaks in another's name.

An enterprise accepts the general hazards of its own self-check by itself (M092); all others a regulator accepts. A
self-check is therefore the enterprise's own word, or its paper ledger's, and stays what it was opened as.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bihuan.capabilities.hazards.hands import FINDING, answers_for_object
from bihuan.capabilities.hazards.states import HazardState, Source
from bihuan.kernel.errors import Failure
from bihuan.kernel.people.models import ENTERPRISE_ROLES

_OUTSIDE = FINDING - ENTERPRISE_ROLES
_LEFT = (HazardState.REFERRED, HazardState.MERGED, HazardState.VOIDED)


def found_by_whom_it_says(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """自查 and 主动报告 are the enterprise's to say, every other source somebody's who came from outside."""
    inside = answers_for_object(actor, hazard)
    outside = actor.covers(
        _OUTSIDE, hazard.region_path, hazard.sector_path, hazard.agency_id, hazard.object_id
    )
    if given.source == Source.SELF_CHECK and not inside:
        yield Failure(
            "hazard.self_check_by_outsider",
            "“自查”由隐患所在单位自己上报，不能代填；单位交来的纸质自查台账，请在“台账”中导入",
            "source",
        )
    if given.source != Source.SELF_CHECK and inside and not outside:
        yield Failure(
            "hazard.enterprise_finds_by_self_check", "本单位人员发现的隐患，排查来源请选“自查”", "source"
        )
    if given.voluntary and not inside:
        yield Failure(
            "hazard.disclosure_by_outsider",
            "“企业主动报告”只能由隐患所在单位自己填报，请取消勾选",
            "voluntary",
        )


def source_keeps_its_accepter(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A correction does not carry a hazard across the line between self-check and supervision."""
    if not given.source or (given.source == Source.SELF_CHECK) == (hazard.source == Source.SELF_CHECK):
        return None
    if HazardState(hazard.state) in _LEFT:
        return None
    if hazard.source == Source.SELF_CHECK and hazard.state == HazardState.CLOSED and hazard.accepted_claimed:
        return None
    return Failure(
        "hazard.source_decides_accepter",
        "“自查”与监管检查的验收人不同，来源不能在两者之间更正；确实报错了来源的，"
        "请由安委办作废本条，再由发现的一方按正确来源重新上报",
        "source",
    )
