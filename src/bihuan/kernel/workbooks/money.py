"""Funds are added up and answered for to the fen, so 500元 in a column of 万元 must not become five million.

Amounts are returned in fen. The unit in the cell wins over the heading's, the heading's over the sheet's.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from bihuan.kernel.workbooks.reasons import Unreadable
from bihuan.kernel.workbooks.text import narrow

FEN = {"元": 100, "百元": 10_000, "千元": 100_000, "万元": 1_000_000, "亿元": 10_000_000_000}
ASSUMED = "万元"
_NOTHING = frozenset(
    {"", "/", "\\", "-", "--", "---", "—", "——", "无法统计", "待定", "未定", "暂无", "不详", "?"}
)
_ZERO = frozenset(
    {
        "无", "零", "0", "无需", "不需要", "无需资金", "未投入", "无投入", "没有", "无资金", "不涉及", "无需投入",
        "不需投入", "不需资金", "无需投入资金", "不需要资金", "无费用",
    }
)  # fmt: skip
_OWN = frozenset(
    {
        "自筹",
        "企业自筹",
        "自筹资金",
        "单位自筹",
        "自行解决",
        "企业自行解决",
        "已落实",
        "落实",
        "到位",
        "已到位",
    }
)
_AMOUNT = re.compile(
    r"^(?:约|大约|近|共|共计|预计|计划|拟投入|已投入|投入|人民币|资金|约需|需|(?:企业|单位)?自筹|[:：])*"
    r"([¥￥])?(-?[\d,]+(?:\.\d+)?|-?\.\d+)"
    r"(?:余|多)?\(?(亿|万|千|百|w|W)?(?:余|多)?(元|块|圆|RMB)?(?:整)?\)?(?:左右|以上|以内|人民币)?"
    r"(?:[,;、]?\(?(?:由|为)?(?:企业|单位)?(?:自筹|自行解决|自行投入)(?:资金)?\)?|[,;、]?\(?已(?:落实|到位|投入)\)?)?$"
)
_TWO_UNITS = re.compile(r"^(?:约|共|共计|预计|投入)?(\d+)万(\d)千元?$")
_SCALE = {"亿": "亿元", "万": "万元", "w": "万元", "W": "万元", "千": "千元", "百": "百元"}
_MOST = 10**15
HINT = "请写数字，如 1.2，并在表头注明（万元）或（元）"


def read_money(value: object, unit: str = ASSUMED) -> int | None:
    """Fen, or ``None`` where the sheet says nothing countable (blank, 自筹, 待定). ``无`` is a known zero.

    Raises:
        Unreadable: no amount, a negative one, or one beyond all reason.
    """
    if isinstance(value, bool):
        raise Unreadable(f"不是金额，{HINT}")
    if isinstance(value, (int, float)):
        return _fen(Decimal(repr(value)), FEN[unit])
    if value is None:
        return None
    return _read_text(str(value), unit)


@lru_cache(maxsize=16384)
def _read_text(text: str, unit: str) -> int | None:
    plain = narrow(text).lstrip("'’‘")
    if plain in _NOTHING or plain in _OWN:
        return None
    if plain in _ZERO:
        return 0
    if both := _TWO_UNITS.match(plain):
        return (int(both[1]) * 10 + int(both[2])) * FEN["千元"]
    match = _AMOUNT.match(plain)
    if match is None:
        raise Unreadable(f"不是金额，{HINT}")
    sign, figures, scale, yuan = match.groups()
    own_unit = _SCALE[scale] if scale else ("元" if yuan or sign else unit)
    return _fen(Decimal(figures.replace(",", "")), FEN[own_unit])


@lru_cache(maxsize=16384)
def _fen(amount: Decimal, factor: int) -> int:
    if not amount.is_finite():
        raise Unreadable(f"不是金额，{HINT}")
    if amount < 0:
        raise Unreadable(f"是负数，{HINT}")
    if amount * factor > _MOST:
        raise Unreadable("大得不合情理，请核对金额与单位")
    return int((amount * factor).quantize(Decimal(1), ROUND_HALF_UP))
