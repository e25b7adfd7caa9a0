"""Numbers written in Chinese characters, read; ``documents.numerals`` writes them."""

from __future__ import annotations

_DIGITS = {character: digit for digit, character in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}


def read_number(text: str) -> int | None:
    """十二 is 12, 两 2, 廿八 28, 一百零五 105, and figures are themselves; ``None`` for what is no number.

    Two digits side by side are an estimate (三五日, 二三十天), and the greater, which comes last, is the number: within
    三五日 is within five.
    """
    if text.isdecimal():
        return int(text)
    total, digit = 0, None
    for character in text.replace("廿", "二十").replace("卅", "三十"):
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _PLACES:
            total += (1 if digit is None else digit) * _PLACES[character]
            digit = None
        else:
            return None
    return total + (digit or 0) if text else None


def in_figures(text: str) -> str:
    """Digits read out one by one, as years are: 二〇二三 is 2023. Other characters stay."""
    return "".join(str(_DIGITS.get(character, character)) for character in text)
