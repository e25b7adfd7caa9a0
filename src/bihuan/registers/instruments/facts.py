"""Facts of a document in the one form that has one digest, and everything that is missing or wrong, in words.

Days are ``2026-11-22``, moments ``2026-11-22T09:30`` of Shanghai, money whole fen, people ``{"name", "certificate"}``,
opinions ``{"text", "by", "on"}``, tables lists of mappings by column key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.registers.instruments.kinds import Field, Kind, known_keys

Facts = dict[str, Any]


class _Wrong(Exception):
    """A value is not of its shape; the message says what is expected."""


def canonical_facts(kind: Kind, given: Mapping[str, Any]) -> Facts:
    """What of ``given`` the kind prints, each value in its canonical form; what other kinds need is left aside.

    Raises:
        Refused: with every missing or malformed fact (``instrument.fact_missing``, ``instrument.fact_wrong``).
        ValueError: a key that no kind knows: the caller has mistyped it.
    """
    strange = set(given) - known_keys()
    if strange:
        raise ValueError(f"no kind of document has the facts {sorted(strange)}")
    found, failures = {}, []
    for field in kind.fields:
        try:
            value = _plain(field, given.get(field.key))
        except _Wrong as wrong:
            failures.append(
                Failure("instrument.fact_wrong", f"{kind.name}的“{field.label}”{wrong}", field.key)
            )
            continue
        if value is not None:
            found[field.key] = value
        elif field.required:
            failures.append(
                Failure("instrument.fact_missing", f"{kind.name}还缺“{field.label}”，请补充", field.key)
            )
    Refused.unless(failures)
    return found


def _plain(field: Field, value: Any) -> Any:
    if value is None or value == "" or value == [] or value == () or value == {}:
        return None
    if field.shape == "table":
        return _table(field, value)
    return _READERS[field.shape](value)


def _table(field: Field, value: Any) -> list[dict[str, Any]] | None:
    shapes = {column.key: column.shape for column in field.columns}
    rows = []
    for row in _sequence(value):
        if isinstance(row, str):
            row = {field.columns[0].key: row}
        if not isinstance(row, Mapping) or set(row) - set(shapes):
            raise _Wrong(f"的每一行只能有：{'、'.join(shapes)}")
        kept = {
            key: _READERS[shapes[key]](item)
            for key, item in row.items()
            if item is not None and str(item).strip()
        }
        if kept:
            rows.append(kept)
    return rows or None


def _sequence(value: Any) -> Sequence[Any]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise _Wrong("应逐项填写")
    return value


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        raise _Wrong("应为文字")
    return value.strip() or None


def _lines(value: Any) -> list[str] | None:
    parts = value.splitlines() if isinstance(value, str) else [str(part) for part in _sequence(value)]
    return [part.strip() for part in parts if part.strip()] or None


def _day(value: Any) -> str:
    if isinstance(value, datetime):
        return clock.day_of(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise _Wrong("应为日期，例如 2026-11-22") from None


def _minute(value: Any) -> str:
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise _Wrong("应为时间，写到分钟，例如 2026-11-22 09:30") from None
    if moment.tzinfo is not None:
        moment = moment.astimezone(clock.SHANGHAI)
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")


def _whole(value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        raise _Wrong("应为整数") from None
    if isinstance(value, bool | float) or number < 0:
        raise _Wrong("应为不小于零的整数")
    return number


def _people(value: Any) -> list[dict[str, str]] | None:
    found = []
    for each in _sequence(value):
        if isinstance(each, Mapping):
            name, certificate = each.get("name", ""), each.get("certificate", "")
        elif isinstance(each, str):
            name, certificate = each, ""
        else:
            name, certificate = each
        if str(name).strip():
            found.append({"name": str(name).strip(), "certificate": str(certificate or "").strip()})
    return found or None


def _opinion(value: Any) -> dict[str, str] | None:
    if isinstance(value, str):
        value = {"text": value}
    if not isinstance(value, Mapping) or set(value) - {"text", "by", "on"}:
        raise _Wrong("应写明意见、人员和日期")
    text, by = str(value.get("text") or "").strip(), str(value.get("by") or "").strip()
    if not text:
        return None
    day = value.get("on")
    return {"text": text, "by": by} | ({"on": _day(day)} if day else {})


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "text": _text, "long": _text, "lines": _lines, "date": _day, "minute": _minute, "money": _whole,
    "number": _whole, "people": _people, "opinion": _opinion,
}  # fmt: skip
