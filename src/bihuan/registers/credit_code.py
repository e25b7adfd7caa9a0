"""The unified social credit code decides which enterprise a row means, so a wrong one must never pass.

GB 32100-2015: 18 characters of a 31-letter alphabet (no I, O, S, V, Z), the last one a check digit.
Characters 9-17 carry an older check of their own (GB 11714), not always kept by those who issued them: only
the check digit of GB 32100 decides.
"""

from __future__ import annotations

import re
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(3**place % 31 for place in range(LENGTH - 1))
_QUOTES = "'‘’`´＇"
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")


def normalise(code: str) -> str:
    """The code as the standard writes it, however a clerk typed it.

    Ledgers carry full-width digits, spaces between groups, small letters and the apostrophe that makes Excel
    keep long numbers as text. Nothing else is mended: a letter O is not read as a zero.
    """
    narrow = unicodedata.normalize("NFKC", code)
    return _INVISIBLE.sub("", narrow).strip(_QUOTES).upper()


def check(code: str) -> str | None:
    """``None`` when the (normalised) code is right, else the reason in Chinese.

    Basis: GB 32100-2015 (verification mark V2, see the tests' published examples).
    """
    if not code:
        return "没有填写统一社会信用代码"
    if len(code) != LENGTH:
        return f"统一社会信用代码应为{LENGTH}位，现为{len(code)}位"
    strangers = sorted({character for character in code if character not in _VALUE})
    if strangers:
        return f"统一社会信用代码含有不应出现的字符“{'、'.join(strangers)}”（不使用字母I、O、S、V、Z）"
    expected = _check_digit(code[:-1])
    if code[-1] != expected:
        return f"统一社会信用代码校验位不符：末位应为“{expected}”，现为“{code[-1]}”，请对照营业执照核对"
    return None


def make(first17: str) -> str:
    """The whole code for 17 given characters; demo data and fixtures need codes that pass.

    Raises:
        ValueError: not 17 characters of the standard's alphabet.
    """
    if len(first17) != LENGTH - 1 or any(character not in _VALUE for character in first17):
        raise ValueError("make() needs 17 characters of the GB 32100 alphabet")
    return first17 + _check_digit(first17)


def _check_digit(first17: str) -> str:
    total = sum(_VALUE[character] * weight for character, weight in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]
