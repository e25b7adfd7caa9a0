"""A hazard as the API and the exported workbook give it."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.naming import sector_name
from bihuan.capabilities.hazards.states import Grade, HazardState, Source
from bihuan.kernel.documents.numerals import exact_yuan


def resource(hazard: Hazard) -> dict[str, Any]:
    """The hazard as the API gives it."""
    return {
        "grade": hazard.grade,
        "source": hazard.source,
        "category": hazard.category,
        "campaign": hazard.campaign,
        "description": hazard.description,
        "place": hazard.place,
        "object": {"uid": str(hazard.object_id), "name": hazard.object_name},
        "sector": sector_name(hazard.sector_path),
        "found_on": _iso(hazard.found_on),
        "found_by": hazard.found_by,
        "rectify_by": _iso(hazard.rectify_by),
        "rectified_on": _iso(hazard.rectified_on),
        "accepted_on": _iso(hazard.accepted_on),
        "failed_acceptances": hazard.failed_acceptances,
        "voluntary": hazard.voluntary,
        "leniency": hazard.leniency,
        "claimed": hazard.claimed,
        "accepted_claimed": hazard.accepted_claimed,
        "funds_planned_yuan": _yuan(hazard.funds_planned_fen),
        "funds_spent_yuan": _yuan(hazard.funds_spent_fen),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else exact_yuan(fen)


EXPORT = (
    ("编号", lambda hazard: hazard.no),
    ("企业名称", lambda hazard: hazard.object_name),
    ("统一社会信用代码", lambda hazard: hazard.object_code),
    ("行业领域", lambda hazard: sector_name(hazard.sector_path)),
    ("部位", lambda hazard: hazard.place),
    ("隐患描述", lambda hazard: hazard.description),
    ("隐患等级", lambda hazard: Grade(hazard.grade).label),
    ("排查来源", lambda hazard: Source(hazard.source).label),
    ("发现日期", lambda hazard: hazard.found_on),
    ("检查人", lambda hazard: hazard.found_by),
    ("整改责任人", lambda hazard: hazard.responsible_person),
    ("整改措施", lambda hazard: hazard.measures),
    (
        "整改资金（元）",
        lambda hazard: None if hazard.funds_planned_fen is None else hazard.funds_planned_fen / 100,
    ),
    ("整改期限", lambda hazard: hazard.rectify_by),
    ("应急预案", lambda hazard: hazard.contingency_plan),
    ("整改完成日期", lambda hazard: hazard.rectified_on),
    ("验收人", lambda hazard: hazard.accepted_by),
    ("验收日期", lambda hazard: hazard.accepted_on),
    (
        "验收依据",
        lambda hazard: (
            "" if not hazard.accepted_on else "台账所载" if hazard.accepted_claimed else "系统签名"
        ),
    ),
    ("状态", lambda hazard: HazardState(hazard.state).label),
)
