"""``/api/v1/economy``: the numbers that rates are divided by, and entering one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Status

from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.web.api.matters import _writes as may_write
from bihuan.kernel.web.api.matters import actor_of_request, body_json
from bihuan.kernel.web.api.objects import router
from bihuan.registers.economy import reading
from bihuan.registers.economy.indicators import indicator
from bihuan.registers.economy.keeping import KEEPERS, READERS, tell
from bihuan.registers.economy.meaning import told_by
from bihuan.registers.economy.models import PublishedValue

TAGS = ["统计基数"]
FIELDS = {
    "indicator": "指标代码或名称，如 gdp", "place": "区划名称，或 全市、全省、全国；省略为本区", "year": "年份", "span": "时段，省略为全年",
    "amount": "数值，地区生产总值以万元计", "stage": "口径：provisional、final、revised、published", "source": "来源文件",
    "published_on": "公布日期", "reason": "更正原因",
}  # fmt: skip
_BODY = {
    "requestBody": {
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {
                        name: {"type": "string", "title": title} for name, title in FIELDS.items()
                    },
                    "required": ["indicator", "year", "amount", "source"],
                }
            }
        },
        "required": True,
    }
}


@router.get("/economy", operation_id="list_published_values", summary="统计基数", tags=TAGS)
def list_values(request: HttpRequest, indicator: str = "", year: int = 0) -> dict[str, Any]:
    """The newest version of every number; of one indicator or year where named."""
    if not actor_of_request(request).roles & READERS:
        raise Absent
    rows = reading.newest().order_by("indicator", "place", "region", "first", "last")
    if indicator:
        rows = rows.filter(indicator=indicator)
    if year:
        rows = rows.filter(first__year=year)
    return {"items": [told(row) for row in rows[:1000]]}


@router.post(
    "/economy",
    operation_id="tell_published_value",
    summary="登记统计基数",
    tags=TAGS,
    openapi_extra=_BODY,
    response={200: dict[str, Any], 201: dict[str, Any]},
)
def tell_value(request: HttpRequest) -> Any:
    """Enter a number or a further version; telling the same again answers 200 and changes nothing."""
    actor = actor_of_request(request)
    may_write(actor)
    if not actor.roles & KEEPERS:
        raise Absent
    body = body_json(request)
    for name, value in body.items():
        if name not in FIELDS:
            raise Refused.because("api.unknown_field", f"没有“{name}”这一项，请对照接口说明", name)
        if isinstance(value, list | dict):
            raise Refused.because("api.not_text", "应为一个文本或数字", name)
    said = {name: "" if value is None else str(value) for name, value in body.items()}
    row, new = tell(told_by(said), actor)
    return Status(201 if new else 200, told(row))


def told(row: PublishedValue) -> dict[str, Any]:
    """One version of one number."""
    kind = indicator(row.indicator)
    return {
        "id": row.pk, "indicator": kind.code, "label": kind.label, "unit": kind.unit, "place": reading.place_name(row),
        "period": row.period, "first": row.first.isoformat(), "last": row.last.isoformat(), "version": row.number,
        "stage": row.stage, "amount": f"{row.amount.normalize():f}", "source": row.source,
        "published_on": row.published_on.isoformat(), "reason": row.reason,
    }  # fmt: skip
