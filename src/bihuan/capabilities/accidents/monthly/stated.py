"""What a unit writes, line by line, as data: accidents of a return, risks of a forecast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from bihuan.capabilities.accidents import lines
from bihuan.capabilities.accidents.branches import branch_of
from bihuan.capabilities.accidents.grading import WAN_FEN
from bihuan.capabilities.accidents.monthly.inputs import ITEM, LINE
from bihuan.capabilities.accidents.monthly.states import Risk
from bihuan.capabilities.accidents.states import Branch
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.territory.trees import find_sector

Line = dict[str, Any]
MOST_WAN = Decimal(100_000_000)


def accidents(text: str, field: str = "accidents") -> list[Line]:
    """The accidents of a return; every line that cannot be read is named.

    Raises:
        Refused: ``accident.line_unreadable``, ``return.line_wrong``.
    """
    return _each(lines.split(text, 6, LINE, field), _accident, field)


def items(text: str, field: str = "items") -> list[Line]:
    """The risks of a forecast.

    Raises:
        Refused: ``accident.line_unreadable``, ``forecast.line_wrong``.
    """
    return _each(lines.split(text, 5, ITEM, field), _item, field)


def _each(
    split: Sequence[Sequence[str]], read: Callable[[Sequence[str], str], Line], field: str
) -> list[Line]:
    found, failures = [], []
    for number, pieces in enumerate(split, 1):
        try:
            found.append(read(pieces, field))
        except Refused as refused:
            failures += [
                Failure(one.code, f"第 {number} 行：{one.message}", field) for one in refused.failures
            ]
    Refused.unless(failures)
    return found


def _accident(pieces: Sequence[str], field: str) -> Line:
    day, unit, sector, deaths, serious, loss = pieces
    return {
        "on": lines.day_of(day, field).isoformat(), "unit": unit[:120], "branch": field_named(sector, field).value,
        "deaths": _people(deaths, "死亡人数", field), "serious": _people(serious, "重伤人数", field),
        "loss_fen": fen_of(loss, field),
    }  # fmt: skip


def field_named(text: str, field: str) -> Branch:
    """The one statistical field that a sector or the field itself is called by.

    Raises:
        Refused: ``return.line_wrong``, with what there is.
    """
    for branch in Branch:
        if text in (branch.label, branch.label.partition("（")[0]):
            return branch
    sector = find_sector(text)
    if sector is None:
        says = f"没有“{text}”这个行业领域，请写工贸、建筑施工、道路交通等一个行业"
        raise Refused.because("return.line_wrong", says, field)
    return branch_of(sector.path)


def _people(text: str, label: str, field: str) -> int:
    said = text.removesuffix("人").strip()
    if not (said.isascii() and said.isdigit()) or len(said) > 5:
        raise Refused.because("return.line_wrong", f"{label}“{text}”应为 0 或正整数", field)
    return int(said)


def fen_of(text: str, field: str) -> int:
    """Loss in 万元 as fen; six decimals are exact.

    Raises:
        Refused: ``return.line_wrong``.
    """
    try:
        wan = Decimal(text.removesuffix("万元").replace(",", "").strip())
        if not wan.is_finite() or not 0 <= wan <= MOST_WAN or wan * WAN_FEN % 1:
            raise InvalidOperation
    except InvalidOperation:
        says = f"直接经济损失“{text}”应为不小于 0 的万元数，最多六位小数"
        raise Refused.because("return.line_wrong", says, field) from None
    return int(wan * WAN_FEN)


def _item(pieces: Sequence[str], field: str) -> Line:
    risk, level, basis, area, measures = pieces
    found = next((one for one in Risk if level.removesuffix("风险") == one.label), None)
    if found is None:
        says = f"风险等级“{level}”应为重大、较大、一般或低"
        raise Refused.because("forecast.line_wrong", says, field)
    return {
        "risk": risk[:200], "level": found.value, "basis": basis[:500], "area": area[:200], "measures": measures[:500],
    }  # fmt: skip


def written_accidents(told: Sequence[Line]) -> str:
    """Stated accidents as text again, for a form that is filled in once more."""
    from bihuan.kernel.documents.numerals import exact_wan_yuan

    return "\n".join(
        f"{one['on']}；{one['unit']}；{Branch(one['branch']).label}；{one['deaths']}；{one['serious']}；{exact_wan_yuan(one['loss_fen'])}"
        for one in told
    )


def written_items(told: Sequence[Line]) -> str:
    """Forecast risks as text again."""
    return "\n".join(
        f"{one['risk']}；{Risk(one['level']).label}；{one['basis']}；{one['area']}；{one['measures']}"
        for one in told
    )
