"""A document as plain data and back: what was issued prints years later as it was worded then.

Only the classes of :mod:`bihuan.kernel.documents.model` are known; what is left at its default is not written, so a
field that comes later changes nothing of what was frozen before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any

from bihuan.kernel.documents import model
from bihuan.kernel.documents.model import Document

TYPE, DAY = "type", "day"
_KNOWN = {name: each for name, each in vars(model).items() if isinstance(each, type) and is_dataclass(each)}


def frozen(document: Document) -> dict[str, Any]:
    """The document as JSON data: text, whole numbers, booleans, lists and mappings."""
    made: dict[str, Any] = _plain(document)
    return made


def thawed(data: Mapping[str, Any]) -> Document:
    """The document again.

    Raises:
        ValueError: this is no frozen document.
    """
    made = _made(data)
    if not isinstance(made, Document):
        raise ValueError("this is no frozen document")
    return made


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        told = {
            each.name: _plain(held)
            for each in fields(value)
            if (held := getattr(value, each.name)) != _default(each)
        }
        return {TYPE: type(value).__name__, **told}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    if isinstance(value, float):
        return int(value) if value == int(value) else str(value)
    return value


def _default(field: Any) -> Any:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else MISSING


def _made(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_made(item) for item in value)
    if not isinstance(value, Mapping):
        return value
    if DAY in value:
        return date.fromisoformat(value[DAY])
    known = _KNOWN.get(str(value.get(TYPE)))
    if known is None:
        raise ValueError(f"no such part of a document: {value.get(TYPE)!r}")
    kinds = {each.name: each.type for each in fields(known)}
    return known(**{name: _fitting(kinds[name], _made(item)) for name, item in value.items() if name != TYPE})


def _fitting(kind: Any, value: Any) -> Any:
    """Numbers with decimals were written as text, because what is digested holds no floats."""
    return float(value) if "float" in str(kind) and isinstance(value, str) else value
