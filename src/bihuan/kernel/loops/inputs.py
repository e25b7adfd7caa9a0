"""What a step asks for, as a frozen dataclass. Form, API schema and record payload all come from the same fields.

This module imports no Django.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum, StrEnum
from typing import Any, TypeVar, cast
from uuid import UUID

from bihuan.kernel.clock import SHANGHAI
from bihuan.kernel.errors import Failure, Refused

T = TypeVar("T")
WAN_YUAN = "万元"
MANY = 30
"""So many photos or files one field may name."""


class Kind(StrEnum):
    """What a field holds, and so how it is asked for."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    MOMENT = "moment"
    MONEY = "money"
    INTEGER = "integer"
    YES_NO = "yes_no"
    CHOICE = "choice"
    PHOTOS = "photos"
    FILES = "files"
    OBJECT = "object"
    AGENCY = "agency"
    AGENCIES = "agencies"
    POST = "post"
    REGION = "region"
    SECTOR = "sector"
    MATTER = "matter"
    SEALED = "sealed"
    CRITERION = "criterion"
    CAMPAIGN = "campaign"
    SECTORS = "sectors"
    TOWNS = "towns"


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. Money is yuan (or 万元, where ``unit`` says so) to the fen at the edge, integer fen inside."""

    name: str
    label: str
    kind: Kind
    required: bool
    help: str = ""
    basis: str = ""
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    max_length: int = 200
    default: Any = None
    gated: bool = False
    rows: tuple[str, ...] = ()
    mark: str = "；"

    @property
    def must(self) -> bool:
        """Whether people must fill it in: by the form itself, or because a gate will say why it is missing."""
        return self.required or self.gated


def entry(
    label: str,
    kind: Kind = Kind.TEXT,
    *,
    required: bool = True,
    help: str = "",
    basis: str = "",
    unit: str = "",
    choices: Sequence[tuple[str, str]] | type[Enum] = (),
    max_length: int | None = None,
    gated: bool = False,
    rows: Sequence[str] = (),
    mark: str = "；",
    default: Any = dataclasses.MISSING,
) -> Any:
    """Declare one field of a step's input. An optional field has a default; a required one may not.

    ``gated`` marks a field that may be blank only so that a gate can say, with its own code and law, what is missing.
    ``rows`` names the parts of each line of a long text, so that a page can offer them as rows to fill in: ``"日期:date"``,
    ``"死亡人数:number"``, ``"风险等级:重大/较大/一般/低"``, ``"预测依据:wide"``. ``mark`` stands between the parts of a line.
    """
    if max_length is None:
        max_length = 2000 if kind is Kind.LONG_TEXT else 200
    pairs: tuple[tuple[str, str], ...]
    if isinstance(choices, type):
        pairs = tuple((str(member.value), str(getattr(member, "label", member.name))) for member in choices)
    else:
        pairs = tuple(choices)
    if default is dataclasses.MISSING and not required:
        default = () if kind in _SEVERAL else "" if kind in _TEXTUAL else None
    metadata = {
        "field": Field(
            "", label, kind, required, help, basis, unit, pairs, max_length, gated=gated, rows=tuple(rows), mark=mark,
        ),
    }  # fmt: skip
    if default is dataclasses.MISSING:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


TICKED = (Kind.AGENCIES, Kind.SECTORS, Kind.TOWNS)
"""Kinds of which a form lets several be ticked."""
_SEVERAL = (Kind.PHOTOS, Kind.FILES, *TICKED)
_TEXTUAL = (Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE, Kind.SEALED, Kind.CRITERION, Kind.CAMPAIGN)


_fields: dict[type, tuple[Field, ...]] = {}


def fields_of(input_type: type) -> tuple[Field, ...]:
    """The questions of an input, in order; worked out once a type."""
    if input_type not in _fields:
        _fields[input_type] = _declared(input_type)
    return _fields[input_type]


def _declared(input_type: type) -> tuple[Field, ...]:
    found = []
    for declared in dataclasses.fields(input_type):
        described = declared.metadata.get("field")
        if described is None:
            continue
        default = None if declared.default is dataclasses.MISSING else declared.default
        found.append(dataclasses.replace(cast(Field, described), name=declared.name, default=default))
    return tuple(found)


def build(input_type: type[T], raw: Mapping[str, Any]) -> T:
    """Make the input from what a form or an API call sent; every fault is reported at once, beside its field.

    Raises:
        Refused: with one failure per field at fault (codes ``input.missing``, ``input.not_a_date`` …).
    """
    values: dict[str, Any] = {}
    failures: list[Failure] = []
    for described in fields_of(input_type):
        given = raw.get(described.name)
        try:
            value = _read(described, given)
        except _Fault as fault:
            failures.append(
                Failure(f"input.{fault.code}", f"「{described.label}」{fault.message}", described.name)
            )
            continue
        if _is_blank(value):
            if described.required and described.default is None:
                failures.append(Failure("input.missing", f"请填写「{described.label}」", described.name))
            continue
        values[described.name] = value
    known = {described.name for described in fields_of(input_type)}
    Refused.unless(failures)
    return input_type(**{name: value for name, value in values.items() if name in known})


class _Fault(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def _is_blank(value: Any) -> bool:
    return value is None or value == "" or value == ()


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def _text(described: Field, given: Any) -> str:
    if isinstance(given, dict | list):
        raise _Fault("not_text", "应为文字")
    cleaned = _CONTROL.sub("", str(given)).replace("\r\n", "\n").strip()
    if any("\ud800" <= char <= "\udfff" for char in cleaned):
        raise _Fault("not_text", "含有不完整的字符，请重新输入")
    if len(cleaned) > described.max_length:
        raise _Fault("too_long", f"有 {len(cleaned)} 字，超过 {described.max_length} 字，请精简")
    return cleaned


def _date(described: Field, given: Any) -> date:
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    written = (
        str(given)
        .strip()
        .replace("/", "-")
        .replace(".", "-")
        .replace("年", "-")
        .replace("月", "-")
        .rstrip("日")
    )
    try:
        parts = [int(part) for part in written.split("-")]
        year, month, day = parts
        if not 1990 <= year <= 2100:
            raise ValueError
        return date(year, month, day)
    except ValueError:
        raise _Fault("not_a_date", f"“{given}”不是日期，请写成 2023-03-01 这样的形式") from None


def _moment(described: Field, given: Any) -> datetime:
    """A minute of a day, in Chinese legal time where no zone is said: law that counts hours begins at a minute."""
    try:
        said = given if isinstance(given, datetime) else datetime.fromisoformat(_iso(str(given)))
        if not 1990 <= said.year <= 2100:
            raise ValueError
        return said.replace(tzinfo=SHANGHAI) if said.tzinfo is None else said.astimezone(SHANGHAI)
    except (ValueError, OverflowError):
        raise _Fault("not_a_moment", f"“{given}”不是时间，请写成 2023-03-01 08:30 这样的形式") from None


def _iso(written: str) -> str:
    """A day alone is not a time: without an hour nobody can say who was late."""
    text = written.strip().replace("/", "-").replace("年", "-").replace("月", "-").replace("日", " ")
    text = " ".join(text.replace("时", ":").replace("分", "").split())
    if ":" not in text:
        raise ValueError(text)
    return text


def money_digits(described: Field) -> int:
    """Decimals of an amount to the fen, in the unit it is asked for: two of 元, six of 万元."""
    return 6 if described.unit == WAN_YUAN else 2


def _money(described: Field, given: Any) -> int:
    try:
        amount = Decimal(str(given).replace(",", "").replace("，", "").strip())
        if not amount.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        sample = "85.5" if described.unit == WAN_YUAN else "1200 或 1200.50"
        says = f"“{given}”不是金额，请只写数字，单位为{described.unit or '元'}，例如 {sample}"
        raise _Fault("not_money", says) from None
    if amount.adjusted() > 15:
        raise _Fault("out_of_range", "应在 0 到一万亿元之间")
    digits = money_digits(described)
    fen = amount.scaleb(digits)
    if fen != fen.to_integral_value() or (amount and amount.adjusted() < -digits):
        raise _Fault("not_money", f"最多到分（{'两' if digits == 2 else '六'}位小数）")
    if not 0 <= fen <= 10**14:
        raise _Fault("out_of_range", "应在 0 到一万亿元之间")
    return int(fen)


def _integer(described: Field, given: Any) -> int:
    try:
        return int(str(given).strip())
    except ValueError:
        raise _Fault("not_a_number", f"“{given}”不是整数") from None


def _choice(described: Field, given: Any) -> str:
    value = str(given)
    if value not in {key for key, _ in described.choices}:
        raise _Fault(
            "not_a_choice", "请从列出的选项中选择：" + "、".join(label for _, label in described.choices)
        )
    return value


def _identity(described: Field, given: Any) -> UUID:
    try:
        return given if isinstance(given, UUID) else UUID(str(given))
    except ValueError:
        raise _Fault("not_an_identity", "请从列表中选择") from None


def _identities(described: Field, given: Any) -> tuple[UUID, ...]:
    items = given if isinstance(given, list | tuple) else [given]
    if len(items) > MANY:
        raise _Fault(
            "too_many",
            f"一次至多 {MANY} {'张' if described.kind is Kind.PHOTOS else '份'}，请只选能说明问题的",
        )
    return tuple(_identity(described, item) for item in items if item)


def _integers(described: Field, given: Any) -> tuple[int, ...]:
    items = given if isinstance(given, list | tuple) else [given]
    return tuple(_integer(described, item) for item in items if item not in (None, ""))


_READERS = {
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.MONEY: _money,
    Kind.INTEGER: _integer,
    Kind.AGENCY: _integer,
    Kind.AGENCIES: _integers,
    Kind.SECTORS: _integers,
    Kind.TOWNS: _integers,
    Kind.POST: _integer,
    Kind.REGION: _integer,
    Kind.SECTOR: _integer,
    Kind.CHOICE: _choice,
    Kind.OBJECT: _identity,
    Kind.MATTER: _text,
    Kind.PHOTOS: _identities,
    Kind.FILES: _identities,
}


def _read(described: Field, given: Any) -> Any:
    if described.kind is Kind.YES_NO:
        return given in (True, "true", "on", "1", "yes", "是")
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    return _READERS.get(described.kind, _text)(described, given)


def payload_of(given: Any, *, sealed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The input as the record keeps it: only text, integers, booleans, lists; sealed fields as their commitment."""
    kept: dict[str, Any] = {}
    for name, hidden in _said(type(given)):  # type: ignore[arg-type]
        value = getattr(given, name)
        if hidden:
            if sealed and name in sealed:
                kept[name] = {"commitment": sealed[name]}
        elif type(value) is str or type(value) is int:
            if value != "":
                kept[name] = value
        elif not _is_blank(value):
            kept[name] = plain(value)
    return kept


@functools.cache
def _said(input_type: type) -> tuple[tuple[str, bool], ...]:
    """The names of an input's fields, and whether they are sealed."""
    return tuple((described.name, described.kind is Kind.SEALED) for described in fields_of(input_type))


def plain(value: Any) -> Any:
    """A value in the few types the canonical form of the record allows."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no place in the record")
