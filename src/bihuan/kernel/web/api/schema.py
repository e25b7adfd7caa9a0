"""What a step's input looks like in OpenAPI."""

from __future__ import annotations

from typing import Any

from bihuan.kernel.loops.declaration import Deed, Opening
from bihuan.kernel.loops.inputs import WAN_YUAN, Field, Kind, fields_of

_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.MOMENT: {"type": "string", "format": "date-time", "description": "不带时区的按北京时间"},
    Kind.MONEY: {"type": "string", "description": "元，至多两位小数"},
    Kind.INTEGER: {"type": "integer"},
    Kind.AGENCY: {"type": "integer"},
    Kind.AGENCIES: {"type": "array", "items": {"type": "integer"}},
    Kind.SECTORS: {"type": "array", "items": {"type": "integer"}},
    Kind.TOWNS: {"type": "array", "items": {"type": "integer"}},
    Kind.POST: {"type": "integer"},
    Kind.REGION: {"type": "integer"},
    Kind.SECTOR: {"type": "integer"},
    Kind.YES_NO: {"type": "boolean"},
    Kind.OBJECT: {"type": "string", "format": "uuid"},
    Kind.PHOTOS: {"type": "array", "items": {"type": "string", "format": "uuid"}},
    Kind.FILES: {"type": "array", "items": {"type": "string", "format": "uuid"}},
}


def property_of(item: Field) -> dict[str, Any]:
    """One field as a JSON schema property."""
    described = dict(_TYPES.get(item.kind, {"type": "string", "maxLength": item.max_length}))
    described["title"] = item.label
    if item.kind is Kind.MONEY and item.unit == WAN_YUAN:
        described["description"] = "万元，至多六位小数"
    if item.kind is Kind.CHOICE:
        described = {"type": "string", "title": item.label, "enum": [value for value, _ in item.choices]}
        described["description"] = "、".join(f"{value}={label}" for value, label in item.choices)
    notes = "；".join(text for text in (described.get("description", ""), item.help, item.basis) if text)
    if notes:
        described["description"] = notes
    return described


def body_of(deed: Deed) -> dict[str, Any]:
    """The request body of an opening, step or act."""
    fields = fields_of(deed.input)
    properties = {item.name: property_of(item) for item in fields}
    required = [item.name for item in fields if item.must and item.default in (None, "", ())]
    if isinstance(deed, Opening):
        properties["uid"] = {
            "type": "string",
            "format": "uuid",
            "description": "离线客户端自定的永久标识（UUIDv7），可省略",
        }
    else:
        properties["version"] = {"type": "integer", "description": "您所看到的版本；已被他人处理时返回 409"}
        required.append("version")
    properties["happened_at"] = {
        "type": "string",
        "format": "date-time",
        "description": "实际发生时间，可省略",
    }
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    if required:
        schema["required"] = required
    return {"content": {"application/json": {"schema": schema}}, "required": True}
