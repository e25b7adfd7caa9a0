"""In whose place the hazard is: enterprise, code, town and sector."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from bihuan.capabilities.hazards.ledger.line import Line
from bihuan.capabilities.hazards.ledger.words import is_blank_mark
from bihuan.kernel.workbooks.text import as_text
from bihuan.registers import credit_code

SectorFinder = Callable[[str], str | None]
_NO_CODE = frozenset(
    {
        "无",
        "暂无",
        "没有",
        "办理中",
        "个人",
        "个体",
        "自然人",
        "无证",
        "未办理",
        "不详",
        "无照",
        "未提供",
        "未办",
    }
)
_MAY_NAME = re.compile(r"单位|企业|公司|场所|用户|商户|对象|主体|名称|门店|项目")
_LOST_DIGITS = "被 Excel 变成了数字，后几位已丢失，请把这一列设为文本后重新填写"


class Who:
    """Reads a sheet's enterprises. ``defaults`` give town and sector where the sheet has no column for them."""

    def __init__(self, find_sector: SectorFinder, defaults: Mapping[str, str], sheet_name: str) -> None:
        self._find_sector = find_sector
        self._defaults = defaults
        self._sectors: dict[str, str | None] = {}
        self._by_sheet_name = self._sector(sheet_name) or ""

    def read(self, line: Line, values: dict[str, Any], section: str) -> None:
        """Into ``values``; ``section`` is the heading within the sheet that the row stands under."""
        if not values.get("object_name"):
            values["object_name"] = _stand_in(line, values)
        _read_code(line, values)
        if not values.get("town"):
            values["town"] = self._defaults.get("town", "")
        self._which_sector(line, values, section)

    def _which_sector(self, line: Line, values: dict[str, Any], section: str) -> None:
        text = values.get("sector_text", "")
        if text:
            values["sector"] = self._sector(text) or ""
            if not values["sector"]:
                reason = "不是已知的行业领域，请写规范名称，或由管理员添加别名"
                line.fail("unknown_sector", "sector_text", reason)
        elif "sector_text" not in line.at:
            told = (section and self._sector(section)) or self._by_sheet_name
            values["sector"] = told or self._sector(self._defaults.get("sector", "")) or ""

    def _sector(self, text: str) -> str | None:
        found = self._sectors.get(text, "")
        if found == "":
            found = self._sectors[text] = self._find_sector(text)
        return found


def _stand_in(line: Line, values: Mapping[str, Any]) -> str:
    """Where the enterprise is not named: the unit that rectifies, or the place in a ledger of places."""
    if name := values.get("rectifying_unit", ""):
        if "object_name" in line.at:
            line.notes.append(f"没有填写企业名称，按整改责任单位“{name}”计")
        return str(name)
    if "object_name" in line.at:
        line.fail("no_object", "object_name", "没有填写，请写明隐患在哪个企业或场所")
        return ""
    strange = next((one for one in line.heading.unknown if _MAY_NAME.search(one)), "")
    if strange:
        reason = f"没有认出企业名称在哪一列；『{strange}』如果就是，请在“表头叫法”里添上，再重新读取"
        line.fail("no_object", "object_name", reason)
        return ""
    if not values.get("place"):
        line.fail("no_object", "object_name", "没有填写，请写明隐患在哪个企业或场所")
    return str(values.get("place", ""))


def _read_code(line: Line, values: dict[str, Any]) -> None:
    raw = line.value("credit_code")
    if isinstance(raw, float) and raw >= 1e14:
        line.fail("bad_credit_code", "credit_code", _LOST_DIGITS)
    elif raw != "":
        code, reason = _code(as_text(raw))
        values["credit_code"] = code
        if reason:
            line.fail("bad_credit_code", "credit_code", reason)


@lru_cache(maxsize=16384)
def _code(text: str) -> tuple[str, str | None]:
    code = credit_code.normalise(text)
    if not code or is_blank_mark(text) or code in _NO_CODE:
        return "", None
    reason = credit_code.check(code)
    return code, f"不对：{reason}" if reason else None
