"""Numbers as official papers write them, so that every sentence and table agrees on the form.

Percentages round half up to the digits the sentence asks for (never half even: a reader checks by hand),
money is printed from integer fen, dates carry no leading zeros (GB/T 9704-2012, 7.3.5.4).
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零一二三四五六七八九"
FEN_PER_WAN_YUAN = 1_000_000


def chinese_number(number: int) -> str:
    """0–9999 in Chinese: 10 is 十, 12 十二, 105 一百零五, 2000 二千."""
    if not 0 <= number <= 9999:
        raise ValueError("只能写 0 至 9999 的数")
    if number < 10:
        return DIGITS[number]
    written, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + name
        gap = digit == 0 and bool(written)
    return written[1:] if written.startswith("一十") else written


def heading_number(level: int, number: int) -> str:
    """The mark of the ``number``-th heading of a level: 一、（一）1.（1） (GB/T 9704-2012, 7.3.3)."""
    marks = {
        1: f"{chinese_number(number)}、",
        2: f"（{chinese_number(number)}）",
        3: f"{number}.",
        4: f"（{number}）",
    }
    return marks[level]


def rounded(value: Decimal, digits: int) -> Decimal:
    """``value`` half up to ``digits`` decimals."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def percent(numerator: int, denominator: int, digits: int = 1, *, trim: bool = False) -> str:
    """A share: 518 of 526 is 98.5%, 35 of 38 is 92% or 92.1%; ``—`` when nothing was due.

    ``trim`` drops a decimal part of zeros (100% instead of 100.0%).
    """
    if denominator == 0:
        return "—"
    value = rounded(Decimal(numerator) * 100 / Decimal(denominator), digits)
    return f"{trimmed(value) if trim else value:f}%"


def trimmed(value: Decimal) -> Decimal:
    """``value`` without zeros at the end of its decimals."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def wan_yuan(fen: int, digits: int = 2, *, trim: bool = True) -> str:
    """Fen as 万元, half up to ``digits`` decimals: 26580000 is 26.58, 120000000 is 120, untrimmed 120.00."""
    value = rounded(Decimal(fen) / FEN_PER_WAN_YUAN, digits)
    return f"{trimmed(value) if trim else value:f}"


def exact_wan_yuan(fen: int) -> str:
    """Fen as 万元 without rounding: a loss a fen below a limit must not print as the limit."""
    return wan_yuan(fen, digits=6)


def yuan(fen: int) -> str:
    """Fen as 元, thousands separated: 123456 is 1,234.56, 120000 is 1,200."""
    value = Decimal(fen) / 100
    return f"{value:,.2f}" if fen % 100 else f"{fen // 100:,}"


def exact_yuan(fen: int) -> str:
    """Fen as 元 for machines and form fields, always to the fen and without separators: 123456 is 1234.56."""
    return f"{Decimal(fen) / 100:.2f}"


def money(fen: int) -> str:
    """The amount in the unit a reader expects: 万元 from ten thousand yuan up, else 元."""
    return f"{wan_yuan(fen)}万元" if abs(fen) >= FEN_PER_WAN_YUAN else f"{yuan(fen)}元"


def chinese_date(day: date) -> str:
    """2023年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_day(written: str) -> str:
    """A day as records keep it, 2023-06-30, in the words of a paper: 2023年6月30日."""
    return chinese_date(date.fromisoformat(written))


def chinese_span(first: date, last: date) -> str:
    """2023年1月1日至6月30日; the year is said again only when it changes."""
    end = chinese_date(last)
    return f"{chinese_date(first)}至{end.removeprefix(f'{first.year}年')}" if first != last else end


def document_number(organ_mark: str, year: int, number: int) -> str:
    """X应急〔2026〕1号: full year in hexagonal brackets, no 第, no leading zeros."""
    return f"{organ_mark}〔{year}〕{number}号"
